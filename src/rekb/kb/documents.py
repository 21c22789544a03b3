"""What can be found: works, topics, authors and models as documents, before anything is ranked.

The index of the site and `rekb search` are made of the same documents. Pages that people write, and pages
that only the site has, are added there. Of texts only the words of the field are kept, those that stand in
a topic, a vocabulary or several titles too: readers search for these, and the index stays small to fetch.
What a work was measured on is kept whole: whoever has a device asks for it by a name that no title has.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from rekb.citation.names import name_of
from rekb.kb.base import KnowledgeBase
from rekb.kb.document import Document, url_identifier
from rekb.kb.index import Index, build_index
from rekb.kb.words import STOP, fold, name_words, plain_words
from rekb.model import Entry, Facet, Venue
from rekb.model.keys import compact, family_name, identifiers
from rekb.model.parts import has_cache, text_of, texts_of, variants_of
from rekb.model.record import Record
from rekb.model.variant import Variant
from rekb.text import amount

_SEVERAL = 4
"""Works whose titles or names hold a word, from which on it is a word of the field."""
_SMALL = frozenset({"of", "and", "in", "the", "for", "to"})
_MOST_WORDS = 3
"""Words of another spelling of a venue that people would type; longer ones are whole titles."""
_SENTENCE_END = re.compile(r"(?<=[.!?])\s")


_EVERYDAY = frozenset(
    fold(
        "about after again all almost also although any back because before being between beyond both but"
        " each else enough even every few first full further has have here if itself just last less like"
        " little long longer made make makes many more most much must nearly need needs never new no not"
        " now off often once one only other others out over own per rather same second several should"
        " since small smaller so some still such take taken than them then there they those though three"
        " through thus time together too two under until up use used uses well whether who whose why will"
        " within yet"
    ).split()
)
"""Words that stand in titles as well, and say nothing about the work where they stand in its text."""


def documents(base: KnowledgeBase, index: Index | None = None) -> tuple[Document, ...]:
    """Return what can be found in a knowledge base: works by key, topics by place, authors, models."""
    index = index or build_index(base)
    works = [_work(base, index, key) for key in base.entries]
    topics = [_topic(base, index, topic) for topic in base.topics]
    # Which words are of the field is known only once all titles are, so texts are cut in a second pass.
    terms = _terms(base, (*works, *topics))
    works = [replace(work, words=_words_of_work(base, work.id, terms)) for work in works]
    topics = [replace(topic, words=_kept(_topic_text(base, topic.id), terms)) for topic in topics]
    return (*works, *topics, *_authors(index), *_models(base))


def _terms(base: KnowledgeBase, found: Iterable[Document]) -> frozenset[str]:
    """Return the words of the field: of topics, of vocabularies, and of the titles or names of several works.

    A word of one title alone leads to that work already; in texts it would only weigh.
    """
    terms: set[str] = set()
    named: Counter[str] = Counter()
    for document in found:
        # A set, so that a title that repeats a word counts as one work that has it.
        words: set[str] = set()
        for name in (document.title, *document.names, *document.aliases):
            words.update(name_words(name))
        named.update(words)
        if document.kind == "topic":
            terms.update(words)
    terms.update(word for word, count in named.items() if count >= _SEVERAL)
    for vocabulary in base.facets.values():
        for word, value in vocabulary.items():
            terms.update(plain_words(f"{word} {value.label}"))
    return frozenset(terms) - STOP - _EVERYDAY


def _kept(text: str, terms: frozenset[str]) -> tuple[str, ...]:
    found: list[str] = []
    for word in dict.fromkeys(plain_words(text)):
        if word in terms:
            found.append(word)
    return tuple(found)


def _words_of_work(base: KnowledgeBase, key: str, terms: frozenset[str]) -> tuple[str, ...]:
    """Return the words of a work's texts that are of the field, and those of what it was measured on."""
    machines = [word for name in _machines(base, base.entries[key]) for word in name_words(name)]
    measured = [word for word in machines if word not in STOP and word not in _EVERYDAY]
    return tuple(dict.fromkeys((*_kept(_work_text(base, key), terms), *measured)))


