"""Where the pages of works and topics are on a site: addresses that stay, below the site's own."""

from collections.abc import Iterable

COMPARE = "compare/"
"""The page that shows works side by side."""


def entry_path(key: str) -> str:
    """Return the address of an entry's page."""
    return f"papers/{key}/"


def topic_path(topic_id: str) -> str:
    """Return the address of a topic's page."""
    return f"topics/{topic_id}/"


def comparison_path(keys: Iterable[str]) -> str:
    """Return the address of the comparison of some works."""
    return f"{COMPARE}?papers={','.join(keys)}"
