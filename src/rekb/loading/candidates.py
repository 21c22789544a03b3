"""What watched lists name, read from taxonomy/candidates.json: thousands of rows that a command writes."""

from pathlib import Path

from pydantic import ValidationError

from rekb.diagnostics import Diagnostic, Place, Severity
from rekb.loading.layout import CANDIDATES
from rekb.model.watch import Candidate, CandidateFile
from rekb.yamlio.document import Reading
from rekb.yamlio.reader import content

LARGEST = 8 * 1024 * 1024
"""Most bytes that are read: about forty thousand works."""
_FIRST_ROW = 2
"""The line of the first work, as `rekb watch --record` writes the file."""


def read_candidates(root: Path) -> tuple[tuple[Candidate, ...], tuple[Diagnostic, ...]]:
    """Return the recorded works, those that wait before those that were decided, and the faults of the file.

    There are no works without the file, and none where it has faults.
    """
    path = root / CANDIDATES
    # `exists` follows a link, and is false for one that leads nowhere.
    if not path.exists() and not path.is_symlink():
        return (), ()
    data = content(path, CANDIDATES, LARGEST)
    if isinstance(data, Reading):
        return (), tuple(data.diagnostics)
    try:
        read = CandidateFile.model_validate_json(data)
    except ValidationError as error:
        hint = "let `rekb watch --record` write it anew"
        return (), (Diagnostic("bad-candidates", Severity.ERROR, Place(CANDIDATES), _words(error), hint),)
    return read.candidates + read.decided, ()


def _words(error: ValidationError) -> str:
    """Return the first fault with its line; a file that is no JSON has one fault."""
    first = error.errors()[0]
    place = first["loc"]
    if len(place) > 1 and isinstance(place[1], int):
        field = ".".join(str(part) for part in place[2:])
        if place[0] == "decided":
            where = f"row {place[1] + 1} of `decided`"
        else:
            where = f"line {place[1] + _FIRST_ROW}"
        return f"{where}: {field}: {first['msg']}"
    return f"this is not the record of watched lists: {first['msg']}"
