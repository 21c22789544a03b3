"""Which parts of a list are works, and what comes below them: bullets, paragraphs, rows of tables."""

import re
from collections.abc import Iterator, Sequence

from rekb.errors import NoWorkError, SourceError
from rekb.sources.clean import cleaned
from rekb.sources.lists.blocks import Block, Bullet, Closed, Heading, Paragraph, Row, blocks
from rekb.sources.lists.events import events
from rekb.sources.lists.items import Item, is_fact, read_pieces, with_names_for_venue
from rekb.sources.lists.named import bold_words, is_named_apart, names_a_paper
from rekb.sources.lists.people import names_in
from rekb.sources.lists.pieces import BREAK, Pieces, links_of, text_of
from rekb.sources.lists.signs import (
    is_in_a_run,
    is_titled,
    is_work,
    is_work_below,
    names_a_work,
    parted_works,
)
from rekb.sources.lists.tables import holds_a_paper, read_row
from rekb.sources.lists.words import is_date, is_file_of_a_paper, is_navigation, role_of_label

Found = tuple[int, Item | SourceError]
_LABEL_LEVEL = 8
"""Where a bullet or a bold line that names a group is among headings."""
_SECTION = r"(?!(?:19|20)\d\d\b)\d+(?:\.\d+)*[.)]?\s+(?=[^\W\d])"
"""The number of a section; `2020 and before` begins with a year."""
_FEWEST_CITED = 3
"""Works cited by several family names from which on one name alone is no venue in that list."""
_MOST_FACTS = 40
"""Parts behind a work that may be about it."""


def read_list(text: str) -> Iterator[Found]:
    """Yield the works of a list in order, each with its line; a bullet that names none gives an error."""
    found = list(_Reading().read(blocks(events(text))))
    is_by_names = sum(_is_cited_by_names(item) for _, item in found)
    for line, item in found:
        if isinstance(item, Item) and is_by_names >= _FEWEST_CITED:
            yield line, with_names_for_venue(item)
        else:
            yield line, item


def _is_cited_by_names(item: Item | SourceError) -> bool:
    """Whether a list names a work by several family names: ``Title - Berg, Chen (1970)``."""
    if isinstance(item, SourceError) or item.venue:
        return False
    # A given name would stand behind a space or a comma.
    family = []
    for name in item.authors:
        if re.fullmatch(r"[^\s,]+", name):
            family.append(name)
    several = len(item.authors) > 1
    return several and len(family) == len(item.authors)


def title_of_list(text: str) -> str:
    """Return the first heading of the first level, if it is plain text; empty where there is none."""
    for part in blocks(events(text)):
        if not isinstance(part, Heading):
            continue
        words = heading_words(part.pieces)
        is_plain = not re.search(r"[<>]", words)
        is_title = part.level == 1 and not is_navigation(words)
        if is_title and is_plain:
            return words
    return ""


