"""Venues made of the names that works give: one for each name, with every spelling of it."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from rekb.edit.edits import Edit, edited
from rekb.intake.venues import VenueNames, loosest_form, names_of
from rekb.intake.well_known import RUN_BY, well_known
from rekb.kb import KnowledgeBase
from rekb.loading.layout import VENUES
from rekb.model.archives import is_archive_name
from rekb.model.facets import Venue
from rekb.sources.clean import cleaned
from rekb.sources.work import Form, FoundWork
from rekb.spelling import slug_of

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
_WEB = re.compile(r"\b(?:blog|github|website|web page|hugging ?face)\b", re.IGNORECASE)
_KINDS: dict[Form, str] = {"article": "journal", "paper": "conference", "chapter": "book"}
_CONFERENCE = re.compile(
    r"\b(?:conf\w*|symposium|symposia|congress|meeting|convention|summit|forum|colloquium|proc\w*|track|school"
    r"|demos?|findings|challenge|companion)\b",
    re.IGNORECASE,
)
_ACRONYM = re.compile(r"\b\w*[A-Z]\w*[A-Z]\w*\b")
_SPONSOR = re.compile(rf"{RUN_BY}(?=\w)")
"""Who runs a venue: `ACM ICAIF` is `ICAIF`."""
_NO_VENUES = frozenset(
    {
        "lncs", "lnai", "lecture notes in computer science", "springer", "elsevier", "wiley", "mdpi",
        "workshop", "workshops", "conference", "conferences", "journal", "journals", "venue", "published",
        "published in", "publication", "accepted", "preprint", "proceedings", "book", "thesis",
        "\u53d1\u8868", "\u53d1\u8868\u4e8e", "\u53d1\u8868\u5728", "\u4f1a\u8bae", "\u671f\u520a",
        "\u6536\u5f55\u4e8e", "\u51fa\u5904", "\u8bba\u6587",
    }
)  # fmt: skip
"""Publishers, and words that stand before a venue; in Chinese: published, in, conference, journal, paper."""
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
    new = [Named(text, one.form) for one in named if (text := cleaned(one.spelling)) and _is_new(text, names)]
    if not new or VENUES not in base.documents:
        return None, ()
    drafted = _Drafted.of(base)
    known, others = _known_and_others(new)
    for venue, group in known.items():
        drafted.add_known(names, venue, group)
    for _, group in sorted(_grouped(others).items()):
        drafted.add(_venue(group, drafted.taken, drafted.spelled))
    return edited(base, VENUES, drafted.edits), tuple(drafted.made)


def _is_new(text: str, names: VenueNames) -> bool:
    """Whether a text is the name of a venue that is not there."""
    if len(text) > _LONGEST_NAME or not re.search(r"[^\W\d_]{2}", text):
        return False
    if text.strip(" .,:;\uff1a()").casefold() in _NO_VENUES:
        return False
    return names.find(text) is None


def _known_and_others(named: Iterable[Named]) -> tuple[dict[Venue, list[Named]], list[Named]]:
    """Return the names of venues that many fields know by venue, and the other names."""
    known: dict[Venue, list[Named]] = {}
    others: list[Named] = []
    found: dict[str, Venue | None] = {}
    for one in named:
        if one.spelling not in found:
            found[one.spelling] = well_known(one.spelling)
        venue = found[one.spelling]
        if venue is None:
            others.append(one)
        else:
            known.setdefault(venue, []).append(one)
    return dict(sorted(known.items(), key=lambda pair: pair[0].id)), others


def _grouped(named: Iterable[Named]) -> dict[str, list[Named]]:
    """Return names by what spellings of one venue share."""
    groups: dict[str, list[Named]] = {}
    for one in named:
        groups.setdefault(_sort(one.spelling), []).append(one)
    # All pairs are found before the first is joined, so a group of a later pair may be gone.
    for form, other in (*_sponsored(groups), *_acronyms(groups), *_cut_short(groups)):
        if form in groups and other in groups and form != other:
            groups[other] += groups.pop(form)
    return groups


def _sponsored(groups: Mapping[str, Sequence[Named]]) -> Iterator[tuple[str, str]]:
    """Yield names with who runs the venue before them, each with that of the bare name: ``ACM ICAIF``."""
    for form, group in groups.items():
        for one in group:
            sponsor = _SPONSOR.match(one.spelling)
            if sponsor:
                yield form, _sort(one.spelling[sponsor.end() :])


def _acronyms(groups: Mapping[str, Sequence[Named]]) -> Iterator[tuple[str, str]]:
    """Yield acronyms that a longer name has in brackets, each with that name's group."""
    for form, group in groups.items():
        for one in group:
            if bracketed := re.search(r"\(([A-Z][\w&-]*[A-Z])[^()]{0,8}\)\s*\Z", one.spelling):
                yield _sort(bracketed[1]), form


