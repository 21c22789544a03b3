"""Authors: those with several works here, and all of them by the first letter of the family name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from rekb.kb.index import sort_name
from rekb.site.page import Page, SearchText
from rekb.site.parts.people import anchors, fitting
from rekb.site.parts.views import CountedLink, LinkView, Material, first_saved
from rekb.site.templating import render
from rekb.site.urls import (
    AUTHORS_AXIS,
    BROWSE,
    OTHER_LETTER,
    author_page,
    axis_path,
    listing_path,
)
from rekb.text import amount

AUTHORS = LinkView("Authors", axis_path(AUTHORS_AXIS), "Who wrote the works.")
"""The link to the page of authors."""
_MOST_NAMES = 200
"""Names on the page of authors at most; each is on a page of its letter as well."""
_ALL_AXES = LinkView("Browse", BROWSE)


@dataclass(frozen=True, slots=True)
class AuthorView:
    """A person or group with their works."""

    name: str
    anchor: str
    works: tuple[LinkView, ...]


@dataclass(frozen=True, slots=True)
class AuthorsContext:
    """What authors.html is given."""

    title: str
    lead: str
    trail: tuple[LinkView, ...]
    letters: tuple[LinkView, ...]
    number: int
    """Which of the pages of its letter this is, from 1."""
    pages: tuple[LinkView, ...]
    """All pages of its letter."""
    authors: tuple[AuthorView, ...]
    saved: tuple[str, ...]
    """What Zotero reads of the first works."""


def author_pages(material: Material) -> tuple[Page, ...]:
    """Return the page of authors with several works, and the pages of all authors by letter."""
    pages = [_first_page(material)]
    for letter, pieces in material.letters.items():
        pages += _letter_pages(material, letter, pieces)
    return tuple(pages)


def _first_page(material: Material) -> Page:
    by_author = material.index.by_author
    several = [name for name, keys in by_author.items() if len(keys) > 1]
    several.sort(key=lambda name: (-len(by_author[name]), sort_name(name)))
    shown = fitting(by_author, several[:_MOST_NAMES])
    number = amount(len(by_author), "author")
    lead = f"{number}. Below: {_who(len(shown), len(several))}. The letters list all authors."
    search = SearchText("Authors", "Who wrote the works")
    return _page(AUTHORS.path, _context(material, "Authors", lead, (_ALL_AXES,), shown), search)


def _letter_pages(material: Material, letter: str, pieces: Sequence[Sequence[str]]) -> Iterator[Page]:
    paths = [author_page(letter, number) for number in range(1, len(pieces) + 1)]
    links = tuple(LinkView(str(number), path) for number, path in enumerate(paths, 1))
    title = f"Authors: {_label(letter)}"
    for number, names in enumerate(pieces, 1):
        named = title
        if number > 1:
            named += f", page {number}"
        context = _context(material, named, "Family name first.", (_ALL_AXES, AUTHORS), names)
        yield _page(paths[number - 1], replace(context, number=number, pages=links))


def _who(shown: int, several: int) -> str:
    if shown == several:
        return "those with more than one work here"
    return f"the {shown} with most works, of {several:,} with several"


def _context(
    material: Material, title: str, lead: str, trail: tuple[LinkView, ...], names: Sequence[str]
) -> AuthorsContext:
    keys = list(dict.fromkeys(key for name in names for key in material.index.by_author[name]))
    return AuthorsContext(
        title=title,
        lead=lead,
        trail=trail,
        letters=tuple(counted.link for counted in author_letters(material)),
        number=1,
        pages=(),
        authors=tuple(_author_view(material, name, anchor) for name, anchor in anchors(names).items()),
        saved=first_saved(material.rows[key] for key in keys),
    )


def _page(path: str, context: AuthorsContext, search: SearchText | None = None) -> Page:
    return Page(
        path=path,
        title=context.title,
        made=partial(render, "authors.html", path, context),
        description="Who wrote the works.",
        search=search,
        wide=True,
    )


def _author_view(material: Material, name: str, anchor: str) -> AuthorView:
    works = []
    for key in material.index.by_author[name]:
        row = material.rows[key]
        works.append(LinkView(row.name, row.path, row.title))
    return AuthorView(name, anchor, tuple(works))


def author_letters(material: Material) -> tuple[CountedLink, ...]:
    """Return the links to the pages of each letter, with the number of names there."""
    letters = material.letters
    links = []
    for letter in sorted(letters, key=lambda letter: (letter == OTHER_LETTER, letter)):
        count = sum(map(len, letters[letter]))
        links.append(CountedLink(LinkView(_label(letter), listing_path(AUTHORS_AXIS, letter)), count))
    return tuple(links)


def _label(letter: str) -> str:
    if letter == OTHER_LETTER:
        return "Other"
    return letter.upper()
