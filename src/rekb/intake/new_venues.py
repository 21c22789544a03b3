"""Venues made of the names that works give: one for each name, with every spelling of it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from rekb.edit.edits import Edit, edited
from rekb.intake.venues import VenueNames, loosest_form
from rekb.kb import KnowledgeBase
from rekb.loading.layout import VENUES
from rekb.model.facets import Venue
from rekb.model.keys import ascii_fold
from rekb.sources.clean import cleaned
from rekb.sources.work import Form, FoundWork

_LONGEST_NAME = 160
_LONGEST_ID = 40
_SHORT = 24
"""Letters up to which a name is what people say."""
_JOURNAL = re.compile(
    r"\b(?:journal|transactions|trans\.|letters|review|reviews|annals"
    r"|proceedings of the (?:national|royal|ieee)"
    r"|magazine|bulletin|archives?|acta|nature|science|plos|pami|jmlr|tmlr|tacl|ijcv)\b|\bj\."
    r"|\b(?-i:T[A-Z]{2,5})\b",
    re.IGNORECASE,
)
"""Transactions are called by letters that begin with T: ``TPAMI``."""
_WORKSHOP = re.compile(r"\b[Ww]orkshops?\b|[A-Z]{2}W\Z")
_PREPRINT = re.compile(r"\b(?:(?:bio|med|chem|psy|soc)?rxiv|preprints?|ssrn)\b", re.IGNORECASE)
_WEB = re.compile(r"\b(?:blog|github|website|web page|hugging ?face)\b", re.IGNORECASE)
_KINDS: dict[Form, str] = {"article": "journal", "paper": "conference", "chapter": "book"}
_PARTS_OF_NAME = (
    r"\b(?:19|20)\d\d\b", r"\b\d+(?:st|nd|rd|th)\b", r"^\s*(?:in\s+)?proceedings\s+of\s+(?:the\s+)?",
    r"\([^()]*\)\s*\Z",
)  # fmt: skip
"""What changes from year to year in a venue's name."""


@dataclass(frozen=True, slots=True)
class Named:
    """A venue as one work names it."""

    spelling: str
    form: Form = ""


def named_venues(work: FoundWork, listed: str = "") -> Iterator[Named]:
    """Yield the venues that a work names; `listed` is the one that its list names."""
    if listed:
        yield Named(listed)
    for appearance in work.appearances:
        if appearance.venue and appearance.form not in ("book", "thesis", "report", "page", "software"):
            yield Named(appearance.venue, appearance.form)


def plan_venues(
    base: KnowledgeBase, names: VenueNames, named: Iterable[Named]
) -> tuple[str | None, tuple[str, ...]]:
    """Return the text of taxonomy/venues.yaml with the venues that are not there, and their ids."""
    groups: dict[str, list[Named]] = {}
    for one in named:
        text = cleaned(one.spelling)
        if (
            text
            and len(text) <= _LONGEST_NAME
            and names.find(text) is None
            and re.search(r"[^\W\d_]{2}", text)
        ):
            groups.setdefault(_sort(text), []).append(Named(text, one.form))
    if not groups or VENUES not in base.documents:
        return None, ()
    taken = set(base.venues)
    spelled = {spelling.casefold() for venue in base.venues.values() for spelling in _spellings(venue)}
    made = [_venue(group, taken, spelled) for _, group in sorted(groups.items())]
    edits = [
        Edit(("venues", len(base.venues) + number), venue, insert=True) for number, venue in enumerate(made)
    ]
    return edited(base, VENUES, edits), tuple(venue["id"] for venue in made)


def _sort(name: str) -> str:
    """Return what spellings of one venue share; a small `l` before a capital is meant as `I`."""
    # `NeurlPS` is a common slip: both letters look alike.
    spelled = re.sub(r"(?<=[a-z])l(?=[A-Z])", "I", name)
    return loosest_form(spelled) or spelled.casefold()


def _spellings(venue: Venue) -> tuple[str, ...]:
    return (venue.id, venue.name, venue.short, *venue.accepts)


def _venue(group: Sequence[Named], taken: set[str], spelled: set[str]) -> dict[str, Any]:
    spellings = [spelling for spelling, _ in Counter(one.spelling for one in group).most_common()]
    name = _steady(max(spellings, key=len))
    short = min([*spellings, name], key=len)
    venue_id = _free(short if len(short) <= _SHORT else name, taken)
    taken.add(venue_id)
    used = {venue_id, name.casefold(), short.casefold()}
    accepts = []
    for spelling in spellings:
        if spelling.casefold() not in used | spelled:
            used.add(spelling.casefold())
            accepts.append(spelling)
    spelled |= used
    fields: dict[str, Any] = {"id": venue_id, "name": name, "short": short, "kind": _kind(group, name)}
    if accepts:
        return {**fields, "accepts": accepts}
    return fields


def _steady(name: str) -> str:
    """Return a name without what changes from year to year."""
    shown = name
    for part in _PARTS_OF_NAME:
        shown = re.sub(part, "", shown, flags=re.IGNORECASE)
    return cleaned(shown).strip(" ,.;:-") or name


def _kind(group: Sequence[Named], name: str) -> str:
    if _WORKSHOP.search(name):
        return "workshop"
    if _PREPRINT.search(name):
        return "preprint"
    if _WEB.search(name):
        return "web"
    shown = next((_KINDS[one.form] for one in group if one.form in _KINDS), "")
    if shown:
        return shown
    if _JOURNAL.search(name):
        return "journal"
    return "conference"


def _free(name: str, taken: set[str]) -> str:
    words = re.sub(r"[^a-z0-9]+", "-", ascii_fold(name).lower()).strip("-")
    stem = words[:_LONGEST_ID].strip("-") or "venue"
    found = stem
    number = 2
    while found in taken:
        found = f"{stem}-{number}"
        number += 1
    return found
