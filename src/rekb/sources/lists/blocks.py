"""The parts of a list: headings, paragraphs, bullets with what comes below them, rows of tables."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from rekb.sources.lists.cells import CellsOfTable
from rekb.sources.lists.events import Event, mark_of
from rekb.sources.lists.pieces import BREAK, Piece, Pieces, bold_start, is_seen, shortened, text_of

_FEWEST_WORDS_OF_A_TITLE = 3
"""Words from which on bold text is a title and no label."""
_MOST_PIECES = 400
"""Pieces after which no further line is joined to a bullet."""
_MOST_OPEN = 60
"""Lists and bullets in each other; what HTML nests deeper is read as the innermost of these."""
_SUMMARY_LEVEL = 7
"""Where ``<summary>`` is among headings: below all six."""
_HEADING = re.compile(r"h([1-6])\Z")
_ENDS_A_RUN = frozenset(
    {"p", "div", "center", "details", "blockquote", "section", "article", "dl", "dt", "dd", "hr", "tbody",
     "thead", "html", "body", "header", "main"}
)  # fmt: skip
# Chinese has no spaces between words, so its full-width signs end an address, too.
_NAMED = re.compile(
    r"https?://[^\s<>\"'\uff0c\u3002\uff1b\uff09\u3011]+"
    r"|\b(?:arxiv|doi)\s*[:\uff1a]\s*(?:\d{4}\.\d{4,5}(?:v\d+)?|10\.\d{4,9}/[^\s\"<>]+)",
    re.IGNORECASE,
)
"""An address, or an identifier with its scheme before it, in running text."""
# GitHub draws a picture for `:star:`; in a title such a name would be read as words.
_PICTURE = re.compile(r"(?<![\w/]):[a-z][a-z_]{2,30}:(?![\w/])")


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 7 is the summary of what can be opened."""

    level: int
    pieces: Pieces
    line: int


@dataclass(frozen=True, slots=True)
class Closed:
    """The end of a part that ``<details>`` opened."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; its lines are parted by breaks."""

    pieces: Pieces
    line: int


