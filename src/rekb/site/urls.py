"""Addresses: where each page stands, and the way from one page to another."""

import posixpath

HOME = ""
EXPLORE = "explore/"
FINDER = "finder/"
DOWNLOADS = "downloads/"
TOPICS = "topics/"
COMPARE = "compare/"
MODELS = "models/"
STATISTICS = "statistics/"
COVERAGE = "coverage/"
BROWSE = "browse/"
CHANGES = "changes/"
BIBLIOGRAPHY = "bibliography/"
MEASURED = "measured/"


def axis_path(axis: str) -> str:
    """Return the address of the page of all listings of one axis: ``resources/``."""
    return f"{axis}/"


def listing_path(axis: str, word: str) -> str:
    """Return the address of one listing: ``resources/memory/``."""
    return f"{axis}/{word}/"


def entry_path(key: str) -> str:
    """Return the address of an entry's page."""
    return f"papers/{key}/"


def topic_path(topic_id: str) -> str:
    """Return the address of a topic's page."""
    return f"topics/{topic_id}/"


def relative(source: str, target: str) -> str:
    """Return the relative link from page `source` to `target`, an address below the root.

    A query or fragment of the target is kept: ``explore/?saves=memory``.
    """
    cut = min((i for i in (target.find("?"), target.find("#")) if i >= 0), default=len(target))
    path, rest = target[:cut], target[cut:]
    link = posixpath.relpath(f"/{path}", f"/{source}")
    if path.endswith("/") or not path:
        link = "./" if link == "." else f"{link}/"
    return link + rest
