"""On which page each author is: a letter of many names has several pages."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rekb.kb.index import sort_name
from rekb.site.urls import author_anchor, author_letter, author_page

MOST_LINKS = 1000
"""Names and works on one page of authors; each is a link of 150 to 200 bytes."""
Works = Mapping[str, Sequence[str]]
"""Author to citation keys."""
Letters = Mapping[str, Sequence[Sequence[str]]]
"""Letter to the authors on each of its pages, in order."""


def pages_of_letters(by_author: Works) -> Letters:
    """Return the names on each page of each letter, in order."""
    letters: dict[str, list[str]] = {}
    for name in by_author:
        letters.setdefault(author_letter(name), []).append(name)
    found = {}
    for letter, names in letters.items():
        found[letter] = list(_pieces(by_author, names))
    return found


def _pieces(by_author: Works, names: Iterable[str]) -> Iterator[list[str]]:
    left = sorted(names, key=sort_name)
    while left:
        piece = fitting(by_author, left)
        yield piece
        left = left[len(piece) :]


def fitting(by_author: Works, names: Sequence[str]) -> list[str]:
    """Return the first names, as many as fit on a page with their works; at least one."""
    links = 0
    for number, name in enumerate(names):
        links += 1 + len(by_author[name])
        if links > MOST_LINKS and number:
            return list(names[:number])
    return list(names)


def anchors(names: Iterable[str]) -> dict[str, str]:
    """Return the id of each author's place on one page.

    Two spellings of one name may come out alike, ``Ray Lamp, Ada`` and ``Ray-Lamp, Ada``; the second gets a
    number.
    """
    found: dict[str, str] = {}
    times: Counter[str] = Counter()
    for name in names:
        anchor = author_anchor(name)
        times[anchor] += 1
        found[name] = anchor if times[anchor] == 1 else f"{anchor}-{times[anchor]}"
    return found


def author_places(letters: Letters) -> dict[str, str]:
    """Return the address of each author's place."""
    places = {}
    for letter, pages in letters.items():
        for number, names in enumerate(pages, 1):
            path = author_page(letter, number)
            for name, anchor in anchors(names).items():
                places[name] = f"{path}#{anchor}"
    return places
