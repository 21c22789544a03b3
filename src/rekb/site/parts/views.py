"""Small values that several pages show alike: links, badges, rows of a listing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from markupsafe import Markup

from rekb.citation.coins import coins_of
from rekb.kb import KnowledgeBase
from rekb.kb.bench import Test, common_tests
from rekb.kb.combining import Combinations, combinations
from rekb.kb.documents import short_authors, venue_label
from rekb.kb.index import Index, build_index
from rekb.model import Entry, Facet
from rekb.model.entry import Change, Effect
from rekb.model.parts import variants_of
from rekb.model.record import Record
from rekb.site.parts.people import Letters, author_places, pages_of_letters
from rekb.site.parts.traits import Traits, traits_of
from rekb.site.urls import entry_path, topic_path

_ALIKE = 2
"""Topics beside each other are named alike if so many words at the start or the end are the same."""
_LONG = 32
"""Letters of a title beyond which it is cut where something is behind it."""
_SAVED = 10
"""Of so many works a list itself carries the citation for Zotero, which then shows that there are several."""
_LARGE = ((10**12, "T"), (10**9, "B"), (10**6, "M"))
"""Units in which the field counts parameters and tokens."""


@dataclass(frozen=True, slots=True)
class LinkView:
    """A named link; `path` is an address below the site's root."""

    label: str
    path: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class CountedLink:
    """A link with the number of what is behind it."""

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
        if not self.sign:
            return self.label
        return f"{self.sign} {self.label}"


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
    traits: Mapping[str, Traits]
    """Citation key to what the work is compared by."""
    combined: Combinations
    """What combines with what."""
    tests: tuple[Test, ...]
    """What several works were put to by one source under the same conditions."""
    authors: Mapping[str, str]
    """Author to the address of their place among all authors."""
    letters: Letters
    """Letter to the authors on each of its pages."""
    drawn: dict[tuple[int, str], Markup] = field(default_factory=dict)
    """Rows of listings that were drawn already, by the depth of their page and citation key."""

    @classmethod
    def of(cls, base: KnowledgeBase) -> "Material":
        """Return a knowledge base with all that is derived from it once per build."""
        places = {topic: place_link(base, topic) for topic in base.topics}
        rows = {key: row_view(base, key, places) for key in base.entries}
        index = build_index(base)
        letters = pages_of_letters(index.by_author)
        return cls(
            base=base,
            index=index,
            rows=rows,
            traits=traits_of(base),
            combined=combinations(base),
            tests=common_tests(base),
            authors=author_places(letters),
            letters=letters,
        )

    def listed(self, keys: Iterable[str]) -> tuple[RowView, ...]:
        """Return works as a listing shows them: newest first, then by name."""
        rows = [self.rows[key] for key in keys]
        # Capitals sort before small letters; without `casefold`, vLLM would come behind all others.
        return tuple(sorted(rows, key=lambda row: (-row.year, row.name.casefold())))


def first_saved(rows: Iterable[RowView]) -> tuple[str, ...]:
    """Return what Zotero reads of the first works of a list, each once; save.js fetches the rest."""
    found = {row.key: row.coins for row in rows}
    return tuple(found.values())[:_SAVED]


def badge(base: KnowledgeBase, facet: str, word: str) -> BadgeView:
    """Return a facet word with its label and meaning; unknown words show as they are."""
    value = base.facets.get(facet, {}).get(word)
    if value is None:
        return BadgeView(word, word, "")
    return BadgeView(word, value.label, value.description)


def badges(base: KnowledgeBase, facet: str, words: Sequence[str]) -> tuple[BadgeView, ...]:
    """Return facet words with their labels, each once, in the vocabulary's order."""
    known = []
    for word in base.facets.get(facet, {}):
        if word in words:
            known.append(word)
    unknown = sorted(set(words) - set(known))
    found: list[BadgeView] = []
    for word in (*known, *unknown):
        found.append(badge(base, facet, word))
    return tuple(found)


