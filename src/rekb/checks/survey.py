"""Rules on the rows of the survey's public list that entries answer for."""

from collections.abc import Iterator

from rekb.checks.registry import Claims, Finding, rule
from rekb.kb import KnowledgeBase
from rekb.model.parts import survey_rows_of


def _claims(base: KnowledgeBase) -> Iterator[tuple[str, str, int, int]]:
    """Yield key and file of each entry that names a row, the row's place in its list, and the row."""
    for key, entry in base.entries.items():
        for number, row in enumerate(survey_rows_of(entry)):
            yield key, base.entry_paths[key], number, row


def _claimed_rows(base: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Yield each row that an entry answers for, with its file."""
    for _, file, _, row in _claims(base):
        yield file, str(row)


@rule("survey-row-claimed-twice", claims=Claims(_claimed_rows))
def survey_row_claimed_twice(base: KnowledgeBase) -> Iterator[Finding]:
    """A row of the survey's list is one work, so exactly one entry answers for it.

    Example: `survey: {rows: [29]}` in two entries.
    Fix: keep the row where title and link belong.
    """
    claimed: dict[int, tuple[str, str]] = {}
    for key, file, number, row in _claims(base):
        if row in claimed:
            first, first_file = claimed[row]
            message = f"row {row} of the survey is claimed by `{first}` already"
            hint = "keep the row where title and link belong"
            yield Finding(file, ("survey", "rows", number), message, hint, also=(first_file,))
        claimed.setdefault(row, (key, file))


@rule("unknown-survey-row", local=True)
def unknown_survey_row(base: KnowledgeBase) -> Iterator[Finding]:
    """The survey's list has the rows that `rekb.yaml` says, counted from 1.

    Example: `survey: {rows: [434]}` where `rekb.yaml` has `rows: 433`.
    Fix: look the row up.
    """
    survey = base.config.survey
    if survey is None:
        # How many rows there are is not known then.
        return
    for _, file, number, row in _claims(base):
        if row > survey.rows:
            message = f"the survey's list has no row {row}"
            yield Finding(file, ("survey", "rows", number), message, f"rows are 1 to {survey.rows}")


@rule("survey-rows-out-of-order", local=True, fixable=True)
def survey_rows_out_of_order(base: KnowledgeBase) -> Iterator[Finding]:
    """Rows ascend, so that two people write the same list.

    Example: `survey: {rows: [41, 29]}`
    Fix: write `[29, 41]`.
    """
    for key, entry in base.entries.items():
        rows = list(survey_rows_of(entry))
        if rows != sorted(rows):
            hint = f"write {sorted(set(rows))}"
            yield Finding(base.entry_paths[key], ("survey", "rows"), "the rows do not ascend", hint)
