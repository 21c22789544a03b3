"""What a work or topic goes with, as its page shows it."""

from collections.abc import Iterable
from dataclasses import dataclass

from rekb.kb import KnowledgeBase
from rekb.kb.combining import Combinations, Parts, Together
from rekb.model.combines import Combination, Verdict
from rekb.site.parts.views import LinkView, Material, cite_label, place_link
from rekb.site.urls import COMBINES, entry_path

_WORDS: dict[Together, tuple[str, str]] = {
    "works": ("✓", "works"),
    "partly": ("◐", "partly"),
    "conflicts": ("✗", "conflicts"),
    "alternative": ("⇄", "either or"),
    "disagree": ("≠", "sources differ"),
}
"""Verdicts as readers see them: a sign and a word, never a colour alone."""
GOES: frozenset[Verdict] = frozenset({"works", "partly"})


@dataclass(frozen=True, slots=True)
class VerdictView:
    """A verdict: its id, which styles it, its sign and its word."""

    id: Together
    sign: str
    word: str


@dataclass(frozen=True, slots=True)
class StatementView:
    """What one source says of a pair."""

    verdict: VerdictView
    note: str
    source: str
    """The runtime and its version, or the paper."""
    address: str
    """Where it is, on another host; empty for a paper."""
    path: str
    """The page of the paper; empty for others."""
    where: str
    day: str
    """The day of the page; empty where it is not known, and for papers."""
    old: bool


@dataclass(frozen=True, slots=True)
class PartnerView:
    """What is said of one thing that this page's work or topic is used with."""

    link: LinkView
    statements: tuple[StatementView, ...]


@dataclass(frozen=True, slots=True)
class GeneralView:
    """What is said of a topic, in short: its own page has the statements and their sources."""

    topic: LinkView
    partners: tuple[tuple[VerdictView, tuple[LinkView, ...]], ...]
    """What all statements of a pair say together, and the others of the pairs of which that is said."""


@dataclass(frozen=True, slots=True)
class CombiningView:
    """The part of a page on what goes with its work or topic."""

    goes: tuple[PartnerView, ...]
    rather: tuple[PartnerView, ...]
    through: tuple[GeneralView, ...]
    """What is said of the topics that it is under."""
    matrix: str = COMBINES

    @property
    def general(self) -> int:
        """How many pairs are given in short."""
        total = 0
        for view in self.through:
            for _, links in view.partners:
                total += len(links)
        return total


def verdict_view(verdict: Together, only_on: str = "") -> VerdictView:
    """Return a verdict as readers see it.

    Args:
        verdict: what is said.
        only_on: the hardware that it is said of, where it is not said of any: ``works on Ascend NPUs``.
    """
    sign, word = _WORDS[verdict]
    if only_on and verdict in ("works", "conflicts"):
        word = f"{word} on {only_on}"
    elif only_on:
        word = f"{word}, on {only_on}"
    return VerdictView(verdict, sign, word)


def pair_verdict(combined: Combinations, pair: Parts) -> VerdictView:
    """Return what all statements of a pair say together."""
    return verdict_view(combined.together(pair), combined.only_on(pair))


def part_link(base: KnowledgeBase, combined: Combinations, part: str) -> LinkView:
    """Return the link to a topic or a work; a work named in place of a technique says which."""
    entry = base.entries.get(part)
    if entry is None:
        return place_link(base, part)
    label = cite_label(entry)
    meant = combined.meant.get(part, label)
    if meant != label:
        label = f"{label} ({meant})"
    return LinkView(label, entry_path(part), entry.title)


def statement_view(base: KnowledgeBase, combined: Combinations, row: Combination) -> StatementView:
    """Return what one source says."""
    if row.source is None:
        verdict = verdict_view(row.verdict)
        paper = part_link(base, combined, row.paper or "")
        return StatementView(verdict, row.note, paper.label, "", paper.path, row.where or "", "", old=False)
    page = combined.sources[row.source]
    verdict = verdict_view(row.verdict, page.only_on or "")
    if page.on:
        day = page.on.isoformat()
    else:
        day = ""
    name = f"{page.runtime} {page.version}"
    where = row.where or page.what
    return StatementView(verdict, row.note, name, page.url, "", where, day, combined.is_old(row))


def combining_view(material: Material, own: str, above: Iterable[str]) -> CombiningView | None:
    """Return what goes with a work or topic, or `None` where nothing is said.

    Args:
        material: the knowledge base.
        own: the citation key or topic id of the page.
        above: topics that it is under, whose statements hold for it in general.
    """
    combined = material.combined
    goes: list[PartnerView] = []
    rather: list[PartnerView] = []
    for pair in combined.partners.get(own, ()):
        rows = combined.pairs[pair]
        for fits, found in ((True, goes), (False, rather)):
            of_kind = tuple(row for row in rows if (row.verdict in GOES) == fits)
            if of_kind:
                found.append(_partner(material.base, combined, pair, own, of_kind))
    through = []
    for topic in dict.fromkeys(above):
        general = _general(material, topic, own)
        if general.partners:
            through.append(general)
    if not goes and not rather and not through:
        return None
    return CombiningView(tuple(goes), tuple(rather), tuple(through))


def _general(material: Material, topic: str, own: str) -> GeneralView:
    """Return what is said of a topic, without what is said of it and the page's own work or topic."""
    combined = material.combined
    found: dict[VerdictView, list[LinkView]] = {}
    for pair in combined.partners.get(topic, ()):
        if own not in pair:
            link = part_link(material.base, combined, _other(pair, topic))
            found.setdefault(pair_verdict(combined, pair), []).append(link)
    order = list(_WORDS)
    partners = []
    # What holds on any hardware comes before what is said of one kind of it.
    for verdict in sorted(found, key=lambda one: (order.index(one.id), len(one.word))):
        partners.append((verdict, tuple(found[verdict])))
    return GeneralView(place_link(material.base, topic), tuple(partners))


def _partner(
    base: KnowledgeBase, combined: Combinations, pair: Parts, own: str, rows: tuple[Combination, ...]
) -> PartnerView:
    statements = tuple(statement_view(base, combined, row) for row in rows)
    return PartnerView(part_link(base, combined, _other(pair, own)), statements)


def _other(pair: Parts, own: str) -> str:
    one, other = pair
    if own == one:
        return other
    return one
