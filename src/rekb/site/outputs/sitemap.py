"""The sitemap: a finished text, so that no engine's template has a part in it."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from markupsafe import escape

SITEMAP = "sitemap.xml"
_BEGIN = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
)
_END = "</urlset>"
_KEPT = "/:%~@&=+,;!$'()*"
"""Signs that stay. Braces do not: engines read the file as a template, in which they would begin code."""


@dataclass(frozen=True, slots=True)
class Place:
    """A page as the sitemap names it."""

    path: str
    """Address below the site's root."""
    changed: str = ""
    """The day of the last change of its data; the day of a build says nothing of a page."""


def sitemap(url: str, places: Iterable[Place]) -> str:
    """Return the sitemap of a site.

    Args:
        url: absolute address of the site, ending in ``/``; without one there is nothing that could be named.
        places: its pages, without those that only lead on to others.
    """
    if not url:
        return f"{_BEGIN}{_END}"
    ordered = sorted(places, key=lambda place: place.path)
    return f"{_BEGIN}{''.join(_line(url, place) for place in ordered)}{_END}"


def _line(url: str, place: Place) -> str:
    if place.changed:
        changed = f"<lastmod>{escape(place.changed)}</lastmod>"
    else:
        changed = ""
    address = quote(f"{url}{place.path}", safe=_KEPT)
    return f"  <url><loc>{escape(address)}</loc>{changed}</url>\n"
