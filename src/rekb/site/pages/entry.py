"""The page of one work: everything that is known of it, how it was checked, how to cite it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import quote, urlencode

from markupsafe import Markup

from rekb.kb.documents import venue_label
from rekb.kb.index import author_label
from rekb.markdowntext import plain_in_markdown
from rekb.model import Entry
from rekb.model.entry import Checked, Relation
from rekb.model.identifiers import SCHEMES
from rekb.model.record import Record
from rekb.site.facets.names import FacetFact, effects_title, facet_facts, facet_names
from rekb.site.kind import Given
from rekb.site.outputs.feeds import last_changed
from rekb.site.outputs.machine import entry_alternates, entry_files
from rekb.site.page import Page, SiteSettings
from rekb.site.parts.bench import ResultChart, charts_with
from rekb.site.parts.citation_box import CITATION_FORMS, SHOWN_FILES, head_tags
from rekb.site.parts.combining import CombiningView, combining_view
from rekb.site.parts.figures import FigureTable, figure_table
from rekb.site.parts.kin import kin_view
from rekb.site.parts.levels import LevelView, default_text, easiest_text, level_views
from rekb.site.parts.numbers import ResultLine, result_line
from rekb.site.parts.paths import StepLink, steps_at
from rekb.site.parts.prose import paragraphs, shortened
from rekb.site.parts.reproductions import AgainView, measured_again
from rekb.site.parts.similar import Similar, similar_works
from rekb.site.parts.strip import OutsideLink, StripView, strip_view
from rekb.site.parts.views import (
    EffectView,
    LinkView,
    Material,
    RowView,
    effect_view,
    formal_record,
    trail,
)
from rekb.site.templating import render
from rekb.site.urls import COMPARE, EXPLORE, badge_path, card_badge_path, entry_path
from rekb.text import amount

MOST_COMPARED = 6
"""How many works the comparison shows side by side; the same in static/pick.js."""
_OUTGOING = {
    "builds-on": "Builds on",
    "extends": "Extends",
    "competes-with": "Competes with",
    "supersedes": "Supersedes",
    "uses": "Uses",
}
_INCOMING = {
    "builds-on": "Built on by",
    "extends": "Extended by",
    "competes-with": "Competes with",
    "supersedes": "Superseded by",
    "uses": "Used by",
}


@dataclass(frozen=True, slots=True)
class RecordView:
    """One public record of the work."""

    venue: str
    year: int
    detail: str
    links: tuple[OutsideLink, ...]


@dataclass(frozen=True, slots=True)
class RelationView:
    """Ties of one kind."""

    label: str
    works: tuple[LinkView, ...]


@dataclass(frozen=True, slots=True)
class CitationView:
    """One citation format, ready to copy."""

    form: str
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class BadgeSnippet:
    """A picture for a README, and the text that shows it there."""

    id: str
    label: str
    image: str
    text: str


@dataclass(frozen=True, slots=True)
class EntryContext:
    """What entry.html is given."""

    key: str
    name: str
    title: str
    authors: tuple[LinkView, ...]
    """Each author; with a link, who has other works here."""
    strip: StripView
    venue: str
    venue_query: str
    year: int
    kind: str
    topics: tuple[tuple[LinkView, ...], ...]
    """Each topic with all above it."""
    places: tuple[LinkView, ...]
    """Each topic as it is named outside its tree."""
    levels: tuple[LevelView, ...]
    saves: tuple[EffectView, ...]
    costs: tuple[EffectView, ...]
    effects: str
    """What the part on effects is called."""
    facets: tuple[FacetFact, ...]
    """What it needs, where it ran, on what."""
    results: tuple[ResultLine, ...]
    charts: tuple[ResultChart, ...]
    """Its numbers beside those of others that one source measured alike."""
    measured_again: dict[str, tuple[AgainView, ...]]
    """What others got, by the result's id."""
    figures: FigureTable | None
    relations: tuple[RelationView, ...]
    kin: Markup | None
    """Its ties as a drawing, where there are several."""
    combines: CombiningView | None
    """What it goes with, by the sources at hand."""
    similar: tuple[tuple[RowView, str], ...]
    """Similar works, each with what they share."""
    compared: str
    """Address of the comparison of this work with them."""
    records: tuple[RecordView, ...]
    links: tuple[OutsideLink, ...]
    citations: tuple[CitationView, ...]
    files: tuple[LinkView, ...]
    badges: tuple[BadgeSnippet, ...]
    """How authors show that the work is here; empty where the site does not know its own address."""
    steps: tuple[StepLink, ...]
    """Where it is on reading paths."""
    corrections: tuple[tuple[str, str], ...]
    complete: bool
    unconfirmed: tuple[str, ...]
    checked_on: str
    checked_sources: tuple[tuple[str, str], ...]
    """Each page that was looked at, and which facts it shows, in words; no words where it is plain."""
    survey_rows: tuple[int, ...]
    survey_note: str
    surveyed: bool
    """Whether there is a survey's list that a work may not stand in."""
    added: str
    edit_address: str
    report_address: str
    data_path: str
    licence: str


