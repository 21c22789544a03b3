"""The page of a topic: overview, what lies below, the works compared, their history, ties and numbers."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from markupsafe import Markup

from rekb.kb import KnowledgeBase
from rekb.model import Topic
from rekb.model.topic import Column
from rekb.site.facets.names import FacetName, facet_names
from rekb.site.kind import Given
from rekb.site.outputs.feeds import atom_path
from rekb.site.page import Alternate, Asset, Page, SearchText, SiteSettings
from rekb.site.pages.downloads import topic_downloads
from rekb.site.pages.measured import result_charts
from rekb.site.parts.bench import ResultChart
from rekb.site.parts.combining import CombiningView, combining_view
from rekb.site.parts.levels import LevelView, easiest_text, level_views
from rekb.site.parts.numbers import Headline, WorkResults, bit_widths, headline, reported
from rekb.site.parts.paths import paths_into
from rekb.site.parts.prose import overview, paragraphs, shortened
from rekb.site.parts.relations import RelationsView, relations_asset, topics_with_ties
from rekb.site.parts.suggest import suggest_address
from rekb.site.parts.timeline import YearView, timeline
from rekb.site.parts.views import LinkView, Material, RowView, cite_label, first_saved, topic_link
from rekb.site.templating import head_files, render, render_list
from rekb.site.urls import EXPLORE, TOPICS, entry_path, relative, topic_path

COLUMN_LABELS: dict[Column, str] = {
    "year": "Year",
    "venue": "Venue",
    "saves": "Gains",
    "costs": "Costs",
    "phase": "When",
    "requires": "Needs",
    "hardware": "Ran on",
    "modality": "Modality",
    "code": "Code",
    "results": "First result",
    "bits": "Bits",
    "parameters": "Parameters",
}
"""Columns of a comparison table as readers see them."""
_FACETS: dict[Column, str] = {
    "saves": "saves",
    "costs": "costs",
    "phase": "phase",
    "requires": "needs",
    "hardware": "hardware",
    "modality": "modality",
}
"""Columns that show a facet, with the facet's name."""
_MOST_NUMBERS = 100
_FEW = 8
"""So many works or numbers are about a screen; the timeline and the numbers of more are folded."""
_MOST_COMPARED = 40
"""Works in one comparison; a topic with more shows the newest, and leads on to explore for the others."""
_SHOWN = 12
"""How many rows of a long comparison are shown before the rest is asked for."""


@dataclass(frozen=True, slots=True)
class ChildView:
    """A topic below this one."""

    link: LinkView
    count: int
    children: tuple["ChildView", ...]
    provisional: bool


@dataclass(frozen=True, slots=True)
class ComparedView:
    """One row of the comparison."""

    row: RowView
    headline: Headline | None
    bits: str


@dataclass(frozen=True, slots=True)
class TopicContext:
    """What topic.html is given."""

    title: str
    scope: str
    trail: tuple[LinkView, ...]
    section: str
    surveyed: bool
    """Whether there is a survey that a topic may have been added to since."""
    also_called: tuple[str, ...]
    provisional: bool
    levels: tuple[LevelView, ...]
    paths: tuple[LinkView, ...]
    """Reading paths that lead into it."""
    children: tuple[ChildView, ...]
    columns: tuple[tuple[str, str], ...]
    nothing: dict[str, str]
    """What is said of a work that needs nothing, or ran on nothing that is listed."""
    count: int
    compared: tuple[ComparedView, ...]
    """Its works, the newest where there are too many for one table."""
    timeline: tuple[YearView, ...]
    relations: RelationsView | None
    combines: CombiningView | None
    """What its works go with, by the sources at hand."""
    charts: tuple[ResultChart, ...]
    reported: tuple[WorkResults, ...]
    numbers: int
    """How many results its works report; too many are shown on the topics below alone."""
    explore: str
    downloads: tuple[LinkView, ...]
    edit_address: str
    suggest: str
    """Address of the form for a work that is missing here; empty without one."""
    saved: tuple[str, ...]
    """What Zotero reads of the first works."""
    few: int = _FEW
    shown: int = _SHOWN


def child_view(material: Material, topic_id: str) -> ChildView:
    """Return a topic with all that is below it and the number of its works."""
    topic = material.base.topics[topic_id]
    return ChildView(
        topic_link(material.base, topic_id),
        len(material.index.under_topic.get(topic_id, ())),
        tuple(child_view(material, child) for child in material.base.children(topic_id)),
        topic.provisional,
    )


def topic_pages(given: Given) -> Iterator[Page]:
    """Yield the page of every topic; what has works has downloads and a feed."""
    for topic in given.material.base.topics:
        downloads = _downloads(given, topic)
        page = topic_page(given.material, topic, given.settings, downloads, given.relations[topic])
        if _has_feed(given, topic):
            feed = Alternate("application/atom+xml", page.title, atom_path(page.path))
            page = replace(page, alternates=(feed,))
        yield page


def _has_feed(given: Given, topic: str) -> bool:
    # A feed names whole addresses.
    return bool(given.settings.url and given.material.index.under_topic.get(topic))


def _downloads(given: Given, topic: str) -> tuple[LinkView, ...]:
    if not given.material.index.under_topic.get(topic):
        return ()
    links = topic_downloads(given.material.base, topic)
    if _has_feed(given, topic):
        return (*links, LinkView("Atom feed", atom_path(topic_path(topic))))
    return links