def effect_view(base: KnowledgeBase, effect: Effect) -> EffectView:
    """Return one effect in words."""
    resource = resource_badge(base, effect.resource, effect.change)
    verb = effect_verb(base, effect.resource, effect.change)
    return EffectView(effect.change, verb, resource, badge(base, Facet.PHASE, effect.phase), effect.how)


def more_is_better(base: KnowledgeBase, resource: str) -> bool:
    """Whether a gain means more of the resource, as of throughput; an unknown word is one to save."""
    value = base.facets.get(Facet.RESOURCE, {}).get(resource)
    if value is None:
        return False
    return value.better == "more"


def effect_verb(base: KnowledgeBase, resource: str, change: Change) -> str:
    """Return what an effect does to a resource, as a word before its name."""
    if not more_is_better(base, resource):
        return change
    if change == "saves":
        return "raises"
    return "lowers"


def resource_badge(base: KnowledgeBase, resource: str, change: Change) -> BadgeView:
    """Return a resource with the arrow that shows where it goes: throughput that is gained goes up."""
    place = f"badge of {change} {resource}"
    found: BadgeView | None = base.views.get(place)
    if found is None:
        is_gain = change == "saves"
        sign = "↑" if more_is_better(base, resource) == is_gain else "↓"
        found = base.views[place] = replace(badge(base, Facet.RESOURCE, resource), sign=sign)
    return found


def _resource_badges(base: KnowledgeBase, entry: Entry, change: Change) -> tuple[BadgeView, ...]:
    resources = []
    for effect in entry.effects:
        if effect.change == change:
            resources.append(effect.resource)
    plain = badges(base, Facet.RESOURCE, resources)
    found: list[BadgeView] = []
    for resource in plain:
        found.append(resource_badge(base, resource.word, change))
    return tuple(found)


def formal_record(base: KnowledgeBase, key: str) -> Record:
    """Return the record of a work that a reader would cite, by the rule that the citations follow."""
    return base.citations.record(key)


def cite_label(entry: Entry) -> str:
    """Return the label of a citation in prose: the short name, or authors and year."""
    if entry.name:
        return entry.name
    return f"{short_authors(entry)} {entry.year}"


def topic_link(base: KnowledgeBase, topic_id: str) -> LinkView:
    """Return the link to a topic."""
    topic = base.topics.get(topic_id)
    if topic is None:
        return LinkView(topic_id, topic_path(topic_id))
    return LinkView(topic.title, topic_path(topic_id), topic.scope)


def place_link(base: KnowledgeBase, topic_id: str) -> LinkView:
    """Return the link to a topic as it is named outside its tree: ``Cost Analysis (Vision)``."""
    link = topic_link(base, topic_id)
    return LinkView(place_label(base, topic_id), link.path, link.help)


def place_label(base: KnowledgeBase, topic_id: str) -> str:
    """Return the title of a topic, with what sets its parent apart where the title alone does not say it."""
    place = ("place", topic_id)
    if place not in base.texts:  # most pages name several topics
        base.texts[place] = _place_label(base, topic_id)
    return base.texts[place]


def _place_label(base: KnowledgeBase, topic_id: str) -> str:
    title = topic_link(base, topic_id).label
    parent = topic_id.rpartition("/")[0]
    if parent not in base.topics:
        return title
    addition = _set_apart(base, parent)
    if not addition and _is_title_of_several(base, title):
        addition = base.topics[parent].title
    if not addition or addition in title:
        return title
    return f"{_short(title)} ({addition})"


def _is_title_of_several(base: KnowledgeBase, title: str) -> bool:
    titles = [topic.title for topic in base.topics.values()]
    return titles.count(title) > 1


def _short(title: str) -> str:
    """Return a title without its second half where it is long: ``Representative Models`` and what follows."""
    if len(title) <= _LONG:
        return title
    return title.partition(" and ")[0]


