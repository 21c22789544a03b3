"""The style sheets of pages: one file a component in the source, joined into the few that pages load."""

import re
from functools import cache
from importlib.resources import files

STYLES = {
    "rekb.css": (
        "colours", "page", "marks", "search", "works", "charts", "levels", "home", "strip", "entry",
        "citation", "compare", "leave", "topic", "listings", "axes", "models", "combines", "near", "font",
        "print",
    ),
    "explore.css": ("filters", "bar", "rows", "finder", "presets", "bibliography"),
    "planner.css": ("planner",),
    "learn.css": ("learn",),
}  # fmt: skip
"""The sheets and the components in each, in order: of two rules that weigh alike, the later one holds."""
_COMMENT = re.compile(r"^[ ]*/\*(?:(?!\*/)[\s\S])*\*/\n", re.MULTILINE)
"""A comment that has its lines to itself: readers of the source need it, browsers do not."""
_SPACE = re.compile(r"^[ ]+|\n(?=\n)", re.MULTILINE)


@cache
def style_sheet(name: str) -> str:
    """Return a style sheet that pages load, without comments, indents and empty lines."""
    folder = files("rekb.site") / "static" / "styles"
    parts = [(folder / f"{part}.css").read_text(encoding="utf-8") for part in STYLES[name]]
    return _SPACE.sub("", _COMMENT.sub("", "".join(parts)))
