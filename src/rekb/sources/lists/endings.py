"""Venue and year at the end of a title: ``**Title (ICML 2017)**``, ``[Title, CVPR'18](..)``."""

import re

from rekb.sources.lists.places import Place, short_place, whole_place
from rekb.sources.lists.references import dated_place
from rekb.sources.lists.words import role_of_label
from rekb.sources.well_known import is_well_known

_IN_BRACKETS = re.compile(r"\s*(?:\(([^()\[\]]{2,120})\)|\[([^()\[\]]{2,120})\])[.,;:\s]*\Z")
_LEFT_OPEN = re.compile(r"\s*[(\[]([^()\[\]]{0,60}(?:19|20)\d\d)[.,;:\s]*\Z")
"""A bracket that closes behind the words that are set apart, or nowhere: ``**Title (ICML 2017**)``."""
_PARTED = re.compile(r"(?:[.,;:]|\s[-\u2013\u2014|\uff5c])\s+([^.,;:()\[\]|]{2,40})\Z")
_YEAR = re.compile(r"(?:19|20)\d\d(?:[./-]\d{1,2}){0,2}")
_OF_KIND = re.compile(
    r"\s*[(\[]\s*(?:oral|spotlight|highlight|best paper(?: award)?|poster)\s*[)\]]\s*\Z", re.IGNORECASE
)
_ON_ARXIV = re.compile(r"arxiv\s*[:\s]\s*\d{4}\.\d{4,5}(?:v\d+)?", re.IGNORECASE)
_SERVERS = frozenset({"arxiv", "biorxiv", "medrxiv", "chemrxiv"})
_MOST_WORDS = 12
_FEWEST_LETTERS = 3


def parted_ending(title: str) -> tuple[str, Place | None]:
    """Return a title without the venue and year at its end, and these; None where it ends with neither."""
    bare = _OF_KIND.sub("", title)
    for form in (_IN_BRACKETS, _LEFT_OPEN):
        match = form.search(bare)
        if match is None:
            continue
        named = _in_brackets(next(filter(None, match.groups())).strip())
        if named is not None:
            return _with_title(title, bare[: match.start()], named)
    parted = _PARTED.search(bare)
    if parted is None:
        return title, None
    # Without brackets, words and a year may belong to the title: `The Great Storm, October 1987`.
    named = whole_place(parted[1])
    if named is None or not named.year or not is_well_known(named.venue):
        return title, None
    return _with_title(title, bare[: parted.start()], named)


def _with_title(title: str, before: str, named: Place) -> tuple[str, Place | None]:
    """Return what comes before a place, unless no title is left of it."""
    bare = before.rstrip(" .,;:-*_")
    letters = re.findall(r"[^\W\d_]", bare)
    if len(letters) < _FEWEST_LETTERS:
        return title, None
    # What the work is called is no venue: `ShapeLamps: A Data Set (ShapeLamps 2015)`.
    is_own_name = bool(named.venue) and named.venue.lower() in re.findall(r"[\w-]+", bare.lower())
    if is_own_name and not is_well_known(named.venue):
        return bare, Place("", named.year)
    return bare, Place(named.venue, named.year)


def _in_brackets(text: str) -> Place | None:
    """Return the place that words in brackets at the end of a title are."""
    if _YEAR.fullmatch(text):
        return Place("", int(text[:4]))
    if _ON_ARXIV.fullmatch(text):
        return Place("arXiv", None)
    for read in (short_place, whole_place, dated_place):
        named = read(text)
        if named is not None:
            return _believed(named)
    return None


def _believed(named: Place) -> Place | None:
    """Return a place that has a year, and a venue that reads like one or none."""
    if not named.year:
        return None
    if not named.venue:
        return named
    if _is_name(named.venue):
        return named
    return None


def _is_name(venue: str) -> bool:
    """Whether words with a year behind them are a venue and no remark: ``a look at moths from 1990``."""
    if venue.lower() in _SERVERS or is_well_known(venue):
        return True
    words = venue.split()
    if len(words) > _MOST_WORDS or role_of_label(venue.lower().split()):
        return False
    return bool(re.search(r"[A-Z]", words[0]))
