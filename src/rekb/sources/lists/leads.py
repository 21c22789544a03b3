"""What comes before a title: day, venue, remark: ``20181012 NIPS-18 Title``, ``ICLR'24 oral Title``."""

import re
import unicodedata
from dataclasses import dataclass

from rekb.sources.lists.pieces import BREAK, HOLE
from rekb.sources.lists.places import year_in
from rekb.sources.well_known import is_well_known

_QUOTES = "'\u2019\u2018`"
_DAY = r"(?P<day>(?:19|20)\d\d)(?:0[1-9]|1[0-2])(?:[0-3]\d)?(?![\d.])"
_NAME = r"[A-Za-z][A-Za-z&/.+]*(?:[ -][A-Za-z&/.+]+){0,3}?"
_NOTE = (
    r"(?P<note>(?:[\s-]*\(?\b(?:spotlight|oral|poster|workshops?|findings|demos?|tutorial|extended?|highlight"
    r"|best paper|short|long|main)\b\)?)*)"
)
_DATED = rf"(?P<venue>{_NAME})(?P<sign>[{_QUOTES}]|-|\s)(?P<year>(?:19|20)\d\d|\d\d){_NOTE}"
_WITH_A_WORD = re.compile(rf"(?:{_DAY}\s+)?{_DATED}(?:\s+[\w.-]+){{1,2}}[\s:,]*")
"""A venue with a word that no note is, such as a misspelled one: ``NeurIPS-18 workshp``."""
_PLACE = re.compile(rf"(?:{_DAY}\s+)?{_DATED}[:,]?\s+(?=[\w\"$\u201c]|\Z)", re.IGNORECASE)
_PLACE_OF_DAY = re.compile(
    rf"{_DAY}\s+(?P<venue>[A-Za-z][\w&/.+-]*){_NOTE}\s+(?=[\w\"$\u201c]|\Z)", re.IGNORECASE
)
_DAY_ALONE = re.compile(rf"{_DAY}\s*[:,|-]?\s+")
_YEAR_ALONE = re.compile(r"\W*((?:19|20)\d\d)\W*")
_DAY_AND_NAME = re.compile(rf"(?P<day>(?:19|20)\d\d)(?:\d{{4}}|\d\d)?\s+(?P<venue>{_NAME}){_NOTE}")
_NUMBERED = re.compile(rf"(?P<venue>{_NAME})(?:\s+[\w/.]*\d[\w/.]*)?\s+\((?P<year>(?:19|20)\d\d)\)")
"""A venue with a number and the year in brackets: ``CoRR abs/1412.3474 (2014)``."""
_OF_A_REMARK = re.compile(
    rf"(?:{_DAY}\s+)?(?P<venue>[A-Z][\w ]*[A-Z]{{2}}\w*)-(?P<year>\d\d)(?P<note>)\b", re.ASCII
)
_AT_THE_END = re.compile(r"(?P<venue>\b[A-Z]\w*[A-Z]\w*)-(?P<year>\d\d)(?P<note>)\Z", re.ASCII)
_EVENT = re.compile(
    r"[\w-]*\s?[\w-]*\s?\b(?:challenge|competition|tasks?|contest|workshop|track|report|dataset)\b",
    re.IGNORECASE,
)
"""What goes on from a venue and a year as a title does: ``NeurIPS 2020 Lamp Challenge``."""
_IN_CHINESE = re.compile(r"[\u3400-\u9fff]")
_TAG = re.compile(rf"\[([^\[\]{HOLE}{BREAK}]{{0,60}})\]\s*[:-]?\s*|\(([^()]{{0,40}}\d{{4}}[^()]{{0,8}})\)\s*")
_NUMBER = re.compile(r"\(?\d{1,3}[.)]\s+")
_DATE = re.compile(r"(?:19|20)\d\d[./-]\d{1,2}(?:[./-]\d{1,2})?\s*[:,|-]?\s*")
_EMPTIED = re.compile(rf"[\[(\s]*{HOLE}[\])\s]*[:|-]?\s*")
"""Where a link before the title stood."""
_FEWEST_WORDS = 3
_FEWEST_SIGNS = 4
_HALF = 50
_LONGEST_NAME = 4


@dataclass(frozen=True, slots=True)
class Lead:
    """What comes before a title, and where it ends."""

    tag: str
    """Year and venue in words that other parts read: ``NeurIPS 2018``, ``2018 arXiv``."""
    end: int


def without_tags(text: str) -> str:
    """Return a text without the tags, dates, numbers and signs before its title."""
    return text[lead_of(text)[0] :]


