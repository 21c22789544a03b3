"""`rekb numbers`: reported results by model, device, metric or resource, with conditions and source."""

from collections.abc import Sequence
from pathlib import Path

import click

from rekb.answers.json_of_works import SCHEMA_VERSION, NumberRow, Numbers
from rekb.answers.library import Library
from rekb.answers.works import number_row
from rekb.api import load
from rekb.cli.shared.table import table
from rekb.exports.sheet import csv_text
from rekb.kb.numbers import Asked, Number, numbers, refuse_unknown
from rekb.kb.values import value_words
from rekb.loading.addresses import site_address

_HEAD = ("work", "value", "metric", "model", "hardware", "against", "source")


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
        click.echo("\n".join(table([_HEAD, *map(_cells, found)], whole=(0, 1))))
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


def _csv(rows: Sequence[NumberRow]) -> str:
    if not rows:
        return ""
    return csv_text([NumberRow.model_fields, *(row.model_dump().values() for row in rows)])
