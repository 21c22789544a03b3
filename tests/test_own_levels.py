"""Reading levels of other names and another number: rules by which one is chosen, and where they show."""

import json
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from playwright.sync_api import Browser, expect

from fixture_kb import findings, reported
from other_field import ENTRY, TOPIC, other_field
from rekb.cli import cli
from rekb.cli.commands.show import show
from rekb.errors import RekbError
from rekb.exports import EXPORTERS
from rekb.intake.draft import blanks
from rekb.kb.search import search
from rekb.loading.loader import load
from rekb.model.levels import LEVELS, ReadingLevels
from rekb.reference import fields_page, schemas
from rekb.site import SiteSettings, build_site
from served import served
from visitor import patient

SETTINGS = SiteSettings("Name", "What it is.", "https://example.org/kb/", "")
PLAIN = LEVELS["plain"]


@pytest.fixture(scope="module")
def field(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a knowledge base with two levels of other names."""
    return other_field(tmp_path_factory.mktemp("field") / "woods")


def call(root: Path, *arguments: str) -> tuple[int, str]:
    """Return exit status and output of a command in a folder."""
    result = CliRunner().invoke(cli, [*arguments, "--root", str(root)], standalone_mode=False)
    assert result.exception is None, result.exception
    return result.return_value, result.output


@pytest.mark.parametrize(
    ("ids", "chosen", "easiest", "default"),
    [
        ("a", None, "a", "a"),
        ("a b", None, "a", "a"),
        ("a b c", None, "a", "b"),
        ("a b c d", None, "a", "b"),
        ("a b c d e", None, "a", "c"),
        ("a b c", "c", "a", "c"),
        ("a b c", "a", "a", "a"),
        ("a b c", "z", "a", "b"),
    ],
)
def test_which_level_is_shown_where(ids: str, chosen: str | None, easiest: str, default: str) -> None:
    levels = ReadingLevels(dict.fromkeys(ids.split(), PLAIN), chosen)
    assert (levels.easiest, levels.default) == (easiest, default)
    assert levels.hardest_first == tuple(reversed(ids.split()))


@pytest.mark.parametrize(
    ("ids", "marked", "said"),
    [
        ("a", "a", "one reading level"),
        ("a b", "b", "two reading levels"),
        ("a b c", "bc", "three reading levels"),
    ],
)
def test_all_but_the_easiest_of_several_are_markdown(ids: str, marked: str, said: str) -> None:
    levels = ReadingLevels(dict.fromkeys(ids.split(), PLAIN))
    assert "".join(level for level in levels.ids if levels.is_markdown(level)) == marked
    assert not levels.is_markdown("z")
    assert levels.counted() == said


def test_it_validates_and_is_in_canonical_form(field: Path) -> None:
    assert reported(field) == []
    assert call(field, "fmt", "--check")[0] == 0


def test_files_have_the_hardest_level_first(field: Path, tmp_path: Path) -> None:
    root = shutil.copytree(field, tmp_path / "turned")
    text = (root / ENTRY).read_text(encoding="utf-8")
    easy = text[text.index("  easy:") : text.index("added:")]
    deep = text[text.index("  deep-dive:") : text.index("  easy:")]
    assert deep + easy in text
    (root / ENTRY).write_text(text.replace(deep + easy, easy + deep), encoding="utf-8")
    assert call(root, "fmt", "--check")[0] == 1
    assert call(root, "fmt")[0] == 0
    assert (root / ENTRY).read_text(encoding="utf-8") == text


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (ENTRY, "  easy:", "  eazy:",
         ["unknown-level: there is no reading level `eazy`: did you mean `easy`?",
          "missing-level: `summary.easy` is missing: add `easy:`"]),
        (TOPIC, "  deep-dive:", "  expert:",
         [("unknown-level: there is no reading level `expert`: known here: deep-dive, easy; "
           "`rekb levels expert=NAME` renames it in all files"),
          "missing-level: `summary.deep-dive` is missing: add `deep-dive:`"]),
        ("rekb.yaml", "fewest: 20, most: 90", "fewest: 1, most: 9",
         ["summary-length: the easy text has 55 words; 1 to 9 are wanted: cut it"]),
        ("rekb.yaml", "hardest_grade: 12", "hardest_grade: 1",
         ["hard-to-read: the easy text reads at school grade"] * 7),
    ],
)  # fmt: skip
def test_wrong_levels_are_reported(
    field: Path, tmp_path: Path, file: str, old: str, new: str, expected: list[str]
) -> None:
    root = shutil.copytree(field, tmp_path / "wrong")
    text = (root / file).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (root / file).write_text(text.replace(old, new), encoding="utf-8")
    found = [f"{d.rule}: {d.message}: {d.hint}" for d in findings(root) if d.place.line > 1]
    assert len(found) == len(expected)
    for start in expected:
        assert any(line.startswith(start) for line in found), found


@pytest.mark.parametrize(
    ("renames", "levels", "ids"),
    [
        (["easy=simple"], ["deep-dive", "simple"], ("simple", "deep-dive")),
        (["easy=deep-dive", "deep-dive=easy"], ["deep-dive", "easy"], ("easy", "deep-dive")),
        (["deep-dive="], ["easy"], ("easy",)),
    ],
)
def test_a_level_is_renamed_in_every_file(
    field: Path, tmp_path: Path, renames: list[str], levels: list[str], ids: tuple[str, ...]
) -> None:
    root = shutil.copytree(field, tmp_path / "renamed")
    before = load(root)[0]
    assert call(root, "levels", *renames, "--dry-run")[0] == 0
    assert load(root)[0].entries == before.entries
    assert call(root, "levels", *renames)[0] == 0
    base, report = load(root)
    assert list(report) == []
    assert base.config.reading.ids == ids
    texts = [entry.summary for entry in base.entries.values()] + [t.summary for t in base.topics.values()]
    assert {tuple(text.root) for text in texts if text} == {tuple(levels)}
    assert call(root, "levels")[0] == 0
    assert call(root, "fmt", "--check")[0] == 0
    old, _, new = renames[0].partition("=")
    if new:
        (first, *_) = before.entries.values()
        (renamed, *_) = base.entries.values()
        assert first.summary
        assert renamed.summary
        assert renamed.summary.root[new] == first.summary.root[old]


def test_files_that_do_not_fit_the_levels_are_named(field: Path, tmp_path: Path) -> None:
    root = shutil.copytree(field, tmp_path / "other")
    text = (root / "rekb.yaml").read_text(encoding="utf-8")
    (root / "rekb.yaml").write_text(text.replace("  easy:", "  simple:"), encoding="utf-8")
    status, output = call(root, "levels")
    assert status == 1
    assert f"{ENTRY}: easy unknown; simple missing\n" in output
    assert f"{TOPIC}: easy unknown; simple missing\n" in output
    assert call(root, "levels", "easy=simple")[0] == 0
    assert call(root, "levels")[0] == 0


@pytest.mark.parametrize(
    ("rename", "said"),
    [
        ("easy", "'easy' is no rename: write OLD=NEW"),
        ("=easy", "'=easy' is no rename"),
        ("eazy=simple", "there is no reading level `simple`: known here: easy, deep-dive"),
        ("easy=deep-dive", "has texts for `easy` and for `deep-dive`: take one out first, with easy="),
    ],
)
def test_a_rename_that_cannot_be_made(field: Path, rename: str, said: str) -> None:
    result = CliRunner().invoke(cli, ["levels", rename, "--root", str(field)], standalone_mode=False)
    assert isinstance(result.exception, RekbError)
    assert said in str(result.exception)


def test_schemas_and_fields_name_the_levels(field: Path) -> None:
    base, _ = load(field)
    made = {path: json.loads(text) for path, text in schemas(base).items()}
    for path, file in (("docs/schema/entry.json", ENTRY), ("docs/schema/topic.json", TOPIC)):
        value = json.loads(json.dumps(base.documents[file].value))
        validator = Draft202012Validator(made[path])
        validator.validate(value)
        value["summary"] = {"plain": "x", "deep-dive": "y"}
        assert [list(error.path) for error in validator.iter_errors(value)] == [["summary"]] * 2
    assert (
        "| `deep-dive` | paragraphs of plain text | yes | For ecologists; 20 to 140 words. |"
        in fields_page(base.config)
    )


def test_exports_have_the_levels(field: Path) -> None:
    base, _ = load(field)
    (key,) = base.entries
    easy = base.entries[key].summary
    assert easy
    connection = sqlite3.connect(":memory:")
    connection.deserialize(EXPORTERS["sqlite"].encode(base, (key,)))
    row = connection.execute("SELECT summary_deep_dive, summary_easy FROM entries").fetchone()
    assert row == (easy.text("deep-dive"), easy.text("easy"))
    assert connection.execute("SELECT key FROM search WHERE search MATCH 'compiler'").fetchall() == [(key,)]
    assert easy.text("easy") in EXPORTERS["csv"].encode(base, (key,)).decode()
    exported = json.loads(EXPORTERS["json"].encode(base, (key,)))
    assert list(exported["entries"][0]["summary"]) == ["deep-dive", "easy"]


def test_commands_know_the_levels(field: Path) -> None:
    key = "knuth1984literate"
    assert "Deep dive" not in call(field, "show", key, "--level", "easy")[1]
    both = call(field, "show", key)[1]
    assert both.index("\nEasy\n") < both.index("\nDeep dive\n")
    with pytest.raises(
        RekbError, match=r"unknown reading level `deep-div`; did you mean `deep-dive`.*known here: easy"
    ):
        show(field, key, "deep-div")
    base, _ = load(field)
    assert "summary: deep-dive (20-140 words), easy (20-90), in your own words" in blanks(base)
    assert [hit.key for hit in search(base, "measurements")] == [key]  # in the deep dive alone
    assert "mean easy grade" in call(field, "stats")[1]


def test_pages_show_the_levels(field: Path) -> None:
    base, _ = load(field)
    (key,) = base.entries
    bare = {"bare2000thing": base.entries[key].model_copy(update={"summary": None})}
    paths = {**base.entry_paths, "bare2000thing": ENTRY}
    site = build_site(replace(base, entries={**base.entries, **bare}, entry_paths=paths), SETTINGS)
    pages = {page.path: page for page in site.pages}
    entry = pages["papers/knuth1984literate/"]
    assert (
        'data-rekb-set-level="deep-dive" aria-pressed="false" title="for ecologists">Deep dive<' in entry.body
    )
    assert entry.description.startswith("Most programs are written for the machine first")
    assert "&#34;summary&#34;:&#34;Easy&#34;" in pages["compare/"].body
    assert "Without the two reading levels" in pages["coverage/"].body
    wanted = ("rekb-early.js", "rekb.css", "llms.txt", "feed.xml")
    assets = {a.path: a.content.decode() for a in site.assets if a.path.endswith(wanted)}
    early = assets["assets/rekb/rekb-early.js"]
    assert 'let level = "easy";' in early
    assert 'if (kept && ["easy", "deep-dive"].includes(kept)) level = kept;' in early
    style = assets["assets/rekb/rekb.css"]
    for level in ("easy", "deep-dive"):
        assert f'.rekb-js[data-rekb-level="{level}"] .rekb-level:not([data-rekb-level="{level}"])' in style
    assert "REKB_" not in style
    assert "has two reading levels" in assets["llms.txt"]
    assert "Most programs are written" in assets["feed.xml"]


@pytest.fixture(scope="module")
def address(field: Path) -> Iterator[str]:
    """Return the address of the built site."""
    assert call(field, "build")[0] == 0
    with served(field / "site") as found:
        yield found


def test_the_switch_works(browser: Browser, address: str) -> None:
    page = patient(browser).new_page()
    page.goto(f"{address}papers/knuth1984literate/")
    shown = page.locator(".rekb-level:visible")
    expect(shown).to_have_count(1)
    expect(shown).to_have_attribute("data-rekb-level", "easy")
    page.click('[data-rekb-set-level="deep-dive"]')
    page.goto(f"{address}topics/practice/tools/")
    expect(shown).to_have_count(1)
    expect(shown).to_have_attribute("data-rekb-level", "deep-dive")
    page.context.close()


def test_one_level_needs_no_switch(field: Path) -> None:
    base, _ = load(field)
    config = base.config.model_copy(update={"levels": {"deep-dive": base.config.levels["deep-dive"]}})
    pages = {page.path: page for page in build_site(replace(base, config=config), SETTINGS).pages}
    for path in ("papers/knuth1984literate/", "topics/practice/tools/"):
        assert "data-rekb-switch" not in pages[path].body
        assert 'id="level-deep-dive"' in pages[path].body
        assert 'id="level-easy"' not in pages[path].body
    assert pages["papers/knuth1984literate/"].description.startswith("Knuth proposes")
