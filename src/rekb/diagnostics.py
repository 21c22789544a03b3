"""A fault as a value: which rule, where, what is wrong, what to write instead; and a report of many."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """How much a finding weighs: an error fails a run, a warning and a hint do not."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"

    @property
    def weight(self) -> int:
        """Place in the order of severities, from 0 for the worst."""
        return _WEIGHTS[self]


_WEIGHTS = {severity: weight for weight, severity in enumerate(Severity)}


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a file; lines and columns count from 1, as editors do."""

    path: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: rule name, severity, place, message, and optionally what to write instead."""

    rule: str
    severity: Severity
    place: Place
    message: str
    hint: str | None = None
    field: str | None = None
    """The path of the field inside the file, such as ``records[0].arxiv``."""
    more: int = 0
    """How many findings of its file it means, which are not shown; 0 for a finding of its own."""
    also: tuple[str, ...] = ()
    """Other files that it is about: the entry whose identifier is here a second time."""

    @property
    def files(self) -> tuple[str, ...]:
        """Every file that it is about, the one of its place first."""
        return self.place.path, *self.also

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Order of a report: by file, line, column, rule, message."""
        return (self.place.path, self.place.line, self.place.column, self.rule, self.message)


MOST_SHOWN = 100
"""Findings of one file that are shown; a file that has more is best corrected from the start."""
TOO_MANY = "too-many-faults"


def and_more(number: int, severity: Severity, place: Place) -> Diagnostic:
    """Return what is shown in place of the findings of a file that are not shown."""
    message = f"and {number:,} more in this file"
    hint = "correct these first; the next run shows others"
    return Diagnostic(TOO_MANY, severity, place, message, hint, more=number)


@dataclass(slots=True)
class Report:
    """All findings of a run, kept in the order of their places."""

    diagnostics: list[Diagnostic] = field(default_factory=list)

    def add(self, diagnostic: Diagnostic) -> None:
        """Record one finding."""
        self.diagnostics.append(diagnostic)

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Record several findings."""
        self.diagnostics.extend(diagnostics)

    def __iter__(self) -> Iterator[Diagnostic]:
        # A set has no order of its own; rule and message are in the key, so that two runs print the same.
        return iter(sorted(set(self.diagnostics), key=lambda d: d.sort_key))

    def capped(self) -> "Report":
        """Return the worst `MOST_SHOWN` findings of each file, and for each how many more there are."""
        files: dict[str, list[Diagnostic]] = {}
        for diagnostic in self:
            files.setdefault(diagnostic.place.path, []).append(diagnostic)
        shown: list[Diagnostic] = []
        for found in files.values():
            shown.extend(_worst(found))
        return Report(shown)

    def count(self, severity: Severity) -> int:
        """Return how many findings have this severity; those that are not shown count."""
        total = 0
        for diagnostic in self:
            if diagnostic.severity is severity:
                # One line may mean many findings of its kind.
                total += diagnostic.more or 1
        return total

    def at_least(self, severity: Severity) -> list[Diagnostic]:
        """Return the findings of this severity or worse."""
        found: list[Diagnostic] = []
        for finding in self:
            if finding.severity.weight <= severity.weight:
                found.append(finding)
        return found

    @property
    def failed(self) -> bool:
        """Whether any finding is an error."""
        return any(finding.severity is Severity.ERROR for finding in self.diagnostics)


def _worst(found: list[Diagnostic]) -> list[Diagnostic]:
    """Return the findings of one file, in order, that are shown of it."""
    counted = sum(d.more for d in found)
    own = [d for d in found if not d.more]
    if not counted and len(own) <= MOST_SHOWN:
        return found
    shown = sorted(own, key=lambda d: d.severity.weight)[:MOST_SHOWN]
    hidden = counted + len(own) - len(shown)
    if not hidden:
        return shown
    left = set(found) - set(shown)
    worst = min(left, key=lambda d: d.severity.weight).severity
    return [*shown, and_more(hidden, worst, found[-1].place)]