def entry_pages(given: Given) -> Iterator[Page]:
    """Yield the page of every work."""
    for key in given.material.base.entries:
        yield entry_page(given.material, key, given.settings)


def entry_page(material: Material, key: str, settings: SiteSettings) -> Page:
    """Return the page of one work."""
    entry = material.base.entries[key]
    path = entry_path(key)
    return Page(
        path=path,
        title=entry.display_name,
        made=lambda: render("entry.html", path, _context(material, key, settings)),
        reads=True,
        description=shortened(easiest_text(material.base.config, entry.summary, entry.title), 200),
        head=head_tags(material.base.citations, key, _abstract(material, entry, settings)),
        source=material.base.entry_paths[key],
        wide=True,
        alternates=entry_alternates(key),
        article=True,
        changed=last_changed(entry),
    )


def _abstract(material: Material, entry: Entry, settings: SiteSettings) -> str:
    """Return a whole summary, marked as ours: reference managers keep it under the name of an abstract."""
    text = default_text(material.base.config, entry.summary)
    if text:
        return f"Summary by {settings.name}, not the authors' abstract: {text}"
    return ""


def _report_address(settings: SiteSettings, key: str, entry: Entry) -> str:
    """Return the address of the form for a mistake in this entry, with its title and key filled in."""
    if not settings.report_base:
        return ""
    filled = {"template": "correct-fact.yml", "title": f"[fact] {entry.display_name}: ", "entry": key}
    return f"{settings.report_base}?{urlencode(filled, quote_via=quote)}"


def _context(material: Material, key: str, settings: SiteSettings) -> EntryContext:
    base = material.base
    entry = base.entries[key]
    record = formal_record(base, key)
    effects = [effect_view(base, effect) for effect in entry.effects]
    checked = entry.checked
    path = base.entry_paths[key]
    names = facet_names(base)
    similar = similar_works(base, material.index, key, material.traits)
    return EntryContext(
        key=key,
        name=entry.name or "",
        title=entry.title,
        authors=tuple(
            _author(material, entry, number, name.natural)
            for number, name in enumerate(base.citations.work(key).names)
        ),
        strip=strip_view(material, key, similar[0].key if similar else None),
        venue=venue_label(base, record),
        venue_query=f"{EXPLORE}?venue={record.venue}",
        year=record.year,
        kind=entry.kind,
        topics=tuple(trail(base, topic) for topic in entry.topics),
        places=material.rows[key].topics,
        levels=level_views(base.config, entry.summary, lambda _, text: paragraphs(text)),
        saves=tuple(e for e in effects if e.change == "saves"),
        costs=tuple(e for e in effects if e.change == "costs"),
        effects=effects_title(names, costs=any(e.change == "costs" for e in effects)),
        facets=facet_facts(names, material.rows[key]),
        results=tuple(result_line(base, key, result) for result in entry.results),
        charts=charts_with(material, key, entry_path(key)),
        measured_again=measured_again(base, key),
        figures=figure_table(entry.model.variants) if entry.model else None,
        relations=_relations(material, key, entry),
        kin=kin_view(material, key),
        combines=combining_view(material, key, _topics_above(material, entry)),
        similar=tuple((material.rows[found.key], found.why) for found in similar),
        compared=_compared(key, similar),
        records=tuple(_record(material, r) for r in entry.records),
        links=_links(entry),
        citations=tuple(_citations(material, key)),
        files=_files(key),
        badges=_badges(material, key, settings),
        steps=steps_at(base, key),
        corrections=tuple((c.on.isoformat(), c.what) for c in entry.corrections),
        complete=entry.is_complete,
        unconfirmed=checked.unconfirmed if checked else (),
        checked_on=checked.on.isoformat() if checked else "",
        checked_sources=_looked_at(checked),
        survey_rows=entry.survey.rows if entry.survey else (),
        survey_note=(entry.survey.note or "") if entry.survey else "",
        surveyed=base.config.survey is not None,
        added=entry.added.isoformat(),
        edit_address=f"{settings.edit_base}{path}" if settings.edit_base else "",
        report_address=_report_address(settings, key, entry),
        data_path=path,
        licence=base.config.licence.name,
    )


