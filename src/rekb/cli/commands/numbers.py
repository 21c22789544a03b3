"""`rekb numbers`: reported results by model, device, metric or resource, with conditions and source."""

import csv
import io
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from rekb.answers.forms import SCHEMA_VERSION, NumberRow, Numbers
from rekb.answers.library import Library
from rekb.answers.works import number_row
from rekb.api import load
from rekb.kb.numbers import Asked, Number, numbers, refuse_unknown, value_words
from rekb.loading.addresses import site_address
from rekb.text import printable, without_formula

_HEAD = ("work", "value", "metric", "model", "hardware", "against", "source")
_NARROWEST = 8
_BETWEEN = 2


def print_numbers(root: Path, asked: Asked, form: str) -> int:
    """Print the results that fit in the form text, json or csv; return 1 when there is none.

    Raises:
        RekbError: for a metric, model, device, resource, phase or entry that does not exist.
    """
    base = load(root, cached=True)
    refuse_unknown(base.kb, asked)
    found = numbers(base.kb, asked)
    library = Library(base, site_address(root))
    rows = [number_row(library, one) for one in found] if form != "text" else []
    if form == "json":
        answer = Numbers(schema_version=SCHEMA_VERSION, numbers=tuple(rows))
        click.echo(answer.model_dump_json(indent=2))
    elif form == "csv":
        click.echo(_csv(rows), nl=False)
    elif found:
        click.echo("\n".join(_table([_HEAD, *map(_cells, found)])))
    if not found:
        click.echo("no result fits", err=True)
        return 1
    return 0


def _cells(one: Number) -> tuple[str, ...]:
    words = one.words
    return (
        one.key,
        value_words(one.result),
        words.metric,
        words.model,
        words.hardware,
        words.baseline,
        words.where,
    )


def _table(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield rows as lines that fit the terminal: the widest columns are cut first."""
    cells = [[printable(cell) for cell in row] for row in rows]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    if sys.stdout.isatty() or "COLUMNS" in os.environ:
        room = shutil.get_terminal_size().columns - _BETWEEN * (len(widths) - 1)
    else:
        room = sum(widths)  # what goes into a file or another program is whole
    while sum(widths) > room and max(widths) > _NARROWEST:
        widths[widths.index(max(widths))] -= 1
    for row in cells:
        shown = [_cut(cell, width).ljust(width) for cell, width in zip(row, widths, strict=True)]
        yield (" " * _BETWEEN).join(shown).rstrip()


def _cut(cell: str, width: int) -> str:
    if len(cell) <= width:
        return cell
    return f"{cell[: width - 1]}…"


def _csv(rows: Sequence[NumberRow]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    if rows:
        writer.writerow(NumberRow.model_fields)
    for row in rows:
        writer.writerow(_cell(value) for value in row.model_dump().values())
    return stream.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return without_formula(value)
    return str(value)
