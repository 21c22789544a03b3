"""`rekb export`: write the knowledge base, or a part of it, in one of the formats."""

import sys
from pathlib import Path

import click

from rekb.api import load
from rekb.diagnostics import Report, Severity
from rekb.errors import RekbError
from rekb.exports import ALL_EXPORTERS, Selection, select
from rekb.exports.selection import unknown_words
from rekb.files import write_file, write_stream
from rekb.loading.layout import CONFIG, PAPERS, TAXONOMY
from rekb.text import printable


def export(
    root: Path,
    form: str,
    selection: Selection = Selection(),  # noqa: B008 - frozen
    output: Path | None = None,
    layout: str = "list",
) -> int:
    """Write an export; return 0, or 1 when files could not be read and their entries are missing.

    Args:
        root: the knowledge base's folder.
        form: a name of `ALL_EXPORTERS`.
        selection: which entries.
        output: the file to write; `None` or ``-`` is standard output.
        layout: ``index`` for a folder of Markdown instead of one file.

    Raises:
        RekbError: for unknown words, an unwritable file, or a file that is no text on a terminal.
    """
    if fault := unknown_words("format", [form], ALL_EXPORTERS):
        raise RekbError(fault)
    exporter = ALL_EXPORTERS[form]
    if layout == "index" and (form != "markdown" or output is None or str(output) == "-"):
        raise RekbError("the index is a folder of Markdown: rekb export markdown --layout index -o FOLDER")
    # As bytes: on Windows, Python would write CR LF for each line end of a text.
    stream = sys.stdout.buffer if output is None or str(output) == "-" else None
    if stream and exporter.binary and stream.isatty():
        raise RekbError(f"{exporter.label} is no text; name a file: --output survey{exporter.suffix}")
    base = load(root)
    chosen = select(base.kb, selection)
    if layout == "index" and output:
        from rekb.cli.commands.export_index import write_index  # noqa: PLC0415 - only an index needs MkDocs

        write_index(root, base.kb, chosen, output)
        return _report(base.report, len(chosen))
    data = exporter.encode(base.kb, chosen)
    if stream:
        write_stream(stream, data)
    elif output:
        _refuse_data(root, output)
        write_file(output, data)
    return _report(base.report, len(chosen))


def _refuse_data(root: Path, output: Path) -> None:
    """Raise when an export would take the place of what it is made of."""
    # The name may be a link, or hold `..`, and so lead into the data from elsewhere.
    real, base = output.resolve(), root.resolve()
    if any(real.is_relative_to(base / name) for name in (PAPERS, TAXONOMY, CONFIG)):
        raise RekbError(f"{printable(str(output))} is in the place of data; name another file")


def _report(report: Report, count: int) -> int:
    """Say on standard error what a reader of the file would miss."""
    if count == 0:
        # Standard output may be the export itself.
        click.echo("rekb: no entry matches; the export holds none", err=True)
    if not report.failed:
        return 0
    faults = report.count(Severity.ERROR)
    click.echo(
        f"rekb: errors in the data files: {faults}; what they spoil may be missing. See: rekb validate",
        err=True,
    )
    return 1
