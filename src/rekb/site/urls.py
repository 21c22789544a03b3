"""Addresses: where each page is, and the way from one page to another."""

import re

from rekb.model.keys import compact
from rekb.model.pages import COMPARE as COMPARE  # noqa: PLC0414 - given on to all pages, as the next two
from rekb.model.pages import entry_path as entry_path  # noqa: PLC0414 - the same
from rekb.model.pages import topic_path as topic_path  # noqa: PLC0414 - the same

HOME = ""
EXPLORE = "explore/"
FINDER = "finder/"
DOWNLOADS = "downloads/"
TOPICS = "topics/"
MODELS = "models/"
LEARN = "learn/"
STATISTICS = "statistics/"
COVERAGE = "coverage/"
BROWSE = "browse/"
CHANGES = "changes/"
BIBLIOGRAPHY = "bibliography/"
MEASURED = "measured/"
REPRODUCTIONS = "reproductions/"
COMBINES = "combines/"
COMBINES_DATA = "data/combines.json"
AUTHORS_AXIS = "authors"
OTHER_LETTER = "other"
"""Where authors stand whose names begin with no letter."""


def axis_path(axis: str) -> str:
    """Return the address of the page of all listings of one axis: ``resources/``."""
    return f"{axis}/"


def listing_path(axis: str, word: str) -> str:
    """Return the address of one listing: ``resources/memory/``."""
    return f"{axis}/{word}/"


def author_letter(name: str) -> str:
    """Return the letter under which an author is listed, or `OTHER_LETTER`."""
    # `compact` keeps ASCII letters and digits: Éluard is under e, a name in another script has no letter.
    first = compact(name)[:1]
    if first.isalpha():
        return first
    return OTHER_LETTER


def author_anchor(name: str) -> str:
    """Return the id of an author's place on a page: ``Dao-Tri``."""
    return re.sub(r"[\s,]+", "-", name)


def author_page(letter: str, number: int) -> str:
    """Return the address of one of the pages of a letter, the first having number 1."""
    first = listing_path(AUTHORS_AXIS, letter)
    return further(first, number)


def further(first: str, number: int) -> str:
    """Return the address of a page of a long listing: ``years/2024/``, ``years/2024/2/``."""
    if number == 1:
        return first
    return f"{first}{number}/"


def learn_path(path_id: str) -> str:
    """Return the address of a reading path."""
    return f"{LEARN}{path_id}/"


def badge_path(key: str) -> str:
    """Return the address of a work's badge."""
    return f"badges/{key}.svg"


def card_badge_path(key: str) -> str:
    """Return the address of a work's card to embed."""
    return f"badges/{key}-card.svg"


def relative(source: str, target: str) -> str:
    """Return the relative link from page `source` to `target`, an address below the root.

    A query or fragment of the target is kept: ``explore/?saves=memory``.
    """
    query, fragment = target.find("?"), target.find("#")
    cut = min(len(target) if query < 0 else query, len(target) if fragment < 0 else fragment)
    path, rest = target[:cut], target[cut:]
    here, there = source.split("/")[:-1], path.split("/")
    page, folders = there[-1], there[:-1]
    shared = 0
    for one, other in zip(here, folders, strict=False):
        if one != other:
            break
        shared += 1
    link = "../" * (len(here) - shared) + "".join(f"{folder}/" for folder in folders[shared:]) + page
    # An empty address means the present page with its query; `./` means the folder without one.
    return (link or "./") + rest
