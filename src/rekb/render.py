"""Print a report: one renderer for each output, none of which decides anything."""

import html
import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from urllib.parse import quote

from rekb import __version__
from rekb.diagnostics import Diagnostic, Report, Severity
from rekb.document import Document
from rekb.text import display_width, printable

Documents = Mapping[str, Document]
_BEFORE = 60
"""Most characters of the source line that are shown before the place."""
_SHOWN = 110
"""Most characters of the source line that are shown."""
_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.HINT: "36"}
_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def render(report: Report, documents: Documents, form: str, *, colour: bool = False) -> str:
    """Return the report in one of `FORMS`; ends with a newline unless empty.

    Args:
        report: what was found.
        documents: the files that were read, for their source lines.
        form: a name of `FORMS`.
        colour: whether the text form may use terminal colours.
    """
    if form == "text" and colour:
        return _text(report, documents, colour=True)
    return FORMS[form](report, documents)


def _said(diagnostic: Diagnostic) -> str:
    hint = f": {diagnostic.hint}" if diagnostic.hint else ""
    return printable(f"{diagnostic.message}{hint}")


def _text(report: Report, documents: Documents, *, colour: bool = False) -> str:
    lines = [line for diagnostic in report for line in _text_lines(diagnostic, documents, colour=colour)]
    counts = [(report.count(severity), severity.value) for severity in Severity]
    found = ", ".join(f"{n} {word}{'' if n == 1 else 's'}" for n, word in counts if n)
    lines.append(f"{len(documents)} files: {found or 'nothing to report'}")
    return "\n".join(lines) + "\n"


def _text_lines(diagnostic: Diagnostic, documents: Documents, *, colour: bool) -> list[str]:
    def painted(text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if colour else text

    place = diagnostic.place
    where = painted(f"{place.path}:{place.line}:{place.column}:", "1")
    what = painted(f"{diagnostic.severity} {diagnostic.rule}:", f"1;{_COLOURS[diagnostic.severity]}")
    lines = [f"{where} {what} {_said(diagnostic)}"]
    if excerpt := _excerpt(diagnostic, documents):
        source, pad = excerpt
        gutter = f"{place.line:>5} | "
        caret = painted("^", _COLOURS[diagnostic.severity])
        lines += [f"{gutter}{source}", f"{'| ':>{len(gutter)}}{' ' * pad}{caret}"]
    return lines


def _excerpt(diagnostic: Diagnostic, documents: Documents) -> tuple[str, int] | None:
    """Return the source line around the place, and how many columns stand before the place."""
    place = diagnostic.place
    if diagnostic.field is None and (place.line, place.column) == (1, 1):
        return None  # it is about the file as a whole
    document = documents.get(place.path)
    lines = document.text.split("\n") if document else []
    if place.line > len(lines) or not lines[place.line - 1].strip():
        return None
    line = lines[place.line - 1].removesuffix("\r").replace("\t", " ")
    at = place.column - 1
    start = max(0, at - _BEFORE)
    before = printable(line[start:at])
    return before + printable(line[at : start + _SHOWN]), display_width(before)


def _json(report: Report, documents: Documents) -> str:
    findings = [
        {
            "rule": d.rule,
            "severity": d.severity.value,
            **asdict(d.place),
            "field": d.field,
            "message": printable(d.message),
            "hint": d.hint and printable(d.hint),
        }
        for d in report
    ]
    counts = {severity.value: report.count(severity) for severity in Severity}
    return _dumped({"schema_version": 1, "files": len(documents), "counts": counts, "findings": findings})


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


_GITHUB_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "notice"}


def _escape(text: str, *, in_property: bool = False) -> str:
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if in_property else text


def _github(report: Report, documents: Documents) -> str:  # noqa: ARG001 - all renderers take the same
    lines = []
    for d in report:
        where = f"file={_escape(d.place.path, in_property=True)},line={d.place.line},col={d.place.column}"
        title = _escape(d.rule, in_property=True)
        lines.append(f"::{_GITHUB_LEVEL[d.severity]} {where},title={title}::{_escape(_said(d))}")
    return "".join(f"{line}\n" for line in lines)


_SARIF_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "note"}


def _sarif(report: Report, documents: Documents) -> str:  # noqa: ARG001 - all renderers take the same
    rules = sorted({d.rule for d in report})
    driver = {"name": "rekb", "version": __version__, "rules": [{"id": rule} for rule in rules]}
    results = [
        {
            "ruleId": d.rule,
            "level": _SARIF_LEVEL[d.severity],
            "message": {"text": _said(d)},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": quote(d.place.path)},
                        "region": {"startLine": d.place.line, "startColumn": d.place.column},
                    }
                }
            ],
        }
        for d in report
    ]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return _dumped({"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]})


def _junit(report: Report, documents: Documents) -> str:
    """Return one test case a file: failed with its errors, its other findings as output."""
    files = sorted({*documents, *(d.place.path for d in report)})
    failed = {d.place.path for d in report if d.severity is Severity.ERROR}
    cases = "".join(_junit_case(file, [d for d in report if d.place.path == file]) for file in files)
    counts = f'tests="{len(files)}" failures="{len(failed)}"'
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="rekb" {counts}>\n'
        f'<testsuite name="rekb validate" {counts}>\n{cases}</testsuite>\n</testsuites>\n'
    )


def _junit_case(file: str, found: list[Diagnostic]) -> str:
    def told(wanted: bool) -> str:  # noqa: FBT001 - a yes or no
        lines = [
            f"{d.place.line}:{d.place.column}: {d.severity} {d.rule}: {_said(d)}"
            for d in found
            if (d.severity is Severity.ERROR) is wanted
        ]
        return html.escape("\n".join(lines))

    errors, others = told(True), told(False)  # noqa: FBT003 - the same
    failure = f'<failure message="the file has errors">{errors}</failure>' if errors else ""
    output = f"<system-out>{others}</system-out>" if others else ""
    return f'<testcase classname="rekb" name="{html.escape(file)}">{failure}{output}</testcase>\n'


FORMS: dict[str, Callable[[Report, Documents], str]] = {
    "text": _text,
    "json": _json,
    "github": _github,
    "sarif": _sarif,
    "junit": _junit,
}
"""Name of a form to its renderer."""
