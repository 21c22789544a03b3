"""Print a report: one renderer for each output, none of which decides anything."""

from collections.abc import Callable

from rekb.diagnostics import Report
from rekb.reports.machine import as_github, as_json, as_junit, as_sarif
from rekb.reports.markdown import as_markdown
from rekb.reports.text import Documents, as_text, closing, counted, findings

__all__ = ["FORMS", "Documents", "as_markdown", "closing", "counted", "findings", "render"]


def render(report: Report, documents: Documents, form: str, *, colour: bool = False) -> str:
    """Return the report in one of `FORMS`; ends with a newline unless empty.

    Of each file the worst hundred findings are shown, and how many more there are.

    Args:
        report: what was found.
        documents: the files that were read, for their source lines.
        form: a name of `FORMS`.
        colour: whether the text form may use terminal colours.
    """
    capped = report.capped()
    if form == "text" and colour:
        return as_text(capped, documents, colour=True)
    return FORMS[form](capped, documents)


FORMS: dict[str, Callable[[Report, Documents], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
    "sarif": as_sarif,
    "junit": as_junit,
}
"""Name of a form to its renderer."""
