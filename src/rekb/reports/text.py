"""A report as people read it: one line and the source line for each finding, and what to do next."""

from collections import Counter
from collections.abc import Collection, Mapping

from rekb.diagnostics import Diagnostic, Place, Report, Severity
from rekb.text import amount, display_width, printable
from rekb.yamlio.document import Document

Documents = Mapping[str, Document]
_BEFORE = 60
"""Most characters of the source line that are shown before the place."""
_SHOWN = 110
"""Most characters of the source line that are shown."""
_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.HINT: "36"}


def message_and_hint(diagnostic: Diagnostic) -> str:
    """Return message and hint on one line that a terminal shows and does not obey."""
    if not diagnostic.hint:
        return printable(diagnostic.message)
    return printable(f"{diagnostic.message}: {diagnostic.hint}")


def as_text(report: Report, documents: Documents, *, colour: bool = False) -> str:
    """Return findings, each with its line of the file, and below them their count."""
    return findings(report, documents, colour=colour) + counted(report, documents) + "\n"


def findings(report: Report, documents: Documents, *, colour: bool = False) -> str:
    """Return findings, each with its line of the file."""
    lines: list[str] = []
    for diagnostic in report:
        lines.extend(_text_lines(diagnostic, documents, colour=colour))
    parts = []
    for line in lines:
        parts.append(f"{line}\n")
    return "".join(parts)


def counted(report: Report, documents: Documents) -> str:
    """Return how much was looked at and found: ``489 files: 1 error, 40 warnings``."""
    counts = []
    for severity in Severity:
        number = report.count(severity)
        if number:
            counts.append(amount(number, severity.value))
    found = ", ".join(counts) or "nothing to report"
    return f"{amount(len(documents), 'file')}: {found}"


def closing(report: Report, fixable: Collection[str], hidden: int = 0) -> str:
    """Return the lines below the count: which rules found something, and what to do next.

    Args:
        report: what was found.
        fixable: rules of which some findings can be fixed.
        hidden: findings that were left out of what was printed.
    """
    found = list(report)
    if not found:
        return ""
    rules = Counter(diagnostic.rule for diagnostic in found)
    lines = []
    if len(found) > 1:
        lines.append("  " + ", ".join(f"{rule} {number}" for rule, number in rules.most_common()))
    if hidden:
        lines.append(f"  {hidden} of them are not shown; --full prints them all")
    lines.append(f"Next: `rekb explain {_most_pressing(found, rules)}` says why and what to write.")
    fixed = sorted(rules.keys() & set(fixable))
    if fixed:
        lines.append(f"`rekb validate --diff` shows what --fix would change for {', '.join(fixed)}.")
    return "\n".join(lines) + "\n"


def _most_pressing(found: Collection[Diagnostic], rules: Counter[str]) -> str:
    """Return the rule to look at first: of the worst severity, the one that spoke most often."""

    def order(diagnostic: Diagnostic) -> tuple[int, int, str]:
        return diagnostic.severity.weight, -rules[diagnostic.rule], diagnostic.rule

    return min(found, key=order).rule


def _text_lines(diagnostic: Diagnostic, documents: Documents, *, colour: bool) -> list[str]:
    def painted(text: str, code: str) -> str:
        if not colour:
            return text
        return f"\x1b[{code}m{text}\x1b[0m"

    place = diagnostic.place
    where = painted(f"{place.path}:{place.line}:{place.column}:", "1")
    what = painted(f"{diagnostic.severity} {diagnostic.rule}:", f"1;{_COLOURS[diagnostic.severity]}")
    lines = [f"{where} {what} {message_and_hint(diagnostic)}"]
    excerpt = _excerpt(diagnostic, documents)
    if excerpt:
        source, columns_before = excerpt
        gutter = f"{place.line:>5} | "
        caret = painted("^", _COLOURS[diagnostic.severity])
        lines.append(f"{gutter}{source}")
        lines.append(f"{'| ':>{len(gutter)}}{' ' * columns_before}{caret}")
    return lines


def _excerpt(diagnostic: Diagnostic, documents: Documents) -> tuple[str, int] | None:
    """Return the source line around the place, and how many columns stand before the place."""
    place = diagnostic.place
    if diagnostic.field is None and (place.line, place.column) == (1, 1):
        # It is about the file as a whole, so no line shows it.
        return None
    line = _source_line(documents, place)
    if not line.strip():
        return None
    at = place.column - 1
    start = max(0, at - _BEFORE)
    # Escapes are longer than what they stand for, so what is before the place is measured as it is shown.
    before = printable(line[start:at])
    return before + printable(line[at : start + _SHOWN]), display_width(before)


def _source_line(documents: Documents, place: Place) -> str:
    """Return a line of a file as a terminal can show it, empty where there is none."""
    document = documents.get(place.path)
    if document is None:
        return ""
    # A tab is as wide as one column here, so that the caret is below the place.
    return document.line(place.line).removesuffix("\r").replace("\t", " ")
