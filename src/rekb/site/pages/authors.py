"""Authors: those with several works here, and all of them by the first letter of the family name."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from rekb.kb.index import sort_name
from rekb.site.page import Page, SearchText
from rekb.site.parts.views import CountedLink, LinkView, Material
from rekb.site.templating import render
from rekb.site.urls import (
    AUTHORS_AXIS,
    BROWSE,
    OTHER_LETTER,
    author_anchor,
    author_letter,
    axis_path,
    listing_path,
)

AUTHORS = LinkView("Authors", axis_path(AUTHORS_AXIS), "Who wrote the works.")
"""The link to the page of authors."""
_MOST_NAMES = 200
"""Names on the first page of authors; each stands on the page of its letter as well."""
_SAVED = 60
"""Of so many works a page of authors carries the citation for Zotero: more would be too heavy."""
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
    authors: tuple[AuthorView, ...]
    saved: tuple[str, ...]
    """What Zotero reads of the first works, each once; see `citation.coins`."""


def author_pages(material: Material) -> tuple[Page, ...]:
    """Return the page of authors with several works, and one page of all authors for each letter."""
    letters = author_letters(material)
    links = tuple(counted.link for counted in letters)
    by_author = material.index.by_author
    several = [name for name, keys in by_author.items() if len(keys) > 1]
    several.sort(key=lambda name: (-len(by_author[name]), sort_name(name)))
    shown = several[:_MOST_NAMES]
    lead = f"{len(by_author):,} authors. Below, {_who(len(shown), len(several))}; all of them by letter."
    pages = [_authors_page(material, "", "Authors", lead, (_ALL_AXES,), links, shown)]
    by_letter: dict[str, list[str]] = {}
    for name in by_author:
        by_letter.setdefault(author_letter(name), []).append(name)
    for counted in letters:
        letter = counted.link.path.rstrip("/").rpartition("/")[2]
        names = sorted(by_letter[letter], key=sort_name)
        title = f"Authors: {counted.link.label}"
        lead = "Family name first."
        pages.append(_authors_page(material, letter, title, lead, (_ALL_AXES, AUTHORS), links, names))
    return tuple(pages)


def _who(shown: int, several: int) -> str:
    if shown == several:
        return "those with more than one work here"
    return f"the {shown} of {several:,} with several works here who have most"


def _authors_page(
    material: Material,
    letter: str,
    title: str,
    lead: str,
    trail: tuple[LinkView, ...],
    letters: tuple[LinkView, ...],
    names: Iterable[str],
) -> Page:
    path = AUTHORS.path
    search = None
    if letter:
        path = listing_path(AUTHORS_AXIS, letter)
    else:
        search = SearchText("Authors", "Who wrote the works")
    shown = list(names)
    views = tuple(_author_view(material, name) for name in shown)
    keys = list(dict.fromkeys(key for name in shown for key in material.index.by_author[name]))
    saved = tuple(material.rows[key].coins for key in keys[:_SAVED])
    return Page(
        path=path,
        title=title,
        made=partial(render, "authors.html", path, AuthorsContext(title, lead, trail, letters, views, saved)),
        description="Who wrote the works.",
        search=search,
        wide=True,
    )


def _author_view(material: Material, name: str) -> AuthorView:
    rows = [material.rows[key] for key in material.index.by_author[name]]
    works = tuple(LinkView(row.name, row.path, row.title) for row in rows)
    return AuthorView(name, author_anchor(name), works)


def author_letters(material: Material) -> tuple[CountedLink, ...]:
    """Return the links to the pages of each letter, with the number of names there."""
    counts = Counter(map(author_letter, material.index.by_author))
    ordered = sorted(counts, key=lambda letter: (letter == OTHER_LETTER, letter))
    links = []
    for letter in ordered:
        label = "Other" if letter == OTHER_LETTER else letter.upper()
        links.append(CountedLink(LinkView(label, listing_path(AUTHORS_AXIS, letter)), counts[letter]))
    return tuple(links)
