"""Small values that several pages show alike: links, badges, rows of a listing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from rekb.citation import coins
from rekb.kb import KnowledgeBase
from rekb.kb.index import Index, build_index
from rekb.model import Entry, Facet
from rekb.model.cited import cited_record
from rekb.model.entry import Change, Effect, Record
from rekb.model.keys import family_name
from rekb.site.urls import entry_path, topic_path

_ALIKE = 2
"""Topics beside each other are named alike if so many words at the start or the end are the same."""
_LONG = 32


@dataclass(frozen=True, slots=True)
class LinkView:
    """A named link; `path` is an address below the site's root."""

    label: str
    path: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class CountedLink:
    """A link with the number of what stands behind it."""

    link: LinkView
    count: int


@dataclass(frozen=True, slots=True)
class BadgeView:
    """A word of a vocabulary as readers see it."""

    word: str
    label: str
    help: str
    sign: str = ""
    """An arrow for where a resource goes, ``↓`` or ``↑``; empty where the word is no effect."""

    @property
    def signed(self) -> str:
        """The label behind its arrow: ``↓ Memory``."""
        return f"{self.sign} {self.label}" if self.sign else self.label


@dataclass(frozen=True, slots=True)
class EffectView:
    """One effect in words."""

    change: str
    verb: str
    """What happens to the resource: ``saves``, ``raises``, ``costs`` or ``lowers``."""
    resource: BadgeView
    phase: BadgeView
    how: str


@dataclass(frozen=True, slots=True)
class RowView:
    """One work in a listing."""

    key: str
    name: str
    title: str
    path: str
    authors: str
    year: int
    """First public year."""
    venue: str
    """Where it is cited from, with that record's year: ``ICML 2021``."""
    code: str
    """Address of the official code, or empty."""
    saves: tuple[BadgeView, ...]
    costs: tuple[BadgeView, ...]
    phases: tuple[BadgeView, ...]
    requires: tuple[BadgeView, ...] | None
    hardware: tuple[BadgeView, ...] | None
    modalities: tuple[BadgeView, ...]
    own: Mapping[str, tuple[BadgeView, ...]]
    """Words of the facets that the knowledge base adds; a facet of which the work has none is left out."""
    topics: tuple[LinkView, ...]
    results: int
    parameters: str
    complete: bool
    coins: str
    """What Zotero reads from a listing; see `citation.coins`."""


@dataclass(frozen=True, slots=True)
class Material:
    """What every page builder is given."""

    base: KnowledgeBase
    index: Index
    rows: Mapping[str, RowView]
    """Citation key to the work as listings show it."""

    @classmethod
    def of(cls, base: KnowledgeBase) -> "Material":
        """Return a knowledge base with all that is derived from it once per build."""
        return cls(base, build_index(base), {key: row_view(base, key) for key in base.entries})

    def listed(self, keys: Iterable[str]) -> tuple[RowView, ...]:
        """Return works as a listing shows them: newest first, then by name."""
        return tuple(sorted((self.rows[key] for key in keys), key=lambda r: (-r.year, r.name.casefold())))


def badge(base: KnowledgeBase, facet: str, word: str) -> BadgeView:
    """Return a facet word with its label and meaning; unknown words show as they are."""
    value = base.facets.get(facet, {}).get(word)
    return BadgeView(word, value.label, value.description) if value else BadgeView(word, word, "")


def badges(base: KnowledgeBase, facet: str, words: Sequence[str]) -> tuple[BadgeView, ...]:
    """Return facet words with their labels, each once, in the vocabulary's order."""
    order = list(base.facets.get(facet, {}))
    unique = sorted(set(words), key=lambda w: (order.index(w) if w in order else len(order), w))
    return tuple(badge(base, facet, word) for word in unique)


def effect_view(base: KnowledgeBase, effect: Effect) -> EffectView:
    """Return one effect in words."""
    resource = resource_badge(base, effect.resource, effect.change)
    verb = effect_verb(base, effect.resource, effect.change)
    return EffectView(effect.change, verb, resource, badge(base, Facet.PHASE, effect.phase), effect.how)


def more_is_better(base: KnowledgeBase, resource: str) -> bool:
    """Whether a gain means more of the resource, as of throughput; an unknown word is one to save."""
    value = base.facets.get(Facet.RESOURCE, {}).get(resource)
    return value is not None and value.better == "more"


def effect_verb(base: KnowledgeBase, resource: str, change: Change) -> str:
    """Return what an effect does to a resource, as a word that stands before its name."""
    if more_is_better(base, resource):
        return "raises" if change == "saves" else "lowers"
    return change


def resource_badge(base: KnowledgeBase, resource: str, change: Change) -> BadgeView:
    """Return a resource with the arrow that shows where it goes: throughput that is gained goes up."""
    goes_up = more_is_better(base, resource) == (change == "saves")
    return replace(badge(base, Facet.RESOURCE, resource), sign="↑" if goes_up else "↓")


def _resource_badges(base: KnowledgeBase, entry: Entry, change: Change) -> tuple[BadgeView, ...]:
    words = [effect.resource for effect in entry.effects if effect.change == change]
    return tuple(resource_badge(base, shown.word, change) for shown in badges(base, Facet.RESOURCE, words))


def formal_record(base: KnowledgeBase, entry: Entry) -> Record:
    """Return the record that a reader would cite, by the rule that the citations follow."""
    return cited_record(entry, base.venues)


