"""The pages that people wrote: where they will stand, and the sections by which the search finds them.

An engine makes the page itself; only what must be known before it runs is worked out here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from markdown import Markdown
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, get_files, set_exclusions
from mkdocs.utils.meta import get_data

from rekb.site.outputs.search_index import Section

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_LEFT_OUT = frozenset({"script", "style", "object"})
_PERMALINK = "headerlink"
_PARTED = frozenset({"p", "code", "pre", "li", "ol", "ul", "sub", "sup"})
"""Elements whose text is no part of the word before or behind it."""


@dataclass(frozen=True, slots=True)
class HandWritten:
    """A Markdown file below docs/ that becomes a page."""

    file: Path
    path: str
    """Address of its page below the site's root."""


def hand_written(docs: Path, config: MkDocsConfig) -> tuple[HandWritten, ...]:
    """Return the pages that people wrote, in the order of their names; those that are excluded are not there.

    Args:
        docs: where copies of their files are.
        config: what says which of them are excluded.
    """
    files = get_files(config)
    set_exclusions(files, config)
    return tuple(HandWritten(docs / file.src_uri, _address(file)) for file in files.documentation_pages())


def _address(file: File) -> str:
    """Return where a page will stand; MkDocs calls the home page ``./``."""
    if file.url == "./":
        return ""
    return file.url


def sections_of(pages: Iterable[HandWritten], config: MkDocsConfig) -> Iterator[Section]:
    """Yield the sections of hand-written pages, as the theme's search plugin lists them."""
    for page in pages:
        # Some editors on Windows begin a file with a byte order mark, behind which no front matter is seen.
        text, meta = get_data(page.file.read_text(encoding="utf-8-sig"))
        if (meta.get("search") or {}).get("exclude"):
            continue
        converter = Markdown(extensions=config.markdown_extensions, extension_configs=config.mdx_configs)
        reader = _Sections(str(meta.get("title") or page.file.stem.replace("-", " ").capitalize()))
        reader.feed(converter.convert(text))
        reader.close()
        yield from reader.found(page.path)


@dataclass(slots=True)
class _Open:
    """A section that is being read."""

    anchor: str
    title: str = ""
    text: str = ""


class _Sections(HTMLParser):
    """Parts the HTML of a page at its headings; what is before the first goes by the page's title."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self._title = title
        self._parts: list[_Open] = []
        self._in_heading = False
        self._passed_over: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a section at a heading that has an anchor; pass over what is no text of the page."""
        given = dict(attrs)
        anchor = given.get("id")
        if tag in _HEADINGS and anchor:
            self._begin(tag, anchor)
        elif tag in _LEFT_OUT or (tag == "a" and given.get("class") == _PERMALINK):
            self._passed_over.append(tag)
        elif tag in _PARTED:
            self._add(" ")

    def _begin(self, tag: str, anchor: str) -> None:
        if not self._parts and tag == "h1":
            self._parts.append(_Open(""))  # the heading of the page is the page
        else:
            self._last()
            self._parts.append(_Open(anchor))
        self._in_heading = True

    def handle_endtag(self, tag: str) -> None:
        """End a heading, or what was passed over."""
        if tag in _HEADINGS:
            self._in_heading = False
        elif self._passed_over and self._passed_over[-1] == tag:
            self._passed_over.pop()
        elif tag in _PARTED:
            self._add(" ")

    def handle_data(self, data: str) -> None:
        """Take text."""
        if not self._passed_over:
            self._add(data)

    def _add(self, text: str) -> None:
        part = self._last()
        if self._in_heading:
            part.title += text
        else:
            part.text += text

    def _last(self) -> _Open:
        if not self._parts:
            self._parts.append(_Open("", self._title))
        return self._parts[-1]

    def found(self, path: str) -> Iterator[Section]:
        """Yield the sections of the page at an address."""
        for part in self._parts:
            address = f"{path}#{part.anchor}" if part.anchor else path
            yield Section(address, _folded(part.title), _folded(part.text))


def _folded(text: str) -> str:
    return " ".join(text.split())
