"""The page on what combines with what: small matrices, then every statement with its source."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial

from rekb.jsontext import json_text
from rekb.kb.combining import OLD_AFTER, Combinations, Parts
from rekb.model.combines import Matrix
from rekb.site.page import Asset, Page, SearchText
from rekb.site.parts.combining import (
    StatementView,
    VerdictView,
    pair_verdict,
    part_link,
    statement_view,
    verdict_view,
)
from rekb.site.parts.groups import divided
from rekb.site.parts.views import LinkView, Material
from rekb.site.templating import render
from rekb.site.urls import COMBINES, COMBINES_DATA, further

_TITLE = "What combines"
MOST_PAIRS = 200
"""Pairs on one page, each with its statements: two thirds of a kilobyte."""
_ELSEWHERE = "Works"
"""Where pairs of two works stand, which are in no topic's list."""


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell of a matrix: what is known of its pair."""

    verdict: VerdictView
    place: str
    """Where all that is said of the pair is: path and anchor."""
    sources: int
    old: bool
    """Whether all that is known is old."""


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A row: what it is about, and a cell for each column left of it."""

    link: LinkView
    cells: tuple[CellView | None, ...]


@dataclass(frozen=True, slots=True)
class MatrixView:
    """A group, each against each; the upper half is left out as it says the same."""

    id: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True, slots=True)
class PairView:
    """A pair with all that is said of it."""

    anchor: str
    one: LinkView
    other: LinkView
    verdict: VerdictView
    statements: tuple[StatementView, ...]


@dataclass(frozen=True, slots=True)
class AreaView:
    """Pairs of one area of the tree."""

    id: str
    title: str
    rows: tuple[PairView, ...]
    before: int = 0
    """How many pairs of the area stand on the pages before."""
    after: int = 0
    """How many stand on the pages that follow."""

    @property
    def count(self) -> int:
        """The pairs of the whole area."""
        return self.before + len(self.rows) + self.after


@dataclass(frozen=True, slots=True)
class CombinesContext:
    """What combines.html is given."""

    title: str
    number: int
    """Which of its pages this is, from 1; the first has the matrices."""
    pages: tuple[LinkView, ...]
    """All its pages."""
    matrices: tuple[MatrixView, ...]
    areas: tuple[AreaView, ...]
    legend: tuple[tuple[VerdictView, str], ...]
    pairs: int
    statements: int
    several: int
    """Pairs with two sources or more."""
    differ: int
    """Pairs of which sources say different things."""
    newest: str
    days: int
    data: str


def has_combines(material: Material) -> bool:
    """Whether anything is said of what combines."""
    return bool(material.combined.pairs)


def combines_pages(material: Material) -> tuple[Page, ...]:
    """Return the page with the matrices, and further ones where there are many pairs."""
    count = len(divided(_areas(material), MOST_PAIRS))
    found: list[Page] = []
    for number in range(1, count + 1):
        found.append(_page(material, number))
    return tuple(found)


def _page(material: Material, number: int) -> Page:
    title = f"{_TITLE}, page {number}"
    search = None
    if number == 1:
        title = _TITLE
        search = SearchText(f"{_TITLE} What combines with what", "compatibility matrix of techniques")
    return Page(
        path=further(COMBINES, number),
        title=title,
        made=partial(_body, material, title, number),
        description="Which techniques work together, and in which runtime, each statement with its source.",
        search=search,
        wide=True,
    )


def _body(material: Material, title: str, number: int) -> str:
    combined = material.combined
    pieces = divided(_areas(material), MOST_PAIRS)
    places = _places(pieces)
    matrices: tuple[MatrixView, ...] = ()
    if number == 1:
        matrices = tuple(
            _matrix(material, combined, matrix, places) for matrix in material.base.combines.matrices
        )
    links = (LinkView(str(n), further(COMBINES, n)) for n in range(1, len(pieces) + 1))
    context = CombinesContext(
        title=title,
        number=number,
        pages=tuple(links),
        matrices=matrices,
        areas=pieces[number - 1],
        legend=_legend(),
        pairs=len(combined.pairs),
        statements=sum(len(rows) for rows in combined.pairs.values()),
        several=sum(len(rows) > 1 for rows in combined.pairs.values()),
        differ=sum(combined.together(pair) == "disagree" for pair in combined.pairs),
        newest=combined.newest.isoformat() if combined.newest else "",
        days=OLD_AFTER.days,
        data=COMBINES_DATA,
    )
    return render("combines.html", further(COMBINES, number), context)


