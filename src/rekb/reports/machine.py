"""A report as programs read it: JSON, GitHub's workflow commands, SARIF, JUnit."""

import html
import json
from dataclasses import asdict
from urllib.parse import quote

from rekb import __version__
from rekb.diagnostics import Diagnostic, Report, Severity
from rekb.reports.text import Documents, said
from rekb.text import printable

_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def as_json(report: Report, documents: Documents) -> str:
    """Return a report as one JSON object."""
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


def as_github(report: Report, documents: Documents) -> str:  # noqa: ARG001 - all renderers take the same
    """Return a report as commands that annotate the lines of a pull request."""
    lines = []
    for d in report:
        where = f"file={_escape(d.place.path, in_property=True)},line={d.place.line},col={d.place.column}"
        title = _escape(d.rule, in_property=True)
        lines.append(f"::{_GITHUB_LEVEL[d.severity]} {where},title={title}::{_escape(said(d))}")
    return "".join(f"{line}\n" for line in lines)


_SARIF_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "note"}


def as_sarif(report: Report, documents: Documents) -> str:  # noqa: ARG001 - all renderers take the same
    """Return a report as code scanning reads it."""
    rules = sorted({d.rule for d in report})
    driver = {"name": "rekb", "version": __version__, "rules": [{"id": rule} for rule in rules]}
    results = [
        {
            "ruleId": d.rule,
            "level": _SARIF_LEVEL[d.severity],
            "message": {"text": said(d)},
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


def as_junit(report: Report, documents: Documents) -> str:
    """Return one test case a file: failed with its errors, its other findings as output."""
    files = sorted({*documents, *(d.place.path for d in report)})
    failed = {d.place.path for d in report if d.severity is Severity.ERROR}
    found: dict[str, list[Diagnostic]] = {file: [] for file in files}
    for diagnostic in report:
        found[diagnostic.place.path].append(diagnostic)
    cases = "".join(_junit_case(file, found[file]) for file in files)
    counts = f'tests="{len(files)}" failures="{len(failed)}"'
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="rekb" {counts}>\n'
        f'<testsuite name="rekb validate" {counts}>\n{cases}</testsuite>\n</testsuites>\n'
    )


def _junit_case(file: str, found: list[Diagnostic]) -> str:
    def told(wanted: bool) -> str:  # noqa: FBT001 - a yes or no
        lines = [
            f"{d.place.line}:{d.place.column}: {d.severity} {d.rule}: {said(d)}"
            for d in found
            if (d.severity is Severity.ERROR) is wanted
        ]
        return html.escape("\n".join(lines))

    errors, others = told(True), told(False)  # noqa: FBT003 - the same
    failure = f'<failure message="the file has errors">{errors}</failure>' if errors else ""
    output = f"<system-out>{others}</system-out>" if others else ""
    return f'<testcase classname="rekb" name="{html.escape(file)}">{failure}{output}</testcase>\n'
