"""Whether authors' free words beside a preprint name the venue at which the work was published."""

import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from rekb.model import Venue
from rekb.sources.well_known import well_known_venues
from rekb.sources.work import FoundWork

_PART = re.compile(r"[.;|]\s+")
"""What ends a statement: "9 pages. Accepted at ICML"."""
_NO_NEWS = re.compile(r"\b(?:submi\w+|under (?:\w+[ -]){0,2}review|style|template|format)\b", re.IGNORECASE)
"""A work that waits for its reviewers, or a text that only looks as a venue asks, is not published."""
_PUBLISHED = re.compile(
    r"\b(?i:accepted|appear(?:s|ed|ing)?|published|presented|publication|camera[- ]ready)\b[^.;]*?"
    r"\b(?i:to|at|by|in|for|of)\s+(?i:the\s+)?(?:[0-9]+(?:st|nd|rd|th)\s+)?(?=[A-Z])"
    # A part of the text, a language or a month is no venue.
    r"(?!(?i:table|fig|sec|app|supp|eng|chin|http|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec))"
)
"""What says it of a venue that nobody knows: "Accepted to Lamps 2026"."""
_LONGEST = 200
_CAPITALS = 2
"""Capitals by which a short name is seen in a sentence; `Cell` and `Science` are words as well."""


def remark_on_venue(work: FoundWork, venues: Mapping[str, Venue]) -> str | None:
    """Return what arXiv's comment says of a publication, for a person to read; None where it says nothing."""
    if not names_a_venue(work.remark, venues):
        return None
    return f"arXiv says: {work.remark[:_LONGEST]}"


def names_a_venue(remark: str, venues: Mapping[str, Venue]) -> bool:
    """Whether a remark says at which venue a work was published; "9 pages" and "submitted to ICML" do not.

    Args:
        remark: arXiv's comment.
        venues: the venues of the knowledge base; those that many fields know count, too.
    """
    if not remark:
        return False
    pattern = _named(frozenset(_spellings(venues)) | _known_spellings())
    for part in _PART.split(remark):
        if _NO_NEWS.search(part):
            continue
        if pattern.search(part) or _PUBLISHED.search(part):
            return True
    return False


def _spellings(venues: Mapping[str, Venue]) -> Iterator[str]:
    for venue in venues.values():
        if venue.kind in ("preprint", "web", "report"):
            continue
        for name in (venue.name, venue.short, *venue.accepts):
            if " " in name or sum(letter.isupper() for letter in name) >= _CAPITALS:
                yield name


@cache
def _known_spellings() -> frozenset[str]:
    """Return the spellings of the venues that many fields know."""
    return frozenset(_spellings(well_known_venues()))


@lru_cache(maxsize=2)
def _named(names: frozenset[str]) -> re.Pattern[str]:
    """Return what finds one of the names as it is written, also with a year behind it: ``ICML2024``."""
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    choices = "|".join(re.escape(name) for name in longest_first)
    # An address or a repository may hold the same letters.
    return re.compile(rf"(?<![\w/.@-])(?:{choices})(?![a-zA-Z_/@])(?!-[a-z])")
