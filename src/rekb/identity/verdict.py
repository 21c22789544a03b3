"""The verdict on two descriptions: one work, two works, or a doubt that a person has to settle."""

import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum

from rekb.identity.people import AuthorLikeness, author_likeness
from rekb.identity.titles import TitleLikeness, is_distinctive, title_likeness
from rekb.model import Entry
from rekb.model.archives import is_archive_doi
from rekb.model.entry import UNKNOWN_AUTHORS, Author

_OF_ONE_VALUE = ("arxiv", "doi", "acl", "pmlr")
"""Schemes of which a work has one value as a rule; OpenReview gives each submission its own."""
_LATEST = 5
"""Years that may lie between a preprint and its publication."""
_NEAR = 2
"""Years that may lie between a conference paper and its article under another DOI."""

Pairs = frozenset[tuple[str, str]]


class Verdict(StrEnum):
    """What two descriptions speak of."""

    SAME = "same"
    DIFFERENT = "different"
    DOUBT = "doubt"


@dataclass(frozen=True, slots=True)
class Facts:
    """What sets one work apart from others."""

    title: str
    authors: tuple[Author, ...] = ()
    years: frozenset[int] = frozenset()
    """Of all its records that are known."""
    identifiers: Pairs = frozenset()
    """Scheme and value, spelled so that equal ones are equal."""
    pages: frozenset[str] = frozenset()
    addresses: frozenset[str] = frozenset()
    """Pages and repositories of the work, spelled so that equal ones are equal; see `plain_address`."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """A verdict and its reason."""

    verdict: Verdict
    why: str
    """A clause: ``the same doi identifier, 10.1000/x``."""


def facts_of(entry: Entry, identifiers: set[tuple[str, str]]) -> Facts:
    """Return the facts of an entry whose identifiers, those inside addresses included, are known."""
    return Facts(
        entry.title,
        known_authors(entry.authors),
        frozenset(record.year for record in entry.records),
        frozenset(identifiers),
        frozenset(record.pages for record in entry.records if record.pages),
        plain_addresses(_addresses(entry)),
    )


def _addresses(entry: Entry) -> Iterator[str]:
    """Yield the addresses of an entry's records, code and project; some may be empty."""
    for record in entry.records:
        yield record.url or ""
    if entry.links.code:
        yield entry.links.code.url
    yield entry.links.project or ""


def plain_addresses(addresses: Iterable[str]) -> frozenset[str]:
    """Return addresses without what says nothing of where they lead: ``github.com/a/b``."""
    found: set[str] = set()
    for address in addresses:
        if address:
            bare = re.sub(r"\Ahttps?://(?:www\.)?", "", address.lower())
            # git clones from `a/b.git` what GitHub shows at `a/b`.
            found.add(re.sub(r"(?:\.git)?/*\Z", "", bare))
    return frozenset(found)


def known_authors(authors: tuple[Author, ...]) -> tuple[Author, ...]:
    """Return authors without the placeholder of a draft whose authors nobody has named yet."""
    if authors == (UNKNOWN_AUTHORS,):
        return ()
    return authors


def compare(one: Facts, other: Facts) -> Assessment:
    """Return whether two descriptions speak of one work; the order of the two does not matter."""
    title = title_likeness(one.title, other.title)
    authors = author_likeness(one.authors, other.authors)
    # Sorted, since a set has another order in every run, and so would the reason.
    if shared := sorted(one.identifiers & other.identifiers):
        reason = "the same {} identifier, {}".format(*shared[0])
        # Without a title it is a bare identifier, given to be looked up.
        if not one.title or not other.title:
            return Assessment(Verdict.SAME, reason)
        return _of_one_identifier(reason, title, authors, one.title)
    if title is TitleLikeness.EQUAL:
        return _of_one_title(one, other, authors)
    return _of_two_titles(one, other, title, authors)


def _of_one_identifier(shared: str, title: TitleLikeness, authors: AuthorLikeness, text: str) -> Assessment:
    """Compare two works with a shared identifier, which is as likely to be a slip as the rest."""
    unlike_people = authors is AuthorLikeness.UNLIKE
    if title is TitleLikeness.UNLIKE:
        return Assessment(Verdict.DOUBT, f"{shared}, but another title{_also(authors)}")
    has_its_own_title = title is TitleLikeness.EQUAL and is_distinctive(text)
    if unlike_people and not has_its_own_title:
        return Assessment(Verdict.DOUBT, f"{shared}, but other authors")
    return Assessment(Verdict.SAME, shared)


