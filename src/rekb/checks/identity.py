"""Rules on what makes a work one work: its identifiers, its title, its records."""

from collections import defaultdict
from collections.abc import Iterator
from urllib.parse import unquote

from rekb.checks.addresses import entry_identifiers, identifiers_in
from rekb.checks.registry import Claims, Finding, rule
from rekb.diagnostics import Severity
from rekb.identity.verdict import Verdict, compare, facts_of
from rekb.kb import KnowledgeBase
from rekb.model import Entry
from rekb.model.identifiers import SCHEMES, implied_by
from rekb.model.keys import identifiers, title_fingerprint
from rekb.model.record import Record
from rekb.model.scheme import Month, Scheme
from rekb.yamlio.document import Path_

Use = tuple[str, Path_]
"""Citation key, and the place inside its file."""


def _uses(entry: Entry) -> Iterator[tuple[tuple[str, str], Path_]]:
    """Yield the identifiers of an entry's records, those in their addresses included, with their places."""
    for number, record in enumerate(entry.records):
        for scheme, value in identifiers(record):
            if scheme in record.named():
                field = scheme
            else:
                # arXiv and the Anthology make a DOI out of their identifier, so a DOI alone gives both.
                field = "doi"
            yield (scheme, value), ("records", number, field)
        for found in identifiers_in(record.url or ""):
            yield found, ("records", number, "url")


def _shared(base: KnowledgeBase, found: dict[str, list[Use]], hint: str) -> Iterator[Finding]:
    """Yield a finding for each entry after the first that uses the same thing."""
    for what, uses in found.items():
        first = uses[0][0]
        for key in dict.fromkeys(key for key, _ in uses[1:] if key != first):
            path = next(path for k, path in uses if k == key)
            other = base.entries[first]
            message = f"{what} is that of `{first}` too, whose title is '{other.title}'"
            files = base.entry_paths[key], (base.entry_paths[first],)
            yield Finding(files[0], path, message, hint.format(first=first), also=files[1])