def _looked_at(checked: Checked | None) -> tuple[tuple[str, str], ...]:
    if checked is None:
        return ()
    shows: dict[str, list[str]] = {page: [] for page in checked.pages()}
    for fact in checked.facts:
        for name in fact.fields:
            scheme = SCHEMES.get(name)
            shows[fact.url].append(scheme.name if scheme else name)
    return tuple((page, ", ".join(facts)) for page, facts in shows.items())


def _citations(material: Material, key: str) -> Iterator[CitationView]:
    for form, label, cite in CITATION_FORMS:
        yield CitationView(form, label, cite(material.base.citations, key))


def _files(key: str) -> tuple[LinkView, ...]:
    """Return the files of a work; those of which a script makes a tab have the name of their form."""
    return tuple(replace(file, help=SHOWN_FILES.get(file.label, "")) for file in entry_files(key))


def _compared(key: str, similar: tuple[Similar, ...]) -> str:
    keys = [key, *(one.key for one in similar)]
    return f"{COMPARE}?papers={','.join(keys[:MOST_COMPARED])}"


def _badges(material: Material, key: str, settings: SiteSettings) -> tuple[BadgeSnippet, ...]:
    if not settings.url:
        return ()
    name = material.rows[key].name
    plain = plain_in_markdown(name)
    address = f"{settings.url}{entry_path(key)}"
    line, card = badge_path(key), card_badge_path(key)
    return (
        BadgeSnippet("badge-md", "Badge, Markdown", line, f"[![{plain}]({settings.url}{line})]({address})"),
        BadgeSnippet("card-md", "Card, Markdown", card, f"[![{plain}]({settings.url}{card})]({address})"),
    )


def _author(material: Material, entry: Entry, number: int, name: str) -> LinkView:
    """Return an author, with a link to the page of their works where there are others than this one."""
    label = author_label(entry, number)
    works = len(material.index.by_author.get(label, ()))
    if works > 1:
        return LinkView(name, material.authors[label], f"{amount(works, 'work')} here")
    return LinkView(name, "")


def _topics_above(material: Material, entry: Entry) -> list[str]:
    """Return the topics of a work and all above them, nearest first."""
    found: list[str] = []
    for topic in entry.topics:
        found += (topic, *reversed(material.base.ancestors(topic)))
    return found


def _record(material: Material, record: Record) -> RecordView:
    links = []
    for name, value in record.named().items():
        scheme = SCHEMES[name]
        links.append(OutsideLink(scheme.label.format(value), scheme.page_of(value)))
    if record.url:
        links.append(OutsideLink("Page", record.url))
    return RecordView(venue_label(material.base, record), record.year, _detail(record), tuple(links))


def _detail(record: Record) -> str:
    """Return what a record says beside venue and year, in the order of a reference."""
    # A range of numbers is printed with an en dash; data files have the hyphen of a keyboard.
    pages = (record.pages or "").replace("-", "–")
    written = (
        ("titled “{}”", record.title),
        ("in {}", record.book),
        ("vol. {}", record.volume),
        ("no. {}", record.issue),
        ("article {}", record.article),
        ("pp. {}", pages),
        ("{}", record.publisher),
        ("{}", record.note),
    )
    return ", ".join(form.format(text) for form, text in written if text)


def _links(entry: Entry) -> tuple[OutsideLink, ...]:
    links = entry.links
    named = (
        ("Project page", links.project),
        ("Weights", links.models),
        ("Documentation", links.docs),
        ("Article", links.blog),
    )
    return tuple(OutsideLink(label, address) for label, address in named if address)


def _relations(material: Material, key: str, entry: Entry) -> tuple[RelationView, ...]:
    # By key, as both works may state a rivalry, which has one label in both directions.
    found: dict[str, dict[str, LinkView]] = {}

    def note(label: str, other: str) -> None:
        if other in material.base.entries:
            work = material.base.entries[other]
            view = LinkView(work.display_name, entry_path(other), f"{work.title} ({work.year})")
            found.setdefault(label, {})[other] = view

    for relation in entry.relations:
        note(_OUTGOING[relation.type], relation.entry)
    incoming: tuple[tuple[str, Relation], ...] = material.index.cited_by.get(key, ())
    for other, relation in incoming:
        note(_INCOMING[relation.type], other)
    order = [*_OUTGOING.values(), *_INCOMING.values()]
    return tuple(
        RelationView(label, tuple(found[label].values())) for label in sorted(found, key=order.index)
    )
