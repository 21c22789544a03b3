"""Print a report: one renderer per output, none of which decides anything."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict

from rekb.diagnostics import Diagnostic, Report, Severity
from rekb.yamlio import Document

Documents = Mapping[str, Document]


def render(report: Report, documents: Documents, form: str) -> str:
    """Return the report in one of the forms text, json, github; ends with a newline unless empty."""
    return FORMS[form](report, documents)


def _text(report: Report, documents: Documents) -> str:
    lines = [line for diagnostic in report for line in _text_lines(diagnostic, documents)]
    counts = [(report.count(severity), severity.value) for severity in Severity]
    found = ", ".join(f"{n} {word}{'' if n == 1 else 's'}" for n, word in counts if n)
    lines.append(f"{len(documents)} files: {found or 'nothing to report'}")
    return "\n".join(lines) + "\n"


def _text_lines(diagnostic: Diagnostic, documents: Documents) -> list[str]:
    place = diagnostic.place
    head = f"{place.path}:{place.line}:{place.column}: {diagnostic.severity} {diagnostic.rule}: {diagnostic.message}"
    lines = [f"{head}: {diagnostic.hint}" if diagnostic.hint else head]
    document = documents.get(place.path)
    source = document.text.split("\n") if document else []
    if place.line <= len(source) and (line := source[place.line - 1].rstrip("\r")):
        start = max(0, place.column - 60)
        shown = line[start : start + 100]
        gutter = f"{place.line:>5} | "
        lines += [gutter + shown, " " * (len(gutter) - 2) + "| " + " " * (place.column - 1 - start) + "^"]
    return lines


def _json(report: Report, documents: Documents) -> str:
    findings = [
        {
            "rule": d.rule,
            "severity": d.severity.value,
            **asdict(d.place),
            "field": d.field,
            "message": d.message,
            "hint": d.hint,
        }
        for d in report
    ]
    counts = {severity.value: report.count(severity) for severity in Severity}
    body = {"schema_version": 1, "files": len(documents), "counts": counts, "findings": findings}
    return json.dumps(body, ensure_ascii=False, indent=2) + "\n"


_GITHUB_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "notice"}


def _escape(text: str, *, in_property: bool = False) -> str:
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if in_property else text


def _github(report: Report, documents: Documents) -> str:  # noqa: ARG001 - all renderers take the same
    lines = []
    for d in report:
        where = f"file={_escape(d.place.path, in_property=True)},line={d.place.line},col={d.place.column}"
        message = f"{d.message}: {d.hint}" if d.hint else d.message
        title = _escape(d.rule, in_property=True)
        lines.append(f"::{_GITHUB_LEVEL[d.severity]} {where},title={title}::{_escape(message)}")
    return "".join(f"{line}\n" for line in lines)


FORMS: dict[str, Callable[[Report, Documents], str]] = {"text": _text, "json": _json, "github": _github}
"""Name of a form to its renderer."""
