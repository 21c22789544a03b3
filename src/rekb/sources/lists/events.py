"""A Markdown text as a flat run of events: what opens, what closes, text and pictures, each with its line.

Markdown is read by markdown-it-py, HTML inside it by Python's own parser, so that a table or heading is the
same in both. Code is left out.
"""

import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from rekb.errors import SourceError
from rekb.sources.clean import is_markup

_MARKS = {"strong": "strong", "b": "strong", "em": "em", "i": "em", "ins": "ins", "u": "ins", "code": "code"}
_HIDDEN = frozenset({"script", "style", "pre", "template"})
_LONGEST_FORMULA = 200
_LONGEST_LINE = 12_000
_MOST_LINES = 25_000
"""Lines with words in them that a list may have."""
_MOST_SPANNED = 200
"""Rows or columns that a cell may take."""
_DEEPEST = 60
"""How deep Markdown may nest before it is taken as text."""


class Event(NamedTuple):
    """One step through a text."""

    kind: str
    """``open``, ``close``, ``text``, ``image`` or ``break``."""
    name: str = ""
    """The element's name as in HTML; for text, the text."""
    address: str = ""
    line: int = 1
    spans: tuple[int, int] = (1, 1)
    """Rows and columns of a cell."""


def events(text: str) -> Iterator[Event]:
    """Yield the events of a text in order.

    Raises:
        SourceError: for a text of more lines than a list has.
    """
    for token in _PARSER.parse(_shortened(without_comments(text))):
        if token.map:
            line = token.map[0] + 1
        else:
            line = 1
        if token.type == "inline":
            yield from _inline(token.children or [], line)
        elif token.type == "html_block":
            yield from html_events(token.content, line)
        elif token.nesting > 0:
            yield Event("open", token.tag, line=line)
        elif token.nesting < 0:
            yield Event("close", token.tag, line=line)


def _spans(tag: str, given: Mapping[str, str]) -> tuple[int, int]:
    """Return how many rows and columns a cell of a table takes."""
    if tag not in ("td", "th"):
        return 1, 1
    spans = []
    for name in ("rowspan", "colspan"):
        written = re.fullmatch(r"\s*([0-9]{1,3})\s*", given.get(name, ""))
        spans.append(min(max(int(written[1]), 1), _MOST_SPANNED) if written else 1)
    return spans[0], spans[1]


def without_comments(text: str) -> str:
    """Return a text without comments, each line where it was; one that never ends loses its sign only."""
    parts: list[str] = []
    position = 0
    while True:
        # What is in a comment is shown on no page, so it is no part of the list.
        start = text.find("<!--", position)
        if start >= 0:
            end = text.find("-->", start)
        else:
            end = -1
        if end < 0:
            break
        parts += [text[position:start], "\n" * text.count("\n", start, end)]
        position = end + 3
    parts.append(text[position:].replace("<!--", ""))
    return "".join(parts)


def _shortened(text: str) -> str:
    """Return a text whose lines are no longer than a line of a list can be: parsing one takes its square.

    Raises:
        SourceError: for more lines than a list has; each may become a part of its own, which takes time.
    """
    lines = []
    count = 0
    for line in text.splitlines():
        lines.append(line[:_LONGEST_LINE])
        count += bool(line) and not line.isspace()
    if count > _MOST_LINES:
        raise SourceError(
            f"the list has {count:,} lines, of which at most {_MOST_LINES:,} are read: split it into several"
        )
    return "\n".join(lines)


def _inline(tokens: list[Token], line: int) -> Iterator[Event]:
    """Yield the events inside a paragraph, a heading or a cell."""
    for token in tokens:
        # A line end inside a paragraph is a space in Markdown; two spaces before it make it a break.
        if token.type == "softbreak":
            line += 1
            yield Event("text", " ", line=line)
        elif token.type == "hardbreak":
            line += 1
            yield Event("break", line=line)
        elif token.type == "code_inline":
            yield Event("open", "code", line=line)
            yield Event("text", token.content, line=line)
            yield Event("close", "code", line=line)
        elif token.type == "html_inline":
            yield from _tag_or_word(token.content, line)
        elif token.type == "image":
            yield Event("image", token.content, str(token.attrGet("src") or ""), line)
        elif token.nesting > 0:
            yield Event("open", token.tag, str(token.attrGet("href") or ""), line)
        elif token.nesting < 0:
            yield Event("close", token.tag, line=line)
        elif token.content:
            yield Event("text", token.content, line=line)


_OF_LISTS = frozenset(
    {"details", "summary", "picture", "source", "video", "figure", "figcaption", "nobr", "wbr"}
)
"""Elements that lists have and registries do not."""


