"""Rows of tables: columns are known by their headings and, failing that, by what is in them."""

import re
from dataclasses import dataclass, replace

from rekb.errors import NoWorkError
from rekb.sources.identifiers import known_in
from rekb.sources.lists.blocks import Row
from rekb.sources.lists.items import Item, described, finished
from rekb.sources.lists.links import Links
from rekb.sources.lists.people import names_in
from rekb.sources.lists.pieces import Pieces, links_of, text_of
from rekb.sources.lists.places import bare_venue, known_place, whole_place, year_in
from rekb.sources.lists.titles import title_link
from rekb.sources.lists.words import is_blank, is_language, role_of_label

# The first that fits counts, so `Paper title` is looked for before `Paper`.
# Other languages are Chinese, French, Spanish, Portuguese, German, Italian, Japanese, Korean and Russian.
_COLUMNS: dict[str, str] = {
    "title": r"titles?\b|paper titles?"
    r"|\u6807\u9898|\u9898\u76ee|\u8bba\u6587\u540d\u79f0|\u8bba\u6587\u6807\u9898"
    r"|titre|t[\u00edi]tulo|titel|titolo|\u30bf\u30a4\u30c8\u30eb|\u8ad6\u6587\u540d|\u984c\u540d|\uc81c\ubaa9|\u043d\u0430\u0437\u0432\u0430\u043d\u0438\u0435|\u0437\u0430\u0433\u043e\u043b\u043e\u0432\u043e\u043a",
    "paper": r"papers?\b|articles?\b|publications?\b|works?\b|\u8bba\u6587|\u6587\u732e|references?\b"
    r"|art[\u00edi]culo|artigo|articolo|artikel|aufsatz|\u8ad6\u6587|\ub17c\ubb38|\u0441\u0442\u0430\u0442\u044c\u044f",
    "name": r"name|methods?\b|models?\b|approach|algorithm",
    "venue": r"venues?\b|conf(?:erence)?s?\b|journals?\b|published|publisher|pub\.?\b|source"
    r"|\u4f1a\u8bae|\u671f\u520a|\u53d1\u8868"
    r"|conf[\u00e9e]rence|revue|revista|confer[\u00eae]ncia|zeitschrift|konferenz|tagung|rivista"
    r"|\u4f1a\u8b70|\u5b66\u4f1a|\ud559\ud68c|\u043a\u043e\u043d\u0444\u0435\u0440\u0435\u043d\u0446\u0438\u044f|\u0436\u0443\u0440\u043d\u0430\u043b",
    "year": r"years?\b|dates?\b|time\b|when\b|\u5e74\u4efd?|\u65f6\u95f4|\u65e5\u671f"
    r"|ann[\u00e9e]e|a[\u00f1n]o\b|jahr|anno\b|\uc5f0\ub3c4|\u0433\u043e\u0434",
    "authors": r"authors?\b|\u4f5c\u8005"
    r"|auteur|autor(?:es|en|i)?\b|verfasser|\u8457\u8005|\uc800\uc790|\u0430\u0432\u0442\u043e\u0440",
    "code": r"codes?\b|github|repo\w*|implementation|\u4ee3\u7801|\u9879\u76ee"
    r"|quellcode|c[\u00f3o]digo|codice|\u30b3\u30fc\u30c9|\ucf54\ub4dc|\u043a\u043e\u0434",
    "links": r"links?\b|urls?\b|pdf|resources?|\u94fe\u63a5|\u5730\u5740|arxiv"
    r"|liens?\b|enlaces?|v[\u00edi]nculos?|collegament[oi]|\u30ea\u30f3\u30af|\ub9c1\ud06c|\u0441\u0441\u044b\u043b\u043a",
    "project": r"project|website|homepage|\u4e3b\u9875",
}
_FORMS = {name: re.compile(rf"\W*(?:{form})", re.IGNORECASE) for name, form in _COLUMNS.items()}
_MOST_WORDS_OF_A_LABEL = 2
_OF_WORKS = frozenset({"title", "paper", "name", "venue", "authors", "year"})
"""Columns of which a table of works has one."""


@dataclass(frozen=True, slots=True)
class _Columns:
    named: dict[str, int]
    """What a column holds, to its number."""

    def cell(self, row: Row, name: str) -> Pieces:
        """Return the cell of a row that holds something; empty where no column does."""
        number = self.named.get(name, -1)
        if 0 <= number < len(row.cells):
            return row.cells[number]
        return ()