def lead_of(text: str) -> tuple[int, tuple[str, ...]]:
    """Return where a title begins, and what is in brackets before it."""
    position = 0
    tags: list[str] = []
    while position < len(text):
        tag = _TAG.match(text, position)
        forms = (_EMPTIED, _NUMBER, _DATE)
        other = next((match for form in forms if (match := form.match(text, position))), None)
        if tag:
            tags.append((tag[1] or tag[2] or "").strip())
            position = tag.end()
        elif other:
            if year_in(other[0]):
                tags.append(other[0])
            position = other.end()
        elif lead := lead_at(text, position):
            tags.append(lead.tag)
            position = lead.end
        elif _is_sign(text[position]):
            position += 1
        else:
            break
    return position, tuple(tags)


def _is_sign(character: str) -> bool:
    """Whether a character before a title is none of it: a space, a dash, a picture; ``\u221e`` is."""
    if character in "([\"\u201c'\u2018$\\":
        return False
    # A picture may be followed by a mark (M) that says how it is drawn, or by a colour of skin (Sk).
    if unicodedata.category(character)[0] in "ZCPM":
        return True
    return unicodedata.category(character) in ("So", "Sk")


def lead_at(text: str, position: int) -> Lead | None:
    """Return the day and the venue that stand at a position before a title; None where the title begins."""
    dated = _PLACE.match(text, position)
    if dated and _is_place(dated, text):
        return Lead(_named(dated), dated.end())
    of_day = _PLACE_OF_DAY.match(text, position)
    if of_day and is_well_known(of_day["venue"]):
        return Lead(f"{of_day['day']} {of_day['venue']}", of_day.end())
    day = _DAY_ALONE.match(text, position)
    if day:
        return Lead(day["day"], day.end())
    return None


def _is_place(match: re.Match[str], text: str) -> bool:
    """Whether words with a year are a venue and not how the title begins: ``COVID-19 in towns``."""
    venue = match["venue"]
    if _EVENT.match(text, match.end()):
        return False
    if is_well_known(venue):
        return True
    if match["sign"] not in _QUOTES:
        return False
    return bool(re.search(r"[A-Z].*[A-Z]", venue)) and len(venue.split()) < _FEWEST_WORDS


def _named(match: re.Match[str]) -> str:
    """Return a venue with its year in four digits, and what is said of its kind."""
    year = match["year"]
    if len(year) < len("2000"):
        century = "20" if int(year) < _HALF else "19"
        year = f"{century}{year}"
    note = match["note"].strip(" -()")
    return f"{match['venue']} {year} {note}".strip()


def begins_with_a_venue(text: str) -> bool:
    """Whether a line begins with a well-known venue and a year: ``KDD-14 Title``."""
    dated = _PLACE.match(text.strip())
    return dated is not None and is_well_known(dated["venue"]) and not _EVENT.match(text.strip(), dated.end())


def tag_before_link(text: str, label: str) -> str | None:
    """Return what comes before a link that is a title; None where it is running text.

    Args:
        text: what comes before the link on its line.
        label: the words of the link.
    """
    if not _is_long(label):
        return None
    before = " ".join(text.split()).strip(" *_")
    named = _named_before(before)
    if named is not None:
        return named
    is_dated = bool(re.match(r"(?:19|20)\d\d", before) and re.search(r":\Z|[A-Z]{2}-\d\d\Z", before))
    if is_dated or _IN_CHINESE.search(before):
        return _of_remark(before)
    return None


def _named_before(before: str) -> str | None:
    """Return the year and the venue that words before a title are; None where they say more."""
    if year := _YEAR_ALONE.fullmatch(before):
        return year[1]
    whole = re.fullmatch(rf"(?:{_DAY}\s+)?{_DATED}[\s:,]*", before)
    if whole and len(whole["venue"].split()) <= _LONGEST_NAME:
        return _named(whole)
    noted = _WITH_A_WORD.fullmatch(before)
    if noted and is_well_known(noted["venue"]):
        return _named(noted)
    numbered = _NUMBERED.fullmatch(before)
    if numbered:
        return f"{numbered['venue']} {numbered['year']}"
    by_day = _DAY_AND_NAME.fullmatch(before.rstrip(" ,"))
    if by_day:
        return f"{by_day['day']} {by_day['venue']}"
    return None


def _of_remark(before: str) -> str:
    """Return the venue and year with which a remark before a title begins."""
    year = re.match(r"(?:19|20)\d\d", before)
    # In Chinese, a sign may follow a word at once.
    spaced = re.sub(r"(?<=[\w])(?=[\u3400-\u9fff\uff00-\uffef])", " ", before)
    found = lead_at(f"{spaced} ", 0)
    named = _OF_A_REMARK.match(before) or _AT_THE_END.search(before)
    if named:
        return _named(named)
    if found is not None:
        return found.tag
    if year:
        return year[0]
    return ""


def _is_long(label: str) -> bool:
    """Whether the words of a link can be a title where they do not stand first."""
    if len(_IN_CHINESE.findall(label)) >= _FEWEST_SIGNS:
        return True
    return len(re.findall(r"[^\W\d_]{2,}", label)) >= _FEWEST_WORDS
