"""Rules on what makes a work one work: its key, its place, its identifiers, its rows in the survey."""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import PurePosixPath

from rekb.checks.registry import Finding, rule
from rekb.diagnostics import Severity
from rekb.kb import KnowledgeBase
from rekb.model.keys import identifiers, key_matches, key_of, title_fingerprint
from rekb.yamlio import Path_


@rule("key-mismatch")
def key_mismatch(base: KnowledgeBase) -> Iterator[Finding]:
    """A key that follows from the facts can be guessed, and shows when a fact is wrong.

    Example: `papers/2022/tri2022flash.yaml`
    Fix: name the file family name + first public year + first word of the title, accents dropped; a letter
    (b, c ...) parts two works of one key.
    """
    for key, entry in base.entries.items():
        if not key_matches(key, entry):
            yield Finding(
                base.entry_paths[key],
                (),
                f"the key `{key}` does not follow from author, first year and title",
                f"rename the file to {entry.year}/{key_of(entry)}.yaml, or mend the fact that is wrong",
            )


@rule("wrong-folder")
def wrong_folder(base: KnowledgeBase) -> Iterator[Finding]:
    """The folder is the first public year, so that a work can be found by hand.

    Example: `papers/2023/dao2022flashattention.yaml`
    Fix: move the file to the folder of the year of its oldest record.
    """
    for key, entry in base.entries.items():
        folder = PurePosixPath(base.entry_paths[key]).parent.name
        if folder != str(entry.year):
            hint = f"move it to papers/{entry.year}/"
            yield Finding(
                base.entry_paths[key], (), f"the first public year is {entry.year}, the folder {folder}", hint
            )


@rule("records-out-of-order")
def records_out_of_order(base: KnowledgeBase) -> Iterator[Finding]:
    """Records stand oldest first: readers see how the work appeared, and the first gives its year.

    Example: a record of 2023 above one of 2022.
    Fix: swap them.
    """
    for key, entry in base.entries.items():
        for number, (before, after) in enumerate(
            zip(entry.records, entry.records[1:], strict=False), start=1
        ):
            months = before.month or 0, after.month or 99
            if after.year < before.year or (after.year == before.year and months[1] < months[0]):
                yield Finding(
                    base.entry_paths[key],
                    ("records", number),
                    "this record is older than the one above",
                    "move it up",
                )


def _shared(found: dict[str, list[tuple[str, str, Path_]]], what: str) -> Iterator[Finding]:
    for uses in found.values():
        first_key = uses[0][0]
        for key, file, path in uses[1:]:
            if key != first_key:
                hint = f"one work is one entry: merge this file into `{first_key}`, or mend the {what}"
                yield Finding(file, path, f"`{first_key}` has the same {what}", hint)


@rule("duplicate-identifier")
def duplicate_identifier(base: KnowledgeBase) -> Iterator[Finding]:
    """An identifier names one work; under two titles, one of the two is wrong.

    Example: `arxiv: "2105.15203"` in two entries.
    Fix: look the identifier up and keep it where its title stands.
    """
    found: dict[str, list[tuple[str, str, Path_]]] = defaultdict(list)
    for key, entry in base.entries.items():
        for number, record in enumerate(entry.records):
            for scheme, value in identifiers(record):
                field = scheme if getattr(record, scheme) else "doi"
                found[f"{scheme}:{value}"].append((key, base.entry_paths[key], ("records", number, field)))
    yield from _shared(found, "identifier")


@rule("duplicate-title")
def duplicate_title(base: KnowledgeBase) -> Iterator[Finding]:
    """The same title up to case, accents and punctuation is nearly always the same work.

    Example: `Masked Autoencoders are scalable vision learners` in two entries.
    Fix: merge them; where two works do share a title, exempt both with that reason.
    """
    found: dict[str, list[tuple[str, str, Path_]]] = defaultdict(list)
    for key, entry in base.entries.items():
        found[title_fingerprint(entry.title)].append((key, base.entry_paths[key], ("title",)))
    yield from _shared(found, "title")


@rule("survey-row-claimed-twice")
def survey_row_claimed_twice(base: KnowledgeBase) -> Iterator[Finding]:
    """A row of the survey's list is one work, so exactly one entry answers for it.

    Example: `survey: {rows: [29]}` in two entries.
    Fix: keep the row where title and link belong.
    """
    claimed: dict[int, str] = {}
    for key, entry in base.entries.items():
        for number, row in enumerate(entry.survey.rows if entry.survey else ()):
            if row in claimed:
                message = f"row {row} of the survey is claimed by `{claimed[row]}` already"
                yield Finding(base.entry_paths[key], ("survey", "rows", number), message)
            claimed.setdefault(row, key)


@rule("arxiv-year", Severity.ERROR)
def arxiv_year(base: KnowledgeBase) -> Iterator[Finding]:
    """An arXiv identifier begins with year and month; they cannot differ from the record's.

    Example: `{venue: arxiv, year: 2023, arxiv: "2205.14135"}`
    Fix: write the year of the identifier.
    """
    for key, entry in base.entries.items():
        for number, record in enumerate(entry.records):
            if record.venue != "arxiv" or not record.arxiv:
                continue
            digits = record.arxiv.rpartition("/")[2]
            year = 2000 + int(digits[:2]) if int(digits[:2]) < 90 else 1900 + int(digits[:2])  # noqa: PLR2004
            month = int(digits[2:4])
            file = base.entry_paths[key]
            if record.year != year:
                yield Finding(
                    file,
                    ("records", number, "year"),
                    f"{record.arxiv} was submitted in {year}",
                    f"write {year}",
                )
            elif record.month not in (None, month):
                message = f"{record.arxiv} was submitted in month {month}"
                yield Finding(file, ("records", number, "month"), message, f"write {month}")


@rule("preprint-without-id")
def preprint_without_id(base: KnowledgeBase) -> Iterator[Finding]:
    """A record on arXiv without its identifier cannot be followed.

    Example: `{venue: arxiv, year: 2022}`
    Fix: add `arxiv:`, or leave the record out.
    """
    for key, entry in base.entries.items():
        for number, record in enumerate(entry.records):
            if record.venue == "arxiv" and not record.arxiv:
                yield Finding(
                    base.entry_paths[key],
                    ("records", number),
                    "a record on arXiv needs its identifier",
                    "add `arxiv:`",
                )
