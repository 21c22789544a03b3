"""A report as the summary of a workflow step: Markdown in which nothing from a data file is markup."""

from collections import Counter
from collections.abc import Iterator

from rekb.diagnostics import Report
from rekb.markdowntext import code_in_markdown
from rekb.reports.text import Documents, counted, message_and_hint
from rekb.text import amount

MOST_ROWS = 200
"""Findings in the table; GitHub refuses summaries of more than a megabyte."""


def as_markdown(report: Report, documents: Documents) -> str:
    """Return counts, and a table of findings, worst first."""
    parts = []
    for line in _lines(report, documents):
        parts.append(f"{line}\n")
    return "".join(parts)


def _lines(report: Report, documents: Documents) -> Iterator[str]:
    yield f"### rekb validate: {counted(report, documents)}"
    # Sorting is stable: within a severity the order of files and lines stays.
    found = sorted(report, key=lambda d: d.severity.weight)
    if not found:
        return
    yield ""
    yield "| | rule | place | finding |"
    yield "| --- | --- | --- | --- |"
    for diagnostic in found[:MOST_ROWS]:
        place = _code(f"{diagnostic.place.path}:{diagnostic.place.line}")
        finding = _code(message_and_hint(diagnostic))
        yield f"| {diagnostic.severity} | {_code(diagnostic.rule)} | {place} | {finding} |"
    yield ""
    if len(found) > MOST_ROWS:
        yield f"In the log of the step: {amount(len(found) - MOST_ROWS, 'more finding')}."
    most_frequent = Counter(diagnostic.rule for diagnostic in found).most_common(1)[0][0]
    yield f"`rekb explain {most_frequent}` says why the rule is there and what satisfies it."


def _code(text: str) -> str:
    return code_in_markdown(text, in_table=True)