def _machines(base: KnowledgeBase, entry: Entry) -> Iterator[str]:
    """Yield the names of the devices that a work's results were measured on, and the authors' own words."""
    for result in entry.results:
        device = base.measures.device(result.device)
        if device:
            # Behind a comma a label says what the paper leaves out: `NVIDIA A100, memory not stated`.
            yield device.label.partition(",")[0]
            yield from device.aliases
        if result.hardware:
            yield result.hardware


def _work_text(base: KnowledgeBase, key: str) -> str:
    entry = base.entries[key]
    hows = [effect.how for effect in entry.effects]
    # The hardest text has the most words of the field; the others would double what the index weighs.
    hardest = text_of(entry, base.config.reading.hardest_first[0])
    return " ".join((*_facet_words(base, entry), *hows, hardest))


def _topic_text(base: KnowledgeBase, topic_id: str) -> str:
    topic = base.topics[topic_id]
    return " ".join((topic.scope, *(text for _, text in texts_of(topic))))


def _work(base: KnowledgeBase, index: Index, key: str) -> Document:
    """Return how one work is found, but for its texts."""
    entry = base.entries[key]
    plain = text_of(entry, base.config.reading.easiest)
    line = entry.effects[0].how if entry.effects else _SENTENCE_END.split(plain)[0]
    cited = base.citations.record(key)
    return Document(
        kind="work",
        id=key,
        title=entry.title,
        names=tuple(dict.fromkeys((*_called(entry), *entry.titles[1:]))),
        aliases=tuple(dict.fromkeys((*entry.aliases, *_repository(entry), *_unplanned(entry)))),
        identifiers=tuple(_identifiers(entry)),
        people=tuple(name_of(author).natural for author in entry.authors),
        places=_places(base, entry),
        topics=entry.topics,
        note=f"{short_authors(entry)} · {venue_label(base, cited)} {cited.year}",
        line=line,
        links=len(index.cited_by.get(key, ())),
    )


def _unplanned(entry: Entry) -> Iterator[str]:
    """Yield the names of sizes that the planner does not offer: they lead to the work."""
    if not has_cache(entry):
        for variant in variants_of(entry):
            yield variant.name


def _topic(base: KnowledgeBase, index: Index, topic_id: str) -> Document:
    """Return how a topic is found: by its title, its short forms, and what the survey's list calls it."""
    topic = base.topics[topic_id]
    also = topic.survey.also_called if topic.survey else ()
    count = len(index.under_topic.get(topic_id, ()))
    above = topic_id.rpartition("/")[0]
    within = f" in {base.topics[above].title}" if above in base.topics else ""
    return Document(
        kind="topic",
        id=topic_id,
        title=topic.title,
        names=tuple(dict.fromkeys((*also, *short_forms(topic.title)))),
        aliases=(topic_id.rpartition("/")[2].replace("-", " "),),
        topics=(above,) if above in base.topics else (),
        note=f"Topic{within} · {count} {'work' if count == 1 else 'works'}",
        line=topic.scope,
        links=count,
    )


def short_forms(title: str) -> tuple[str, ...]:
    """Return what readers shorten a title to: ``MoE``, ``KV Cache`` for Key-Value Cache."""
    words = title.split()
    joined = [_initials(word.split("-")) if word.count("-") else word for word in words]
    if joined != words:
        forms = [" ".join(joined)]
    else:
        forms = []
    parts = re.findall(r"[^\s-]+", title)
    if len(parts) > 2:  # noqa: PLR2004 - two letters stand for too much
        large = []
        for part in parts:
            if part.lower() not in _SMALL:
                large.append(part)
        forms += [_initials(parts), _initials(large)]
    return tuple(dict.fromkeys(form for form in forms if form.strip()))


def venue_names(venue: Venue) -> tuple[str, ...]:
    """Return what people call a venue: ``NeurIPS``, ``NIPS``; not the title of its proceedings."""
    short = []
    for name in venue.accepts:
        if len(name.split()) <= _MOST_WORDS:
            short.append(name)
    return tuple(dict.fromkeys((venue.short, *short)))


