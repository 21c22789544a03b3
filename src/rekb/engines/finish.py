"""`rekb finish`: what no engine adds to a site, added to the finished pages.

A strict policy, the offline copy, and Markdown files under their own names need pages that are whole; so they
come after whatever engine built them. What runs a second time changes nothing.
"""

import contextlib
import gzip
import json
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rekb.engines.notes import NOTES, PROJECT, TEXT, WAITING
from rekb.errors import RekbError
from rekb.site.outputs.offline import ARCHIVE, taken_from, write_archive
from rekb.site.outputs.policy import UnknownScriptError, inline_scripts, with_policy
from rekb.site.outputs.sitemap import SITEMAP
from rekb.site.pages.downloads import SIZE_UNKNOWN
from rekb.site.urls import DOWNLOADS
from rekb.text import printable, size_words

_LOST = "404.html"
_POLICY = re.compile(r"\s*<meta http-equiv=[\"']?Content-Security-Policy[\"']?[^>]*>", re.IGNORECASE)
_SCOPE = re.compile(r'(?<=new URL\(")[^"]*(?=",location\))')
"""Where the theme's scripts have the way to the root of the site, which differs from page to page."""
_WAITING_LINE = re.compile(rf"<!--{re.escape(WAITING)}(.*?)-->", re.DOTALL)
_SIZE = re.compile(rf'(?<={re.escape(ARCHIVE.rpartition("/")[2])}" download>Offline copy</a></th><td>)[^<]*')
_SEARCH = "search"
_INDEXES = (f"{_SEARCH}/search_index.json", "search.json")
"""What engines write for searches of their own; ours has its own index."""


@dataclass(frozen=True, slots=True)
class Finished:
    """What became of a site."""

    pages: int
    offline: int
    """Size of the offline copy in bytes; 0 where there is none."""


def finish(project: Path) -> Finished:
    """Finish the site that an engine built in a project of `rekb materialize`.

    Args:
        project: the folder that `rekb materialize` wrote, with the built site in ``site``.

    Raises:
        RekbError: when the folder is no such project, is not built yet, or a page holds a script that is not
            its theme's.
    """
    notes, site = _notes(project), _built(project)
    scripts = shell_scripts((site / _LOST).read_text(encoding="utf-8"))
    pages = sorted(site.rglob("*.html"))
    finished = [_finished(page, site, scripts) for page in pages]  # all are right before one is written
    for page, text in zip(pages, finished, strict=True):
        page.write_text(text, encoding="utf-8", newline="\n")
    for name in notes["markdown"]:
        shutil.copyfile(site / f"{name}{TEXT}", site / name)
    for name in _INDEXES:
        (site / name).unlink(missing_ok=True)
    with contextlib.suppress(OSError):  # there is none, or an engine has more in it
        (site / _SEARCH).rmdir()
    packed = site / f"{SITEMAP}.gz"
    # gzip writes the time into its first bytes; with 0 there, two runs give the same file.
    packed.write_bytes(gzip.compress((site / SITEMAP).read_bytes(), mtime=0))
    return Finished(len(pages), _pack(site, notes["url"]) if notes["offline"] else 0)


def shell_scripts(page: str) -> tuple[str, ...]:
    """Return the scripts that an engine's theme puts into every page, as templates.

    Args:
        page: the page for wrong addresses. It is made of templates alone, no text of anybody is in it.
    """
    return tuple(_SCOPE.sub("{{ scope }}", text) for text in inline_scripts(page))


def _notes(project: Path) -> dict[str, Any]:
    if not (project / PROJECT.marker).is_file() or not (project / NOTES).is_file():
        raise RekbError(
            f"{printable(str(project))} was not made by `rekb materialize`; name the folder it wrote"
        )
    notes: dict[str, Any] = json.loads((project / NOTES).read_text(encoding="utf-8"))
    return notes


def _built(project: Path) -> Path:
    site = project / "site"
    # Behind a link, files outside the project would be written.
    if site.is_symlink() or not (site / _LOST).is_file() or not (site / SITEMAP).is_file():
        name = printable(str(site))
        raise RekbError(f"{name} is no site that an engine has built; build the project first")
    return site


def _finished(page: Path, site: Path, scripts: tuple[str, ...]) -> str:
    # What goes is the weaker policy of the project's templates, or that of a run before.
    text = _POLICY.sub("", page.read_text(encoding="utf-8"), count=1)
    name = page.relative_to(site).as_posix()
    try:
        return with_policy(text, scripts)
    except UnknownScriptError as error:
        hint = "write it as a file below docs/ and name that under extra_javascript in mkdocs.yml"
        raise RekbError(f"{name}: the page holds {error}; {hint}") from error


def _pack(site: Path, url: str) -> int:
    """Write the offline copy, and show its line on the page of downloads; return its size in bytes.

    The copy is packed with a page that does not say how large it is: only then is a second one the same.
    """
    page = site / DOWNLOADS / "index.html"
    text = _WAITING_LINE.sub(r"\1", page.read_text(encoding="utf-8"))
    without_size = _SIZE.sub(SIZE_UNKNOWN, text)
    page.write_text(without_size, encoding="utf-8", newline="\n")
    size = write_archive(site, taken_from(site), url)
    page.write_text(without_size.replace(SIZE_UNKNOWN, size_words(size)), encoding="utf-8", newline="\n")
    return size
