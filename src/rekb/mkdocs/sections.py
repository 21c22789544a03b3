"""What the theme's search plugin read of hand-written pages, for the search of ours."""

import json
from pathlib import Path

from rekb.site.outputs.search_index import Section
from rekb.site.themetext import plain_text

SEARCH = Path("search/search_index.json")
"""The plugin's own index, which nobody uses."""


def taken_sections(site: Path) -> tuple[Section, ...] | None:
    """Return the sections of a site's hand-written pages, and remove their index; None without one."""
    theirs = site / SEARCH
    if not theirs.exists():
        return None
    found = json.loads(theirs.read_text(encoding="utf-8"))["docs"]
    theirs.unlink()
    # For themes without a search of their own, MkDocs puts the scripts of its search there, too.
    if not any(theirs.parent.iterdir()):
        theirs.parent.rmdir()
    return tuple(Section(doc["location"], plain_text(doc["title"]), plain_text(doc["text"])) for doc in found)
