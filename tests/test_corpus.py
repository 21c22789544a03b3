"""The real data is a test: it loads clean, breaks no rule, and stands in canonical form."""

import re
from pathlib import Path

import pytest

from rekb.checks import run
from rekb.diagnostics import Report, Severity
from rekb.edit.format import format_text
from rekb.kb.statistics import statistics
from rekb.loading.loader import load
from rekb.model.cited import cited_record
from rekb.reports import render

ROOT = Path(__file__).parents[1]
FILES = [
    p.relative_to(ROOT).as_posix() for d in ("papers", "taxonomy") for p in sorted((ROOT / d).rglob("*.yaml"))
]
FEWEST_WORKS = 60
HARDEST_MEAN = 9.0


def test_no_errors() -> None:
    base, report = load(ROOT)
    report.extend(run(base))
    errors = Report([d for d in report if d.severity is Severity.ERROR])
    assert render(errors, base.documents, "text").splitlines()[-1].endswith("nothing to report"), render(
        errors, base.documents, "text"
    )


@pytest.mark.parametrize("shown", FILES)
def test_formatting_changes_no_byte(shown: str) -> None:
    data = (ROOT / shown).read_bytes()
    assert format_text(data, shown).text == data.decode()


def test_what_was_promised() -> None:
    base, _ = load(ROOT)
    found = statistics(base)
    assert found.entries >= FEWEST_WORKS
    assert found.mean_plain_grade is not None
    assert found.mean_plain_grade <= HARDEST_MEAN
    roots = [topic for topic in base.topics if "/" not in topic]
    assert roots == ["foundation-models", "architectures", "algorithms", "systems"]
    assert all(found.topics[topic] for topic in roots)


TWICE_IN_FULL = {"lin2023awq": ("mlsys", 2024)}
"""Works with more than one record of a conference, journal or book, and which of them the field cites.

A new one is looked up before it is added here: which of its records do others cite?
"""


def test_works_that_appeared_more_than_once() -> None:
    base, _ = load(ROOT)
    in_full = {}
    wrong = []
    for key, entry in base.entries.items():
        cited = cited_record(entry, base.venues)
        main = [r for r in entry.records if base.venues[r.venue].kind in ("conference", "journal", "book")]
        if len(main) > 1:
            in_full[key] = (cited.venue, cited.year)
        if main and (cited not in main or cited.reprint):
            wrong.append((key, cited.venue, cited.year))
    assert wrong == []
    assert in_full == TWICE_IN_FULL


def test_paragraphs_end_where_a_sentence_ends() -> None:
    base, _ = load(ROOT)
    summaries = [(name, one.summary) for held in (base.topics, base.entries) for name, one in held.items()]
    broken = []
    for name, summary in summaries:
        for level, text in (summary.model_dump() if summary else {}).items():
            for paragraph in re.split(r"\n\s*\n", text or ""):
                # An editor's line that became a paragraph breaks off in the middle.
                if not re.search(r"[.:!?)\]|]$", paragraph.strip()):
                    broken.append((name, level, paragraph[-40:]))
    assert broken == []
