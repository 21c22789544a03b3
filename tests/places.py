"""Where links of a built site lead, by the names of its files: a site has hundreds of thousands of links."""

from pathlib import Path
from posixpath import dirname, join, normpath


def files_of(site: Path) -> frozenset[str]:
    """Return the files of a site, as paths below it."""
    return frozenset(file.relative_to(site).as_posix() for file in site.rglob("*") if file.is_file())


def led_to(page: str, link: str) -> str:
    """Return the path that a link of a page leads to: a link to a folder opens its page.

    Args:
        page: the page's file, below the site.
        link: a path without query and anchor; an empty one leads to the page itself.
    """
    if not link:
        return page
    path = normpath(join(dirname(page), link))
    if link.endswith("/") or link.rpartition("/")[2] in (".", ".."):
        return "index.html" if path == "." else f"{path}/index.html"
    return path