def relations_assets(given: Given) -> Iterator[Asset]:
    """Yield the drawing of who builds on whom for each topic that has one."""
    for topic in topics_with_ties(given.material):
        yield relations_asset(given.material, topic, given.relations[topic])


def topic_page(
    material: Material,
    topic_id: str,
    settings: SiteSettings,
    downloads: tuple[LinkView, ...],
    relations: Callable[[], RelationsView | None],
) -> Page:
    """Return the page of one topic."""
    base = material.base
    topic = base.topics[topic_id]
    path = topic_path(topic_id)

    def body() -> str:
        keys = material.index.under_topic.get(topic_id, ())
        rows = material.listed(keys)
        listed = tuple(row.key for row in rows)
        numbers = sum(len(base.entries[key].results) for key in keys)
        context = TopicContext(
            title=topic.title,
            scope=topic.scope,
            trail=tuple(topic_link(base, above) for above in base.ancestors(topic_id)),
            section=topic.survey.section if topic.survey else "",
            surveyed=base.config.survey is not None,
            also_called=topic.survey.also_called if topic.survey else (),
            provisional=topic.provisional,
            levels=_levels(material, topic, path),
            paths=paths_into(base, topic_id),
            children=tuple(child_view(material, child) for child in base.children(topic_id)),
            columns=_columns(facet_names(base), _said(topic.columns, rows)),
            nothing=_nothing(facet_names(base)),
            count=len(rows),
            compared=tuple(_compared(base, row) for row in rows[:_MOST_COMPARED]),
            saved=first_saved(rows),
            timeline=timeline(material, keys),
            relations=relations(),
            combines=combining_view(material, topic_id, reversed(base.ancestors(topic_id))),
            charts=result_charts(material, keys, path, _below(material, topic_id)),
            reported=reported(material, listed) if numbers <= _MOST_NUMBERS else (),
            numbers=numbers,
            explore=f"{EXPLORE}?topic={topic_id}",
            downloads=downloads,
            edit_address=_edit_address(settings, base.topic_paths[topic_id]),
            # A work is at a leaf of the tree, so the form is not given another topic.
            suggest=suggest_address(settings, topic_id if base.is_leaf(topic_id) else ""),
        )
        return render_list("topic.html", path, context)

    plain = easiest_text(base.config, topic.summary, topic.scope)
    return Page(
        path=path,
        title=topic.title,
        made=body,
        reads=True,
        description=shortened(plain, 200),
        head=head_files(path, "pick.js"),
        source=base.topic_paths[topic_id],
        sidebar=True,
    )


def _edit_address(settings: SiteSettings, path: str) -> str:
    if settings.edit_base:
        return f"{settings.edit_base}{path}"
    return ""


def topics_page(material: Material) -> Page:
    """Return the page that shows the whole tree."""
    roots = tuple(child_view(material, root) for root in material.base.children(None))
    context = TopicsContext(roots, len(material.base.entries))
    return Page(
        path=TOPICS,
        title="Topics",
        made=partial(render, "topics.html", TOPICS, context),
        description="The whole topic tree with the number of works at each node.",
        search=SearchText("Topics", "The whole topic tree"),
        sidebar=True,
    )


@dataclass(frozen=True, slots=True)
class TopicsContext:
    """What topics.html is given."""

    roots: tuple[ChildView, ...]
    works: int


def _below(material: Material, topic_id: str) -> tuple[tuple[str, ...], ...]:
    """Return the works of each topic that is one below."""
    found: list[tuple[str, ...]] = []
    for child in material.base.children(topic_id):
        found.append(material.index.under_topic.get(child, ()))
    return tuple(found)


def _levels(material: Material, topic: Topic, path: str) -> tuple[LevelView, ...]:
    def cite(key: str) -> tuple[str, str]:
        entry = material.base.entries.get(key)
        label = cite_label(entry) if entry else key
        return label, relative(path, entry_path(key))

    def html(level: str, text: str) -> Markup:
        if material.base.config.reading.is_markdown(level):
            return overview(text, cite)
        return paragraphs(text)

    return level_views(material.base.config, topic.summary, html)


def _said(wanted: Iterable[Column], rows: Sequence[RowView]) -> list[Column]:
    """Return the columns of a comparison without those of which no work says anything, as in a new base."""
    unsaid: set[Column] = set()
    if not any(row.saves for row in rows):
        unsaid.add("saves")
    if all(row.requires is None for row in rows):
        unsaid.add("requires")
    return [column for column in wanted if column not in unsaid]


def _columns(names: Mapping[str, FacetName], wanted: Iterable[Column]) -> tuple[tuple[str, str], ...]:
    """Return the columns of a comparison with what they are called, without those of facets not shown."""
    columns: dict[Column, str] = {}
    for column in wanted:
        facet = _FACETS.get(column)
        if facet is None:
            columns[column] = COLUMN_LABELS[column]
        elif facet in names:
            columns[column] = names[facet].title or COLUMN_LABELS[column]
    return tuple(columns.items())


def _nothing(names: Mapping[str, FacetName]) -> dict[str, str]:
    words = {"needs": "", "hardware": ""}
    for name in words.keys() & names.keys():
        words[name] = names[name].nothing_short
    return words


def _compared(base: KnowledgeBase, row: RowView) -> ComparedView:
    entry = base.entries[row.key]
    place = ("bits", row.key)
    if place not in base.texts:  # a work is in the tables of several topics
        base.texts[place] = ", ".join(map(str, bit_widths(entry)))
    return ComparedView(row, headline(base, row.key), base.texts[place])
