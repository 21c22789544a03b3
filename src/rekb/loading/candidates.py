"""What watched lists name, read from taxonomy/candidates.json: thousands of rows that a command writes."""

from typing import TYPE_CHECKING

from pydantic import ValidationError

from rekb.loading.layout import CANDIDATES
from rekb.model.watch import Candidate, CandidateFile
from rekb.yamlio.document import Reading
from rekb.yamlio.reader import content

if TYPE_CHECKING:
    from rekb.loading.loader import Loading

LARGEST = 8 * 1024 * 1024
"""Most bytes that are read: about forty thousand works."""
_FIRST_ROW = 2
"""The line of the first work, as `rekb watch --record` writes the file."""


def read_candidates(loading: "Loading") -> tuple[Candidate, ...]:
    """Return the recorded works, those that wait before those that were decided.

    There are none without the file, and none where it has faults, which are reported.
    """
    path = loading.root / CANDIDATES
    # `exists` follows a link, and is false for one that leads nowhere.
    if not path.exists() and not path.is_symlink():
        return ()
    data = content(path, CANDIDATES, LARGEST)
    if isinstance(data, Reading):
        loading.report.extend(data.diagnostics)
        return ()
    try:
        read = CandidateFile.model_validate_json(data)
    except ValidationError as error:
        loading.fault("bad-candidates", CANDIDATES, _words(error), "let `rekb watch --record` write it anew")
        return ()
    return read.candidates + read.decided


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
