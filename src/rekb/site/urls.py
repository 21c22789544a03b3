"""Addresses: where each page stands, and the way from one page to another."""

import re

from rekb.model.keys import compact

HOME = ""
EXPLORE = "explore/"
FINDER = "finder/"
DOWNLOADS = "downloads/"
TOPICS = "topics/"
COMPARE = "compare/"
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
    """Return the letter under which an author stands, or `OTHER_LETTER`."""
    first = compact(name)[:1]
    return first if first.isalpha() else OTHER_LETTER


def author_anchor(name: str) -> str:
    """Return the id of an author's place on a page: ``Dao-Tri``."""
    return re.sub(r"[\s,]+", "-", name)


def author_path(name: str) -> str:
    """Return the address of an author's place on the page of its letter."""
    return f"{listing_path(AUTHORS_AXIS, author_letter(name))}#{author_anchor(name)}"


def entry_path(key: str) -> str:
    """Return the address of an entry's page."""
    return f"papers/{key}/"


def topic_path(topic_id: str) -> str:
    """Return the address of a topic's page."""
    return f"topics/{topic_id}/"


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
    cut = min((i for i in (target.find("?"), target.find("#")) if i >= 0), default=len(target))
    path, rest = target[:cut], target[cut:]
    here, there = source.split("/")[:-1], path.split("/")
    page, folders = there[-1], there[:-1]
    shared = 0
    for one, other in zip(here, folders, strict=False):
        if one != other:
            break
        shared += 1
    link = "../" * (len(here) - shared) + "".join(f"{folder}/" for folder in folders[shared:]) + page
    return (link or "./") + rest