def _also(authors: AuthorLikeness) -> str:
    if authors is AuthorLikeness.UNLIKE:
        return " and other authors"
    return ""


def _of_one_title(one: Facts, other: Facts, authors: AuthorLikeness) -> Assessment:
    conflict = _conflict(one, other)
    gap = _gap(one, other) or 0
    is_long_ago = gap > _LATEST
    if authors is AuthorLikeness.UNLIKE:
        reason = "the same title, but other authors"
        if conflict or is_long_ago or not is_distinctive(one.title):
            return Assessment(Verdict.DIFFERENT, reason)
        return Assessment(Verdict.DOUBT, reason)
    if authors is AuthorLikeness.SOME:
        return Assessment(Verdict.DOUBT, "the same title, but most authors are others")
    if conflict and is_long_ago:
        return Assessment(Verdict.DIFFERENT, "the same title, but another identifier, many years apart")
    against = _against(one, other, authors, conflict)
    if against:
        return Assessment(Verdict.DOUBT, f"the same title, but {against}")
    return Assessment(Verdict.SAME, "the same title")


def _against(one: Facts, other: Facts, authors: AuthorLikeness, conflict: str) -> str:
    """Return what speaks against one work although title and authors agree, or nothing."""
    are_people_unknown = authors is AuthorLikeness.UNKNOWN
    # arXiv gives all versions of a work one number, while a publisher may give a work a second DOI.
    if conflict == "arxiv" or (conflict and are_people_unknown):
        return f"another {conflict} identifier"
    gap = _gap(one, other) or 0
    if is_distinctive(one.title):
        return _against_a_title_of_its_own(conflict, gap)
    if conflict:
        return f"another {conflict} identifier"
    if _are_apart(one.pages, other.pages):
        return "other pages"
    is_elsewhere = _are_apart(one.addresses, other.addresses)
    if is_elsewhere and are_people_unknown:
        return "another address"
    return _years_apart(gap)


def _against_a_title_of_its_own(conflict: str, gap: int) -> str:
    """Return what speaks against one work whose title is hardly given twice: only that it is long ago."""
    if conflict and gap > _NEAR:
        return f"another {conflict} identifier, {gap} years apart"
    if gap > _LATEST:
        return _years_apart(gap)
    return ""


def _years_apart(gap: int) -> str:
    if gap == 0:
        return ""
    return f"{gap} years apart"


def _of_two_titles(one: Facts, other: Facts, title: TitleLikeness, authors: AuthorLikeness) -> Assessment:
    """Compare two titles that differ, without a shared identifier: never one work, now and then a doubt."""
    another = Assessment(Verdict.DIFFERENT, "another title")
    if authors is not AuthorLikeness.SAME or _conflict(one, other):
        return another
    gap = _gap(one, other) or 0
    if title is TitleLikeness.ALIKE and gap <= _NEAR:
        return Assessment(Verdict.DOUBT, "nearly the same title, the same authors")
    if title is TitleLikeness.PART and gap <= 1:
        return Assessment(Verdict.DOUBT, "the same title but for a subtitle, the same authors")
    return another


def _gap(one: Facts, other: Facts) -> int | None:
    """Return the fewest years between any two records, or None where one side has none."""
    gaps = []
    for year in one.years:
        for another in other.years:
            gaps.append(abs(year - another))
    return min(gaps, default=None)


def _conflict(one: Facts, other: Facts) -> str:
    """Return the scheme by which two works have values that one work does not have together, or nothing."""
    for scheme in _OF_ONE_VALUE:
        if _are_apart(_values(one, scheme), _values(other, scheme)):
            return scheme
    return ""


def _are_apart(one: AbstractSet[str], other: AbstractSet[str]) -> bool:
    """Whether both sides name something, and nothing in common; what one side leaves out says nothing."""
    if not one or not other:
        return False
    return one.isdisjoint(other)


def _values(facts: Facts, scheme: str) -> set[str]:
    """Return a work's values of a scheme that can contradict another work's."""
    found: set[str] = set()
    for name, value in facts.identifiers:
        # The DOI of an archive contradicts no publisher's.
        says_nothing = scheme == "doi" and is_archive_doi(value)
        if name == scheme and not says_nothing:
            found.add(value)
    return found
