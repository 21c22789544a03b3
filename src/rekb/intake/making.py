"""What an import asks for before its works come in: topics of their headings, venues of their names."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from rekb.intake.new_topics import Headings, plan_topics
from rekb.intake.new_venues import named_venues, plan_venues
from rekb.intake.venues import venue_names
from rekb.kb import KnowledgeBase
from rekb.loading.layout import VENUES
from rekb.sources.formats import Read
from rekb.sources.work import FoundWork


@dataclass(frozen=True, slots=True)
class Made:
    """Files to write before an import, and where its works belong."""

    files: dict[str, str] = field(default_factory=dict)
    """Path below the root to the text; taxonomy/venues.yaml is written anew."""
    places: dict[Headings, str] = field(default_factory=dict)
    counted: tuple[str, ...] = ()
    """What is made: ``12 topics``."""


def plan(base: KnowledgeBase, works: Sequence[Read], *, topics: bool, venues: bool) -> Made:
    """Return what the works of an import ask for.

    Args:
        base: the knowledge base.
        works: the works that were read.
        topics: whether topics are made of headings.
        venues: whether venues are made of their names.
    """
    found = [(read.work, read.item) for read in works if isinstance(read.work, FoundWork)]
    files: dict[str, str] = {}
    places: dict[Headings, str] = {}
    counted: list[str] = []
    if topics and found:
        planned = plan_topics(base, [work.headings for work, _ in found])
        files |= planned.files
        places = planned.places
        counted.append(_counted(planned.count, "topic"))
    if venues and found:
        named = [one for work, item in found for one in named_venues(work, item.venue if item else "")]
        text, made = plan_venues(base, venue_names(base), named)
        if text is not None:
            files[VENUES] = text
        counted.append(f"{_counted(len(made), 'venue')} (look at their names and kinds in {VENUES})")
    return Made(files, places, tuple(counted))


def _counted(number: int, what: str) -> str:
    if number == 1:
        return f"{number} {what}"
    return f"{number} {what}s"