def short_authors(entry: Entry) -> str:
    """Return the authors as running text cites them: ``Dao et al.``."""
    names = [family_name(author) for author in entry.authors]
    if len(names) <= 2:  # noqa: PLR2004 - two names are written out
        return " and ".join(names)
    return f"{names[0]} et al."


def venue_label(base: KnowledgeBase, record: Record) -> str:
    """Return the short name of a record's venue."""
    venue = base.venues.get(record.venue)
    if venue is None:
        return record.venue
    return venue.short


def _initials(parts: list[str]) -> str:
    pieces = []
    for part in parts:
        if part:
            pieces.append(part[0])
    return "".join(pieces)


def _called(entry: Entry) -> tuple[str, ...]:
    """Return the name of a work, and the part of its title before a colon where that is one."""
    head, colon, _ = entry.title.partition(":")
    names = (entry.name or "", head if colon else "")
    found: list[str] = []
    for name in names:
        if name:
            found.append(name)
    return tuple(found)


def _repository(entry: Entry) -> tuple[str, ...]:
    """Return the name of the authors' repository: readers often know the code better than the title."""
    code = entry.links.code
    if code is None or not code.official:
        return ()
    name = url_identifier(code.url).rpartition("/")[2]
    if name:
        return (name,)
    return ()


def _identifiers(entry: Entry) -> Iterator[str]:
    """Yield the identifiers of a work, the addresses of records without any, and that of its own code."""
    found = []
    for record in entry.records:
        found += [f"{scheme}:{value}" for scheme, value in identifiers(record)]
        if record.url and not record.named():
            found.append(url_identifier(record.url))
    code = entry.links.code
    if code and code.official:
        found.append(url_identifier(code.url))
    yield from dict.fromkeys(name for name in found if name)


def _places(base: KnowledgeBase, entry: Entry) -> tuple[tuple[str, int], ...]:
    """Return where and when a work appeared, each once, and its first public year."""
    found = [(venue_label(base, record), record.year) for record in entry.records]
    return tuple(dict.fromkeys(found))


def _facet_words(base: KnowledgeBase, entry: Entry) -> Iterator[str]:
    """Yield what a work saves and costs, needs and runs on, in the words of readers."""
    for effect in entry.effects:
        yield effect.change
        yield _label(base, Facet.RESOURCE, effect.resource)
        yield _label(base, Facet.PHASE, effect.phase)
    for facet, words in (
        (Facet.REQUIREMENT, entry.requires or ()),
        (Facet.HARDWARE, entry.hardware or ()),
        (Facet.MODALITY, entry.modalities),
        *((name, entry.tags.get(name, ())) for name in base.config.own_facets),
    ):
        for word in words:
            yield word
            yield _label(base, facet, word)


def _label(base: KnowledgeBase, facet: str, word: str) -> str:
    value = base.facets.get(facet, {}).get(word)
    if value:
        return value.label
    return word


def _authors(index: Index) -> Iterator[Document]:
    """Yield the authors of several works; who wrote one is found by that."""
    for name, keys in index.by_author.items():
        if len(keys) < 2:  # noqa: PLR2004 - several
            continue
        family, _, given = name.partition(", ")
        natural = f"{given} {family}".strip()
        yield Document(
            kind="author",
            id=name,
            title=natural,
            note=f"Author · {amount(len(keys), 'work')}",
            links=len(keys),
        )


def _models(base: KnowledgeBase) -> Iterator[Document]:
    """Yield the published sizes of models; one that is called as its work is found by that."""
    for key, entry in base.entries.items():
        # Such a document leads to the planner, which takes models with a cache only.
        if not has_cache(entry):
            continue
        for variant in variants_of(entry):
            yield _model(entry, key, variant)


def _model(entry: Entry, key: str, variant: Variant) -> Document:
    shape = [
        f"{number:,} {name}"
        for name, number in (("layers", variant.layers), ("wide", variant.hidden_size))
        if number
    ]
    return Document(
        kind="model",
        id=f"{key}.{compact(variant.name)}",
        title=variant.name,
        note=f"Model of {entry.display_name} · {entry.year}",
        line=", ".join(shape),
    )
