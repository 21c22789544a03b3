"""A report as programs read it: JSON, GitHub's workflow commands, SARIF, JUnit."""

import json
from dataclasses import asdict
from urllib.parse import quote

from rekb.about import __version__
from rekb.diagnostics import Diagnostic, Report, Severity
from rekb.reports.text import Documents, message_and_hint
from rekb.text import printable

_SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def as_json(report: Report, documents: Documents) -> str:
    """Return a report as one JSON object."""
    counts = {severity.value: report.count(severity) for severity in Severity}
    return _dumped({
        "schema_version": 1,
        "files": len(documents),
        "counts": counts,
        "findings": list(map(_json_finding, report)),
    })  # fmt: skip


def _json_finding(diagnostic: Diagnostic) -> dict[str, object]:
    return {
        "rule": diagnostic.rule,
        "severity": diagnostic.severity.value,
        **asdict(diagnostic.place),
        "field": diagnostic.field,
        "message": printable(diagnostic.message),
        "hint": diagnostic.hint and printable(diagnostic.hint),
    }


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


# GitHub's workflow commands and SARIF each have a word of their own for the mildest level.
_GITHUB_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "notice"}


def _escape(text: str, *, in_property: bool = False) -> str:
    # The percent sign goes first: the escapes that follow hold one.
    # A command is one line, and in its properties a colon or a comma ends a value.
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    if in_property:
        text = text.replace(":", "%3A").replace(",", "%2C")
    return text


def as_github(report: Report, documents: Documents) -> str:  # noqa: ARG001 - all renderers take the same
    """Return a report as commands that annotate the lines of a pull request."""
    return "".join(map(_github_command, report))


def _github_command(diagnostic: Diagnostic) -> str:
    place = diagnostic.place
    level = _GITHUB_LEVEL[diagnostic.severity]
    where = f"file={_escape(place.path, in_property=True)},line={place.line},col={place.column}"
    title = _escape(diagnostic.rule, in_property=True)
    return f"::{level} {where},title={title}::{_escape(message_and_hint(diagnostic))}\n"


_SARIF_LEVEL = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.HINT: "note"}


def as_sarif(report: Report, documents: Documents) -> str:  # noqa: ARG001 - all renderers take the same
    """Return a report as code scanning reads it."""
    names = sorted({diagnostic.rule for diagnostic in report})
    rules = [{"id": name} for name in names]
    run = {
        "tool": {"driver": {"name": "rekb", "version": __version__, "rules": rules}},
        # SARIF counts columns in UTF-16 units unless a file says otherwise; ours are characters.
        "columnKind": "unicodeCodePoints",
        "results": [_sarif_result(diagnostic) for diagnostic in report],
    }
    return _dumped({"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]})


def _sarif_result(diagnostic: Diagnostic) -> dict[str, object]:
    place = diagnostic.place
    region = {"startLine": place.line, "startColumn": place.column}
    # SARIF takes the path for an address, in which a space or a letter beyond ASCII is escaped.
    location = {"artifactLocation": {"uri": quote(place.path)}, "region": region}
    return {
        "ruleId": diagnostic.rule,
        "level": _SARIF_LEVEL[diagnostic.severity],
        "message": {"text": message_and_hint(diagnostic)},
        "locations": [{"physicalLocation": location}],
    }


def as_junit(report: Report, documents: Documents) -> str:
    """Return one test case a file: failed with its errors, its other findings as output."""
    # JUnit counts what passed as well, so a file without findings is a case, too.
    found: dict[str, list[Diagnostic]] = {file: [] for file in documents}
    failed = set()
    for diagnostic in report:
        file = diagnostic.place.path
        found.setdefault(file, []).append(diagnostic)
        if diagnostic.severity is Severity.ERROR:
            failed.add(file)
    cases = "".join(_junit_case(file, found[file]) for file in sorted(found))
    counts = f'tests="{len(found)}" failures="{len(failed)}"'
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name="rekb" {counts}>\n'
        f'<testsuite name="rekb validate" {counts}>\n{cases}</testsuite>\n</testsuites>\n'
    )


def _junit_case(file: str, found: list[Diagnostic]) -> str:
    errors: list[str] = []
    others: list[str] = []
    for diagnostic in found:
        if diagnostic.severity is Severity.ERROR:
            errors.append(_junit_line(diagnostic))
        else:
            others.append(_junit_line(diagnostic))
    case = f'<testcase classname="rekb" name="{_xml(file)}">'
    # JUnit knows failed or not; what is no error is shown as the case's output, so that it does not fail it.
    if errors:
        case += f'<failure message="the file has errors">{_xml_lines(errors)}</failure>'
    if others:
        case += f"<system-out>{_xml_lines(others)}</system-out>"
    return f"{case}</testcase>\n"


def _junit_line(diagnostic: Diagnostic) -> str:
    place = f"{diagnostic.place.line}:{diagnostic.place.column}"
    return f"{place}: {diagnostic.severity} {diagnostic.rule}: {message_and_hint(diagnostic)}"


def _xml_lines(lines: list[str]) -> str:
    return _xml("\n".join(lines))


def _xml(text: str) -> str:
    from html import escape  # noqa: PLC0415 - it brings all names of HTML, and few runs write JUnit

    return escape(text)
