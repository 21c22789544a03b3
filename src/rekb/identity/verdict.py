"""The verdict on two descriptions: one work, two works, or a doubt that a person has to settle."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from rekb.identity.people import AuthorLikeness, author_likeness
from rekb.identity.titles import TitleLikeness, is_distinctive, title_likeness
from rekb.model import Entry
from rekb.model.entry import UNKNOWN_AUTHORS, Author

_PREPRINT_DOIS = (
    "10.48550/", "10.1101/", "10.2139/", "10.5281/", "10.20944/", "10.21203/", "10.26434/", "10.31219/",
    "10.31234/", "10.36227/",
)  # fmt: skip
"""DOIs of preprint servers and archives: beside a publisher's DOI they contradict nothing."""
_TELLING = ("arxiv", "doi", "acl", "pmlr")
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
    """What tells one work from others."""

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
class Judgement:
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
    """Yield the addresses of an entry's records, code and project."""
    for record in entry.records:
        yield record.url or ""
    if entry.links.code:
        yield entry.links.code.url
    yield entry.links.project or ""


def plain_addresses(addresses: Iterable[str]) -> frozenset[str]:
    """Return addresses without what says nothing of where they lead: ``github.com/a/b``."""
    bare = (re.sub(r"\Ahttps?://(?:www\.)?", "", address.lower()) for address in addresses if address)
    found: set[str] = set()
    for address in bare:
        found.add(re.sub(r"(?:\.git)?/*\Z", "", address))
    return frozenset(found)


def known_authors(authors: tuple[Author, ...]) -> tuple[Author, ...]:
    """Return authors without the one that stands in a draft until somebody is named."""
    if authors == (UNKNOWN_AUTHORS,):
        return ()
    return authors


def compare(one: Facts, other: Facts) -> Judgement:
    """Return whether two descriptions speak of one work; the order of the two does not matter."""
    title = title_likeness(one.title, other.title)
    authors = author_likeness(one.authors, other.authors)
    if shared := sorted(one.identifiers & other.identifiers):
        reason = "the same {} identifier, {}".format(*shared[0])
        if not one.title or not other.title:  # a bare identifier, given to be looked up
            return Judgement(Verdict.SAME, reason)
        return _of_one_identifier(reason, title, authors, one.title)
    if title is TitleLikeness.EQUAL:
        return _of_one_title(one, other, authors)
    return _of_two_titles(one, other, title, authors)


def _of_one_identifier(shared: str, title: TitleLikeness, authors: AuthorLikeness, text: str) -> Judgement:
    unlike_people = authors is AuthorLikeness.UNLIKE
    if title is TitleLikeness.UNLIKE:
        return Judgement(Verdict.DOUBT, f"{shared}, but another title{_also(authors)}")
    if unlike_people and not (title is TitleLikeness.EQUAL and is_distinctive(text)):
        return Judgement(Verdict.DOUBT, f"{shared}, but other authors")
    return Judgement(Verdict.SAME, shared)


def _also(authors: AuthorLikeness) -> str:
    if authors is AuthorLikeness.UNLIKE:
        return " and other authors"
    return ""


def _of_one_title(one: Facts, other: Facts, authors: AuthorLikeness) -> Judgement:
    gap, conflict = _gap(one, other), _conflict(one, other)
    distinctive = is_distinctive(one.title)
    if authors is AuthorLikeness.UNLIKE:
        if conflict or (gap or 0) > _LATEST or not distinctive:
            return Judgement(Verdict.DIFFERENT, "the same title, but other authors")
        return Judgement(Verdict.DOUBT, "the same title, but other authors")
    if authors is AuthorLikeness.SOME:
        return Judgement(Verdict.DOUBT, "the same title, but most authors are others")
    if conflict and (gap or 0) > _LATEST:
        return Judgement(Verdict.DIFFERENT, "the same title, but another identifier, many years apart")
    if against := _against(one, other, authors, conflict):
        return Judgement(Verdict.DOUBT, f"the same title, but {against}")
    return Judgement(Verdict.SAME, "the same title")


def _against(one: Facts, other: Facts, authors: AuthorLikeness, conflict: str) -> str:
    """Return what speaks against one work although title and authors agree, or nothing."""
    gap = _gap(one, other) or 0
    if conflict == "arxiv" or (conflict and authors is AuthorLikeness.UNKNOWN):
        return f"another {conflict} identifier"
    if not is_distinctive(one.title):
        apart = bool(one.pages and other.pages and not one.pages & other.pages)
        if conflict or apart:
            return f"another {conflict} identifier" if conflict else "other pages"
        elsewhere = bool(one.addresses and other.addresses and not one.addresses & other.addresses)
        if elsewhere and authors is AuthorLikeness.UNKNOWN:
            return "another address"
        return f"{gap} years apart" if gap else ""
    if conflict and gap > _NEAR:
        return f"another {conflict} identifier, {gap} years apart"
    return f"{gap} years apart" if gap > _LATEST else ""


def _of_two_titles(one: Facts, other: Facts, title: TitleLikeness, authors: AuthorLikeness) -> Judgement:
    """Judge two titles that differ, without a shared identifier: never one work, now and then a doubt."""
    near = {TitleLikeness.ALIKE: _NEAR, TitleLikeness.PART: 1}.get(title)
    is_open = authors is AuthorLikeness.SAME and not _conflict(one, other)
    if near is not None and is_open and (_gap(one, other) or 0) <= near:
        if title is TitleLikeness.ALIKE:
            reason = "nearly the same title"
        else:
            reason = "the same title but for a subtitle"
        return Judgement(Verdict.DOUBT, f"{reason}, the same authors")
    return Judgement(Verdict.DIFFERENT, "another title")


def _gap(one: Facts, other: Facts) -> int | None:
    """Return the fewest years between any two records, or None where one side has none."""
    gaps = []
    for year in one.years:
        for another in other.years:
            gaps.append(abs(year - another))
    return min(gaps, default=None)


def _conflict(one: Facts, other: Facts) -> str:
    """Return the scheme by which two works have values that one work does not have together, or nothing."""
    for scheme in _TELLING:
        values = _values(one, scheme), _values(other, scheme)
        if values[0] and values[1] and not values[0] & values[1]:
            return scheme
    return ""


def _values(facts: Facts, scheme: str) -> set[str]:
    found = {value for name, value in facts.identifiers if name == scheme}
    kept: set[str] = set()
    for value in found:
        if scheme != "doi" or not value.startswith(_PREPRINT_DOIS):
            kept.add(value)
    return kept
