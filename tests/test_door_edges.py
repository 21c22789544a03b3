"""Odd files at the door: folders named like entries, endless trees, unseen spaces, a broken rekb.yaml."""

from pathlib import Path

import pytest

from fixture_kb import CONFIG, GUESS, added, configured, copy, findings, reported
from rekb.checks import run
from rekb.fixes import fixes
from rekb.loading.loader import load
from rekb.site import SiteSettings, build_site

SETTINGS = SiteSettings("Name", "What it is.", "https://example.org/kb/", "https://example.org/edit/")
TOPIC = '# yaml-language-server: $schema=UPdocs/schema/topic.json\ntitle: Deep\norder: 1\nscope: "Below."\n'


@pytest.mark.parametrize("inside", [None, "x.yaml", "moth2022other.yaml"])
def test_a_folder_named_like_an_entry_is_reported_once(tmp_path: Path, inside: str | None) -> None:
    root = copy(tmp_path)
    folder = root / "papers" / "2022" / "moth2022folder.yaml"
    folder.mkdir()
    if inside:
        (folder / inside).write_text("title: x\n", encoding="utf-8")
    assert reported(root) == ["papers/2022/moth2022folder.yaml:1:1 unreadable-file"]


@pytest.mark.parametrize("levels", [9, 100, 300])
def test_a_tree_of_any_depth_is_refused_in_one_line_and_never_ends_a_build(
    tmp_path: Path, levels: int
) -> None:
    root = copy(tmp_path)
    folder = root / "taxonomy" / "topics"
    for number in range(levels):
        folder /= "d"
        folder.mkdir()
        text = TOPIC.replace("UP", "../" * (number + 3))
        (folder / "_topic.yaml").write_text(text, encoding="utf-8")
    rules = [finding.rule for finding in findings(root) if finding.rule != "incomplete-entry"]
    assert rules.count("topic-too-deep") == 1
    base, _ = load(root)
    assert build_site(base, SETTINGS).pages


@pytest.mark.parametrize("space", ["\u00a0", "\u202f", "\u3000", "\u2003"])
@pytest.mark.parametrize("where", ["before", "behind"])
def test_a_space_at_the_edge_of_a_summary_is_reported_and_fixed(
    tmp_path: Path, space: str, where: str
) -> None:
    text = f"{space}Words." if where == "before" else f"Words.{space}"
    root = copy(tmp_path, added(GUESS, f'summary: {{plain: "{text}"}}\n'))
    base, report = load(root)
    report.extend(run(base))
    found = [d for d in report if d.rule == "surplus-space"]
    assert [(d.place.path, d.field) for d in found] == [(GUESS, "summary.plain")]
    assert "Words." in fixes(base, list(report), [GUESS]).texts[GUESS]
    assert space not in fixes(base, list(report), [GUESS]).texts[GUESS]


OWN = "facets: {own: {title: Own}}\nlevels: {low: LEVEL, high: LEVEL}\nsurvey: {title: A, rows: 9}\n"
LEVEL = "{label: Easy, audience: all, entry: {fewest: 1, most: 999}, topic: {fewest: 1, most: 999}}"


@pytest.mark.parametrize(
    "broken", ["lead: [x]", "lead: [", "facets: 3", "levels: {}", "&x", "levels: [1]", "? {}"]
)
def test_a_broken_configuration_blames_nothing_else(tmp_path: Path, broken: str) -> None:
    own = OWN.replace("LEVEL", LEVEL)
    use = added(GUESS, "tags: {own: [word]}\nsummary: {low: Words., high: More.}\n")
    words = added("taxonomy/facets.yaml", 'own:\n  - {id: word, label: Word, description: "One."}\n')
    root = copy(tmp_path, configured(f"{own}{broken}"), use, words)
    assert {finding.place.path for finding in findings(root) if finding.rule != "incomplete-entry"} == {
        CONFIG
    }
