"""The page of all numbers that others measured again, with what they got and why."""

from dataclasses import dataclass

from rekb.kb.reproductions import Again, reproductions
from rekb.site.page import Page, SearchText
from rekb.site.parts.numbers import ResultLine, result_line
from rekb.site.parts.reproductions import AgainView, again_view
from rekb.site.parts.views import Material, cite_label
from rekb.site.templating import render
from rekb.site.urls import REPRODUCTIONS, entry_path


@dataclass(frozen=True, slots=True)
class Row:
    """One number, and what others got."""

    path: str
    """Where the number stands on the page of its work."""
    result: ResultLine
    again: AgainView


@dataclass(frozen=True, slots=True)
class WorkRows:
    """The rows of one work that have one outcome."""

    label: str
    metrics: tuple[str, ...]
    """What was measured again, each once: it says whether a fold is worth opening."""
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """All works with one outcome."""

    outcome: str
    label: str
    works: tuple[WorkRows, ...]


@dataclass(frozen=True, slots=True)
class ReproductionsContext:
    """What reproductions.html is given."""

    groups: tuple[Group, ...]
    total: int
    works: int


_LABELS = {
    "explained": "Another number, and the cause is known",
    "differs": "Another number, and the cause is not known",
    "confirmed": "The same number",
}
"""Headings, in the order in which they help a reader most."""


def reproductions_page(material: Material) -> Page:
    """Return the page that lists what others got, by outcome."""
    return Page(
        path=REPRODUCTIONS,
        title="Measured again",
        made=lambda: render("reproductions.html", REPRODUCTIONS, _context(material)),
        description="Reported numbers that others measured again: what they got, where, and why it differs.",
        search=SearchText("Measured again", "Reproductions: what others got, and why it differs"),
        wide=True,
    )


def _context(material: Material) -> ReproductionsContext:
    found = tuple(reproductions(material.base))
    by_outcome: dict[str, dict[str, list[Row]]] = {}
    works = set()
    for again in found:
        rows = by_outcome.setdefault(again.reproduction.outcome, {})
        rows.setdefault(again.key, []).append(_row(material, again))
        works.add(again.key)
    groups = []
    for outcome, label in _LABELS.items():
        if outcome in by_outcome:
            of_works: list[WorkRows] = []
            for key, of_work in by_outcome[outcome].items():
                of_works.append(_work(material, key, of_work))
            groups.append(Group(outcome, label, tuple(of_works)))
    return ReproductionsContext(tuple(groups), len(found), len(works))


def _row(material: Material, again: Again) -> Row:
    base = material.base
    path = f"{entry_path(again.key)}#result-{again.result.id}"
    return Row(path, result_line(base, again.key, again.result), again_view(base, again))


def _work(material: Material, key: str, rows: list[Row]) -> WorkRows:
    metrics: dict[str, None] = {}
    for row in rows:
        metrics[row.result.metric] = None
    return WorkRows(cite_label(material.base.entries[key]), tuple(metrics), tuple(rows))
