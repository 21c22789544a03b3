"""What pages call the facets: as rekb.yaml says, else as here; a facet without words is on no page."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from rekb.kb import KnowledgeBase
from rekb.model import FacetValue
from rekb.model.facet_table import FACETS, FacetRow
from rekb.model.facets import FacetText
from rekb.site.parts.views import BadgeView, RowView


@dataclass(frozen=True, slots=True)
class FacetName:
    """How one facet is spoken of."""

    name: str
    """Its name in addresses."""
    title: str
    help: str
    vocabulary: str | None = None
    """Where its words stand in taxonomy/facets.yaml; `None` for a facet of other words."""
    nothing: str = ""
    """What is said of a work that names none of its words on purpose; empty where that has no meaning."""
    nothing_short: str = ""
    """The same in a narrow column."""
    why_nothing: str = ""
    why_unknown: str = ""
    question: str = ""
    """What the finder asks; empty where it does not."""
    advice: str = ""
    """What the finder says below."""
    renamed: bool = False
    """Whether the title is not ours."""

    @property
    def nothing_label(self) -> str:
        """What a box or heading calls works that name none of its words: ``Any hardware``."""
        return f"{self.nothing[:1].upper()}{self.nothing[1:]}"

    def called(self, text: FacetText) -> "FacetName":
        """Return it with what rekb.yaml says; what was said of our title alone is not said of another."""
        said = replace(
            self,
            title=text.title or self.title,
            help=text.help or self.help,
            nothing=(text.nothing or self.nothing) if self.nothing else "",
            nothing_short=(text.nothing or self.nothing_short) if self.nothing else "",
            question=text.question or (text.title if text.title and self.question else self.question) or "",
            advice=text.help or self.advice,
        )
        if text.title is None:
            return said
        return replace(said, renamed=True, help=text.help or "", advice=text.help or "",
                       why_nothing="", why_unknown="")  # fmt: skip


def _named(row: FacetRow) -> FacetName:
    return FacetName(
        name=row.id,
        title=row.title,
        help=row.help,
        vocabulary=row.vocabulary,
        nothing=row.nothing,
        nothing_short=row.nothing_short,
        why_nothing=row.why_nothing,
        why_unknown=row.why_unknown,
        question=row.question,
        advice=row.advice,
    )


BUILT_IN: tuple[FacetName, ...] = tuple(_named(row) for row in FACETS.values())
"""The facets of every knowledge base, in the order of the explore page."""
_LAST_OF_WORDS = "modality"
"""The facet behind which those stand that a knowledge base adds."""


def facet_names(base: KnowledgeBase) -> Mapping[str, FacetName]:
    """Return the facets that pages show, by their names in addresses, in the order of the explore page."""
    said = base.config.facets
    own = [_own(name, base.config.title_of(name), said[name]) for name in base.config.own_facets]
    place = next(n for n, facet in enumerate(BUILT_IN, 1) if facet.name == _LAST_OF_WORDS)
    named = [facet.called(said.get(facet.name, FacetText())) for facet in BUILT_IN]
    shown = (*named[:place], *own, *named[place:])
    found: dict[str, FacetName] = {}
    for facet in shown:
        if facet.vocabulary is None or vocabulary(base, facet):
            found[facet.name] = facet
    return found


def _own(name: str, title: str, text: FacetText) -> FacetName:
    shown = text.help or ""
    return FacetName(name, title, shown, name, question=text.question or title, advice=shown)


def vocabulary(base: KnowledgeBase, facet: FacetName) -> Mapping[str, FacetValue]:
    """Return the words of a facet, by word, in the order in which they are shown."""
    if facet.vocabulary:
        return base.facets.get(facet.vocabulary, {})
    return {}


def words_of_facets(base: KnowledgeBase) -> str:
    """Return what the facets with words are called, for the search: ``gains, when, needs``."""
    parts = []
    for facet in facet_names(base).values():
        if facet.vocabulary:
            parts.append(facet.title.lower())
    return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class FacetFact:
    """What a work's page says of one facet."""

    name: str
    title: str
    badges: tuple[BadgeView, ...] | None
    """Its words; `None` where they are not known."""
    colour: str
    nothing: str


def facet_facts(names: Mapping[str, FacetName], row: RowView) -> tuple[FacetFact, ...]:
    """Return what a work needs, where it ran, on what, and so on, of the facets that are shown."""
    shown: dict[str, tuple[tuple[BadgeView, ...] | None, str]] = {
        "needs": (row.requires, "needs"),
        "hardware": (row.hardware, "plain"),
    }
    shown |= {"modality": (row.modalities, "plain")} if row.modalities else {}
    shown |= {name: (found, "plain") for name, found in row.own.items()}
    return tuple(
        FacetFact(name, facet.title, *shown[name], facet.nothing)
        for name, facet in names.items()
        if name in shown
    )


def effects_title(names: Mapping[str, FacetName], *, costs: bool) -> str:
    """Return the heading of a work's effects: ``What it gains, what it costs``."""
    shown = [names[name] for name in ("saves", "costs") if name in names][: 2 if costs else 1]
    if any(facet.renamed for facet in shown):
        parts = []
        for facet in shown:
            parts.append(facet.title)
        return ", ".join(parts)
    if costs:
        return "What it gains, what it costs"
    return "What it gains"
