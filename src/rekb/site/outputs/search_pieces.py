"""Documents as the pieces of the search index: what `static/documents.js` reads.

Documents are numbered in the order of their kinds: works, topics, authors, models, pages. Where many numbers
stand in order, each is counted from the one before, for small numbers pack well. Empty fields are left out.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from rekb.kb.document import Document
from rekb.kb.documents import venue_names
from rekb.kb.words import STOP, content_words, plain_words
from rekb.model import Venue
from rekb.model.identifiers import for_scripts
from rekb.site.urls import MODELS, author_anchor, author_letter, author_page, entry_path, topic_path
from rekb.spelling import SMALL_LETTERS

FIRST_WORKS = 1800
"""Works of the first piece: about 100 kB packed."""
WORKS_OF_A_BLOCK = 600
"""Works of a further block: a browser takes it in before anybody notices."""
AUTHORS_OF_A_BLOCK = 2000
"""Authors of a block, as heavy."""
LINES_OF_A_PIECE = 200
"""Works whose lines are fetched together: a list of hits needs few pieces, and each is small."""
LETTER_PIECES = (*"abcdefghijklmnopqrstuvwxyz", "0", "other")
"""Pieces of words: by their first letter, of those that begin with a digit, and of all others."""
IDENTIFIER_PIECES = 16
"""Pieces of identifiers."""


Words = dict[str, list[int]]
"""A word to the numbers of the documents that hold it, in order."""
Written = dict[int, list[dict[str, object]]]
"""Documents that follow each other, behind the number of the first."""


@dataclass(slots=True)
class Pieces:
    """What the pieces of an index are made of."""

    found: Sequence[Document]
    """All documents in order, without hand-written help."""
    people: Mapping[str, str] = field(default_factory=dict)
    """Author to the address of their place."""
    numbers: dict[str, list[int]] = field(default_factory=dict)
    """Part to the numbers of its documents; see `part_of`."""
    texts: dict[str, Words] = field(default_factory=dict)
    """Letter piece to the words of texts."""
    signers: dict[str, Words] = field(default_factory=dict)
    """Letter piece to the words of people's names."""
    full_names: dict[str, Words] = field(default_factory=dict)
    """Letter piece to people's names, each as one word."""
    written_by: Words = field(default_factory=dict)
    """Author to the numbers of the works."""
    named: dict[int, Words] = field(default_factory=dict)
    """Identifier piece to identifiers."""
    topics: dict[str, int] = field(default_factory=dict)
    """Topic to its number."""

    def __post_init__(self) -> None:
        for number, document in enumerate(self.found):
            self.numbers.setdefault(part_of(document), []).append(number)
            self._note(self.signers, number, document.people)
            for person in dict.fromkeys(document.people):
                self.written_by.setdefault(person, []).append(number)
                self._note_name(number, plain_words(person))
            for name in document.identifiers:
                self.named.setdefault(identifier_piece(name), {}).setdefault(name, []).append(number)
            if part_of(document) == "topic":
                self.topics[document.id] = number
            if _has_pieces(document):
                self._note(self.texts, number, (document.line, *document.words))

    def _note(self, pieces: dict[str, Words], number: int, texts: Iterable[str]) -> None:
        # Not a set: its order differs from run to run, and with it the bytes of the pieces.
        words = dict.fromkeys(word for text in texts for word in plain_words(text))
        for word in words:
            pieces.setdefault(letter_piece(word), {}).setdefault(word, []).append(number)

    def _note_name(self, number: int, words: Sequence[str]) -> None:
        # With the first word that a question fetches: one of articles and the like fetches nothing.
        if len(words) > 1:
            names = self.full_names.setdefault(letter_piece(content_words(words)[0]), {})
            numbers = names.setdefault("".join(words), [])
            if number not in numbers:
                numbers.append(number)

    def first(self, venues: Iterable[Venue]) -> dict[str, object]:
        """Return the first piece: how to read questions, the topics, and the first works."""
        return {
            "letters": SMALL_LETTERS,
            "stop": sorted(STOP),
            "schemes": for_scripts(),
            "venues": {venue.short: venue_names(venue) for venue in venues},
            "total": len(self.found),
            "linesOfAPiece": LINES_OF_A_PIECE,
            "identifierPieces": IDENTIFIER_PIECES,
            "blocks": [*self.blocks(), "help"],
            "documents": self._written(self._of("work")[:FIRST_WORKS]) | self._written(self._of("topic")),
        }

    def blocks(self) -> list[str]:
        """Return the names of the further blocks but that of help."""
        return block_names(len(self._of("work")), len(self._of("author")))

    def block(self, name: str) -> dict[str, object]:
        """Return a further block."""
        part, _, place = name.partition("-")
        kind, before, size = _BLOCKS[part]
        start = before + int(place) * size
        return {"documents": self._written(self._of(kind)[start : start + size])}

    def help(self) -> dict[str, object]:
        """Return the block of models and pages: few, and what they say is with them."""
        return {"documents": self._written(self._of("model")) | self._written(self._of("page"))}

    def _of(self, part: str) -> list[int]:
        return self.numbers.get(part, [])

    def _written(self, numbers: Sequence[int]) -> Written:
        if numbers:
            return {numbers[0]: [self._fields(self.found[number]) for number in numbers]}
        return {}

    def _fields(self, document: Document) -> dict[str, object]:
        path = self.people.get(document.id) or path_of(document)
        fields: dict[str, object] = {
            "kind": document.kind,
            "id": document.id,
            "path": path if path != _usual_path(document) else "",
            "links": document.links,
        }
        if document.kind == "author":
            # Title and note follow from the id and from the number of works.
            fields["works"] = steps(self.written_by.get(document.title, ()))
        else:
            fields["title"] = document.title
            fields["names"] = document.names
            fields["aliases"] = document.aliases
            fields["places"] = document.places
            fields["topics"] = [self.topics[topic] for topic in document.topics if topic in self.topics]
            fields["note"] = document.note
        if part_of(document) in {"model", "page"}:
            fields["line"] = document.line
        found: dict[str, object] = {}
        for name, value in fields.items():
            if value:
                found[name] = value
        return found

    def words(self, letter: str) -> dict[str, Words]:
        """Return the piece of the words of a letter."""
        return {
            "people": {word: steps(numbers) for word, numbers in self.signers.get(letter, {}).items()},
            "texts": {word: steps(numbers) for word, numbers in self.texts.get(letter, {}).items()},
            "signed": {name: steps(numbers) for name, numbers in self.full_names.get(letter, {}).items()},
        }

    def spellings(self) -> str:
        """Return all words of the pieces by letters: what a slip of the finger is compared with."""
        found: set[str] = set()
        for pieces in (self.signers, self.texts):
            for words in pieces.values():
                found.update(words)
        return " ".join(sorted(found))

    def identifiers(self, piece: int) -> Words:
        """Return a piece of the identifiers, each with the numbers of the works that have it."""
        return self.named.get(piece, {})

    def lines(self, piece: int) -> list[str]:
        """Return the lines below works and topics of a piece."""
        start = piece * LINES_OF_A_PIECE
        found: list[str] = []
        for document in self.found[start : start + LINES_OF_A_PIECE]:
            if _has_pieces(document):
                found.append(document.line)
        return found