def read_row(row: Row, headings: tuple[str, ...]) -> Item | None:
    """Return the work that a row names, or None for a row of something else."""
    columns = _columns(row)
    number = _title_column(row, columns)
    if number is None:
        return None
    # Without headings nothing says what a column holds, so its cells are read like lines below a title.
    if row.head:
        others = []
    else:
        others = [cell for place, cell in enumerate(row.cells) if place != number]
    item, addresses = described(row.cells[number], others, Item("", headings=headings, line=row.line))
    item = _with_columns(item, row, columns)
    _add_links(row, columns, number, addresses)
    if not addresses.found:
        return None
    try:
        return finished(item, addresses, item.title)
    except NoWorkError:
        return None


def holds_a_paper(row: Row) -> bool:
    """Whether a row that names no work as yet has words like a title and the link to a paper."""
    words = 0
    has_link = False
    for cell in row.cells:
        words = max(words, len(re.findall(r"[^\W\d_]{2,}", text_of(cell))))
        for link in links_of(cell):
            has_link |= bool(known_in(link.address))
    return has_link and words > _MOST_WORDS_OF_A_LABEL


def _columns(row: Row) -> _Columns:
    """Return which column holds what, by the headings."""
    named: dict[str, int] = {}
    for number, head in enumerate(row.head):
        for name, form in _FORMS.items():
            if form.match(head):
                named.setdefault(name, number)
                break
    return _Columns(named)


def _title_column(row: Row, columns: _Columns) -> int | None:
    """Return the column of titles: the one called so, else the one whose link or words read like a title."""
    linked = _longest_linked(row)
    for name in ("title", "paper"):
        cell = columns.cell(row, name)
        # `Publication` may head a column of venues: then the title is the link in another one.
        is_other = name == "paper" and linked is not None and _is_venue_only(cell)
        if not is_other and _reads_like_a_title(cell):
            return columns.named[name]
    is_of_works = not row.head or bool(columns.named.keys() & _OF_WORKS)
    if not is_of_works:
        # It is a table of something else, whose links are examples.
        return None
    if linked is not None:
        return linked
    for name in ("title", "name"):
        if text_of(columns.cell(row, name)).strip():
            return columns.named[name]
    return None


def _is_venue_only(cell: Pieces) -> bool:
    """Whether a cell holds a venue and no link: ``GCPR``, ``CVPR 2020``."""
    text = " ".join(text_of(cell).split())
    if links_of(cell):
        return False
    return bool(known_place(text) or whole_place(text) or bare_venue(text))


def _longest_linked(row: Row) -> int | None:
    """Return the column whose link has the most words of a title."""
    best: int | None = None
    most = 0
    for number, cell in enumerate(row.cells):
        length = len(text_of(cell).split())
        if length <= most or not _reads_like_a_title(cell):
            continue
        if title_link(links_of(cell), text_of(cell)) is not None:
            best = number
            most = length
    return best


def _reads_like_a_title(cell: Pieces) -> bool:
    """Whether a cell has more words than its labels of links."""
    words = re.findall(r"[^\W\d_]{2,}", text_of(cell))
    if not words or is_blank(text_of(cell)) or is_language(text_of(cell)):
        return False
    if len(words) > _MOST_WORDS_OF_A_LABEL:
        return True
    return not role_of_label(map(str.lower, words))


def _with_columns(item: Item, row: Row, columns: _Columns) -> Item:
    """Return an item with what the columns of venue, year and authors say."""
    text = " ".join(text_of(columns.cell(row, "venue")).split())
    beside = columns.cell(row, "paper")
    if not text and _is_venue_only(beside):
        text = " ".join(text_of(beside).split())
    dated = year_in(text_of(columns.cell(row, "year")))
    year = item.year or dated
    venue = "" if is_blank(text) else bare_venue(text) or _venue_text(text)
    place = whole_place(text)
    if place is not None:
        venue = place.venue
        year = place.year or year
    authors = item.authors
    if not authors:
        authors = names_in(text_of(columns.cell(row, "authors")), 1)
    return replace(item, venue=venue or item.venue, year=year, authors=authors)


def _venue_text(text: str) -> str:
    """Return the text of a column of venues where it reads like a name."""
    cell = text.strip(" -*_.`")
    if is_blank(text):
        return ""
    if re.match(r"[^\W\d_]{2}", cell) and len(cell.split()) <= 12:  # noqa: PLR2004 - words
        return cell
    return ""


def _add_links(row: Row, columns: _Columns, title: int, addresses: Links) -> None:
    """Take in the links of the other cells; a column's heading says what its links are."""
    roles = {}
    for name in ("code", "project"):
        if name in columns.named:
            roles[columns.named[name]] = name
    for number, cell in enumerate(row.cells):
        if number == title:
            continue
        for link in links_of(cell):
            if number in roles:
                addresses.add(roles[number], link.address)
            elif number in (columns.named.get("paper"), columns.named.get("links")) and not link.words - {
                "pdf"
            }:
                addresses.add("paper", link.address)
            else:
                addresses.add_link(link)
