"""What pages call the facets: as rekb.yaml says, else as here; a facet without words is on no page."""

from collections.abc import Iterator, Mapping
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
    """Where its words are in taxonomy/facets.yaml; `None` for a facet of other words."""
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
        """Return it with what rekb.yaml says; what is said of our title alone is not said of another."""
        reworded = self._reworded(text)
        if text.title is None:
            return reworded
        own_help = text.help or ""
        return replace(reworded, renamed=True, help=own_help, advice=own_help, why_nothing="", why_unknown="")

    def _reworded(self, text: FacetText) -> "FacetName":
        """Return it with each text that rekb.yaml gives, the others as they are."""
        nothing = ""
        nothing_short = ""
        if self.nothing:
            nothing = text.nothing or self.nothing
            nothing_short = text.nothing or self.nothing_short
        return replace(
            self,
            title=text.title or self.title,
            help=text.help or self.help,
            nothing=nothing,
            nothing_short=nothing_short,
            question=text.question or self._question(text.title),
            advice=text.help or self.advice,
        )

    def _question(self, title: str | None) -> str:
        """Return what the finder asks: a facet with another title is asked for by that title."""
        if title and self.question:
            return title
        return self.question


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
"""The facet behind which those come that a knowledge base adds."""
_NAMES = "facet names"
"""Where they are kept, once they were worked out."""
_COLOURS = {"needs": "needs"}
"""Facets whose badges have a colour of their own."""


def facet_names(base: KnowledgeBase) -> Mapping[str, FacetName]:
    """Return the facets that pages show, by their names in addresses, in the order of the explore page."""
    # Every page of a work asks for them.
    found: dict[str, FacetName] | None = base.views.get(_NAMES)
    if found is None:
        found = {}
        for facet in _all_facets(base):
            has_words = facet.vocabulary is None or vocabulary(base, facet)
            if has_words:
                found[facet.name] = facet
        base.views[_NAMES] = found
    return found


def _all_facets(base: KnowledgeBase) -> Iterator[FacetName]:
    """Yield the built-in facets as rekb.yaml calls them, and its own ones behind those of words."""
    own_texts = base.config.facets
    for facet in BUILT_IN:
        yield facet.called(own_texts.get(facet.name, FacetText()))
        if facet.name == _LAST_OF_WORDS:
            for name in base.config.own_facets:
                yield _own(name, base.config.title_of(name), own_texts[name])


def _own(name: str, title: str, text: FacetText) -> FacetName:
    return FacetName(
        name=name,
        title=title,
        help=text.help or "",
        vocabulary=name,
        question=text.question or title,
        advice=text.help or "",
    )


def vocabulary(base: KnowledgeBase, facet: FacetName) -> Mapping[str, FacetValue]:
    """Return the words of a facet, by word, in the order in which they are shown."""
    if facet.vocabulary:
        return base.facets.get(facet.vocabulary, {})
    return {}


def words_of_facets(base: KnowledgeBase) -> str:
    """Return what the facets with words are called, for the search: ``gains, when, needs``."""
    titles = []
    for facet in facet_names(base).values():
        if facet.vocabulary:
            titles.append(facet.title.lower())
    return ", ".join(titles)


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
    badges: dict[str, tuple[BadgeView, ...] | None] = {"needs": row.requires, "hardware": row.hardware}
    if row.modalities:
        badges["modality"] = row.modalities
    badges |= row.own
    facts = []
    for name, facet in names.items():
        if name in badges:
            colour = _COLOURS.get(name, "plain")
            facts.append(FacetFact(name, facet.title, badges[name], colour, facet.nothing))
    return tuple(facts)


def effects_title(names: Mapping[str, FacetName], *, costs: bool) -> str:
    """Return the heading of a work's effects: ``What it gains, what it costs``."""
    asked = ["saves"]
    if costs:
        asked.append("costs")
    shown = [names[name] for name in asked if name in names]
    # A knowledge base that renames a facet has no sentence of its own here, so its titles are the heading.
    if any(facet.renamed for facet in shown):
        return ", ".join(facet.title for facet in shown)
    if costs:
        return "What it gains, what it costs"
    return "What it gains"