@dataclass(slots=True)
class Bullet:
    """A point of a list, with the parts that stand below it."""

    line: int
    pieces: Pieces = ()
    below: list["Block"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table."""

    head: tuple[str, ...]
    """The headings of its columns; empty where the table has none."""
    cells: tuple[Pieces, ...]
    line: int


Block = Heading | Closed | Paragraph | Bullet | Row


class _Builder:
    """Puts events together; the stack holds the lists and bullets that are open."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        # None stands for a list; its bullets follow it.
        self._open: list[Bullet | None] = []
        self._run: list[Piece] = []
        self._heading = 0
        self._table: CellsOfTable | None = None
        self._in_cell = False
        self._styles: list[str] = []
        self._address = ""
        self._line = 1

    def take(self, event: Event) -> None:
        """Take in one event."""
        self._line = event.line
        if event.kind == "open":
            self._opened(event)
        elif event.kind == "close":
            self._closed(event.name)
        elif event.kind == "break":
            self._add(BREAK)
        elif event.kind == "image":
            self._run.append(
                Piece(event.name, self._line, self._set(), self._address, event.address or "image")
            )
        else:
            self._words(event.name)

    def done(self) -> list[Block]:
        """Return all blocks."""
        self._flush()
        return self.blocks

    def _set(self) -> frozenset[str]:
        """Return how the next words are set."""
        return frozenset(self._styles)

    def _add(self, text: str, address: str = "", *, bare: bool = False) -> None:
        """Add words to the run."""
        if not text:
            return
        leads_to = address or self._address
        piece = Piece(text, self._line, self._set(), leads_to, bare=bare)
        self._run.append(piece)

    def _words(self, text: str) -> None:
        """Take in text; addresses in it are links, short names of pictures (``:star:``) are left out."""
        text = _PICTURE.sub(" ", text)
        if self._address:
            self._add(text)
            return
        position = 0
        for match in _NAMED.finditer(text):
            self._add(text[position : match.start()])
            address = match[0].rstrip(".,;:!?")
            while _closes_too_much(address):
                address = address[:-1].rstrip(".,;")
            self._add(address, _address(address), bare=True)
            position = match.start() + len(address)
        self._add(text[position:])

    def _opened(self, event: Event) -> None:
        """Take in an element that opens."""
        name = event.name
        if mark := mark_of(name):
            self._styles.append(mark)
        elif name == "a":
            self._address = event.address
        elif name in ("ul", "ol"):
            self._flush()
            if len(self._open) < _MOST_OPEN:
                self._open.append(None)
        elif name == "li":
            self._flush()
            self._begin_bullet()
        elif name in ("table", "tr", "td", "th"):
            self._table_part(name, event)
        elif match := _HEADING.match(name):
            self._flush()
            self._heading = int(match[1])
        elif name == "summary":
            self._flush()
            self._heading = _SUMMARY_LEVEL
        elif name in _ENDS_A_RUN:
            self._flush()

    def _closed(self, name: str) -> None:
        """Take in an element that closes."""
        mark = mark_of(name)
        if mark and mark in self._styles:
            self._styles.remove(mark)
        elif name == "a":
            self._address = ""
        elif name in ("ul", "ol"):
            self._flush()
            self._close_list()
        elif name == "li":
            self._flush()
            self._close_bullet()
        elif name in ("table", "tr", "td", "th"):
            self._table_end(name)
        elif name == "details":
            self._flush()
            self._place().append(Closed())
        elif _HEADING.match(name) or name == "summary" or name in _ENDS_A_RUN:
            self._flush()

    def _begin_bullet(self) -> None:
        """Put a new bullet where it belongs and make it the innermost."""
        # HTML need not close `<li>`, so the bullet before may still be open.
        if self._open and self._open[-1] is not None:
            self._open.pop()
        bullet = Bullet(self._line)
        self._place().append(bullet)
        self._open.append(bullet)

    def _close_bullet(self) -> None:
        """End the innermost bullet."""
        if self._open and self._open[-1] is not None:
            self._open.pop()

    def _close_list(self) -> None:
        """End the innermost list, and its bullet if that is open."""
        # HTML need not close `<li>`, so a list may end with a bullet open.
        while self._open and self._open.pop() is not None:
            continue

    def _place(self) -> list[Block]:
        """Return where the next block belongs: below the innermost bullet, else at the top."""
        bullets = []
        for part in self._open:
            if part is not None:
                bullets.append(part)
        if bullets:
            return bullets[-1].below
        return self.blocks

    def _table_part(self, name: str, event: Event) -> None:
        """Take in a table, a row or a cell that opens."""
        self._flush()
        # HTML of a list may hold a row without a table around it.
        if name == "table" or self._table is None:
            self._table = CellsOfTable()
        if name == "tr":
            self._end_row()
            self._table.line = self._line
        if name in ("td", "th"):
            self._in_cell = True
            self._table.is_head |= name == "th"
            self._table.begin_cell(*event.spans)

    def _table_end(self, name: str) -> None:
        """Take in a table, a row or a cell that closes."""
        self._flush()
        if name in ("td", "th"):
            self._in_cell = False
        else:
            self._end_row()
        if name == "table":
            self._table = None

    def _end_row(self) -> None:
        """Put the row that was read where it belongs."""
        table = self._table
        if table is None:
            return
        self._in_cell = False
        table.end_row()
        texts = tuple(" ".join(text_of(cell).split()) for cell in table.cells)
        # Markdown wants a head row, so lists without headings write an empty one.
        if table.is_head and any(texts):
            table.head = texts
        elif table.cells:
            self._place().append(Row(table.head, tuple(table.cells), table.line))
        table.cells = []
        table.is_head = False

    def _flush(self) -> None:
        """End the run of text and put it where it belongs."""
        run = _with_lines(shortened(tuple(self._run)))
        level = self._heading
        self._run = []
        self._heading = 0
        # Bold of HTML that is never closed ends with its paragraph, or the rest of the list would be bold.
        self._styles = []
        self._address = ""
        if not is_seen(run):
            return
        if self._in_cell:
            self._join_cell(run)
        elif level:
            self._place().append(Heading(level, run, _first_line(run)))
        elif self._open and self._open[-1] is not None:
            self._open[-1].pieces = _joined(self._open[-1].pieces, run)
        else:
            self._place().append(Paragraph(run, _first_line(run)))

    def _join_cell(self, run: Pieces) -> None:
        """Put a run into the cell that is open."""
        table = self._table
        if table is not None and table.cells:
            table.cells[table.at] = _joined(table.cells[table.at], run)


def _with_lines(run: Pieces) -> Pieces:
    """Return a run with the breaks that its lines mean where the first line is a bold title and nothing else.

    Markdown joins such lines by a space, but below a title each line is a fact of its own: names, the venue.
    """
    title = bold_start(run)
    if len(title.split()) < _FEWEST_WORDS_OF_A_TITLE:
        return run
    first = _first_line(run)
    for piece in run:
        if piece.line == first and piece.text.strip() and "strong" not in piece.styles:
            return run
    lines: list[Piece] = []
    line = first
    for piece in run:
        if piece.text == " " and piece.line > line:
            lines.append(piece._replace(text=BREAK))
        else:
            lines.append(piece)
        line = piece.line
    return tuple(lines)


def _first_line(run: Pieces) -> int:
    """Return the line on which a run shows something first."""
    for piece in run:
        if is_seen((piece,)):
            return piece.line
    return 1


def _joined(before: Pieces, run: Pieces) -> Pieces:
    """Return two runs with a break between them."""
    if not before:
        return run
    if len(before) > _MOST_PIECES:
        return before
    end = Piece(BREAK, run[0].line)
    return (*before, end, *run)


def _closes_too_much(address: str) -> bool:
    """Whether an address ends with a bracket that the text around it opened."""
    opened = address.count("(") + address.count("[")
    closed = address.count(")") + address.count("]")
    if not address.endswith((")", "]")):
        return False
    return closed > opened


def _address(address: str) -> str:
    """Return where a bare address or identifier leads."""
    if address.lower().startswith("http"):
        return address
    value = address.replace("\uff1a", ":").partition(":")[2].strip()
    if value.startswith("10."):
        return f"https://doi.org/{value}"
    return f"https://arxiv.org/abs/{value}"


def blocks(events: Iterable[Event]) -> list[Block]:
    """Return the parts of a text."""
    builder = _Builder()
    for event in events:
        builder.take(event)
    return builder.done()