_BLOCKS = {"works": ("work", FIRST_WORKS, WORKS_OF_A_BLOCK), "authors": ("author", 0, AUTHORS_OF_A_BLOCK)}
"""Of blocks by the beginning of their names: the kind, how many stand elsewhere, how many are in each."""


def block_names(works: int, authors: int) -> list[str]:
    """Return the names of the further blocks of so many works and authors; the first works are in none."""
    further = max(works - FIRST_WORKS, 0)
    names = [f"works-{place}" for place in range(-(-further // WORKS_OF_A_BLOCK))]
    return names + [f"authors-{place}" for place in range(-(-authors // AUTHORS_OF_A_BLOCK))]


def letter_piece(word: str) -> str:
    """Return the piece that a folded word is in."""
    letter = word[0]
    if "a" <= letter <= "z":
        return letter
    if "0" <= letter <= "9":
        return "0"
    return "other"


def identifier_piece(name: str) -> int:
    """Return the piece that an identifier is in."""
    # Not `hash`: Python's differs from run to run, and the script has to find the same piece.
    return sum(map(ord, name)) % IDENTIFIER_PIECES


def steps(numbers: Iterable[int]) -> list[int]:
    """Return numbers in order, each as what it is more than the one before."""
    ordered = sorted(numbers)
    found: list[int] = []
    for before, number in zip((0, *ordered), ordered, strict=False):
        found.append(number - before)
    return found


def part_of(document: Document) -> str:
    """Return the part of the index that a document is in: its kind, or `page`."""
    if document.kind == "help":
        return "page"
    return document.kind


def _has_pieces(document: Document) -> bool:
    """Return whether the line and the words of a document are in pieces, apart from its block."""
    return part_of(document) in {"work", "topic"}


def path_of(document: Document) -> str:
    """Return the address that a document leads to."""
    if document.kind == "work":
        return entry_path(document.id)
    if document.kind == "author":
        return f"{author_page(author_letter(document.id), 1)}#{author_anchor(document.id)}"
    if document.kind == "model":
        return f"{MODELS}?model={document.id}"
    if part_of(document) == "page":
        return document.id
    return topic_path(document.id)


def _usual_path(document: Document) -> str:
    """Return the address that the script makes of a document's id; only another one is written."""
    if document.kind == "author":
        return f"authors/{document.id[:1].lower()}/#{author_anchor(document.id)}"
    if document.kind == "work":
        return entry_path(document.id)
    if document.kind == "topic":
        return topic_path(document.id)
    return ""
