"""Works of lists: what a service says joined with what the list says, and drafts from the list alone."""

import re
from dataclasses import replace
from datetime import date

from rekb.identity.people import AuthorLikeness, author_likeness
from rekb.identity.titles import TitleLikeness, is_distinctive, title_likeness, title_mark, title_words
from rekb.intake.venues import VenueNames
from rekb.model.entry import UNKNOWN_AUTHORS, Author
from rekb.sources.latex import plain_if_latex
from rekb.sources.lists.items import Item
from rekb.sources.lists.people import OTHERS
from rekb.sources.names import authors_of
from rekb.sources.work import Appearance, Doubt, FoundWork

_LATEST = 4
"""Years after its preprint in which a list's venue is believed."""


def leads_to(answer: FoundWork, work: FoundWork, item: Item) -> bool:
    """Whether a link leads to the work that a list names.

    A list may cut a title short, have more behind it, or keep the one of an earlier version; then its words
    or its authors speak for it.
    """
    # Lists copy titles out of BibTeX, commands of LaTeX included.
    title, listed = answer.title, plain_if_latex(work.title)
    if title_likeness(title, listed) is not TitleLikeness.UNLIKE:
        return True
    marks = title_mark(title), title_mark(listed)
    # Many titles begin with the same few common words, so a short one proves nothing.
    if marks[1].startswith(marks[0]) and is_distinctive(title):
        return True
    if marks[0].startswith(marks[1]) and (is_distinctive(listed) or _is_name_of(listed, title)):
        return True
    # `Berg et al.` fits too many works.
    if not item.authors or OTHERS in item.authors:
        return False
    authors, _ = authors_of(item.authors)
    return author_likeness(authors, answer.authors) is AuthorLikeness.SAME


def _is_name_of(listed: str, title: str) -> bool:
    """Whether a list gives only the name that a title begins with: ``Lamps`` of ``Lamps: A Study``."""
    words = title_words(listed)
    return title_words(title)[: len(words)] == words


def with_list(answer: FoundWork, work: FoundWork, item: Item, venues: VenueNames) -> FoundWork:
    """Return what a service says of a work, with the venue, headings and addresses of its list."""
    known = answer.appearances
    doubts = answer.doubts
    # Lists write `arXiv` as the venue of a preprint, which is no publication.
    if item.venue and venues.find(item.venue) != venues.server_of("arxiv"):
        added, doubt = _publication(item, known, venues)
        known += added
        doubts += doubt
    return replace(
        answer,
        appearances=known,
        code=work.code,
        project=work.project,
        headings=work.headings,
        line=work.line,
        doubts=doubts,
    )


def _publication(
    item: Item, known: tuple[Appearance, ...], venues: VenueNames
) -> tuple[tuple[Appearance, ...], tuple[Doubt, ...]]:
    """Return the record that a list names beside a preprint, and what is to be looked at."""
    where = f"{item.venue} {item.year or ''}".strip()
    found = venues.find(item.venue)
    years = []
    for appearance in known:
        if appearance.year:
            years.append(appearance.year)
    is_there = any(venues.find(appearance.venue) == found for appearance in known if appearance.venue)
    if found is not None and is_there:
        return (), ()
    in_time = item.year is not None and all(year <= item.year <= year + _LATEST for year in years)
    if found is None or not in_time:
        return (), (Doubt("records", f"the list says {where}: add the record when its page confirms it"),)
    unconfirmed = f"only the list says {where}: confirm it on its page and add its identifier or pages"
    return (Appearance(item.venue, item.year),), (Doubt("records", unconfirmed),)