def _tag_or_word(text: str, line: int) -> Iterator[Event]:
    if _is_word(text):
        yield Event("text", text, line=line)
    else:
        yield from html_events(text, line)


def _is_word(tag: str) -> bool:
    """Whether what looks like an element is a word of a title: `Spores on <the> Wind`."""
    name = re.match(r"</?([a-z][a-z0-9]*)", tag, re.IGNORECASE)
    if name is None or name[1].lower() in _OF_LISTS:
        return False
    return not is_markup(tag)


class _Html(HTMLParser):
    """Reads one piece of HTML; what is not closed in it does no harm to the rest."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.found: list[Event] = []
        self._first = line
        self._hidden = 0

    def _at(self) -> int:
        """Return the line of the whole text that is being read."""
        return self._first + self.getpos()[0] - 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take in an element that opens."""
        # HTML allows an attribute without a value, which Python's parser gives as None.
        given = {name: value or "" for name, value in attrs}
        if tag in _HIDDEN:
            self._hidden += 1
        elif tag == "br":
            self.found.append(Event("break", line=self._at()))
        elif tag == "img":
            self.found.append(Event("image", given.get("alt", ""), given.get("src", ""), self._at()))
        else:
            self.found.append(Event("open", tag, given.get("href", ""), self._at(), _spans(tag, given)))

    def handle_endtag(self, tag: str) -> None:
        """Take in an element that closes."""
        if tag in _HIDDEN:
            # HTML of strangers may close what was never opened.
            self._hidden = max(0, self._hidden - 1)
        else:
            self.found.append(Event("close", tag, line=self._at()))

    def handle_data(self, data: str) -> None:
        """Take in text; its lines mean nothing in HTML."""
        if not self._hidden:
            self.found.append(Event("text", re.sub(r"\s+", " ", data), line=self._at()))


def html_events(text: str, line: int) -> list[Event]:
    """Return the events of a piece of HTML that begins on a line."""
    reader = _Html(line)
    reader.feed(text)
    reader.close()
    return reader.found


def mark_of(name: str) -> str:
    """Return how an element sets its text, or nothing."""
    return _MARKS.get(name, "")


def _formula(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - as markdown-it calls it
    """Take ``$..$`` as text: signs in a formula are no emphasis."""
    start = state.pos
    if state.src[start] != "$":
        return False
    # Bounded: else each dollar sign of a long line is followed by a search to its end.
    end = state.src.find("$", start + 1, start + _LONGEST_FORMULA)
    if end > 0:
        inside = state.src[start + 1 : end]
    else:
        inside = ""
    # `$5 or $6` is money: a formula has no space right inside its dollars.
    if not inside or inside != inside.strip():
        return False
    if not silent:
        state.push("text", "", 0).content = state.src[start : end + 1]
    state.pos = end + 1
    return True


def _parsed_once(state: StateCore) -> None:
    """Parse what is inside paragraphs and cells; what stands in a text more than once is parsed once.

    The addresses that the text defines (``[name]: address``) are known by then: the same words mean the same.
    """
    seen: set[str] = set()
    for token in state.tokens:
        if token.type != "inline":
            continue
        token.children = []
        if token.content not in seen:
            seen.add(token.content)
            state.md.inline.parse(token.content, state.md, state.env, token.children)


def _as_the_first(state: StateCore) -> None:
    """Give what stands in a text more than once what its first one was parsed to."""
    known: dict[str, list[Token] | None] = {}
    for token in state.tokens:
        if token.type == "inline":
            token.children = known.setdefault(token.content, token.children)


def _accepted(_url: str) -> bool:
    """Accept every address."""
    return True


def _parser() -> MarkdownIt:
    """Return the parser of Markdown with tables, formulas and HTML."""
    made = MarkdownIt("commonmark", {"html": True, "maxNesting": _DEEPEST})
    # GitHub's Markdown has both, CommonMark has neither.
    made.enable(["table", "strikethrough"])
    # Before `escape`: in a formula a backslash begins a command and protects no sign.
    made.inline.ruler.before("escape", "formula", _formula)
    # Cells of tables say the same again and again: the venue, the year, `yes`.
    made.core.ruler.at("inline", _parsed_once)
    # Last: the rule between changes what the first was parsed to.
    made.core.ruler.push("as_the_first", _as_the_first)
    # Addresses are checked where they are used, and are wanted as written.
    made.validateLink = _accepted  # type: ignore[method-assign, assignment]
    made.normalizeLink = str  # type: ignore[assignment, method-assign]
    return made


_PARSER = _parser()
