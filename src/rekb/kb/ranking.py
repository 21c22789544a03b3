"""One ranking for every box and for the command line: which documents a question means, best first.

All arithmetic is in whole numbers, so that the twin in `static/ranking.js` gives the same order everywhere;
tests/search_rows.json holds both to one answer. How many words were compared and places read is counted in
`Ranking.steps`, because a test of times would depend on the machine.
"""

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from rekb.kb.document import KINDS, Document, Kind
from rekb.kb.question import identifiers_in, places_in, words_of_address
from rekb.kb.words import (
    NEVER,
    allowed_slips,
    content_words,
    letters,
    name_words,
    plain_words,
    slips,
    squeeze,
)

NAMES, TITLE, PEOPLE, PLACE, TOPICS, TEXT = 20, 10, 8, 6, 5, 1
"""What a word counts by where it is: names above titles, titles above people, texts last."""
_LIKED: Mapping[Kind, int] = {
    "topic": 80,
    "page": 80,
    "work": 20,
    "author": 10,
    "model": 5,
    "help": 0,
}
"""What the kind of a document is worth: little, so that it decides between equal ones only."""
_IDENTIFIER = 5000
_NAME = 3000
_ALIAS = 2500
_NAME_START = 1000
_NAME_PART = 700
"""What the whole question is worth as an identifier, a name, an alias, a beginning or a part of a name."""
_SIGNED = 2000
"""What a person's name is worth for the works of that person: more than a part of any name."""
_CORRECTED = 500
"""How much less it is worth when a word of it had to be corrected."""
_MOST_WORDS = 900
"""What single words are worth at most: less than a whole name."""
_PLACE = 12
_SLIP = 31
"""A word that is known to begin so is surer than this, one with a slip is not."""
_LONGEST = 300
"""Signs of a question that are read; no title is longer."""
_LONG = 5
"""Letters beyond which the question may be a part in the middle of a name."""
_PLURAL = 4
"""Letters beyond which an s at the end may be a plural."""


@dataclass(frozen=True, slots=True)
class Found:
    """A document that a question means."""

    document: Document
    score: int
    is_whole: bool
    """Whether every word of the question was found."""
    is_sure: bool
    """Whether the question is its identifier or one of its names."""


