"""A report as people read it: one line and the source line for each finding, and what to do next."""

from collections import Counter
from collections.abc import Collection, Mapping

from rekb.diagnostics import Diagnostic, Report, Severity
from rekb.text import display_width, printable
from rekb.yamlio.document import Document

Documents = Mapping[str, Document]
_BEFORE = 60
"""Most characters of the source line that are shown before the place."""
_SHOWN = 110
"""Most characters of the source line that are shown."""
_COLOURS = {Severity.ERROR: "31", Severity.WARNING: "33", Severity.HINT: "36"}


def said(diagnostic: Diagnostic) -> str:
    """Return message and hint on one line that a terminal shows and does not obey."""
    hint = f": {diagnostic.hint}" if diagnostic.hint else ""
    return printable(f"{diagnostic.message}{hint}")


def as_text(report: Report, documents: Documents, *, colour: bool = False) -> str:
    """Return findings, each with its line of the file, and below them their count."""
    return findings(report, documents, colour=colour) + counted(report, documents) + "\n"


def findings(report: Report, documents: Documents, *, colour: bool = False) -> str:
    """Return findings, each with its line of the file."""
    lines = (line for diagnostic in report for line in _text_lines(diagnostic, documents, colour=colour))
    return "".join(f"{line}\n" for line in lines)


def counted(report: Report, documents: Documents) -> str:
    """Return how much was looked at and found: ``489 files: 1 error, 40 warnings``."""
    counts = [(report.count(severity), severity.value) for severity in Severity]
    found = ", ".join(_plural(n, word) for n, word in counts if n)
    return f"{_plural(len(documents), 'file')}: {found or 'nothing to report'}"


def _plural(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def closing(report: Report, fixable: Collection[str], hidden: int = 0) -> str:
    """Return the lines below the count: which rules spoke, and what to do next.

    Args:
        report: what was found.
        fixable: rules of which some findings can be mended.
        hidden: findings that were left out of what was printed.
    """
    if not (found := list(report)):
        return ""
    rules = Counter(d.rule for d in found)
    worst = min(found, key=lambda d: (d.severity.weight, -rules[d.rule], d.rule)).rule
    lines = (
        ["  " + ", ".join(f"{rule} {number}" for rule, number in rules.most_common())] if found[1:] else []
    )
    if hidden:
        lines.append(f"  {hidden} of them are not shown; --full prints them all")
    lines.append(f"Next: `rekb explain {worst}` says why and what to write.")
    if mended := sorted(rules.keys() & set(fixable)):
        lines.append(f"`rekb validate --diff` shows what --fix would mend of {', '.join(mended)}.")
    return "\n".join(lines) + "\n"


def _text_lines(diagnostic: Diagnostic, documents: Documents, *, colour: bool) -> list[str]:
    def painted(text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if colour else text

    place = diagnostic.place
    where = painted(f"{place.path}:{place.line}:{place.column}:", "1")
    what = painted(f"{diagnostic.severity} {diagnostic.rule}:", f"1;{_COLOURS[diagnostic.severity]}")
    lines = [f"{where} {what} {said(diagnostic)}"]
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
