"""The JSON that `bibliography`, `watch`, `check-links`, `refresh`, `import` and `validate` print.

docs/schema/ has their schemas. Only who prints a bibliography or writes a schema needs these models.
"""

from typing import Literal

from rekb.model.base import Count, Key, Model, TopicId
from rekb.model.watch import Candidate


class CitedWork(Model):
    """One entry of a paper's bibliography."""

    key: str
    """How the paper calls it; empty where the entry cannot be read."""
    line: Count
    """The line on which it begins."""
    is_readable: bool
    """False where brackets, quotes or commas do not match."""
    work: Key | None
    """The citation key of the same work here; null where it is not here."""
    page: str | None
    """The work's page on the site; null where mkdocs.yml names no site."""
    appeared_in: str | None
    """Where a work that is cited as a preprint has appeared; null where there is nothing to change."""
    same_as: str | None
    """How the paper calls an earlier entry of the same work."""


class Bibliography(Model):
    """What `rekb bibliography --format json` prints."""

    schema_version: Literal[1]
    """Version of this format."""
    entries: tuple[CitedWork, ...]
    """The entries, as they follow each other in the file."""
    written: bool
    """Whether published records were put in place of preprints."""


class WatchedWork(Candidate):
    """One work that watched lists name, neither entered nor declined."""

    score: float
    """What speaks for it; the first in the list has most."""
    topic: TopicId | None
    """The topic whose works it reads most like."""
    like: tuple[Key, ...]
    """Works there that it reads most like."""


class ListFault(Model):
    """A list, or a line of one, that could not be read."""

    source: str
    """The list, with the line where one is known."""
    message: str
    """What is wrong with it."""


class Watched(Model):
    """What `rekb watch --format json` prints."""

    schema_version: Literal[1]
    """Version of this format."""
    undecided: int
    """How many works are neither entered nor declined; `--limit` says how many are listed."""
    works: tuple[WatchedWork, ...]
    """The works, the most promising first."""
    faults: tuple[ListFault, ...]
    """What could not be read; the other lists were."""


class ProposedChange(Model):
    """One thing that a person should look at."""

    kind: Literal["published", "moved", "code", "version", "dead", "unanswered"]
    """What became of it: a preprint was published or has a newer version, code appeared, an address moved or
    is dead, or nobody answered."""
    file: str
    """The file below the knowledge base's folder."""
    line: Count
    """The line that it is about."""
    message: str
    """What was seen."""
    source: str
    """The address where it was read."""
    edits: tuple[str, ...]
    """What `--write` changes, in words; empty where a person must decide."""


class Proposals(Model):
    """What `rekb check-links --format json` and `rekb refresh --format json` print."""

    schema_version: Literal[1]
    """Version of this format."""
    summary: str
    """What was looked at, in words."""
    proposals: tuple[ProposedChange, ...]
    """What to look at, by file and line."""


class Finding(Model):
    """One finding of a rule."""

    rule: str
    """The rule; `rekb explain` says why it is there."""
    severity: Literal["error", "warning", "hint"]
    """How much it weighs."""
    path: str
    """The file below the knowledge base's folder."""
    line: Count
    """Its line, from 1."""
    column: Count
    """Its column, from 1, in characters."""
    field: str | None
    """The field inside the file, such as `records[0].arxiv`."""
    message: str
    """What is wrong."""
    hint: str | None
    """What to write instead."""


class FindingCounts(Model):
    """How many findings there are of each severity."""

    error: int
    """Errors: they fail a run."""
    warning: int
    """Warnings: they fail a run with `--strict`."""
    hint: int
    """Hints: advice."""


class Findings(Model):
    """What `rekb validate --format json` prints."""

    schema_version: Literal[1]
    """Version of this format."""
    files: int
    """How many files were checked."""
    counts: FindingCounts
    """How many findings there are."""
    findings: tuple[Finding, ...]
    """The findings, by file, line and column."""


class ImportCounts(Model):
    """What became of how many works."""

    added: int
    """New draft entries."""
    merged: int
    """Entries that gained what they lacked."""
    skipped: int
    """Works that brought nothing new, and lines that name no work."""
    doubted: int
    """Works that a person must look at."""


class ListedWork(Model):
    """A work as a list in Markdown names it."""

    title: str
    """Its title there."""
    venue: str
    """Where it appeared, as the list says it; empty where it does not."""
    year: int | None
    """The year that the list gives."""
    paper: str | None
    """The address of the paper."""
    code: str | None
    """The address of the code."""
    project: str | None
    """The address of the project."""
    file: str | None
    """The file beside the list in which it keeps the paper."""
    headings: tuple[str, ...]
    """The headings that it is below, the highest first."""
    line: Count
    """Its line in the list."""
    authors: tuple[str, ...]
    """Authors that the list names."""


class ImportedWork(Model):
    """One work of a file, and what became of it."""

    file: str
    """The file that was read."""
    line: Count
    """Where the work is in it."""
    status: Literal["added", "merged", "skipped", "doubted"]
    """What became of it."""
    title: str
    """Its title; empty where none was read."""
    entry: str | None
    """The file of its entry; null where there is none."""
    message: str
    """Why, and what to do; may be empty."""
    listed: ListedWork | None
    """What a list in Markdown says of it; null for other files."""


class Imported(Model):
    """What `rekb import --format json` prints."""

    schema_version: Literal[1]
    """Version of this format."""
    counts: ImportCounts
    """What became of how many works."""
    works: tuple[ImportedWork, ...]
    """The works, as they follow each other in the files."""


PRINTED: dict[type[Model], str] = {
    Bibliography: "docs/schema/bibliography.json",
    Watched: "docs/schema/watch.json",
    Proposals: "docs/schema/proposals.json",
    Findings: "docs/schema/findings.json",
    Imported: "docs/schema/import.json",
}
"""The schema of each."""
