"""`rekb numbers`: reported results by model, device, metric or resource, with conditions and source."""

import csv
import io
import json
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

import click

from rekb.cli.shared.table import table
from rekb.errors import RekbError
from rekb.kb import KnowledgeBase
from rekb.kb.numbers import Asked, Number, numbers
from rekb.loading.loader import load
from rekb.meant import did_you_mean
from rekb.model import Facet
from rekb.text import without_formula

_COMPARATORS = {
    "exact": "",
    "about": "~",
    "up-to": "up to ",
    "at-least": ">=",
    "more-than": ">",
    "less-than": "<",
}
_HEAD = ("work", "value", "metric", "model", "hardware", "against", "source")


def print_numbers(root: Path, asked: Asked, form: str) -> int:
    """Print the results that fit in the form text, json or csv; return 1 when there is none.

    Raises:
        RekbError: for a metric, model, device, resource, phase or entry that does not exist.
    """
    base, _ = load(root)
    _check(base, asked)
    found = numbers(base, asked)
    if form == "json":
        rows = [_fields(one) for one in found]
        click.echo(json.dumps({"schema_version": 1, "numbers": rows}, ensure_ascii=False, indent=2))
    elif form == "csv":
        click.echo(_csv(found), nl=False)
    elif found:
        click.echo("\n".join(table([_HEAD, *map(_cells, found)], whole=(0,))))
    if not found:
        click.echo("no result fits", err=True)
        return 1
    return 0


def _check(base: KnowledgeBase, asked: Asked) -> None:
    measures = base.measures
    for what, word, known in (
        ("metric", asked.metric, measures.metrics or {}),
        ("model", asked.model, measures.models or {}),
        ("device", asked.device, measures.devices or {}),
        ("resource", asked.resource, base.facets.get(Facet.RESOURCE, {})),
        ("phase", asked.phase, base.facets.get(Facet.PHASE, {})),
        ("entry", asked.entry, base.entries),
    ):
        if word is not None and word not in known:
            raise RekbError(_unknown(what, word, known))


def _unknown(what: str, word: str, known: Collection[str]) -> str:
    advice = did_you_mean(word, known)
    if advice is None:
        return f"there is no {what} `{word}`"
    return f"there is no {what} `{word}`: {advice}"


def _value(one: Number) -> str:
    result = one.result
    text = f"{_COMPARATORS[result.comparator]}{result.value:,.10g}"
    if result.upper is not None:
        text += f" to {result.upper:,.10g}"
    if result.unit in ("x", "%"):
        return f"{text}{result.unit}"
    return f"{text} {result.unit}"


def _cells(one: Number) -> tuple[str, ...]:
    words = one.words
    return (one.key, _value(one), words.metric, words.model, words.hardware, words.baseline, words.where)


def _fields(one: Number) -> dict[str, Any]:
    """Return a result with its ids, its words, and what its metric says of it."""
    result = one.result
    words = one.words
    return {
        "entry": one.key,
        "id": result.id,
        "metric": result.metric,
        "metric_words": words.metric,
        "resource": words.resource,
        "phase": words.phase,
        "better": words.better,
        "kind": words.kind,
        "comparator": result.comparator,
        "value": result.value,
        "upper": result.upper,
        "unit": result.unit,
        "baseline": words.baseline,
        "baseline_entry": result.baseline_entry,
        "baseline_value": result.baseline_value,
        "model": result.model,
        "model_words": words.model,
        "device": result.device,
        "device_count": result.device_count,
        "hardware_words": words.hardware,
        "setting": words.setting,
        "measured_by": words.measured_by,
        "source": words.where,
        "source_url": words.address,
        "read_in": words.read_in,
    }


def _csv(found: Sequence[Number]) -> str:
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    rows = [_fields(one) for one in found]
    if rows:
        writer.writerow(rows[0])
    for row in rows:
        writer.writerow(_cell(value) for value in row.values())
    return stream.getvalue()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return without_formula(value)
    return str(value)