def by_the_list(work: FoundWork, item: Item, venues: VenueNames, why: str, today: date) -> FoundWork:
    """Return a work as its list describes it, its blanks named.

    Args:
        work: the work.
        item: how the list has it.
        venues: the venues that are known.
        why: why nobody else describes it.
        today: the day of the import, by which a work is dated of which nobody says when it appeared.
    """
    authors, doubts = _authors(item)
    doubts = (Doubt("title", f"title and records are the list's ({why}): look at its page"), *doubts)
    if item.file and not item.paper:
        kept = f"the list keeps it in a file, {item.file}: write where it appeared"
        doubts = (*doubts, Doubt("records", kept))
    appearances, more = _appearances(work, item, venues)
    appearances, undated = _dated(appearances, today)
    return replace(
        work,
        title=plain_if_latex(work.title),
        kind="software" if _is_only_code(appearances, work) else work.kind,
        authors=authors,
        appearances=appearances,
        doubts=(*work.doubts, *doubts, *more, *undated),
    )


def _is_only_code(appearances: tuple[Appearance, ...], work: FoundWork) -> bool:
    """Whether a repository is all that the list has of a work."""
    if not work.code:
        return False
    for appearance in appearances:
        if appearance.url != work.code:
            return False
    return True


def _dated(
    appearances: tuple[Appearance, ...], today: date
) -> tuple[tuple[Appearance, ...], tuple[Doubt, ...]]:
    """Return records with a year: where none has one, that in the address, else the year of the import."""
    if any(appearance.year for appearance in appearances):
        return appearances, ()
    dated = [year for appearance in appearances if (year := _year_in_path(appearance.url or ""))]
    if dated:
        year = dated[0]
    else:
        year = today.year
    if dated:
        where = f"{year} is from its address: look when it appeared"
    else:
        where = f"{year} is the year of this import: write when it appeared, and rename the file"
    doubt = Doubt("records", f"the list gives no year; {where}")
    return tuple(replace(appearance, year=year) for appearance in appearances), (doubt,)


def _year_in_path(address: str) -> int | None:
    """Return the year of an address that holds a day or a month: ``/2023/10/12/lamps``."""
    match = re.search(r"/((?:19|20)\d\d)[-/](?:0[1-9]|1[0-2])(?:[-/]|\Z)", address)
    if match:
        return int(match[1])
    return None


def _authors(item: Item) -> tuple[tuple[Author, ...], tuple[Doubt, ...]]:
    if item.authors and _are_family_names(item.authors):
        only = "the list gives family names only: write all authors, `Family, Given`"
        return authors_of(item.authors)[0], (Doubt("authors", only),)
    if item.authors:
        return authors_of(item.authors)
    answer = (
        "the list names no author: write all, `Family, Given`, and rename the file as `rekb validate` says"
    )
    return (UNKNOWN_AUTHORS,), (Doubt("authors", answer),)


def _are_family_names(names: tuple[str, ...]) -> bool:
    """Whether a list names authors by nothing but their family names."""
    for name in names:
        if name != OTHERS and re.search(r"[\s,]", name):
            return False
    return True


def _appearances(
    work: FoundWork, item: Item, venues: VenueNames
) -> tuple[tuple[Appearance, ...], tuple[Doubt, ...]]:
    """Return the records that the list's facts make; a venue that is not known here gives way to the page."""
    preprints = tuple(appearance for appearance in work.appearances if appearance.arxiv)
    server = venues.server_of("arxiv")
    if preprints:
        if not item.venue or venues.find(item.venue) == server:
            return preprints, ()
        added, doubts = _publication(item, preprints, venues)
        return (*preprints, *added), doubts
    found = []
    unknown: tuple[Doubt, ...] = ()
    for appearance in work.appearances:
        if appearance.venue:
            place = venues.find(appearance.venue)
        else:
            place = None
        if place is not None and (place != server or appearance.arxiv):
            found.append(appearance)
            continue
        if appearance.venue and place is None:
            named = f"the list says {appearance.venue} {appearance.year or ''}".strip()
            unknown = (Doubt("records", f"{named}: {venues.advice(appearance.venue)}"),)
        found.append(replace(appearance, venue="", url=_page(appearance, work), form="page"))
    return tuple(found), unknown


def _page(appearance: Appearance, work: FoundWork) -> str | None:
    """Return the page of a record; a repository is one only for a work that is nowhere else."""
    if appearance.url or appearance.identifiers():
        return appearance.url
    if work.project:
        return work.project
    return work.code