@dataclass(slots=True)
class Ranking:
    """Documents with the index by which they are found."""

    documents: Sequence[Document]
    venues: Mapping[str, tuple[str, ...]]
    """A venue's short name to all that people call it."""
    steps: int = 0
    """Words compared and places read since the start."""
    _noted: dict[str, dict[int, int]] = field(default_factory=dict)
    """While it is made: word to the documents that hold it, each with the weight of the best place."""
    _words: dict[str, list[int]] = field(default_factory=dict)
    """The same as a list in which each document is before its weight."""
    _vocabulary: list[str] = field(default_factory=list)
    _bits: list[int] = field(default_factory=list)
    _keys: list[Sequence[tuple[str, int]]] = field(default_factory=list)
    """For each document, what the whole question is compared with, and what it is worth as all of it."""
    _places: dict[str, list[int]] = field(default_factory=dict)
    _identifiers: dict[str, list[int]] = field(default_factory=dict)
    _signed: dict[str, list[int]] = field(default_factory=dict)
    """A person's name as one word to the works that are signed so."""

    def __post_init__(self) -> None:
        topics = {}
        for d in self.documents:
            if d.kind == "topic":
                topics[d.id] = _words_of_topic(d)
        for number, document in enumerate(self.documents):
            self._read(number, document, topics)
        self._vocabulary = sorted(self._noted)
        self._words = {word: _in_turn(self._noted[word]) for word in self._vocabulary}
        self._noted = {}

    def kept(self) -> dict[str, Any]:
        """Return all of it as JSON can hold it, but of documents only what finding them takes."""
        return {
            "documents": [(one.kind, one.id, one.title, one.links) for one in self.documents],
            "words": self._words,
            "keys": self._keys,
            "places": self._places,
            "identifiers": self._identifiers,
            "signed": self._signed,
        }

    @classmethod
    def of_kept(cls, kept: Mapping[str, Any]) -> "Ranking":
        """Return the ranking that `kept` was called of; its documents hold kind, id, title and links alone.

        Raises:
            KeyError, TypeError, ValueError: when it is none.
        """
        made = cls((), {})
        made.documents = [
            Document(kind=kind, id=name, title=title, links=links)
            for kind, name, title, links in kept["documents"]
        ]
        made._words = kept["words"]
        # They were written in sorted order, and JSON keeps the order of names.
        made._vocabulary = list(made._words)
        made._keys = kept["keys"]
        made._places = kept["places"]
        made._identifiers = kept["identifiers"]
        made._signed = kept["signed"]
        return made

    def _read(self, number: int, document: Document, topics: Mapping[str, Sequence[str]]) -> None:
        own = (document.id,) if document.kind == "author" else ()
        names = [(name, _NAME) for name in (*document.names, document.title, *own)]
        names += [(alias, _ALIAS) for alias in document.aliases]
        keys: dict[str, int] = {}
        for name, worth in names:
            self._note(number, name_words(name), TITLE if name == document.title else NAMES)
            keys.setdefault(squeeze(name), worth)
        self._keys.append([(key, worth) for key, worth in keys.items() if key])
        for person in document.people:
            words = plain_words(person)
            self._note(number, words, PEOPLE)
            if len(words) > 1:
                _note_in(self._signed, "".join(words), number)
        for venue, year in document.places:
            self._note_place(number, venue, year)
        for topic in _with_those_above(document.topics):
            self._note(number, topics.get(topic, ()), TOPICS)
        self._note(number, (*plain_words(document.line), *document.words), TEXT)
        if document.kind == "work":
            # A key is an identifier, but its beginning is worth no more than the name that it begins with.
            self._note(number, (squeeze(document.id),), PEOPLE)
            _note_in(self._identifiers, f"key:{document.id}", number)
        for identifier in document.identifiers:
            _note_in(self._identifiers, identifier, number)

    def _note_place(self, number: int, venue: str, year: int) -> None:
        for name in self.venues.get(venue, (venue,)):
            self._note(number, (*plain_words(name), str(year)), PLACE)
            for written in (str(year), str(year)[2:]):
                _note_in(self._places, squeeze(name) + written, number)

    def _note(self, number: int, words: Iterable[str], weight: int) -> None:
        for word in words:
            weights = self._noted.setdefault(word, {})
            if weights.get(number, 0) < weight:
                weights[number] = weight

    def find(self, question: str, kinds: Collection[Kind] = KINDS) -> tuple[Found, ...]:
        """Return what a question means, best first.

        Where something holds all words, what lacks one is left out; otherwise what holds most is returned.
        An identifier that nothing here has finds nothing, for its digits mean nothing else.

        Args:
            question: names, words, identifiers or an address, as people type them.
            kinds: which kinds of documents are wanted.
        """
        question = question[:_LONGEST]
        named, is_sure = identifiers_in(question)
        exact = {number for name in named for number in self._identifiers.get(name, ())}
        if exact or is_sure:
            found = [Found(self.documents[n], _IDENTIFIER, True, True) for n in sorted(exact)]  # noqa: FBT003 - both
            kept: list[Found] = []
            for hit in found:
                if hit.document.kind in kinds:
                    kept.append(hit)
            return tuple(kept)
        return self._by_words(words_of_address(question), kinds)

    def _by_words(self, question: str, kinds: Collection[Kind]) -> tuple[Found, ...]:
        asked = plain_words(question)
        whole = "".join(asked)
        if not whole:
            return ()
        places, left = places_in(asked, self._places)
        meant = {word: self._meant(word) for word in content_words(left)}
        scores = [self._place_scores(place) for place in places]
        scores += [self._word_scores(word, known) for word, known in meant.items()]
        signed = self._signed_by(asked)
        corrected = "".join(_likeliest(word, meant.get(word, ())) for word in asked)
        found = []
        for number, document in enumerate(self.documents):
            if document.kind not in kinds:
                continue
            phrase = self._phrase(number, whole)
            if corrected != whole:
                phrase = max(phrase, self._phrase(number, corrected) - _CORRECTED)
            if number in signed:
                phrase = max(phrase, _SIGNED)
            matched = [score[number] for score in scores if number in score]
            if phrase or matched:
                score = phrase + min(sum(matched), _MOST_WORDS) + _liked(document)
                is_whole = bool(phrase) or len(matched) == len(scores)
                found.append((len(matched), number, Found(document, score, is_whole, phrase >= _ALIAS)))
        most = max((matched for matched, _, _ in found), default=0)
        has_whole = any(hit.is_whole for _, _, hit in found)
        kept = [(n, hit) for matched, n, hit in found if hit.is_whole or (not has_whole and matched == most)]
        # Of equal scores the first document is first, so that the twin gives the same order.
        kept.sort(key=lambda pair: (-pair[1].score, pair[0]))
        return tuple(hit for _, hit in kept)

    def _place_scores(self, place: str) -> dict[int, int]:
        numbers = self._places[place]
        self.steps += len(numbers)
        return dict.fromkeys(numbers, _PLACE * self._rarity(len(numbers)))

    def _signed_by(self, asked: Sequence[str]) -> Collection[int]:
        """Return the works of the person that a question names; family names may stand first."""
        if len(asked) > 1:
            for start in range(len(asked)):
                works = self._signed.get("".join((*asked[start:], *asked[:start])))
                if works:
                    return works
        return ()

    def _word_scores(self, word: str, meant: Iterable[tuple[str, int]]) -> dict[int, int]:
        best: dict[int, int] = {}
        rarity_of_name = self._rarity_of_name(word)
        for known, surety in meant:
            pairs = self._words[known]
            count = len(pairs) // 2
            rarity = self._rarity(count)
            self.steps += count
            for number, weight in zip(pairs[::2], pairs[1::2], strict=True):
                score = weight * surety * rarity // 100
                if rarity_of_name and known != word:
                    score = min(score, _most_of_part(weight) * rarity_of_name)
                if score > best.get(number, 0):
                    best[number] = score
        return best

    def _rarity_of_name(self, word: str) -> int:
        """Return how rare a word is that is one of a person's name; 0 for any other."""
        pairs = self._words.get(word, ())
        if PEOPLE in pairs[1::2]:
            return self._rarity(len(pairs) // 2)
        return 0

    def _rarity(self, count: int) -> int:
        # A logarithm without fractions: those of Python and of browsers may differ in the last digit.
        return (len(self.documents) // count).bit_length()

    def _meant(self, word: str) -> list[tuple[str, int]]:
        """Return each known word that a word may mean, with how surely it does, of 100."""
        found = self._starting(word)
        is_plural = len(word) > _PLURAL and word.endswith("s") and word[:-1] in self._words
        if is_plural:
            found.append((word[:-1], 80))
        if found:
            return found
        return self._near(word)

    def _starting(self, word: str) -> list[tuple[str, int]]:
        found = []
        # In sorted order the words that begin alike are neighbours, so a few steps find all of them.
        for place in range(bisect_left(self._vocabulary, word), len(self._vocabulary)):
            known = self._vocabulary[place]
            self.steps += 1
            if not known.startswith(word):
                break
            found.append((known, 100 if known == word else 40 + 40 * len(word) // len(known)))
        return found

    def _near(self, word: str) -> list[tuple[str, int]]:
        """Return the words that are a slip or two away; where none is, those that begin so."""
        most = allowed_slips(word)
        if not most:
            return []
        # Made when a word is found nowhere, which few questions have.
        if not self._bits:
            self._bits = [letters(known) for known in self._vocabulary]
        own = letters(word)
        whole = []
        beginnings = []
        for place, known in enumerate(self._vocabulary):
            # A letter that is typed and not there is a slip.
            if (own & ~self._bits[place]).bit_count() > most or len(known) < len(word) - most:
                continue
            self.steps += len(word)
            apart, start = slips(word, known, most)
            if apart < NEVER:
                whole.append((known, 30 // max(apart, 1)))
            elif start < NEVER:
                beginnings.append((known, 8))
        if whole:
            return whole
        return beginnings

    def _phrase(self, number: int, whole: str) -> int:
        """Return what the whole question is worth as a name, or as a part of one."""
        best = 0
        for key, worth in self._keys[number]:
            if key == whole:
                best = max(best, worth)
            elif len(whole) > 1 and key.startswith(whole):
                best = max(best, _NAME_START + 800 * len(whole) // len(key))
            elif len(whole) > _LONG and whole in key:
                best = max(best, _NAME_PART + 400 * len(whole) // len(key))
        return best


def _most_of_part(weight: int) -> int:
    """Return what a word counts at most that only begins as somebody's name: less than that name."""
    if weight == PEOPLE:
        return TEXT
    return PEOPLE - 1


def _note_in(lists: dict[str, list[int]], name: str, number: int) -> None:
    numbers = lists.setdefault(name, [])
    # Documents are read one after another, so the last number is the only one that may repeat.
    if number not in numbers[-1:]:
        numbers.append(number)


def _in_turn(weights: Mapping[int, int]) -> list[int]:
    """Return documents and weights in turn."""
    return [number for pair in weights.items() for number in pair]


def groups(found: Iterable[Found]) -> tuple[tuple[Kind, tuple[Found, ...]], ...]:
    """Return what was found by kind: the kind of the best first, and help behind all else."""
    rank = {kind: place for place, kind in enumerate(KINDS)}
    # `groupby` joins neighbours alone, and `sorted` keeps the order inside each kind.
    best = sorted(found, key=lambda hit: rank[hit.document.kind])
    made = [(kind, tuple(hits)) for kind, hits in groupby(best, key=lambda hit: hit.document.kind)]
    made.sort(key=lambda group: (group[0] == "help", -group[1][0].score, rank[group[0]]))
    return tuple(made)


def _likeliest(word: str, meant: Iterable[tuple[str, int]]) -> str:
    """Return the word that a mistyped one means most likely; a word that is known as it begins stays."""
    best = max(meant, key=lambda pair: pair[1], default=(word, _SLIP))
    if best[1] < _SLIP:
        return best[0]
    return word


def _words_of_topic(topic: Document) -> list[str]:
    """Return the words by which the works of a topic are found too."""
    words = [word for name in (topic.title, *topic.names) for word in name_words(name)]
    return list(dict.fromkeys(words))


def _with_those_above(topics: Iterable[str]) -> list[str]:
    """Return topics and those above them, each once."""
    found: dict[str, None] = {}
    for topic in topics:
        steps = topic.split("/")
        found |= dict.fromkeys("/".join(steps[:end]) for end in range(len(steps), 0, -1))
    return list(found)


def _liked(document: Document) -> int:
    return _LIKED[document.kind] + 7 * document.links.bit_length()
