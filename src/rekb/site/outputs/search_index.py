"""The index of all search boxes, in pieces: documents of `kb.documents`, and pages that only the site has.

`static/ranking.js` reads it. The first piece holds names and titles of works and the topics; it is fetched
when a box is used first and does not grow with the works. What else a question needs is fetched when it is
typed:

- blocks: further works, authors, and models with pages and help; every question needs all of them;
- words of texts and of people, by their first letter, and all of these words for slips of the finger;
- identifiers, by the sum of their letters;
- lines below hits, so many works a piece.
"""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, partial

from rekb.kb.document import Document, Kind
from rekb.kb.documents import documents
from rekb.kb.words import plain_words
from rekb.site.outputs.search_pieces import (
    IDENTIFIER_PIECES,
    LETTER_PIECES,
    LINES_OF_A_PIECE,
    Pieces,
    block_names,
)
from rekb.site.page import Asset, Page
from rekb.site.parts.views import Material

SEARCH_INDEX = "assets/rekb/search.json"
"""Where the first piece is."""
SEARCH_FOLDER = "assets/rekb/search/"
"""Where the others are."""
SEARCH_HELP = f"{SEARCH_FOLDER}help.json"
"""The piece that takes in what people wrote by hand; see `with_sections`."""


@dataclass(frozen=True, slots=True)
class Section:
    """A hand-written page, or a section of one, as the theme's search plugin describes it."""

    path: str
    title: str
    text: str


def search_assets(material: Material, pages: Iterable[Page]) -> tuple[Asset, ...]:
    """Return the index of a site, without what people wrote by hand."""
    listed = tuple(page for page in pages if page.search)

    # All pieces are cut from one numbering of the documents, which is made when the first is asked for.
    @cache
    def pieces() -> Pieces:
        found = (*documents(material.base, material.index), *map(_page, listed))
        return Pieces(found, people=material.authors)

    base = material.base
    # Authors of several works are documents; see `kb.documents`.
    authors = sum(len(keys) > 1 for keys in material.index.by_author.values())
    # Names follow from counts alone: a site lists its files before it makes any of them.
    named = piece_makers(len(base.entries), len(base.topics), authors)
    assets = [Asset(SEARCH_INDEX, lambda: _json(pieces().first(base.venues.values())))]
    for name, made in named.items():
        assets.append(Asset(f"{SEARCH_FOLDER}{name}.json", partial(_made, pieces, made)))
    return tuple(assets)


def piece_makers(works: int, topics: int, authors: int) -> dict[str, Callable[[Pieces], object]]:
    """Return what makes each piece but the first, by its name, for so many works, topics and authors."""
    makers: dict[str, Callable[[Pieces], object]] = {"help": Pieces.help, "spellings": Pieces.spellings}
    for name in block_names(works, authors):
        makers[name] = partial(_block, name)
    for letter in LETTER_PIECES:
        makers[f"words-{letter}"] = partial(_words, letter)
    for number in range(IDENTIFIER_PIECES):
        makers[f"named-{number}"] = partial(_identifiers, number)
    for number in range(-(-(works + topics) // LINES_OF_A_PIECE)):
        makers[f"lines-{number}"] = partial(_lines, number)
    return makers


def _block(name: str, pieces: Pieces) -> object:
    return pieces.block(name)


def _words(letter: str, pieces: Pieces) -> object:
    return pieces.words(letter)


def _identifiers(number: int, pieces: Pieces) -> object:
    return pieces.identifiers(number)


def _lines(number: int, pieces: Pieces) -> object:
    return pieces.lines(number)


def _made(pieces: Callable[[], Pieces], maker: Callable[[Pieces], object]) -> bytes:
    return _json(maker(pieces()))


def with_sections(content: bytes, sections: Iterable[Section]) -> bytes:
    """Return the piece of help with hand-written pages, behind all else."""
    piece = json.loads(content)
    piece["sections"] = [_section(section) for section in sections if section.title]
    return _json(piece)


def _section(section: Section) -> dict[str, str]:
    words = dict.fromkeys(plain_words(section.text))
    return {
        "kind": "help",
        "id": section.path,
        "path": section.path,
        "title": section.title,
        "line": _cut(section.text),
        "words": " ".join(words),
    }


def _page(page: Page) -> Document:
    """Return a page of the site that is no work and no topic: a listing of works, or a tool."""
    search = page.search
    assert search is not None  # noqa: S101 - only such pages are asked
    kind: Kind = "page" if search.lists_works else "help"
    names = (search.name,) if search.name else ()
    return Document(kind, page.path or "./", search.title, names=names, line=search.text)


def _cut(text: str) -> str:
    """Return the beginning of a text, for a line."""
    if len(text) <= _LINE:
        return text
    return f"{text[: _LINE - 4].rpartition(' ')[0]} …"


_LINE = 120
"""Letters of the line below the title of a hand-written section."""


def _json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
