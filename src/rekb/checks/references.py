"""Rules on words that must exist elsewhere: topics, facet values, venues, other entries."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial

from rekb.checks.registry import RULES, Finding, Reads, rule
from rekb.kb import KnowledgeBase
from rekb.meant import did_you_mean, did_you_mean_leaf
from rekb.model import Entry
from rekb.model.facet_table import vocabulary_fields
from rekb.model.parts import texts_of
from rekb.text import citations, malformed_citations
from rekb.yamlio.document import Path_, dotted


def nearest(word: str, known: Iterable[str], otherwise: str) -> Callable[[], str]:
    """Return what works out the words that may be meant; `otherwise` where there are none."""
    return lambda: did_you_mean(word, known) or otherwise


def _entries(base: KnowledgeBase) -> Iterator[tuple[str, str, Entry]]:
    for key, entry in base.entries.items():
        yield key, base.entry_paths[key], entry


@rule("unknown-topic", reads=Reads.NAMES, fixable=True)
def unknown_topic(base: KnowledgeBase) -> Iterator[Finding]:
    """An entry that names a topic outside the tree would stand on no page.

    Example: `topics: [algorithms/quantisation]`
    Fix: write the path of a file below taxonomy/topics, or add the topic there.
    """
    for _, file, entry in _entries(base):
        for number, topic in enumerate(entry.topics):
            if topic not in base.topics and not base.unread.has_topic(topic):
                message = f"there is no topic `{topic}`"
                yield Finding(file, ("topics", number), message, partial(_like_topic, base, topic))


def _like_topic(base: KnowledgeBase, topic: str) -> str:
    """Return which leaves may be meant: the same word elsewhere in the tree, or one that is spelled alike."""
    return did_you_mean_leaf(topic, base.topics) or "write the path of a file below taxonomy/topics"


@rule("topic-not-leaf", reads=Reads.NAMES)
def topic_not_leaf(base: KnowledgeBase) -> Iterator[Finding]:
    """A work stands at a leaf of the tree; inner topics collect what is below them.

    Example: `topics: [architectures/efficient-attention]`
    Fix: name the leaf below it that fits best.
    """
    for _, file, entry in _entries(base):
        for number, topic in enumerate(entry.topics):
            if topic in base.topics and (below := base.children(topic)):
                message = f"`{topic}` is not a leaf of the tree"
                yield Finding(file, ("topics", number), message, f"below it: {', '.join(below)}")


@cache
def _fields() -> tuple[tuple[str, str, str], ...]:
    """Return field, field inside it or nothing, and facet of all words of vocabularies in an entry."""
    found = []
    for (field, *inner), facet in vocabulary_fields().items():
        found.append((field, "".join(inner), facet.value))
    return tuple(found)


def _facet_uses(entry: Entry) -> Iterator[tuple[str, Path_, str]]:
    for field, inner, facet in _fields():
        for number, held in enumerate(getattr(entry, field) or ()):
            if inner:
                yield facet, (field, number, inner), getattr(held, inner)
            else:
                yield facet, (field, number), held
    for facet_name, words in entry.tags.items():
        for number, word in enumerate(words):
            yield facet_name, ("tags", facet_name, number), word


def _known(words: Iterable[str]) -> str:
    if words:
        return f"known: {', '.join(words)}"
    return "taxonomy/facets.yaml has no words of it"


@rule("unknown-facet-value", local=True, fixable=True)
def unknown_facet_value(base: KnowledgeBase) -> Iterator[Finding]:
    """Facets are closed vocabularies, so that a filter finds every work it should.

    Example: `resource: ram`
    Fix: write a word of taxonomy/facets.yaml.
    """
    if base.unread.facets:
        return
    for _, file, entry in _entries(base):
        for facet, path, word in _facet_uses(entry):
            words = base.facets.get(facet, {})
            # A facet that rekb.yaml does not name has a rule of its own, `unknown-facet`.
            known = path[0] != "tags" or facet in base.config.own_facets
            if known and word not in words:
                hint = nearest(word, words, _known(words))
                yield Finding(file, path, f"`{word}` is no {facet}", hint)


@rule("unknown-venue", local=True, fixable=True)
def unknown_venue(base: KnowledgeBase) -> Iterator[Finding]:
    """Venues are a closed list, so that one venue is not counted under three spellings.

    Example: `venue: nips`
    Fix: write an id of taxonomy/venues.yaml, or add the venue there.
    """
    spelled: dict[str, str] = {}
    for _, file, entry in () if base.unread.venues else _entries(base):
        for number, record in enumerate(entry.records):
            if record.venue not in base.venues:
                # Who writes a venue by hand writes its name or short form where its id belongs,
                # and who guesses an id writes hyphens where the name has spaces.
                spelled = spelled or _spelled_venues(base)
                meant = spelled.get(record.venue.casefold().replace("-", " "))
                other = nearest(record.venue, base.venues, "add the venue to taxonomy/venues.yaml")
                hint = f"did you mean `{meant}`?" if meant else other
                yield Finding(file, ("records", number, "venue"), f"there is no venue `{record.venue}`", hint)


def _spelled_venues(base: KnowledgeBase) -> dict[str, str]:
    """Return the ids of venues by each of their names."""
    found = {}
    for venue in base.venues.values():
        for name in (*venue.accepts, venue.name, venue.short):
            found[name.casefold()] = venue.id
    return found


@rule("unknown-entry", reads=Reads.NAMES)
def unknown_entry(base: KnowledgeBase) -> Iterator[Finding]:
    """A relation, a baseline or a source leads to an entry; one that leads nowhere breaks the page.

    Example: `relations: [{type: extends, entry: dao2022flash}]`
    Fix: write the key of an entry that exists.
    """
    for _, file, entry in _entries(base):
        for path, key in _named_entries(entry):
            if key not in base.entries and not base.unread.has_entry(key):
                hint = nearest(key, base.entries, "write the key of an entry that is here")
                yield Finding(file, path, f"there is no entry `{key}`", hint)


def _named_entries(entry: Entry) -> Iterator[tuple[Path_, str]]:
    """Yield the keys of other works that an entry names: of relations, baselines and sources."""
    for number, relation in enumerate(entry.relations):
        yield ("relations", number, "entry"), relation.entry
    for number, result in enumerate(entry.results):
        if result.baseline_entry:
            yield ("results", number, "baseline_entry"), result.baseline_entry
        if result.source.entry:
            yield ("results", number, "source", "entry"), result.source.entry
    for number, reproduction in enumerate(entry.reproductions):
        if reproduction.source.entry:
            yield ("reproductions", number, "source", "entry"), reproduction.source.entry


def _may_repeat(entry: Entry) -> bool:
    """Whether a list of an entry may name a word twice."""
    for words in (entry.topics, entry.requires, entry.hardware, entry.modalities, *entry.tags.values()):
        if words and len(set(words)) < len(words):
            return True
    ties = {(tie.type, tie.entry) for tie in entry.relations}
    effects = {(effect.resource, effect.phase, effect.change) for effect in entry.effects}
    return len(ties) < len(entry.relations) or len(effects) < len(entry.effects)


@rule("repeated-word", local=True, fixable=True)
def repeated_word(base: KnowledgeBase) -> Iterator[Finding]:
    """A list names each word once, or counts come out wrong.

    Example: `requires: [fine-tuning, fine-tuning]`
    Fix: keep one.
    """
    for _, file, entry in _entries(base):
        if not _may_repeat(entry):
            continue
        lists: dict[Path_, tuple[object, ...]] = {
            ("topics",): entry.topics,
            ("requires",): entry.requires or (),
            ("hardware",): entry.hardware or (),
            ("modalities",): entry.modalities,
            **{("tags", facet): words for facet, words in entry.tags.items()},
            ("relations",): tuple((r.type, r.entry) for r in entry.relations),
            ("effects",): tuple((e.resource, e.phase, e.change) for e in entry.effects),
        }
        for field, words in lists.items():
            seen: set[object] = set()
            for number, word in enumerate(words):
                is_repeated = word in seen
                seen.add(word)
                if is_repeated:
                    text = word if isinstance(word, str) else " ".join(map(str, word))  # type: ignore[call-overload]
                    message = f"`{text}` is in `{dotted(field)}` twice"
                    yield Finding(file, (*field, number), message, "keep one")


@rule("unknown-citation", reads=Reads.TAXONOMY)
def unknown_citation(base: KnowledgeBase) -> Iterator[Finding]:
    """A topic's overview cites entries by key; one that leads nowhere cannot be followed.

    Example: `Low-rank updates [@hu2021lora] ...` where no such entry exists.
    Fix: write the key of an entry that exists.
    """
    for file, level, text in _overviews(base):
        for key in dict.fromkeys(citations(text)):
            if key not in base.entries and not base.unread.has_entry(key):
                hint = nearest(key, base.entries, "write the key of an entry that is here")
                yield Finding(file, ("summary", level), f"there is no entry `{key}`", hint)


@rule("malformed-citation", local=True)
def malformed_citation(base: KnowledgeBase) -> Iterator[Finding]:
    """What looks like a citation is one, or readers see its brackets; entries' own texts cite nothing.

    Example: `[@Hu2021LoRA]`, `[see @hu2021lora]`; `[@hu2021lora]` in an entry's summary.
    Fix: in a topic's overview write `[@hu2021lora]` or `[@hu2021lora; @dettmers2023qlora]`; in an entry, name
    the work and add a relation.
    """
    for file, level, text in _overviews(base):
        for found in malformed_citations(text):
            hint = "write `[@key]` or `[@key; @key]`, keys in lower case"
            yield Finding(file, ("summary", level), f"`{found}` is no citation", hint)
    for _, file, entry in _entries(base):
        for level, text in texts_of(entry):
            if "@" in text and (citations(text) or malformed_citations(text)):
                message = "an entry's text holds a citation, which readers would see as it is written"
                yield Finding(file, ("summary", level), message, "name the work and add a relation")


def _overviews(base: KnowledgeBase) -> Iterator[tuple[str, str, str]]:
    for topic_id, topic in base.topics.items():
        for level, text in topic.summary.named() if topic.summary else ():
            yield base.topic_paths[topic_id], level, text


@rule("unknown-rule", local=True)
def unknown_rule(base: KnowledgeBase) -> Iterator[Finding]:
    """An exemption names the rule that it silences.

    Example: `exempt: [{rule: duplicate-titel, reason: ...}]`
    Fix: write the name as `rekb validate` prints it.
    """
    holders = [(base.entry_paths[key], entry.exempt) for key, entry in base.entries.items()]
    holders += [(base.topic_paths[topic_id], topic.exempt) for topic_id, topic in base.topics.items()]
    for file, exempt in holders:
        for number, exemption in enumerate(exempt):
            if exemption.rule not in RULES:
                hint = nearest(exemption.rule, RULES, "`rekb explain` lists the rules")
                path = ("exempt", number, "rule")
                yield Finding(file, path, f"`{exemption.rule}` is no rule that can be exempted", hint)
