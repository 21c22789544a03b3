"""Text on its way to a theme: Material's templates print what they are given, so they are given HTML.

Every title, description and name goes through `theme_text` where it leaves us, and through nothing after.
"""

import re
from collections.abc import Mapping
from html import unescape
from typing import Any

from markupsafe import Markup, escape

_PRINTED = ("title", "description", "author", "subtitle")
"""What the theme prints of a page's front matter."""
_SIGNS = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"})
"""The apostrophe is left as it is: the theme's attributes stand in double quotes, and names have it often."""

_TAG = re.compile(r"<[^>]*>")
_SPECIAL = re.compile(r"[&<>'\"]")


def printed(value: object) -> str:
    """Return HTML that shows a value; what is HTML already stays, as with `markupsafe.escape`."""
    # Most texts hold no sign that is escaped, and are given back as they are.
    if type(value) is str and not _SPECIAL.search(value):
        return value
    return str(escape(value))


def theme_text(text: str) -> Markup:
    """Return plain text as HTML that means the same in an element and in an attribute in double quotes.

    What is HTML already is left; the templates' own `e` filter leaves the answer alone for the same reason.
    """
    if isinstance(text, Markup):
        return text
    return Markup(text.translate(_SIGNS))  # noqa: S704 - each sign is escaped here


def theme_meta(meta: Mapping[str, Any]) -> dict[str, Any]:
    """Return a page's front matter with all that the theme prints of it as HTML."""
    printed = {}
    for name in _PRINTED:
        if isinstance(meta.get(name), str):
            printed[name] = theme_text(meta[name])
    return {**meta, **printed}


def theme_nav(nav: Any) -> Any:
    """Return a navigation, of lists and mappings as mkdocs.yml has it, with its titles as HTML."""
    if isinstance(nav, list):
        found = []
        for part in nav:
            found.append(theme_nav(part))
        return found
    if isinstance(nav, dict):
        kept = {}
        for title, part in nav.items():
            # YAML reads a title such as `2024` as a number.
            kept[theme_text(str(title))] = theme_nav(part)
        return kept
    return nav


def plain_text(html: str) -> str:
    """Return the text of HTML, on one line."""
    return " ".join(unescape(_TAG.sub(" ", html)).split())