def venue_label(base: KnowledgeBase, record: Record) -> str:
    """Return the short name of a record's venue."""
    venue = base.venues.get(record.venue)
    return venue.short if venue else record.venue


def short_authors(entry: Entry) -> str:
    """Return the authors as running text cites them: ``Dao et al.``."""
    names = [family_name(author) for author in entry.authors]
    if len(names) <= 2:  # noqa: PLR2004 - two names are written out
        return " and ".join(names)
    return f"{names[0]} et al."


def cite_label(entry: Entry) -> str:
    """Return the label of a citation in prose: the short name, or authors and year."""
    return entry.name or f"{short_authors(entry)} {entry.year}"


def topic_link(base: KnowledgeBase, topic_id: str) -> LinkView:
    """Return the link to a topic."""
    topic = base.topics.get(topic_id)
    return LinkView(topic.title if topic else topic_id, topic_path(topic_id), topic.scope if topic else "")


def place_link(base: KnowledgeBase, topic_id: str) -> LinkView:
    """Return the link to a topic as it is named outside its tree: ``Cost Analysis (Vision)``."""
    link = topic_link(base, topic_id)
    return LinkView(place_label(base, topic_id), link.path, link.help)


def place_label(base: KnowledgeBase, topic_id: str) -> str:
    """Return the title of a topic, with what sets its parent apart where the title alone does not tell."""
    title = base.topics[topic_id].title if topic_id in base.topics else topic_id
    parent = topic_id.rpartition("/")[0]
    if parent not in base.topics:
        return title
    told = _set_apart(base, parent)
    if not told and sum(topic.title == title for topic in base.topics.values()) > 1:
        told = base.topics[parent].title
    return f"{_short(title)} ({told})" if told and told not in title else title


def _short(title: str) -> str:
    """Return a title without its second half where it is long: ``Representative Models`` and what follows."""
    return title.partition(" and ")[0] if len(title) > _LONG else title


def _set_apart(base: KnowledgeBase, topic_id: str) -> str:
    """Return the words that set a topic apart from one beside it: ``Vision`` of Vision Foundation Models."""
    words = base.topics[topic_id].title.split()
    siblings = base.children(topic_id.rpartition("/")[0] or None)
    others = [base.topics[t].title.split() for t in siblings if t != topic_id]
    if len(words) > _ALIKE and any(other[-_ALIKE:] == words[-_ALIKE:] for other in others):
        return " ".join(words[:-_ALIKE])
    if len(words) > _ALIKE and any(other[:_ALIKE] == words[:_ALIKE] for other in others):
        return " ".join(words[_ALIKE:])
    return ""


def trail(base: KnowledgeBase, topic_id: str) -> tuple[LinkView, ...]:
    """Return the links from the tree's root down to a topic, itself last."""
    return tuple(topic_link(base, t) for t in (*base.ancestors(topic_id), topic_id))


def parameters_label(entry: Entry) -> str:
    """Return the span of a foundation model's sizes: ``7B - 70B``, or empty."""
    counts = [v.parameters for v in entry.model.variants if v.parameters] if entry.model else []
    if not counts:
        return ""
    low, high = human_count(min(counts)), human_count(max(counts))
    return low if low == high else f"{low}–{high}"


def human_count(number: int) -> str:
    """Write a count as the field does: 7B, 340M, 32K."""
    for size, letter in ((10**12, "T"), (10**9, "B"), (10**6, "M"), (10**3, "K")):
        if number >= size:
            return f"{number / size:.3g}{letter}"
    return str(number)


def exact_count(number: int) -> str:
    """Write a large count shortly where nothing is lost: 1.558B, 300B, but 110,104,890 in full."""
    units = ((10**12, "T"), (10**9, "B"), (10**6, "M"))
    size, letter = next((unit for unit in units if number >= unit[0]), (0, ""))
    short = size and number % (size // 1000) == 0
    return f"{number / size:g}{letter}" if short else f"{number:,}"


def row_view(base: KnowledgeBase, key: str) -> RowView:
    """Return one work as listings show it."""
    entry = base.entries[key]
    record = formal_record(base, entry)
    code = entry.links.code
    requires, hardware = entry.requires, entry.hardware
    return RowView(
        key=key,
        name=entry.display_name,
        title=entry.title,
        path=entry_path(key),
        authors=short_authors(entry),
        year=entry.year,
        venue=f"{venue_label(base, record)} {record.year}",
        code=code.url if code and code.official else "",
        saves=_resource_badges(base, entry, "saves"),
        costs=_resource_badges(base, entry, "costs"),
        phases=badges(base, Facet.PHASE, [e.phase for e in entry.effects]),
        requires=None if requires is None else badges(base, Facet.REQUIREMENT, requires),
        hardware=None if hardware is None else badges(base, Facet.HARDWARE, hardware),
        modalities=badges(base, Facet.MODALITY, entry.modalities),
        own={
            facet: badges(base, facet, entry.tags[facet])
            for facet in base.config.own_facets
            if entry.tags.get(facet)
        },
        topics=tuple(place_link(base, t) for t in entry.topics),
        results=len(entry.results),
        parameters=parameters_label(entry),
        complete=entry.is_complete,
        coins=coins(key, entry, base.venues),
    )