def _set_apart(base: KnowledgeBase, topic_id: str) -> str:
    """Return the words that set a topic apart from one beside it: ``Vision`` of Vision Foundation Models."""
    words = base.topics[topic_id].title.split()
    if len(words) <= _ALIKE:
        return ""
    siblings = base.children(topic_id.rpartition("/")[0] or None)
    others = []
    for sibling in siblings:
        if sibling != topic_id:
            others.append(base.topics[sibling].title.split())
    if words[-_ALIKE:] in [other[-_ALIKE:] for other in others]:
        return " ".join(words[:-_ALIKE])
    if words[:_ALIKE] in [other[:_ALIKE] for other in others]:
        return " ".join(words[_ALIKE:])
    return ""


def trail(base: KnowledgeBase, topic_id: str) -> tuple[LinkView, ...]:
    """Return the links from the tree's root down to a topic, itself last."""
    found: list[LinkView] = []
    for topic in (*base.ancestors(topic_id), topic_id):
        found.append(topic_link(base, topic))
    return tuple(found)


def parameters_label(entry: Entry) -> str:
    """Return the span of a foundation model's sizes: ``7B - 70B``, or empty."""
    counts = []
    for variant in variants_of(entry):
        if variant.parameters:
            counts.append(variant.parameters)
    if not counts:
        return ""
    low = human_count(min(counts))
    high = human_count(max(counts))
    if low == high:
        return low
    return f"{low}–{high}"


def human_count(number: int) -> str:
    """Write a count as the field does: 7B, 340M, 32K."""
    for size, letter in (*_LARGE, (10**3, "K")):
        if number >= size:
            return f"{number / size:.3g}{letter}"
    return str(number)


def exact_count(number: int) -> str:
    """Write a large count shortly where nothing is lost: 1.558B, 300B, but 110,104,890 in full."""
    for size, letter in _LARGE:
        if number < size:
            continue
        is_exact = number % (size // 1000) == 0
        if is_exact:
            return f"{number / size:g}{letter}"
        return f"{number:,}"
    return f"{number:,}"


def _official_code(entry: Entry) -> str:
    code = entry.links.code
    if code is None or not code.official:
        return ""
    return code.url


def _known_badges(
    base: KnowledgeBase, facet: Facet, words: Sequence[str] | None
) -> tuple[BadgeView, ...] | None:
    """Return the badges of words; `None` stays: not known is not the same as nothing."""
    if words is None:
        return None
    return badges(base, facet, words)


def _own_badges(base: KnowledgeBase, entry: Entry) -> dict[str, tuple[BadgeView, ...]]:
    own = {}
    for facet in base.config.own_facets:
        words = entry.tags.get(facet)
        if words:
            own[facet] = badges(base, facet, words)
    return own


def row_view(base: KnowledgeBase, key: str, places: Mapping[str, LinkView]) -> RowView:
    """Return one work as listings show it; `places` has the links of topics as `place_link` gives them."""
    entry = base.entries[key]
    record = formal_record(base, key)
    return RowView(
        key=key,
        name=entry.display_name,
        title=entry.title,
        path=entry_path(key),
        authors=short_authors(entry),
        year=entry.year,
        venue=f"{venue_label(base, record)} {record.year}",
        code=_official_code(entry),
        saves=_resource_badges(base, entry, "saves"),
        costs=_resource_badges(base, entry, "costs"),
        phases=badges(base, Facet.PHASE, [effect.phase for effect in entry.effects]),
        requires=_known_badges(base, Facet.REQUIREMENT, entry.requires),
        hardware=_known_badges(base, Facet.HARDWARE, entry.hardware),
        modalities=badges(base, Facet.MODALITY, entry.modalities),
        own=_own_badges(base, entry),
        topics=tuple(places.get(topic) or place_link(base, topic) for topic in entry.topics),
        results=len(entry.results),
        parameters=parameters_label(entry),
        complete=entry.is_complete,
        coins=coins_of(base.citations.work(key)),
    )
