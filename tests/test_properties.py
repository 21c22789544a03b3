"""What holds for every text, tried on texts that nobody thought of: positions, escaping, BibTeX, form, fixes.

With ``REKB_FUZZ=300`` each is tried for its part of so many seconds (`make fuzz`), else on a hundred texts.
"""

import json
import os
import shutil
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fixture_kb import KB
from rekb.checks import run
from rekb.citation.bibtex import bibtex
from rekb.citation.latex import latex, latex_title
from rekb.citation.work import cited_work
from rekb.edit.format import format_text
from rekb.edit.rewrite import composed
from rekb.fixes import fixes
from rekb.hidden import first_hidden
from rekb.intake.venues import VenueNames
from rekb.loading.loader import load
from rekb.site.asmarkdown import settings_text
from rekb.site.parts.prose import overview, paragraphs
from rekb.site.themetext import plain_text, theme_text
from rekb.sources.latex import plain
from rekb.styled import plain_letters
from rekb.yamlio.reader import parse
from shapes import shape, words
from test_round_trip import STAND_INS, entry_of, read_back

SECONDS = float(os.environ.get("REKB_FUZZ", "0"))
TESTS = 8
END: dict[str, float] = {}
ENTRY = "papers/2022/moth2022row.yaml"
HEAD = "# yaml-language-server: $schema=../../docs/schema/entry.json\n"
SIGNS = "<>&\"'`{}[]()|\\/*_~^#%$@!?:;,.-+= \n\t\u00a0\u200b\u0301\u2013\u201céßğλ中🙂aAbZ0919"
SEEN = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"))
texts = st.text(alphabet=st.one_of(st.sampled_from(SIGNS), SEEN), max_size=80)
lines = texts.map(lambda text: " ".join(text.split())).filter(
    lambda text: text and first_hidden(text) is None
)


def tried(test: Callable[..., None]) -> Callable[..., None]:
    """Try a test on a hundred examples, or for its part of the seconds that there are."""
    return settings(
        max_examples=1_000_000 if SECONDS else 100,
        deadline=None,
        derandomize=not SECONDS,
        database=None,
        suppress_health_check=list(HealthCheck),
    )(test)


def is_over(name: str) -> bool:
    """Whether a test has had its part of the time."""
    if not SECONDS:
        return False
    return time.monotonic() > END.setdefault(name, time.monotonic() + SECONDS / TESTS)


values = st.recursive(
    st.one_of(texts, st.integers(-999, 999), st.booleans()),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3),
        st.dictionaries(st.from_regex(r"[a-z]{1,4}", fullmatch=True), inner, min_size=1, max_size=3),
    ),
    max_leaves=8,
)


def at(text: str, line: int, column: int) -> str:
    """Return what stands from a place on; a line ends where YAML says so."""
    rows = text.replace("\r\n", "\n").split("\n")
    return "\n".join([rows[line - 1][column - 1 :], *rows[line:]])


@tried
@given(st.dictionaries(st.from_regex(r"[a-z]{1,4}", fullmatch=True), values, min_size=1, max_size=3))
def test_each_value_is_where_it_is_said_to(value: dict[str, Any]) -> None:
    if is_over("positions"):
        return
    text = json.dumps(value)
    document = parse(text.encode(), "x.yaml").document
    assert document is not None
    for path, (line, column) in document.source_map.values.items():
        part: Any = document.value
        for step in path:
            part = part[step]
        found, _ = json.JSONDecoder().raw_decode(at(text, line, column))
        assert found == part


@tried
@given(texts)
def test_text_becomes_no_markup(text: str) -> None:
    if is_over("escaping"):
        return
    kinds = set(shape(str(paragraphs(text))))
    assert kinds <= {"p"}
    assert shape(str(theme_text(text))) == {}
    assert plain_text(theme_text(text)).split() == text.split()
    seen = words(str(paragraphs(text)))
    assert "".join(seen.split()) == "".join(text.split())


@tried
@given(texts)
def test_an_overview_has_no_attribute_but_web_links(text: str) -> None:
    if is_over("overview"):
        return
    for kind in shape(str(overview(text, lambda key: (key, f"../{key}/")))):
        name, *attributes = kind.split()
        assert name not in {"script", "img", "iframe", "style", "svg", "form", "input", "<!--"}, kind
        assert set(attributes) <= {"href", "class", "title", "start"}, kind