class _Reading:
    """Walks through the parts of a list and remembers what they stand under."""

    def __init__(self) -> None:
        self._headings: dict[int, str] = {}
        # The level of a heading whose part names no works.
        self._passed_over: int | None = None

    def read(self, parts: Sequence[Block], depth: int = 0) -> Iterator[Found]:
        """Yield the works of some parts."""
        position = 0
        # Behind the facts that were looked at last: each part is asked once whether it is one.
        end = 0
        while position < len(parts):
            part = parts[position]
            position += 1
            if isinstance(part, Heading):
                end = _end_of_facts(parts, position, end)
                below = min(end - position, _MOST_FACTS)
                yield from self._heading(part, parts[position : position + below])
                position += below if is_titled(part) else 0
            elif isinstance(part, Closed):
                # A `<summary>` is a heading for what is inside its `<details>` only.
                self._end(7)
            elif self._passed_over is not None:
                continue
            elif isinstance(part, Row):
                yield from self._row(part)
            elif isinstance(part, Bullet):
                yield from self._bullet(part, depth)
            else:
                end = _end_of_facts(parts, position, end)
                below = min(end - position, _MOST_FACTS)
                is_work = names_a_work(part.pieces, parts[position : position + below]) or is_in_a_run(
                    parts, position - 1
                )
                if is_work:
                    yield self._work(part.pieces, parts[position : position + below], part.line)
                    position += below
                elif names_a_paper(part.pieces):
                    yield part.line, _passed_over(part)
                else:
                    self._bold_line(part, parts[position : position + 1])

    def _under(self) -> tuple[str, ...]:
        """Return the headings that a work is under, outermost first; `Contents` says nothing of it."""
        found = []
        for level in sorted(self._headings):
            heading = self._headings[level]
            if not is_navigation(heading):
                found.append(heading)
        return tuple(found)

    def _end(self, level: int) -> None:
        """Forget the headings of a level and below."""
        for deeper in list(self._headings):
            if deeper >= level:
                del self._headings[deeper]
        if self._passed_over is None:
            return
        if level <= self._passed_over:
            self._passed_over = None

    def _heading(self, heading: Heading, below: Sequence[Block]) -> Iterator[Found]:
        """Take in a heading; one that is the title of a work gives the work."""
        if is_titled(heading):
            if self._passed_over is None or heading.level <= self._passed_over:
                self._end(heading.level)
                yield self._work(heading.pieces, below, heading.line)
            return
        self._end(heading.level)
        words = heading_words(heading.pieces)
        self._headings[heading.level] = words
        if is_navigation(words):
            self._passed_over = self._passed_over or heading.level
        elif words and not is_date(words):
            # Works may stand below `# Contents`, one level down.
            self._passed_over = None

    def _work(self, lead: Pieces, below: Sequence[Block], line: int) -> Found:
        """Return the work that some pieces name, or why they name none."""
        facts: list[Pieces] = []
        for part in below:
            facts += _facts(part)
        try:
            return line, read_pieces(lead, facts, self._under(), line)
        except SourceError as error:
            return line, error

    def _row(self, row: Row) -> Iterator[Found]:
        """Yield the work of a row, or why a row with the link of a paper is none."""
        item = read_row(row, self._under())
        if item is not None:
            yield row.line, item
        elif holds_a_paper(row):
            yield row.line, _row_passed_over(row)

    def _bullet(self, bullet: Bullet, depth: int) -> Iterator[Found]:
        """Yield the works of a bullet and of what comes below it."""
        if is_contents(bullet):
            return
        several = parted_works(bullet.pieces)
        if several:
            for pieces in several:
                yield self._work(pieces, [], bullet.line)
        elif is_work(bullet.pieces, bullet.below):
            yield self._work(bullet.pieces, [b for b in bullet.below if not is_work_below(b)], bullet.line)
            yield from self.read([b for b in bullet.below if is_work_below(b)], depth + 1)
        elif bullet.below:
            yield from self._group(bullet, depth)
        elif text_of(bullet.pieces).strip():
            yield (
                bullet.line,
                NoWorkError(f"this line names no work: {cleaned(text_of(bullet.pieces))[:60]!r}"),
            )

    def _group(self, bullet: Bullet, depth: int) -> Iterator[Found]:
        """Yield the works below a bullet that only names them together."""
        level = _LABEL_LEVEL + depth
        self._end(level)
        if words := heading_words(bullet.pieces):
            self._headings[level] = words
        yield from self.read(bullet.below, depth + 1)
        if words:
            self._end(level)

    def _bold_line(self, paragraph: Paragraph, behind: Sequence[Block]) -> None:
        """Take a line in bold before a list as a heading."""
        words = text_of(paragraph.pieces).strip()
        if not words or BREAK in words:
            return
        is_before_works = bool(behind) and isinstance(behind[0], Bullet | Row)
        if not is_before_works:
            return
        for piece in paragraph.pieces:
            if "strong" not in piece.styles and piece.text.strip(" :\uff1a"):
                return
        self._end(_LABEL_LEVEL - 1)
        self._headings[_LABEL_LEVEL - 1] = heading_words(paragraph.pieces)


def _passed_over(paragraph: Paragraph) -> NoWorkError:
    """Return what is said of running text that holds a title with a link to its paper."""
    words = cleaned(text_of(paragraph.pieces))[:60]
    return NoWorkError(f"running text is passed over: {words!r}; begin the line with `- ` if it names a work")


def _row_passed_over(row: Row) -> NoWorkError:
    """Return what is said of a row that holds a link to a paper, in a table that lists something else."""
    words = cleaned(" | ".join(text_of(cell) for cell in row.cells))[:60]
    return NoWorkError(f"this row names no work: {words!r}; call a column of the table `Title` if it does")


