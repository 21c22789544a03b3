"""The explore page: every work as a real table, with the facets that narrow it."""

from dataclasses import dataclass

from rekb.model import Entry, Facet
from rekb.site.page import Page, SearchText
from rekb.site.templating import render
from rekb.site.urls import EXPLORE
from rekb.site.views import Material, RowView, formal_record


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
        "state": ("complete" if entry.is_complete else "incomplete",),
    }


def explore_page(material: Material) -> Page:
    """Return the explore page; without scripts it is the list of all works."""
    base = material.base
    tokens = {key: facet_tokens(material, entry) for key, entry in base.entries.items()}
    rows = material.listed(base.entries)
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


Tokens = dict[str, dict[str, tuple[str, ...]]]
"""Citation key to the words of each facet."""

_OPEN = ("saves", "phase", "needs")
_TITLES = {
    "saves": ("Saves", "What gets cheaper"),
    "phase": ("When", "In which phase it is saved"),
    "needs": ("Needs", "What must be at hand"),
    "topic": ("Topic", "Place in the survey's tree"),
    "hardware": ("Ran on", "Where the authors ran it"),
    "modality": ("Data", "What the model reads or makes"),
    "costs": ("Costs", "What is spent in exchange"),
    "year": ("Year", "First public year"),
    "venue": ("Venue", "Where it appeared"),
    "code": ("Code", "The authors' own repository"),
    "state": ("Completeness", "Whether all facts were confirmed"),
}
_VOCABULARIES = {
    "saves": Facet.RESOURCE,
    "phase": Facet.PHASE,
    "needs": Facet.REQUIREMENT,
    "hardware": Facet.HARDWARE,
    "modality": Facet.MODALITY,
    "costs": Facet.RESOURCE,
}
_UNKNOWN = ("unknown", "Not stated", "")


def _facets(material: Material, tokens: Tokens) -> tuple[FacetView, ...]:
    views = []
    for name, (title, text) in _TITLES.items():
        words = _words_of(material, name)
        counts = {word: _count(tokens, name, word) for word, _, _ in words}
        choices = tuple(
            ChoiceView(word, label, meaning, counts[word], word.count("/") if name == "topic" else 0)
            for word, label, meaning in words
            if counts[word]
        )
        if name == "venue":
            choices = tuple(sorted(choices, key=lambda c: (-c.count, c.label)))
        views.append(FacetView(name, title, text, choices, open=name in _OPEN))
    return tuple(views)


def _words_of(material: Material, name: str) -> list[tuple[str, str, str]]:
    """Return the words of a facet as (word, label, meaning), in the order in which they are shown."""
    base = material.base
    if facet := _VOCABULARIES.get(name):
        words = [(v.id, v.label, v.description) for v in base.facets.get(facet, {}).values()]
        return [*words, _UNKNOWN] if name in ("needs", "hardware") else words
    if name == "topic":
        return [(topic_id, topic.title, topic.scope) for topic_id, topic in base.topics.items()]
    if name == "venue":
        return [(venue.id, venue.short, venue.name) for venue in base.venues.values()]
    if name == "year":
        years = sorted({entry.year for entry in base.entries.values()}, reverse=True)
        return [(str(year), str(year), "") for year in years]
    if name == "code":
        return [("official", "Official code", ""), ("none", "None known", "")]
    return [("complete", "Complete", ""), ("incomplete", "Incomplete", "")]


def _count(tokens: Tokens, name: str, word: str) -> int:
    """Return how many works a box alone would leave."""
    if name in ("saves", "phase"):
        part = 0 if name == "saves" else 1
        return sum(any(t.split("@")[part] == word for t in held["saves"]) for held in tokens.values())
    return sum(word in held[name] for held in tokens.values())