@tried
@given(lines)
def test_a_text_comes_back_from_latex(text: str) -> None:
    if is_over("latex"):
        return
    wanted = printed(text)
    assert printed(plain(latex(text))) == wanted
    assert printed(plain(latex_title(text))) == wanted


def printed(text: str) -> str:
    """Return what a text is in print: LaTeX has one sign for what some alphabets have two for.

    What is imported has plain letters, so joined ones compare as these.
    """
    for old, new in (
        ("\u2019", "'"),
        ("\u00b5", "\u03bc"),
        ("\u2010", "-"),
        ("\u2011", "-"),
        ("\u00a0", " "),
    ):
        text = text.replace(old, new)
    return " ".join(unicodedata.normalize("NFC", plain_letters(text)).split())


@tried
@given(lines, st.lists(lines, min_size=1, max_size=3))
def test_a_reference_comes_back_from_bibtex(title: str, people: list[str]) -> None:
    if is_over("bibtex"):
        return
    title = f"Moths {''.join(c for c in title if c.isalnum() or c in ' -:&%#$_{}~^')}".strip()
    authors = [f"{name}, Ada" for name in (letters(one) for one in people) if name]
    entry = entry_of("paper", {"venue": "jmn", "year": 2020}, title=title, authors=authors or ["Moth, Ada"])
    names = VenueNames({"journal of moths at night": "jmn"}, {}, STAND_INS)
    again = read_back(names, entry, bibtex("moth2020x", entry, names.venues), "bibtex")
    wanted = cited_work("k2026k", entry, names.venues)
    assert printed(again.title) == printed(wanted.title)
    assert [name.family for name in again.names] == [plain_letters(name.family) for name in wanted.names]


def letters(text: str) -> str:
    """Return the letters of a text as a family name: one word, its first letter a capital."""
    return unicodedata.normalize("NFC", "".join(c for c in text if c.isalpha()))[:20].capitalize()


def entry_text(title: str, note: str, how: str) -> str:
    value = {
        "title": title,
        "kind": "paper",
        "authors": ["Moth, Ada"],
        "records": [{"venue": "imaginary-conf", "year": 2022, "note": note}],
        "topics": ["architectures/attention"],
        "effects": [{"resource": "memory", "phase": "training", "change": "saves", "how": how}],
        "added": "2026-11-23",
    }
    return HEAD + json.dumps(value)


@tried
@given(lines, lines, lines)
def test_formatting_changes_no_value_and_once_is_enough(title: str, note: str, how: str) -> None:
    if is_over("fmt"):
        return
    data = entry_text(title, note, how).encode()
    before = parse(data, ENTRY)
    result = format_text(data, ENTRY)
    if result.faults:
        return
    assert result.text is not None
    assert before.document is not None
    after = parse(result.text.encode(), ENTRY)
    assert after.diagnostics == ()
    assert after.document is not None
    assert after.document.value == composed(before.document.value, ())
    assert format_text(result.text.encode(), ENTRY).text == result.text


@tried
@given(lines, lines, lines)
def test_fixes_leave_a_file_that_they_leave_again(
    tmp_path_factory: pytest.TempPathFactory, title: str, note: str, how: str
) -> None:
    if is_over("fixes"):
        return
    root = kb_of(tmp_path_factory)
    data = entry_text(f" {title}  {title} ", f"{note} ", how).replace('"training"', '"Training"')
    first = fixed(root, data)
    if first is None:
        return
    assert parse(first.encode(), ENTRY).diagnostics == ()
    second = fixed(root, first)
    assert second in (None, first)


_ROOTS: dict[str, Path] = {}


def kb_of(factory: pytest.TempPathFactory) -> Path:
    """Return one knowledge base for all texts."""
    if "kb" not in _ROOTS:
        _ROOTS["kb"] = factory.mktemp("properties") / "kb"
        shutil.copytree(KB, _ROOTS["kb"], ignore=shutil.ignore_patterns("20[0-9][013-9]"))
    return _ROOTS["kb"]


def fixed(root: Path, text: str) -> str | None:
    (root / ENTRY).write_text(text, encoding="utf-8", newline="")
    base, report = load(root)
    report.extend(run(base))
    return fixes(base, list(report), [ENTRY]).texts.get(ENTRY)


@tried
@given(st.dictionaries(texts, st.one_of(texts, st.booleans(), st.lists(texts)), max_size=4))
def test_settings_are_read_as_they_were_written(value: dict[str, Any]) -> None:
    if is_over("settings"):
        return
    assert yaml.safe_load(settings_text(value)) == value
