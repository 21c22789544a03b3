"""The day on which a knowledge base is read: what is dated later cannot have happened."""

from collections.abc import Collection
from datetime import UTC, date, datetime

from rekb.model import Entry


def today() -> date:
    """Return the day by this machine's clock, in world time."""
    return datetime.now(UTC).date()


def reading_day(entries: Collection[Entry]) -> date:
    """Return today, or the newest day of the entries where most are later: the clock is wrong then."""
    now = today()
    later = [entry.added for entry in entries if entry.added > now]
    if len(later) * 2 > len(entries):
        return max(later)
    return now