def _claimed_identifiers(base: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Yield each identifier of an entry once, with its file."""
    for key, entry in base.entries.items():
        for scheme, value in {identity for identity, _ in _uses(entry)}:
            yield base.entry_paths[key], f"{scheme} {value}"


@rule("duplicate-identifier", claims=Claims(_claimed_identifiers))
def duplicate_identifier(base: KnowledgeBase) -> Iterator[Finding]:
    """An identifier names one work, in whatever spelling; under two titles, one of the two is wrong.

    Example: `arxiv: "2105.15203"` in one entry and `doi: 10.48550/arXiv.2105.15203` in another.
    Fix: look the identifier up and keep it at the work of its title; merge two entries of one work.
    """
    found: dict[str, list[Use]] = defaultdict(list)
    for key, entry in base.entries.items():
        for (scheme, value), path in _uses(entry):
            found[f"{scheme} {value}"].append((key, path))
    hint = "look it up: keep it at the work of its title, or merge this file into `{first}`"
    yield from _shared(base, found, hint)


def _claimed_titles(base: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Yield what is compared of each title, with its file."""
    for key, entry in base.entries.items():
        # A title without letters and digits has an empty fingerprint, which all such titles share.
        yield base.entry_paths[key], title_fingerprint(entry.title) or entry.title


@rule("duplicate-title", claims=Claims(_claimed_titles))
def duplicate_title(base: KnowledgeBase) -> Iterator[Finding]:
    """The same title is the same work, unless other authors and identifiers or years say that it is another.

    Example: `Masked Autoencoders are scalable vision learners` in two entries.
    Fix: merge them; where two works of the same people do share a title, exempt one with that reason.
    """
    found: dict[str, list[Use]] = defaultdict(list)
    for key, entry in base.entries.items():
        found[title_fingerprint(entry.title) or entry.title].append((key, ("title",)))
    for uses in found.values():
        if len(uses) == 1:
            continue  # as nearly always
        for first, others in _one_work(base, [key for key, _ in uses]):
            alike: list[Use] = [(key, ("title",)) for key in (first, *others)]
            yield from _shared(
                base, {"the title": alike}, "one work is one entry: merge this file into `{first}`"
            )


def _one_work(base: KnowledgeBase, keys: list[str]) -> Iterator[tuple[str, list[str]]]:
    """Yield entries of one title that may be one work: the first, and those not known to be others."""
    facts = {key: facts_of(base.entries[key], entry_identifiers(base.entries[key])) for key in keys}
    left = keys
    while len(left) > 1:
        first, *rest = left
        verdicts = {key: compare(facts[first], facts[key]).verdict for key in rest}
        same = []
        for key in rest:
            if verdicts[key] is not Verdict.DIFFERENT:
                same.append(key)
        if same:
            yield first, same
        left = []
        for key in rest:
            if key not in same:
                left.append(key)


@rule("records-out-of-order", local=True, fixable=True)
def records_out_of_order(base: KnowledgeBase) -> Iterator[Finding]:
    """Records stand oldest first: readers see how the work appeared, and the first gives its year.

    Example: a record of 2023 above one of 2022.
    Fix: swap them.
    """
    for key, entry in base.entries.items():
        for number, (before, after) in enumerate(zip(entry.records, entry.records[1:], strict=False), 1):
            # A month that is not known is taken so that the order is right.
            months = before.month or 0, after.month or 99
            if (after.year, months[1]) < (before.year, months[0]):
                path = ("records", number)
                yield Finding(
                    base.entry_paths[key], path, "this record is older than the one above", "move it up"
                )


_Dated = tuple[str, int, Record, Scheme, str, Month | None]
"""An identifier that holds a date: file, number of the record, record, scheme, value, and that date."""


def _dated(base: KnowledgeBase) -> list[_Dated]:
    """Return the identifiers that hold a date, gathered once."""
    found: list[_Dated] | None = base.views.get("dated")
    if found is None:
        found = list(_gathered(base))
        base.views["dated"] = found
    return found


def _gathered(base: KnowledgeBase) -> Iterator[_Dated]:
    dated = {name: scheme for name, scheme in SCHEMES.items() if scheme.date}
    for key, entry in base.entries.items():
        for number, record in enumerate(entry.records):
            for name, scheme in dated.items():
                value = getattr(record, name)
                if value:
                    yield base.entry_paths[key], number, record, scheme, value, scheme.date_of(value)


def _at_home(base: KnowledgeBase, record: Record, scheme: Scheme) -> bool:
    """Whether a record is of the server that gives out the identifiers of a scheme."""
    # An unknown venue is a finding of its own.
    if record.venue not in base.venues:
        return False
    return base.venues[record.venue].scheme == scheme


@rule("impossible-arxiv-id", local=True)
def impossible_arxiv_id(base: KnowledgeBase) -> Iterator[Finding]:
    """An arXiv identifier is year, month and a number: four digits until 2014, five since.

    Example: `arxiv: "2213.14135"` (no month 13), `arxiv: "2205.1413"` (a digit is lost)
    Fix: look the identifier up.
    """
    for file, number, _, scheme, value, date in _dated(base):
        if date is None:
            path = ("records", number, scheme.id)
            message = f"there can be no {scheme.name} identifier {value}"
            yield Finding(file, path, message, "look it up; zeros are lost without quotes")


@rule("arxiv-date", local=True)
def arxiv_date(base: KnowledgeBase) -> Iterator[Finding]:
    """An arXiv identifier begins with year and month; they cannot differ from the record's.

    Example: `{venue: arxiv, year: 2023, arxiv: "2205.14135"}`
    Fix: write the year and month of the identifier.
    """
    for file, number, record, scheme, value, date in _dated(base):
        # The record of a conference may name the arXiv identifier of the year before.
        if date is None or not _at_home(base, record, scheme):
            continue
        year, month = date
        for field, given, right in (("year", record.year, year), ("month", record.month or month, month)):
            if given != right:
                message = f"{value} was submitted in {year}-{month:02}"
                path = ("records", number, field)
                yield Finding(file, path, message, f"write `{field}: {right}`")


@rule("month-missing", Severity.HINT, local=True, fixable=True)
def month_missing(base: KnowledgeBase) -> Iterator[Finding]:
    """The month puts works of one year in order, and the identifier of an arXiv record states it.

    Example: `{venue: arxiv, year: 2022, arxiv: "2205.14135"}`
    Fix: write `month: 5`.
    """
    for file, number, record, scheme, value, date in _dated(base):
        if record.month is not None or date is None or date[0] != record.year:
            continue
        if _at_home(base, record, scheme):
            path = ("records", number)
            yield Finding(file, path, f"{value} states the month", f"write `month: {date[1]}`")


@rule("formal-before-preprint", Severity.HINT, local=True)
def formal_before_preprint(base: KnowledgeBase) -> Iterator[Finding]:
    """A preprint that follows its formal paper by years is often another work, or its year is wrong.

    Example: a conference record of 2019 beside an arXiv record of 2022.
    Fix: look both up; exempt the entry where the preprint did come late.
    """
    for key, entry in base.entries.items():
        venues = [base.venues.get(record.venue) for record in entry.records]
        pairs = list(zip(entry.records, venues, strict=True))
        formal = []
        for record, venue in pairs:
            if venue and venue.is_formal:
                formal.append(record.year)
        for number, (record, venue) in enumerate(pairs):
            is_preprint = venue is not None and venue.kind == "preprint"
            if is_preprint and formal and record.year - min(formal) > 1:
                message = f"the preprint is of {record.year}, the formal record of {min(formal)}"
                path = ("records", number, "year")
                yield Finding(base.entry_paths[key], path, message, "look both up")


@rule("preprint-without-id", local=True)
def preprint_without_id(base: KnowledgeBase) -> Iterator[Finding]:
    """A record on arXiv without its identifier cannot be followed.

    Example: `{venue: arxiv, year: 2022}`
    Fix: add `arxiv:`, or leave the record out.
    """
    for key, entry in base.entries.items():
        for number, record in enumerate(entry.records):
            venue = base.venues.get(record.venue)
            if venue:
                scheme = venue.scheme
            else:
                scheme = None
            if scheme and scheme.id not in record.named():
                message = f"a record on {scheme.name} needs its identifier"
                yield Finding(base.entry_paths[key], ("records", number), message, f"add `{scheme.id}:`")


@rule("identifier-in-address", Severity.HINT, local=True)
def identifier_in_address(base: KnowledgeBase) -> Iterator[Finding]:
    """An identifier in its own field can be looked up, compared and exported; inside an address it cannot.

    Example: `url: "https://openreview.net/forum?id=H4DqfPSibmx"`
    Fix: write `openreview: H4DqfPSibmx` in its place.
    """
    for key, entry in base.entries.items():
        for number, record in enumerate(entry.records):
            known = {scheme for scheme, _ in identifiers(record)}
            for scheme, value in identifiers_in(record.url or ""):
                if scheme not in known:
                    path = ("records", number, "url")
                    message = f"the address holds the identifier {value}"
                    yield Finding(
                        base.entry_paths[key], path, message, f'write `{scheme}: "{value}"` instead'
                    )
                    break


@rule("unseen-identifier", Severity.HINT, local=True)
def unseen_identifier(base: KnowledgeBase) -> Iterator[Finding]:
    """An identifier was seen on a page that was looked at; one that no such page holds may be another work's.

    Example: `arxiv: "2303.12344"` where `checked.sources` has no address with 2303.12344 in it
    Fix: open its page and name it in `checked.sources`; name another page that shows it in `checked.facts`,
    or end its address there with `#:~:text=2303.12344`.
    """
    for key, entry in base.entries.items():
        if entry.checked is None or not entry.checked.sources:
            # `incomplete-entry` reports it.
            continue
        # Addresses write signs of a DOI with percent signs, and a DOI is the same in small letters.
        seen = " ".join(unquote(address) for address in entry.checked.sources).lower()
        read_elsewhere: set[str] = set()
        for fact in entry.checked.facts:
            read_elsewhere.update(fact.fields)
        for number, record in enumerate(entry.records):
            if record.url in entry.checked.sources:
                # The record's own page was looked at, which shows its identifiers.
                continue
            for scheme, value in record.named().items():
                if scheme not in read_elsewhere and not _is_shown(seen, scheme, value):
                    page = SCHEMES[scheme].page_of(value)
                    message = f"{scheme} {value} is in none of the addresses in `checked.sources`"
                    path = ("records", number, scheme)
                    yield Finding(base.entry_paths[key], path, message, f"open {page} and name it there")


def _is_shown(seen: str, scheme: str, value: str) -> bool:
    """Whether addresses in lower case hold an identifier, or the one that its DOI is made of.

    The Anthology and arXiv print on a work's page the DOI that they make out of its identifier.
    """
    spellings = [value]
    if scheme == "doi":
        spellings += implied_by(value).values()
    return any(spelling.lower() in seen for spelling in spellings)


def _claimed_keys(base: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Yield the keys that an entry has and had, with its file."""
    for key, entry in base.entries.items():
        for own in (key, *entry.formerly):
            yield base.entry_paths[key], own


@rule("former-key-in-use", claims=Claims(_claimed_keys))
def former_key_in_use(base: KnowledgeBase) -> Iterator[Finding]:
    """A key that an entry had before leads readers to it, so no other entry can have it, now or before.

    Example: `formerly: [dao2022flash]` in two entries, or beside `papers/2022/dao2022flash.yaml`
    Fix: keep it in the one entry that the key was cited for.
    """
    owners = dict(base.entry_paths)
    for key, entry in base.entries.items():
        for number, former in enumerate(entry.formerly):
            if former in owners:
                other, file = owners[former], base.entry_paths[key]
                message = f"the key {former} belongs to {other} already"
                hint = "keep it in the one entry that it was cited for"
                yield Finding(file, ("formerly", number), message, hint, also=(other,))
            owners.setdefault(former, base.entry_paths[key])
