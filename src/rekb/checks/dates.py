"""Rules on days and years that cannot have come yet."""

from collections.abc import Iterator
from datetime import date, timedelta

from rekb.checks.registry import Finding, rule
from rekb.kb import KnowledgeBase
from rekb.model import Entry
from rekb.yamlio.document import Path_

_YEARS_AHEAD = 1
"""Years by which a record may be ahead: proceedings are announced in the year before."""


@rule("future-date", local=True, passing=True)
def future_date(base: KnowledgeBase) -> Iterator[Finding]:
    """Nothing was added, checked or corrected on a day that is to come; a record is at most of next year.

    Example: `added: 2062-11-24`; a record of 2062
    Fix: write the day or the year that is right; two digits are often swapped.
    """
    # Where the day begins earlier than in world time, it is tomorrow already.
    latest = base.today + timedelta(days=1)
    last_year = base.today.year + _YEARS_AHEAD
    for key, entry in base.entries.items():
        file = base.entry_paths[key]
        for path, day in _days(entry):
            if day > latest:
                message = f"{day} is later than today, {base.today}"
                yield Finding(file, path, message, "write the day on which it was done")
        for number, record in enumerate(entry.records):
            if record.year > last_year:
                path = ("records", number, "year")
                message = f"the year {record.year} is to come; today is {base.today}"
                yield Finding(file, path, message, f"look the year up; at most {last_year} can be")


def _days(entry: Entry) -> Iterator[tuple[Path_, date]]:
    """Yield the days on which somebody did something to an entry."""
    yield ("added",), entry.added
    if entry.checked:
        yield ("checked", "on"), entry.checked.on
    for number, correction in enumerate(entry.corrections):
        yield ("corrections", number, "on"), correction.on
    for number, reproduction in enumerate(entry.reproductions):
        yield ("reproductions", number, "on"), reproduction.on
