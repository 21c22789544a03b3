"""How a command puts the new text of a data file in the place of the old one."""

from pathlib import Path

import click

from rekb.diagnostics import Report
from rekb.errors import RekbError
from rekb.files import write_file
from rekb.yamlio.document import Document
from rekb.yamlio.reader import content


def save(root: Path, before: Document, text: str) -> None:
    """Write the new text of a data file that was read.

    Raises:
        RekbError: when the file is no longer what was read, or cannot be written; it is then as it was.
    """
    file = root / before.path
    # Some commands ask other hosts for minutes in between, and somebody may save the file in an editor.
    if content(file, before.path) != before.text.encode():
        raise RekbError(f"{before.path} changed while it was read; run again")
    write_file(file, text.encode())


_NAMED = 5
"""Files that a message names."""


def passed_over(report: Report) -> bool:
    """Say which files were not read whole, so that nothing was compared with them or written into them.

    Args:
        report: what reading the files found.

    Returns:
        Whether there is any such file; the run then ends with 1.
    """
    files = list(dict.fromkeys(d.place.path for d in report))
    if files:
        more = f" and {len(files) - _NAMED} more" if files[_NAMED:] else ""
        named = ", ".join(files[:_NAMED])
        click.echo(f"rekb: passed over {named}{more}: `rekb validate` says what is wrong there", err=True)
    return bool(files)