def _cut_short(groups: Mapping[str, Sequence[Named]]) -> Iterator[tuple[str, str]]:
    """Yield names whose words are cut short, each with the group of the whole name: ``J. Ex. Stud.``."""
    cut, whole = [], {}
    for form, group in groups.items():
        spelling = group[0].spelling
        if "." in spelling:
            cut.append(form)
        else:
            whole[form] = _steady(spelling)
    forms = {f"g{number}": form for number, form in enumerate(whole)}
    names = names_of(
        {
            group: Venue.model_construct(id=group, name=whole[form], short=whole[form], kind="conference")
            for group, form in forms.items()
        }
    )
    for form in cut:
        if found := names.find(groups[form][0].spelling):
            yield form, forms[found]


@dataclass(slots=True)
class _Drafted:
    """What is written into taxonomy/venues.yaml."""

    order: tuple[str, ...]
    """The ids that it has, as they stand there."""
    taken: set[str]
    """Ids that are given."""
    spelled: set[str]
    """Spellings that mean a venue, case folded."""
    made: list[str] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)

    @classmethod
    def of(cls, base: KnowledgeBase) -> Self:
        """Return what there is before anything is drafted."""
        spelled: set[str] = set()
        for venue in base.venues.values():
            spelled |= {spelling.casefold() for spelling in _spellings(venue)}
        return cls(tuple(base.venues), set(base.venues), spelled)

    def add(self, venue: dict[str, Any]) -> None:
        """Write one venue more."""
        self.edits.append(Edit(("venues", len(self.order) + len(self.made)), venue, insert=True))
        self.made.append(venue["id"])

    def add_known(self, names: VenueNames, venue: Venue, group: Sequence[Named]) -> None:
        """Write a venue that many fields know, or its spellings where it is there under one of its names."""
        there = names.find(venue.name) or names.find(venue.short)
        if there is None:
            self.add(self._known(venue, group))
            return
        number = self.order.index(there)
        accepts = self.free_of(one.spelling for one in group)
        if accepts:
            accepted = [*names.venues[there].accepts, *accepts]
            self.edits.append(Edit(("venues", number, "accepts"), accepted))

    def _known(self, venue: Venue, group: Sequence[Named]) -> dict[str, Any]:
        """Return the fields of a venue that many fields know."""
        venue_id = _free(venue.id, self.taken)
        self.taken.add(venue_id)
        self.spelled |= {venue_id, venue.name.casefold(), venue.short.casefold()}
        alone = names_of({venue.id: venue})
        seen = []
        for one in group:
            if alone.find(one.spelling) is None:
                seen.append(one.spelling)
        accepts = self.free_of((*venue.accepts, *seen))
        fields: dict[str, Any] = {
            "id": venue_id,
            "name": venue.name,
            "short": venue.short,
            "kind": venue.kind,
        }
        if accepts:
            fields["accepts"] = accepts
        return fields

    def free_of(self, spellings: Iterable[str]) -> list[str]:
        """Return the spellings that mean nothing yet, each once; they are taken from now on."""
        found = []
        for spelling in spellings:
            if spelling.casefold() not in self.spelled:
                self.spelled.add(spelling.casefold())
                found.append(spelling)
        return found


def _sort(name: str) -> str:
    """Return what spellings of one venue share; a small `l` before a capital is meant as `I`."""
    # `NeurlPS` is a common slip: both letters look alike.
    spelled = re.sub(r"(?<=[a-z])l(?=[A-Z])", "I", name)
    return loosest_form(spelled) or spelled.casefold()


def _spellings(venue: Venue) -> tuple[str, ...]:
    return (venue.id, venue.name, venue.short, *venue.accepts)


def _venue(group: Sequence[Named], taken: set[str], spelled: set[str]) -> dict[str, Any]:
    spellings = [spelling for spelling, _ in Counter(one.spelling for one in group).most_common()]
    # The longest spelling is the name written out.
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
    # The name of a workshop holds that of its conference, so workshops are looked for first.
    if _WORKSHOP.search(name):
        return "workshop"
    if is_archive_name(name):
        return "preprint"
    if _WEB.search(name):
        return "web"
    shown = next((_KINDS[one.form] for one in group if one.form in _KINDS), "")
    if shown:
        return shown
    # Conferences are called by their letters, or say that they are one; journals have names of plain words.
    is_of_words = " " in name.strip() and not _ACRONYM.search(name)
    if _JOURNAL.search(name) or (is_of_words and not _CONFERENCE.search(name)):
        return "journal"
    return "conference"


def _free(name: str, taken: set[str]) -> str:
    stem = slug_of(name, _LONGEST_ID) or "venue"
    found = stem
    number = 2
    while found in taken:
        found = f"{stem}-{number}"
        number += 1
    return found
