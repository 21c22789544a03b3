"""The explore page: every work as a real table, with the facets that narrow it."""

from dataclasses import dataclass

from rekb.model import Entry, Facet
from rekb.site.page import Page, SearchText
from rekb.site.templating import render
from rekb.site.urls import EXPLORE
from rekb.site.views import Material, RowView, formal_record, is_complete, row_view


@dataclass(frozen=True, slots=True)
class ChoiceView:
    """One box of a facet."""

    value: str
    label: str
    help: str
    count: int
    depth: int = 0


@dataclass(frozen=True, slots=True)
class FacetView:
    """One facet: its name in the address, its title and its boxes."""

    name: str
    title: str
    help: str
    choices: tuple[ChoiceView, ...]
    open: bool


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A work and the facet words that hold for it."""

    row: RowView
    tokens: str
    words: str


@dataclass(frozen=True, slots=True)
class ExploreContext:
    """What explore.html is given."""

    facets: tuple[FacetView, ...]
    rows: tuple[TokenRow, ...]
    total: int


def facet_tokens(material: Material, entry: Entry) -> dict[str, tuple[str, ...]]:
    """Return the words of every facet of the explore page that hold for an entry.

    `saves` and `costs` pair resource and phase (``memory@inference``), so that a question about one
    resource at one phase is answered by the same effect.
    """
    base = material.base
    effects = entry.effects
    lineage = {t for topic in entry.topics for t in (*base.ancestors(topic), topic)}
    record = formal_record(base, entry)
    code = entry.links.code
    return {
        "topic": tuple(sorted(lineage)),
        "saves": tuple(dict.fromkeys(f"{e.resource}@{e.phase}" for e in effects if e.change == "saves")),
        "costs": tuple(dict.fromkeys(e.resource for e in effects if e.change == "costs")),
        "needs": entry.requires if entry.requires is not None else ("unknown",),
        "hardware": entry.hardware if entry.hardware is not None else ("unknown",),
        "modality": entry.modalities,
        "venue": (record.venue,),
        "year": (str(entry.year),),
        "code": ("official" if code and code.official else "none",),
        "state": ("complete" if is_complete(entry) else "incomplete",),
    }


def explore_page(material: Material) -> Page:
    """Return the explore page; without scripts it is the list of all works."""
    base = material.base
    tokens = {key: facet_tokens(material, entry) for key, entry in base.entries.items()}
    rows = sorted((row_view(base, key) for key in base.entries), key=lambda r: (-r.year, r.name.casefold()))
    context = ExploreContext(
        facets=_facets(material, tokens),
        rows=tuple(TokenRow(row, _written(tokens[row.key]), _words(base.entries[row.key])) for row in rows),
        total=len(rows),
    )
    return Page(
        path=EXPLORE,
        title="Explore",
        body=render("explore.html", EXPLORE, context),
        description="Every work in one table: narrow it by what it saves, what it needs and where it runs.",
        search=SearchText("Explore all works", "Filter every work by resource, phase, requirement, hardware"),
        wide=True,
    )


def _written(tokens: dict[str, tuple[str, ...]]) -> str:
    return " ".join(f"{facet}:{word}" for facet, words in tokens.items() for word in words)


def _words(entry: Entry) -> str:
    names = " ".join(a if isinstance(a, str) else "" for a in entry.authors)
    return f"{entry.name or ''} {entry.title} {names}".casefold()


def _count(tokens: dict[str, dict[str, tuple[str, ...]]], facet: str, word: str) -> int:
    return sum(word in found[facet] for found in tokens.values())


def _facets(material: Material, tokens: dict[str, dict[str, tuple[str, ...]]]) -> tuple[FacetView, ...]:
    base = material.base

    def vocabulary(
        name: str, facet: Facet, extra: tuple[tuple[str, str], ...] = ()
    ) -> tuple[ChoiceView, ...]:
        words = [(v.id, v.label, v.description) for v in base.facets.get(facet, {}).values()]
        words += [(word, label, "") for word, label in extra]
        found = [ChoiceView(w, label, text, _count(tokens, name, w)) for w, label, text in words]
        return tuple(choice for choice in found if choice.count)

    def saved(facet: Facet, *, resource: bool) -> tuple[ChoiceView, ...]:
        words = base.facets.get(facet, {}).values()
        part = 0 if resource else 1
        found = [
            ChoiceView(
                v.id,
                v.label,
                v.description,
                sum(any(t.split("@")[part] == v.id for t in held["saves"]) for held in tokens.values()),
            )
            for v in words
        ]
        return tuple(choice for choice in found if choice.count)

    topics = tuple(
        ChoiceView(topic_id, topic.title, topic.scope, _count(tokens, "topic", topic_id), topic_id.count("/"))
        for topic_id, topic in base.topics.items()
    )
    venues = sorted(
        (ChoiceView(v.id, v.short, v.name, _count(tokens, "venue", v.id)) for v in base.venues.values()),
        key=lambda c: (-c.count, c.label),
    )
    years = sorted({entry.year for entry in base.entries.values()}, reverse=True)
    unknown = (("unknown", "Not stated"),)
    return (
        FacetView("saves", "Saves", "What gets cheaper", saved(Facet.RESOURCE, resource=True), open=True),
        FacetView("phase", "When", "In which phase it is saved", saved(Facet.PHASE, resource=False), open=True),
        FacetView("needs", "Needs", "What must be at hand", vocabulary("needs", Facet.REQUIREMENT, unknown), open=True),
        FacetView("topic", "Topic", "Place in the survey's tree", tuple(t for t in topics if t.count), open=False),
        FacetView("hardware", "Ran on", "Where the authors ran it", vocabulary("hardware", Facet.HARDWARE, unknown), open=False),
        FacetView("modality", "Data", "What the model reads or makes", vocabulary("modality", Facet.MODALITY), open=False),
        FacetView("costs", "Costs", "What is spent in exchange", vocabulary("costs", Facet.RESOURCE), open=False),
        FacetView("year", "Year", "First public year", tuple(ChoiceView(str(y), str(y), "", _count(tokens, "year", str(y))) for y in years), open=False),
        FacetView("venue", "Venue", "Where it appeared", tuple(v for v in venues if v.count), open=False),
        FacetView("code", "Code", "The authors' own repository", tuple(ChoiceView(w, label, "", _count(tokens, "code", w)) for w, label in (("official", "Official code"), ("none", "None known"))), open=False),
        FacetView("state", "Completeness", "Whether all facts were confirmed", tuple(ChoiceView(w, label, "", _count(tokens, "state", w)) for w, label in (("complete", "Complete"), ("incomplete", "Incomplete"))), open=False),
    )  # fmt: skip