def heading_words(pieces: Pieces) -> str:
    """Return the words of a heading, without pictures, numbers and signs around them."""
    # A heading may hold links to parts of the page: `Title ([back](#top))`.
    visible = tuple(piece for piece in pieces if not piece.address.startswith("#"))
    if not re.search(r"\w{2}", text_of(visible)):
        visible = tuple(pieces)
    shown = _without_linked_remark(visible)
    bare = cleaned(re.sub(r"[(\[]\s*[)\]]", "", shown)).rstrip("#").strip()
    bare = re.sub(rf"^[^\w(]*(?:{_SECTION})?[^\w(]*", "", bare) or bare
    return bare.strip(" .:\uff1a*")


def _without_linked_remark(pieces: Pieces) -> str:
    """Return the text of a heading without a remark in brackets with a link: ``Lamps (more: ..)``."""
    text = text_of(pieces)
    remark = re.search(r"(?<=\w)\s*\([^()]*\)\s*\Z", text)
    if remark is None:
        return text
    for link in links_of(pieces):
        if remark.start() <= link.start and link.address.startswith("http"):
            return text[: remark.start()]
    return text


def is_contents(bullet: Bullet) -> bool:
    """Whether a bullet is a line of contents: its links lead to parts of this page or to files beside it."""
    links = links_of(bullet.pieces)
    for link in links:
        if not _is_inside(link.address):
            return False
    if links:
        return True
    below = []
    for part in bullet.below:
        if isinstance(part, Bullet):
            below.append(part)
    if not below:
        return False
    return all(map(is_contents, below))


def _is_inside(address: str) -> bool:
    """Whether an address leads to a part of this page or to a file beside it."""
    is_file = not re.match(r"[a-z][a-z0-9+.-]*:|//", address, re.IGNORECASE)
    if address.startswith("#"):
        return True
    if not is_file:
        return False
    # A paper may be a file beside the list; other files there are further pages of the list.
    return not is_file_of_a_paper(address)


def _facts(part: Block) -> list[Pieces]:
    """Return the lines of a part and of what comes below it."""
    if isinstance(part, Paragraph):
        return [part.pieces]
    if not isinstance(part, Bullet):
        return []
    found = [part.pieces]
    for inner in part.below:
        found += _facts(inner)
    return found


def _end_of_facts(parts: Sequence[Block], start: int, known: int) -> int:
    """Return the position behind the parts from `start` on that are about the work before them.

    Args:
        parts: the parts.
        start: the position of the first of them.
        known: what this gave for an earlier position.
    """
    end = max(start, known)
    if known < start:
        while end < len(parts) and _tells_of_the_one_before(parts[end]):
            end += 1
    return end


def _tells_of_the_one_before(part: Block) -> bool:
    """Whether a part belongs to the work before it."""
    if isinstance(part, Paragraph):
        return _is_line_of_facts(part.pieces)
    if not isinstance(part, Bullet):
        return False
    is_alone = not part.below and not _is_plain_note(part)
    if not is_alone:
        return False
    return is_fact(part.pieces)


def _is_plain_note(bullet: Bullet) -> bool:
    """Whether a bullet is a remark: no link, no label, no names."""
    text = text_of(bullet.pieces)
    if links_of(bullet.pieces):
        return False
    if re.search(r"[:\uff1a]", text):
        return False
    return not names_in(text)


def _is_line_of_facts(pieces: Pieces) -> bool:
    """Whether a paragraph holds only links with labels, or names."""
    text = text_of(pieces).strip()
    starts_bold = bool(bold_words(pieces)[0])
    links = links_of(pieces)
    if not links:
        if starts_bold:
            return False
        return bool(names_in(text, 1))
    for link in links:
        if not role_of_label(link.words, link.label):
            return False
    # A name in bold is another work, or something beside it, and no label of the links behind it.
    if is_named_apart(pieces):
        return False
    is_short = len(text.split()) <= len(links) * 2 + 1
    if is_short:
        return True
    return not starts_bold


def read_item(bullet: str, headings: tuple[str, ...] = (), line: int = 1) -> Item:
    """Return the work that a line names.

    Raises:
        NoWorkError: for a line without a title, or with neither link nor venue.
    """
    for part in blocks(events(f"- {bullet}")):
        if isinstance(part, Bullet):
            return read_pieces(part.pieces, [p for b in part.below for p in _facts(b)], headings, line)
    raise NoWorkError(f"this line names no work: {cleaned(bullet)[:60]!r}")