def _places(pieces: Iterable[tuple[AreaView, ...]]) -> dict[str, str]:
    """Return where each pair is, by its anchor."""
    places = {}
    for number, areas in enumerate(pieces, 1):
        for area in areas:
            for pair in area.rows:
                places[pair.anchor] = f"{further(COMBINES, number)}#{pair.anchor}"
    return places


def _legend() -> tuple[tuple[VerdictView, str], ...]:
    return (
        (verdict_view("works"), "both at once, without a known condition; or on the hardware that is named"),
        (verdict_view("partly"), "both at once under a condition, which the note gives"),
        (verdict_view("conflicts"), "not both at once"),
        (verdict_view("alternative"), "one in place of the other"),
        (verdict_view("disagree"), "runtimes or papers say different things: read them"),
    )


def _anchor(pair: Parts) -> str:
    parts = []
    for part in pair:
        parts.append(part.replace("/", "."))
    return "--".join(parts)


def _pair(material: Material, combined: Combinations, pair: Parts) -> PairView:
    one, other = pair
    return PairView(
        _anchor(pair),
        part_link(material.base, combined, one),
        part_link(material.base, combined, other),
        pair_verdict(combined, pair),
        tuple(statement_view(material.base, combined, row) for row in combined.pairs[pair]),
    )


def _matrix(
    material: Material, combined: Combinations, matrix: Matrix, places: Mapping[str, str]
) -> MatrixView:
    """Return a matrix as its lower half: each part against those before it."""
    rows = []
    for number, row in enumerate(matrix.parts[1:], start=1):
        cells = tuple(_cell(combined, row.part, column.part, places) for column in matrix.parts[:number])
        link = part_link(material.base, combined, row.part)
        rows.append(MatrixRow(LinkView(row.short, link.path, link.label), cells))
    columns = tuple(part.short for part in matrix.parts[:-1])
    return MatrixView(matrix.id, matrix.title, columns, tuple(rows))


def _cell(combined: Combinations, row: str, column: str, places: Mapping[str, str]) -> CellView | None:
    # Pairs are kept with their parts in order; a matrix has its own order.
    one, other = sorted((row, column))
    stated = combined.pairs.get((one, other))
    if stated is None:
        return None
    verdict = pair_verdict(combined, (one, other))
    return CellView(
        verdict, places[_anchor((one, other))], len(stated), all(combined.is_old(row) for row in stated)
    )


def _areas(material: Material) -> tuple[AreaView, ...]:
    """Return the pairs below the area of their first end that is a topic; pairs of two works stand last."""
    base = material.base
    found: dict[str, list[PairView]] = {}
    for pair in material.combined.pairs:
        topics = []
        for part in pair:
            if part in base.topics:
                topics.append(part)
        if topics:
            area = topics[0].partition("/")[0]
        else:
            area = ""
        found.setdefault(area, []).append(_pair(material, material.combined, pair))
    areas = []
    for area in (*base.children(None), ""):
        if area in found:
            if area:
                title = base.topics[area].title
            else:
                title = _ELSEWHERE
            areas.append(AreaView(area or "works", title, tuple(found[area])))
    return tuple(areas)


def combines_assets(material: Material) -> tuple[Asset, ...]:
    """Return the statements as a file for programs, each with its source written out."""
    return (Asset(COMBINES_DATA, partial(_data, material)),)


def _data(material: Material) -> bytes:
    combined = material.combined
    rows = []
    for pair, stated in combined.pairs.items():
        for row in stated:
            fields = row.model_dump(mode="json", exclude_none=True)
            fields["pair"] = list(pair)
            fields["old"] = combined.is_old(row)
            if row.source is not None:
                fields["source"] = combined.sources[row.source].model_dump(mode="json", exclude_none=True)
            rows.append(fields)
    newest = combined.newest.isoformat() if combined.newest else None
    data = {"schema_version": 1, "newest": newest, "combines": rows}
    return f"{json_text(data)}\n".encode()
