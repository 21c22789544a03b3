"""`rekb stats`: what the knowledge base holds, and with `--coverage` what it lacks."""

import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from rekb.cli.shared.table import wrapped
from rekb.kb import KnowledgeBase
from rekb.kb.decisions import Recall, recall, recall_of_all
from rekb.kb.evidence import Evidence, evidence
from rekb.kb.statistics import STATS_VERSION, Coverage, Statistics, coverage, statistics
from rekb.loading.loader import load

_INDENT = 23
"""Where what is counted begins, in the second line of a long one, too."""
_FEW = 8
"""Names that a line of missing things shows before it only counts."""


def stats(root: Path, form: str, *, with_coverage: bool) -> int:
    """Print the counts in the form text or json."""
    base, _ = load(root)
    counted = statistics(base)
    if with_coverage:
        missing = coverage(base)
    else:
        missing = None
    if form == "json":
        body: dict[str, Any] = {"schema_version": STATS_VERSION, **asdict(counted)}
        body |= {"coverage": asdict(missing)} if missing else {}
        body |= {"recall": [asdict(row) for row in recall(base)]} if with_coverage else {}
        body |= {"evidence": asdict(evidence(base))} if with_coverage else {}
        click.echo(json.dumps(body, ensure_ascii=False, indent=2))
        return 0
    easiest = base.config.reading.easiest
    lines = list(_text(counted, easiest))
    if missing:
        lines += _missing(missing)
        lines += _watched(base)
        lines += _evidence(evidence(base))
    click.echo("\n".join(wrapped(line, _INDENT) for line in lines))
    return 0


def _text(counted: Statistics, easiest: str) -> Iterator[str]:
    grade = counted.mean_plain_grade
    relations = ", ".join(f"{count} {name}" for name, count in counted.relations.items())
    for label, value in (
        ("entries", counted.entries),
        ("complete", counted.complete),
        ("with a source", counted.sourced),
        ("with a formal venue", counted.formal),
        *_listed(counted),
        ("reported results", counted.results),
        *(
            (f"  {area}", f"{_share(part, counted.topics[area])} of the works have one")
            for area, part in counted.measured.items()
        ),
        ("relations", f"{sum(counted.relations.values())} ({relations})" if relations else 0),
        *([("model cards", counted.model_cards)] if counted.model_cards else []),
        *_rows(counted),
        ("overviews", f"{counted.overviews} of {len(counted.topics)} topics"),
        (f"mean {easiest} grade", "none" if grade is None else f"{grade:.1f}"),
    ):
        yield f"{label:<22} {value}"
    yield ""
    for topic, count in counted.topics.items():
        depth = topic.count("/")
        yield f"{'  ' * depth + topic.rpartition('/')[2]:<48} {count:>4}"


def _evidence(seen: Evidence) -> Iterator[str]:
    yield ""
    for label, count in (
        ("results with a metric", seen.with_metric),
        ("with a model", seen.with_model),
        ("  that name no model", seen.without_model),
        ("with a device", seen.with_device),
        ("on a primary source", seen.on_primary),
        ("pinned to a place", seen.pinned),
        ("read in copies", seen.read_in_copies),
        ("in files at no commit", seen.moving),
    ):
        yield f"{label:<30} {_share(count, seen.results)}"
    yield f"{'measured again by others':<30} {seen.measured_again:>4}"
    names = seen.without_primary_page
    shown = ", ".join(names[:_FEW]) + (" ..." if len(names) > _FEW else "")
    yield f"{'without a primary page:':<30} {len(names):>4}  {shown}".rstrip()


def _share(part: int, whole: int) -> str:
    if whole:
        return f"{part} of {whole} ({part / whole:.0%})"
    return "none"


def _listed(counted: Statistics) -> tuple[tuple[str, int], ...]:
    if counted.survey_total is None:
        return ()
    return (("in the survey's list", counted.listed), ("added since", counted.entries - counted.listed))


def _rows(counted: Statistics) -> tuple[tuple[str, str], ...]:
    if counted.survey_total is None:
        return ()
    return (("rows of the survey", f"{counted.survey_rows} of {counted.survey_total}"),)


def _missing(found: Coverage) -> Iterator[str]:
    yield ""
    for field, names in asdict(found).items():
        if field != "survey_rows":
            label = field.replace("_", " ")
        else:
            label = "survey rows without an entry"
        shown = ", ".join(map(str, names[:_FEW])) + (" ..." if len(names) > _FEW else "")
        yield f"{label + ':':<30} {len(names):>4}  {shown}".rstrip()


def _watched(base: KnowledgeBase) -> Iterator[str]:
    """Yield what became of the works that watched lists name."""
    if not base.candidates:
        return
    yield ""
    yield f"{'watched lists':<30} {'named':>6} {'entered':>8} {'declined':>9} {'undecided':>10} {'days':>5}"
    for row in recall(base):
        yield _recall(row.id, row.whole)
        for year, part in row.years.items():
            yield _recall(f"  {year}", part)
    for least in (1, 2, 3):
        if least == 1:
            name = "any of them"
        else:
            name = f"at least {least} of them"
        yield _recall(name, recall_of_all(base, least))


def _recall(name: str, row: Recall) -> str:
    # A list of which nothing is decided yet has no median.
    days = ""
    if row.days is not None:
        days = str(row.days)
    line = f"{name:<30} {row.named:>6} {row.entered:>8} {row.declined:>9} {row.undecided:>10} {days:>5}"
    return line.rstrip()
