"""Venue and year as lists name them: ``ICML 2024``, ``[MICCAI, 2024]``, ``NeurIPS'23 Oral``, a badge."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import unquote

from rekb.sources.lists.people import CUT_WORD, parted_venue
from rekb.sources.lists.pieces import BREAK, HOLE
from rekb.sources.lists.styled import StyledText
from rekb.sources.lists.words import role_of_label
from rekb.sources.well_known import is_well_known

_QUOTE = "'\u2019\u2018`"
_DIGIT = r"(?<=[A-Za-z])\d(?=[A-Za-z])"
"""A digit inside a word, as in ``TF2M``."""
_VENUE = rf"(?P<venue>[^\W\d_](?:[^\d{_QUOTE}()\[\]*|{HOLE}{BREAK}\uff5c]|{_DIGIT}){{0,100}}?)"
_BETWEEN = rf"[\s,.:@{_QUOTE}\u2013-]*"
_LONG_YEAR = r"(?:19|20)\d\d(?:[./-]\d{1,2}){0,2}(?!\d)"
_YEAR = rf"(?P<year>{_LONG_YEAR}|(?<=[{_QUOTE}])\d{{1,2}}(?!\d)|(?<=[{_QUOTE}] )\d{{2}}(?!\d))"
_MORE = rf"[{_QUOTE}]?(?P<more>(?:[\s,-]*\([^()\d]{{0,30}}\)|[^\d()\[\]|{HOLE}{BREAK}]){{0,40}}?)"
_PLACE = rf"{_VENUE}{_BETWEEN}{_YEAR}{_MORE}"
_WHOLE = re.compile(rf"\W{{0,3}}{_PLACE}\W{{0,3}}")
_IN_BRACKETS = (
    re.compile(rf"\[\s*{_PLACE}\s*\]"),
    re.compile(rf"\(\s*{_PLACE}\s*\)"),
    re.compile(rf"[\[(]\s*(?P<year>{_LONG_YEAR})[\s,:-]+{_VENUE}(?P<more>)\s*[\])]"),
    re.compile(r"[\[(]\s*(?P<venue>[A-Z]{3,8})(?P<year>\d\d)(?P<more>)\s*[\])]"),
)
_END = rf"\s*(?=[\[(]?\s*[{HOLE}{BREAK}|\uff5c]|\Z)"
# U+FF5C is the full-width bar of Chinese lists.
_PARTED = re.compile(r"[.,;?!]\s+|\s[-\u2013\u2014|\uff5c]\s*|,|[|\uff5c]\s*")
"""What parts a title from the venue behind it."""
_TAIL = re.compile(rf"{_PLACE}[.,;]?{_END}")
_BEHIND = re.compile(rf"[\s.,;:\u2013\u2014-]*{_VENUE}{_BETWEEN}\(?{_YEAR}\)?{_MORE}[.,;]?{_END}")
_YEAR_ALONE = re.compile(rf"(?:[(\[]\s*|,\s*|\.\s+)(?P<venue>)(?P<year>{_LONG_YEAR})(?P<more>)\s*[)\].,]*")
_SHORT_YEAR = re.compile(r"(?P<venue>[A-Za-z][A-Za-z/&+]*)[\s-]*(?P<year>\d\d)")
"""A venue that many know with a year of two digits: ``ICML-17``, ``CVPR19``."""
_DIGIT_FIRST = re.compile(r"(?P<venue>\d[A-Z]{2,8})[\s'-]*(?P<year>(?:19|20)\d\d)")
"""A venue that begins with a digit: ``3DV 2019``."""
_MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?|spring|summer|autumn|fall|winter)"
)
_MONTH = re.compile(_MONTHS, re.IGNORECASE)
_MONTH_BEHIND = re.compile(rf"[\s,.(-]*\b{_MONTHS}\b[\s,.-]*\Z", re.IGNORECASE)
_BEFORE = re.compile(
    r"(?:(?:accepted|published|appeared|presented|to appear|proc(?:eedings|\.)?|to|at|in|by|on|of|the)\s+)+",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    r"\b(?:workshops?|findings|tutorials?|demos?|demonstrations?|companion|industry|(?:\w+ )?track)\b",
    re.IGNORECASE,
)
"""Words of what happens beside a venue: they are part of its name."""
# The last part of the address of a badge is its colour.
_COLOUR = re.compile(r"-(?:[0-9a-fA-F]{3,8}|[a-z]+)(?:\.svg)?(?:\?.*)?\Z")
_NO_VENUES = frozenset(
    {
        "from",
        "in",
        "since",
        "until",
        "before",
        "after",
        "circa",
        "ca",
        "and",
        "to",
        "abs",
        "github",
        "stars",
        "last",
        "updated",
        "date",
        "papers",
        "paper",
        "code",
        "year",
    }
)
_REMEMBERED = 2048
"""Texts that are remembered: a list names few venues often."""
_MOST_WORDS = 12
_LONGEST_PLACE = 4
_MOST_PARTINGS = 60
_BARE_VENUE = re.compile(r"[A-Z][\w&/+.-]{1,20}(?: [A-Z&][\w&/+.-]{0,20}){0,3}")


@dataclass(frozen=True, slots=True)
class Place:
    """Where and when a work appeared, as a list says it, and where that is in the text."""

    venue: str
    year: int | None
    start: int = 0
    end: int = 0


def _made(match: re.Match[str], start: int | None = None) -> Place | None:
    """Return what a form found, or None for what is no venue."""
    venue = cleared_venue(match["venue"] or "")
    more = match["more"] or ""
    if beside := _BESIDE.search(more):
        venue = f"{venue} {beside[0]}"
    if venue.lower() in _NO_VENUES:
        return None
    if len(venue.split()) > _MOST_WORDS:
        return None
    begin = match.start()
    if start is not None:
        begin = start
    return Place(venue, _number(match["year"]), begin, match.end())


@lru_cache(_REMEMBERED)
def cleared_venue(text: str) -> str:
    """Return a venue without months, the words that lead to it and the authors before it."""
    venue = _MONTH_BEHIND.sub("", text)
    if re.match(r"[a-z]|In |Accept|Publ", venue.strip()):
        venue = _BEFORE.sub("", venue.strip(), count=1)
    venue = parted_venue(" ".join(venue.split()))[1]
    venue = venue.strip(" -,.:;@\u2013\u2014*_")
    if _MONTH.fullmatch(venue):
        return ""
    return venue


def _number(text: str) -> int | None:
    """Return a year of four or two digits; one digit is a year that was cut."""
    digits = re.match(r"\d+", text.strip())
    if digits is None or len(digits[0]) == 1:
        return None
    if len(digits[0]) > 2:  # noqa: PLR2004 - a year
        return int(digits[0])
    return _of_two_digits(int(digits[0]))


def _of_two_digits(number: int) -> int:
    """Return the year that two digits mean."""
    if number < 50:  # noqa: PLR2004 - half a century back and on
        return 2000 + number
    return 1900 + number


@lru_cache(_REMEMBERED)
def whole_place(text: str) -> Place | None:
    """Return the place that a text names if it names nothing else."""
    match = _WHOLE.fullmatch(text.strip())
    if match:
        return _made(match)
    return None


def is_place(text: str) -> bool:
    """Whether a text is short and names a place only: a title may end with a year, too."""
    if not len(text.split()) <= _LONGEST_PLACE:
        return False
    return whole_place(text) is not None


def is_dated_name(text: str) -> bool:
    """Whether a text is a name that no venue has, with a year in brackets: ``MothNet (2018)``."""
    match = re.fullmatch(r"([^()]*[^\W\d_][^()]*?)\s*\((?:19|20)\d\d\)", text.strip())
    return match is not None and not is_well_known(match[1])


def bare_venue(text: str) -> str:
    """Return a venue that is alone without a year: ``TACL``; else nothing."""
    name = text.strip(" .,;:*_`[]()")
    if not _BARE_VENUE.fullmatch(name) or role_of_label(name.lower().split()):
        return ""
    return name


def known_place(text: str) -> Place | None:
    """Return the place that a well-known venue without a year is."""
    name = text.strip(" .,;:*_`[]()")
    if is_well_known(name):
        return Place(name, None)
    return None


def year_in(text: str) -> int | None:
    """Return the first year in a text."""
    match = re.search(r"(?<!\d)(?:19|20)\d\d(?!\d)", text)
    if match:
        return int(match[0])
    return None


def places_in(styled: StyledText, start: int = 0) -> Iterator[Place]:
    """Yield the places that a text names from a position on, surest first."""
    if "[" in styled.text or "(" in styled.text:
        for form in _IN_BRACKETS:
            yield from _found(form, styled, start)
    for style in ("code", "ins", "em", "strong"):
        for begin, end in styled.spans(style):
            if begin >= start:
                named = whole_place(styled.text[begin:end])
            else:
                named = None
            if named:
                yield Place(named.venue, named.year, begin, end)
    yield from _underlined(styled, start)
    yield from _lines(styled, start)
    yield from _tails(styled, start)
    yield from _found(_YEAR_ALONE, styled, start)


def _found(form: re.Pattern[str], styled: StyledText, start: int) -> Iterator[Place]:
    """Yield what a form finds, the last first."""
    matches = list(form.finditer(styled.text, start))
    # Lists write the venue behind the title, so the last place of a line is the venue more often.
    for match in reversed(matches):
        if made := _made(match):
            yield made


def _tails(styled: StyledText, start: int) -> Iterator[Place]:
    """Yield what ends the text before a link, the shortest first: ``Title. ICML 2020. [paper]``."""
    partings = list(_PARTED.finditer(styled.text, start))[-_MOST_PARTINGS:]
    for parting in reversed(partings):
        match = _TAIL.match(styled.text, parting.end())
        if match is None:
            continue
        if CUT_WORD.search(styled.text, 0, parting.end()):
            continue
        made = _made(match, parting.start())
        if made is not None:
            yield made


def _underlined(styled: StyledText, start: int) -> Iterator[Place]:
    """Yield a venue that is underlined and has no year: ``<ins>arXiv, ICML</ins>``."""
    for begin, end in styled.spans("ins"):
        venue = bare_venue(styled.text[begin:end].rpartition(",")[2])
        if venue and begin >= start:
            yield Place(venue, None, begin, end)


def _lines(styled: StyledText, start: int) -> Iterator[Place]:
    """Yield what is on a line of its own below the first."""
    first, *others = styled.text.split(BREAK)
    position = len(first) + 1
    for line in others:
        begin = position
        end = begin + len(line)
        position = end + 1
        if begin < start:
            continue
        before_links = line.split(HOLE)[0]
        named = whole_place(before_links)
        if named is not None:
            yield Place(named.venue, named.year, begin, end)
        elif HOLE in line and bare_venue(before_links) and not goes_on_behind(line.rpartition(HOLE)[2]):
            yield Place(bare_venue(before_links), None, begin, end)


def short_place(text: str) -> Place | None:
    """Return the place of forms that mean something else in running text: ``ICML-17``, ``3DV 2019``."""
    short = _SHORT_YEAR.fullmatch(text)
    if short and is_well_known(short["venue"]):
        return Place(short["venue"], _of_two_digits(int(short["year"])))
    begun = _DIGIT_FIRST.fullmatch(text)
    if begun:
        return Place(begun["venue"], int(begun["year"]))
    return None


def known_behind(styled: StyledText, start: int) -> Place | None:
    """Return the well-known venue that is all that stands behind a title: ``**Title.** TACL. [paper]``."""
    rest = re.split(rf"[{HOLE}{BREAK}|\uff5c]", styled.text[start:])[0].strip(" .,;:()[]*_\u2013\u2014-")
    return short_place(rest) or known_place(rest)


def venue_in_italics(styled: StyledText, start: int) -> Place | None:
    """Return the venue in italics with its volume or pages behind it: ``*Journal of Moths*, 12(3)``."""
    for begin, end in styled.spans("em"):
        venue = styled.text[begin:end].strip(" .,;:")
        is_numbered = re.match(
            r"[\s,.]*(?:vol\.?\s*\d|\d{1,4}\s*(?:\(\d|[,:]\s*\d))", styled.text[end:], re.IGNORECASE
        )
        is_name = re.match(r"[A-Z][^\d()\[\]]*\Z", venue) and len(venue.split()) <= _MOST_WORDS
        if begin >= start and is_numbered and is_name:
            return Place(venue, None, begin, end)
    return None


def goes_on_behind(text: str) -> bool:
    """Whether a sentence goes on behind a link: ``[MothNet](address) is a model of moths``."""
    return bool(re.match(r"[\s\])*_]*[,(]?\s*[a-z]{2}|\W*\w+(?:\s+\w+){6}", text))


def place_behind(styled: StyledText, start: int) -> Place | None:
    """Return the place that comes right after a title: ``**Title** arXiv 2024. [paper]``."""
    match = _BEHIND.match(styled.text, start)
    if match:
        return _made(match, start)
    return None


def place_of_badges(images: list[str]) -> Place | None:
    """Return the place that a badge names; one of a venue before one of a preprint server."""
    preprint: Place | None = None
    for image in images:
        place = _of_badge(image)
        if place is None:
            continue
        if place.venue.lower() not in ("arxiv", ""):
            return place
        preprint = preprint or place
    return preprint


def _of_badge(address: str) -> Place | None:
    """Return the place that the address of one badge names."""
    match = re.search(r"img\.shields\.io/badge/([^?\s]+)", address)
    if not match:
        return None
    # shields.io writes a badge's text into its address: `-` parts it, `--` is a hyphen, `_` a space.
    words = _COLOUR.sub("", unquote(match[1]).removesuffix(".svg")).replace("--", "\u2010")
    words = re.sub(r"(?:conference|venue|publish\w*|journal)-", "", words, flags=re.IGNORECASE)
    words = re.sub(r"[-_]", " ", words).replace("\u2010", "-")
    named = whole_place(words)
    if named and not role_of_label(named.venue.lower().split()):
        return named
    if named and named.venue.lower() == "arxiv":
        return named
    return None
