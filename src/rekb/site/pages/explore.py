"""The explore page: every work as a real table, with the facets that narrow it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace

from rekb.kb import KnowledgeBase
from rekb.kb.query import count_words, held_words
from rekb.model.facet_table import FACETS, NOTHING, UNKNOWN
from rekb.site.facets.names import FacetName, facet_names, vocabulary, words_of_facets
from rekb.site.facets.questions import PresetView, QuestionView, preset_views, question_views
from rekb.site.page import Asset, Page, SearchText, SiteSettings
from rekb.site.parts.suggest import suggest_address
from rekb.site.parts.views import Material, RowView, place_label
from rekb.site.templating import head_files, render
from rekb.site.urls import EXPLORE

FIRST = 60
"""Works that stand in the page itself, the newest: what is seen before scripts run, or without them. All of
them would be most of what a first visit weighs, and a reader without scripts can filter none of them."""


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
class ExploreContext:
    """What explore.html is given."""

    facets: tuple[FacetView, ...]
    columns: tuple[str, ...]
    """Titles of the columns of `_COLUMNS`; empty for one that is not shown."""
    nothing: str
    """What is said of a work that needs nothing."""
    years: tuple[tuple[int, int], ...]
    """First public year and its works, newest first."""
    years_behind: str
    """The facet behind which the years stand."""
    presets: tuple[PresetView, ...]
    suggest: str
    """Address of the form for a work that is missing; empty without one."""
    questions: tuple[QuestionView, ...]
    rows: tuple[RowView, ...]
    """The first works; the script fetches all, see `explore_data`."""
    waits: bool
    """Whether all works are fetched only when a reader uses the page."""
    total: int
    finder: bool
    """Whether the finder has anything to ask."""
    saved: tuple[str, ...]
    """What Zotero reads of the first works; the script fetches those of a narrowed list."""


_AT_ONCE = 1500
"""Works up to which all are fetched as soon as the page is shown: about 80 kB packed."""
_SAVED = 10
"""Of so many works the page itself carries the citation for Zotero, as every list does."""
COINS = "downloads/coins.json"
"""Where the citations of all works stand as COinS, by citation key."""


def coins_assets(material: Material) -> tuple[Asset, ...]:
    """Return what save.js fetches when a reader has narrowed the list."""
    known = {key: material.rows[key].coins for key in material.base.entries}
    return (Asset(COINS, json.dumps(known, separators=(",", ":")).encode()),)


def explore_page(material: Material, settings: SiteSettings) -> Page:
    """Return the explore page; without scripts it is the list of all works."""

    def body() -> str:
        base = material.base
        rows = material.listed(base.entries)
        names = facet_names(base)
        facets = tuple(map(_of_something, facet_views(base, names.values())))
        titles = {facet.name: facet.title for facet in facets if facet.choices}
        context = ExploreContext(
            facets=_without_scopes(facets),
            columns=tuple(titles.get(name, "") for name in _COLUMNS),
            nothing=names["needs"].nothing if "needs" in names else "",
            years=_years(base),
            years_behind="hardware" if "hardware" in names else "topic",
            presets=preset_views(base),
            suggest=suggest_address(settings),
            questions=question_views(base),
            rows=rows[:FIRST],
            waits=len(rows) > _AT_ONCE,
            total=len(rows),
            finder=bool(asked_facets(base)),
            saved=tuple(row.coins for row in rows[:_SAVED]),
        )
        return render("explore.html", EXPLORE, context)

    return Page(
        path=EXPLORE,
        title="Explore",
        made=body,
        description="Every work in one table, narrowed by what you ask for.",
        head=head_files(EXPLORE, "explore.css", "explore.js"),
        search=SearchText("Explore all works", f"Filter every work by {words_of_facets(material.base)}"),
        wide=True,
    )


_COLUMNS = ("saves", "needs", "topic")


def _without_scopes(facets: Iterable[FacetView]) -> tuple[FacetView, ...]:
    """Return facets whose topics do not say what they hold: that comes with the works, for it weighs much."""
    kept: list[FacetView] = []
    for facet in facets:
        row = FACETS.get(facet.name)
        if row and row.words_from == "topics":
            kept.append(replace(facet, choices=tuple(replace(choice, help="") for choice in facet.choices)))
        else:
            kept.append(facet)
    return tuple(kept)


def facet_views(base: KnowledgeBase, names: Iterable[FacetName]) -> tuple[FacetView, ...]:
    """Return facets with the boxes that hold for any work, and how many works each box alone would leave."""
    held = held_words(base).values()
    views = []
    for facet in names:
        name = facet.name
        row = FACETS.get(name)
        counts = count_words(held, name)
        found = []
        for word, label, meaning in _words(base, facet):
            if counts[word]:
                found.append(ChoiceView(word, label, meaning, counts[word], word.count("/")))
        if row and row.by_count:
            found.sort(key=lambda c: (-c.count, c.label))
        is_open = row is not None and row.is_open
        views.append(FacetView(name, facet.title, facet.help, tuple(found), open=is_open))
    return tuple(views)


def _of_something(facet: FacetView) -> FacetView:
    """Return a facet without boxes where no work says anything of it: in a new base, all are "not stated"."""
    if all(choice.value == UNKNOWN for choice in facet.choices):
        return replace(facet, choices=())
    return facet


def asked_facets(base: KnowledgeBase) -> list[FacetView]:
    """Return the facets that the finder asks for: those with a question that some work answers."""
    asked = []
    for facet in facet_names(base).values():
        if facet.question:
            asked.append(replace(facet, title=facet.question, help=facet.advice))
    return [view for view in facet_views(base, asked) if _can_be_answered(view)]


def _can_be_answered(facet: FacetView) -> bool:
    """Whether some work says anything of a facet; otherwise each answer would leave nothing or all."""
    for choice in facet.choices:
        if choice.value not in (NOTHING, UNKNOWN):
            return True
    return False


def _words(base: KnowledgeBase, facet: FacetName) -> list[tuple[str, str, str]]:
    """Return the words of a facet as (word, label, meaning), in the order in which they are shown."""
    if facet.vocabulary:
        words = [(v.id, v.label, v.description) for v in vocabulary(base, facet).values()]
        return [*words, *_open_words(facet)]
    row = FACETS[facet.name]
    if row.words_from == "topics":
        kept: list[tuple[str, str, str]] = []
        for t, topic in base.topics.items():
            kept.append((t, place_label(base, t), topic.scope))
        return kept
    if row.words_from == "venues":
        result: list[tuple[str, str, str]] = []
        for venue in base.venues.values():
            result.append((venue.id, venue.short, venue.name))
        return result
    found: list[tuple[str, str, str]] = []
    for word, label in row.words:
        found.append((word, label, ""))
    return found


def _open_words(facet: FacetName) -> tuple[tuple[str, str, str], ...]:
    """Return the words for what an entry leaves out, where that has a meaning."""
    if not facet.nothing:
        return ()
    return ((NOTHING, facet.nothing_label, facet.why_nothing), (UNKNOWN, "Not stated", facet.why_unknown))


def _years(base: KnowledgeBase) -> tuple[tuple[int, int], ...]:
    years = [entry.year for entry in base.entries.values()]
    found: list[tuple[int, int]] = []
    for year in sorted(set(years), reverse=True):
        found.append((year, years.count(year)))
    return tuple(found)
