"""Lists of papers in Markdown: ``- Title. *[Venue'Year]* [[Paper]](..) [[Code]](..)`` and its relatives.

Headings say where a work stands. Tables are not read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rekb.errors import NoWorkError, SourceError
from rekb.sources.clean import cleaned, safe_link
from rekb.sources.identifiers import known_in
from rekb.sources.work import Appearance, FoundWork, preprint

_HEADING = re.compile(r"\s{0,3}(#{1,6})\s+(\S.*)")
_BULLET = re.compile(r"\s*(?:[-*+]|\d+[.)])\s+(?:\[[ xX]\]\s+)?(.*)\Z")
_FENCE = re.compile(r"\s*(?:```|~~~)")
_ADDRESS = r"\(\s*<?(?P<address>(?:[^\s()<>]|\([^\s()]*\))*)>?(?:\s+\"[^\"]*\")?\s*\)"
_IMAGE = re.compile(r"!\[(?P<label>[^\]]{0,300})\]" + _ADDRESS)
_LINK = re.compile(r"\[(?P<label>(?:[^\[\]]|\[[^\[\]]*\])*)\]" + _ADDRESS)
_BROKEN = re.compile(r"\[+[^\[\]]*\]+\W{0,3}\(https?://\S*")
"""A link that is none, because a sign stands where none may."""
_BADGE = re.compile(r"img\.shields\.io/badge/(?P<words>[^?\s)]+?)-[A-Za-z0-9]+(?:\.svg)?\Z")
_VENUE = r"(?P<venue>[A-Za-z][^\d'\u2019()\[\]*]{0,80}?)[\s,.'\u2019\u2018-]*"
_YEAR = r"(?P<year>(?:19|20)\d\d|(?<=['\u2019\u2018])\d{1,2})"
_SHOWN = tuple(
    re.compile(form)
    for form in (
        rf"\*{{0,2}}\[\s*\*{{0,2}}{_VENUE}{_YEAR}['\u2019]?\*{{0,2}}\s*\]\*{{0,2}}",
        rf"\*{{0,2}}\(\s*\*{{0,2}}{_VENUE}{_YEAR}[^()\d]{{0,12}}\)\*{{0,2}}",
        rf"`{_VENUE}{_YEAR}`",
        rf"(?<![*\w])[*_]{{1,2}}{_VENUE}{_YEAR}[*_]{{1,2}}(?![*\w])",
        rf"(?:[.,\u2013-]\s+){_VENUE}{_YEAR}\.?\s*\Z",
        r"\(\s*(?P<venue>)(?P<year>(?:19|20)\d\d)\s*\)",
    )
)
"""How a venue and its year stand in an item, surest first."""
_PAPER_WORDS = "paper pdf url arxiv link abs doi openreview html publication article preprint acl"
_PAPER = frozenset(_PAPER_WORDS.split())
_CODE = frozenset({"code", "github", "repo", "repository", "implementation", "source", "official"})
_PROJECT = frozenset({"project", "website", "page", "homepage", "site", "blog", "demo"})
_LONGEST = 4000


@dataclass(frozen=True, slots=True)
class Item:
    """One work of a list, as it stands there."""

    title: str
    venue: str = ""
    year: int | None = None
    paper: str | None = None
    code: str | None = None
    project: str | None = None
    headings: tuple[str, ...] = ()
    line: int = 1


@dataclass(frozen=True, slots=True)
class ListedLink:
    """A link in an item: what it is called, where it leads, where it stands."""

    label: str
    address: str
    span: tuple[int, int]

    @property
    def words(self) -> frozenset[str]:
        """The words of its label."""
        return frozenset(re.findall(r"[a-z]+", self.label.lower()))


def read_list(text: str) -> Iterator[tuple[int, Item | SourceError]]:
    """Yield the works of a list in order, each with its line; a bullet that names none gives an error."""
    for line, headings, bullet in _bullets(text):
        if _is_navigation(bullet):
            continue
        try:
            yield line, read_item(bullet, headings, line)
        except SourceError as error:
            yield line, error


def _bullets(text: str) -> Iterator[tuple[int, tuple[str, ...], str]]:
    """Yield line, headings and text of every bullet; lines that go on are joined to it."""
    headings: dict[int, str] = {}
    start, parts, fenced = 0, list[str](), False
    for number, row in enumerate([*_without_comments(text).splitlines(), ""], 1):
        fenced ^= bool(_FENCE.match(row))
        bullet, heading = (None, None) if fenced else (_BULLET.match(row), _HEADING.match(row))
        if bullet and (inside := _HEADING.match(bullet[1])):
            bullet, heading = None, inside
        ends = (
            bullet
            or heading
            or fenced
            or not row.strip()
            or row.lstrip().startswith(("|", "<", "```", "~~~"))
        )
        if parts and ends:
            yield start, tuple(headings[level] for level in sorted(headings)), " ".join(parts)
            parts = []
        if heading:
            level = len(heading[1])
            headings = {n: h for n, h in headings.items() if n < level} | {level: _heading(heading[2])}
        elif bullet:
            start, parts = number, [bullet[1]]
        elif parts and row.strip():
            parts.append(row.strip())


def _without_comments(text: str) -> str:
    """Return a text without comments, on the lines where it was."""
    parts, position = [], 0
    while (start := text.find("<!--", position)) >= 0 and (end := text.find("-->", start)) >= 0:
        parts += [text[position:start], "\n" * text.count("\n", start, end)]
        position = end + 3
    return "".join((*parts, text[position:]))


def _heading(text: str) -> str:
    """Return the words of a heading, without the signs that may close it."""
    words = text[:_LONGEST].rstrip().rstrip("#").rstrip() or text[:_LONGEST]
    bare = _LINK.sub(lambda m: m["label"], _IMAGE.sub("", words))
    return re.sub(r"^[\W\d_]*(?=[^\W\d_])", "", cleaned(re.sub(r"[*_`]+", "", bare))).strip(" .:")


def _is_navigation(bullet: str) -> bool:
    """Whether a bullet is a line of a table of contents."""
    links = list(_LINK.finditer(bullet))
    return bool(links) and all(match["address"].startswith("#") for match in links)


def read_item(bullet: str, headings: tuple[str, ...] = (), line: int = 1) -> Item:
    """Return the work that a bullet names.

    Raises:
        SourceError: for a bullet without a title, or with neither link nor venue.
    """
    text, badge = _without_images(bullet[:_LONGEST])
    links = [ListedLink(_label(m["label"]), m["address"], m.span()) for m in _LINK.finditer(text)]
    title, rest, links = _title_link(text, links)
    venue, year, before = _venue(rest, badge)
    title = _tidy(title or before)
    if not title or not (links or venue or year):
        raise NoWorkError(f"this line names no work: {cleaned(bullet)[:60]!r}")
    paper, code, project = _roles(links)
    return Item(title, venue, year, paper, code, project, headings, line)


def _without_images(text: str) -> tuple[str, str]:
    """Return a text without images, linked ones as plain links, and what a badge says of the venue."""
    badge = ""
    for match in _IMAGE.finditer(text):
        if found := _BADGE.search(match["address"]):
            words = re.sub(r"(?<!-)-(?!-)|_|%20", " ", found["words"]).replace("--", "-")
            badge = badge or (words if re.search(r"(?:19|20)\d\d", words) else "")
    shown = re.sub(rf"(?<=\[){_IMAGE.pattern}(?=\s*\])", lambda m: m["label"] or "link", text)
    return _IMAGE.sub("", shown), badge


def _label(text: str) -> str:
    return cleaned(re.sub(r"[\[\]*_`]+", " ", text))


def _title_link(text: str, links: list[ListedLink]) -> tuple[str, str, list[ListedLink]]:
    """Return the title where it is a link itself, the text without links, and the links that count."""
    title = ""
    first = links[0] if links else None
    if (
        first
        and not first.words <= _PAPER | _CODE | _PROJECT
        and not re.search(r"\w{3}", text[: first.span[0]])
    ):
        title = _label(text[slice(*first.span)].rpartition("](")[0])
        links = [ListedLink("paper", first.address, first.span), *links[1:]]
    rest = text
    for link in reversed(links):
        rest = f"{rest[: link.span[0]]} \x00 {rest[link.span[1] :]}"
    return title, re.sub(r"\[\s*\x00\s*\]|\(\s*\x00\s*\)", "\x00", rest), links


def _venue(rest: str, badge: str) -> tuple[str, int | None, str]:
    """Return venue, year, and what stands before them, or behind them where nothing does."""
    before = rest.split("\x00", maxsplit=1)[0] if "\x00" in rest else rest
    for form in _SHOWN:
        if matches := list(form.finditer(rest.replace("\x00", " "))):
            match = matches[-1]
            year = match["year"]
            number = int(year) if len(year) == 4 else 2000 + int(year) if len(year) == 2 else None  # noqa: PLR2004
            title = rest[: match.start()].replace("\x00", " ")
            if not _tidy(title):  # the venue stands first
                title = rest[match.end() :].split("\x00", maxsplit=1)[0]
            return cleaned(match["venue"]).strip(" -,."), number, title
    if told := re.search(r"(?P<venue>.*?)\s*(?P<year>(?:19|20)\d\d)", badge):
        return cleaned(told["venue"]), int(told["year"]), before
    return "", None, before


def _tidy(text: str) -> str:
    """Return a title without emphasis, escapes and the signs that part it from what follows."""
    text = _BROKEN.sub("", text)
    bare = re.sub(
        r"(?<!\\)(?:\*\*|__|`)|(?<![\w\\])[*_](?=\S)|(?<=[^\s\\])[*_](?!\w)", "", text.replace("\x00", " ")
    )
    bare = cleaned(re.sub(r"\\([\\`*_{}\[\]()#+.!|-])", r"\1", bare))
    bare = re.sub(r"[\s\-\u2013\u2014:;,|]+\Z", "", bare)
    return re.sub(r"(?<!\.)\.\Z", "", bare).strip(' "\u201c\u201d')


def _roles(links: list[ListedLink]) -> tuple[str | None, str | None, str | None]:
    """Return the addresses of paper, code and project page."""
    found: dict[str, str] = {}
    for link in links:
        address = safe_link(link.address.rstrip(".,"))
        if not address:
            continue
        if link.words & _CODE:
            role = "code"
        elif link.words & _PROJECT:
            role = "project"
        else:
            is_code = "paper" in found and "github.com/" in address
            role = "code" if is_code else "paper" if link.words & _PAPER or "paper" not in found else ""
        found.setdefault(role, address)
    return found.get("paper"), found.get("code"), found.get("project")


def listed_work(item: Item) -> FoundWork:
    """Return an item as a work to be looked up: a list gives no authors."""
    named = known_in(item.paper) if item.paper else {}
    arxiv = named.pop("arxiv", None)
    appearances: tuple[Appearance, ...] = (preprint(arxiv),) if arxiv else ()
    if named or not arxiv:
        identifiers: dict[str, Any] = dict(named)
        appearances += (Appearance(item.venue, item.year, url=None if named else item.paper, **identifiers),)
    return FoundWork(
        item.title,
        (),
        appearances,
        code=item.code,
        project=item.project,
        headings=item.headings,
        line=item.line,
    )
