"""rekb.yaml: faults with their place, defaults without it, and what each part of it changes."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from fixture_kb import CONFIG, TILE, configured, copy, findings, reported
from rekb.edit.format import format_text
from rekb.loading.loader import load
from rekb.model import Config
from rekb.site import Site, SiteSettings, build_site
from samples import sample_base

SETTINGS = SiteSettings("Name", "What it is.", "https://example.org/kb/", "https://example.org/edit/")
ROOT = Path(__file__).parents[1]
LEVEL = "label: Easy, audience: for all, entry: {fewest: 1, most: 999}, topic: {fewest: 1, most: 999}"


def site(**config: Any) -> Site:
    """Return the site of the sample works under a configuration."""
    return build_site(replace(sample_base(), config=Config.model_validate(config)), SETTINGS)


def bodies(made: Site) -> dict[str, str]:
    return {page.path: str(page.body) for page in made.pages}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("levls: {}", f"{CONFIG}:2:1 unknown-field"),
        ("survey: {title: A, rows: 0}", f"{CONFIG}:2:26 out-of-range"),
        ("survey: {rows: 3}", f"{CONFIG}:2:1 missing-field"),
        ("licence: {name: X, url: nowhere}", f"{CONFIG}:2:25 bad-link"),
        ("questions: [{title: A, why: B, state: {savs: [memory]}}]", f"{CONFIG}:2:40 unknown-facet"),
        ("questions: [{title: A, why: B, state: {code: [open]}}]", f"{CONFIG}:2:47 unknown-word"),
        ("comparisons: [{title: A, papers: [moth2022tile]}]", f"{CONFIG}:2:35 wrong-type"),
        (
            f"comparisons: [{{title: A, papers: [{', '.join(['moth2022tile'] * 7)}]}}]",
            f"{CONFIG}:2:35 wrong-type",
        ),
        ("levels: {}", f"{CONFIG}:2:9 wrong-type"),
        ("levels: {a: 1, b: 1, c: 1, d: 1, e: 1, f: 1}", f"{CONFIG}:2:13 wrong-type"),
        (f"levels: {{Deep dive: {{{LEVEL}}}}}", f"{CONFIG}:2:10 wrong-form"),
        (f"levels: {{deep: {{{LEVEL}, hardest_grade: 30}}}}", f"{CONFIG}:2:134 out-of-range"),
        ("default_level: 3", f"{CONFIG}:2:16 wrong-type"),
        ("levels: {plain: {label: A, audience: B, entry: {fewest: 9, most: 3}, topic: {fewest: 1, most: 2}}}",
         f"{CONFIG}:2:49 wrong-type"),
        ("&x", f"{CONFIG}:2:1 yaml-anchor"),
    ],
)  # fmt: skip
def test_faults_have_their_place(tmp_path: Path, text: str, expected: str) -> None:
    found = reported(copy(tmp_path, configured(text)))
    assert expected.rsplit(":", 1)[0] in {line.rsplit(":", 1)[0] for line in found}
    assert expected.split()[1] in {line.split()[1] for line in found}


def test_a_fault_in_it_hides_nothing_else(tmp_path: Path) -> None:
    root = copy(tmp_path, configured("lead: [x]"))
    assert {d.place.path for d in findings(root) if d.rule != "incomplete-entry"} == {CONFIG}
    assert load(root)[0].config == Config()


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    root = copy(tmp_path)
    (root / CONFIG).symlink_to("/etc/hostname")
    assert f"{CONFIG}:1:1 symbolic-link" in reported(root)


def test_without_it_all_is_as_by_default() -> None:
    config = Config()
    assert [(name, level.label) for name, level in config.levels.items()] == [
        ("plain", "Plain"), ("practitioner", "Practitioner"), ("expert", "Expert"),
    ]  # fmt: skip
    assert (config.survey, config.questions, config.comparisons) == (None, (), ())


def test_the_one_of_this_survey_is_canonical_and_names_its_list() -> None:
    data = (ROOT / CONFIG).read_bytes()
    assert format_text(data, CONFIG).text == data.decode()
    config = load(ROOT)[0].config
    assert config.survey is not None
    assert config.survey.rows == 433


@pytest.mark.parametrize("level", ["plain", "practitioner", "expert"])
def test_lengths_are_those_of_the_levels(tmp_path: Path, level: str) -> None:
    bounds = LEVEL.replace("999", "9")
    others = [name for name in ("plain", "practitioner", "expert") if name != level]
    written = "".join(f", {name}: {{{LEVEL}}}" for name in others)
    root = copy(tmp_path, configured(f"levels: {{{level}: {{{bounds}}}{written}}}"))
    messages = [d.message for d in findings(root) if d.rule == "summary-length" and d.place.path == TILE]
    assert len(messages) == 1
    assert messages[0].startswith(f"the {level} text has ")
    assert messages[0].endswith("words; 1 to 9 are wanted")


def test_the_hardest_grade_is_that_of_the_levels(tmp_path: Path) -> None:
    hard = f"{LEVEL}, hardest_grade: 1"
    root = copy(
        tmp_path, configured(f"levels: {{plain: {{{LEVEL}}}, practitioner: {{{hard}}}, expert: {{{LEVEL}}}}}")
    )
    said = {d.message for d in findings(root) if d.rule == "hard-to-read"}
    assert said
    assert all(text.startswith("the practitioner text reads at school grade ") for text in said)
    assert all(text.endswith("; at most 1 is wanted") for text in said)


def test_levels_are_called_as_they_are_configured() -> None:
    plain = {"label": "Simple & short", "audience": "for <all>", "entry": BOUNDS, "topic": BOUNDS}
    entry = bodies(site(levels={"plain": plain}))["papers/dao2022flashthing/"]
    assert "Simple &amp; short" in entry
    assert "for &lt;all&gt;" in entry
    assert ">Plain<" not in entry


BOUNDS = {"fewest": 1, "most": 999}


def test_pages_speak_of_a_survey_only_where_there_is_one() -> None:
    without, with_one = bodies(site()), bodies(site(survey={"title": "A Survey", "rows": 7}))
    for path, text in (
        ("papers/plato2020blog/", "In the survey&#39;s list"),
        ("papers/plato2020blog/", "In the survey's list"),
        ("topics/systems/", "Added since the survey"),
        ("coverage/", "Rows of the survey"),
        ("statistics/", "In the survey&#39;s list"),
    ):
        assert text not in without[path]
    assert "In the survey's list" in with_one["papers/plato2020blog/"]
    assert "Added since the survey" in with_one["topics/systems/"]
    assert "0 of 7" in with_one["coverage/"]
    assert "In the survey&#39;s list" in with_one["statistics/"]


def test_the_licence_is_where_facts_are_given_away() -> None:
    made = site(licence={"name": "CC0 1.0", "url": "https://example.org/zero"})
    pages = bodies(made)
    assert "Facts under CC0 1.0" in pages["papers/plato2020blog/"]
    assert '<a href="https://example.org/zero">CC0 1.0</a>' in pages["downloads/"]
    guide = next(asset.content.decode() for asset in made.assets if asset.path == "llms.txt")
    assert "Facts and texts are under CC0 1.0." in guide
    assert "CC BY" not in guide + pages["downloads/"] + pages["papers/plato2020blog/"]


def test_the_home_page_says_what_is_configured() -> None:
    asked = {
        "title": "What is lean?",
        "why": "It is <lean>.",
        "state": {"saves": ["memory"], "phase": ["inference"]},
        "without": {"needs": ["fine-tuning"], "hardware": ["mobile"]},
        "since": 2022,
    }
    home = bodies(site(lead="Come in & look.", questions=[asked]))[""]
    assert "Come in &amp; look." in home
    assert "It is &lt;lean&gt;." in home
    query = "saves=memory&amp;phase=inference&amp;not-needs=fine-tuning&amp;not-hardware=mobile&amp;from=2022"
    assert f"explore/?{query}" in home
    assert "What it is." in bodies(site())[""]
    assert "Start from a question" not in bodies(site())[""]


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ({"state": {"saves": ["memory"], "phase": ["training"]}}, 1),
        ({"state": {"saves": ["memory"]}}, 2),
        ({"state": {"phase": ["inference"]}}, 2),
        ({"state": {"saves": ["latency"], "phase": ["training"]}}, 0),
        ({"state": {"topic": ["systems"]}}, 4),
        ({"state": {"saves": ["memory"]}, "without": {"needs": ["custom-kernel"]}}, 1),
        ({"state": {"saves": ["memory"]}, "without": {"phase": ["inference"]}}, 1),
        ({"state": {"saves": ["memory"]}, "until": 2020}, 1),
        ({"state": {"code": ["official"]}, "since": 2022}, 1),
    ],
)
def test_a_question_counts_the_works_that_answer_it(asked: dict[str, Any], count: int) -> None:
    home = bodies(site(questions=[{"title": "Q?", "why": "W.", **asked}]))[""]
    assert ("Start from a question" in home) is bool(count)
    assert not count or f"{count} {'work' if count == 1 else 'works'}</span>" in home


def test_comparisons_are_those_configured() -> None:
    pairs = [{"title": "This & that", "papers": ["dao2022flashthing", "plato2020blog"]}]
    compare = bodies(site(comparisons=pairs))["compare/"]
    assert "This &amp; that" in compare
    assert "papers=dao2022flashthing,plato2020blog" in compare


def test_the_models_page_has_a_row_for_each_size() -> None:
    models = bodies(build_site(sample_base(), SETTINGS))["models/"]
    row = '<a class="rekb-work" href="../papers/openai2023gptx/">GPT-X 7B</a></th><td>2023</td><td>7B</td>'
    assert models.count(row) == 1


def test_the_models_page_is_there_for_a_model_only() -> None:
    base = sample_base()
    assert "models/" in bodies(build_site(base, SETTINGS))
    entries = {key: entry for key, entry in base.entries.items() if not entry.model}
    made = build_site(replace(base, entries=entries), SETTINGS)
    assert "models/" not in bodies(made)
    guide = next(asset.content.decode() for asset in made.assets if asset.path == "llms.txt")
    assert "Models" not in guide


def test_a_knowledge_base_without_works_has_a_site() -> None:
    pages = bodies(build_site(replace(sample_base(), entries={}), SETTINGS))
    assert {"", "explore/", "statistics/", "coverage/", "downloads/"} <= set(pages)
