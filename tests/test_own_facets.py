"""Facets as a knowledge base has them: what pages call the built-in ones, those without words, own ones."""
# ruff: noqa: E501 - a row holds a page, what stands there and what does not

import json
import re
import shutil
import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator
from playwright.sync_api import Browser, expect

from fixture_kb import findings, reported
from other_field import ENTRY, SECOND, other_field, with_own_facets
from rekb.cli import cli
from rekb.exports import EXPORTERS, Selection, select
from rekb.exports.table import COLUMNS
from rekb.fixes import fixes
from rekb.intake.draft import blanks
from rekb.kb import KnowledgeBase
from rekb.kb.query import Query, matching, names
from rekb.kb.search import search
from rekb.loading.loader import load
from rekb.model import Config, Entry
from rekb.model.facets import RESERVED
from rekb.reference import schemas
from rekb.site import SiteSettings, build_site
from rekb.site.facets.names import BUILT_IN, facet_names
from rekb.site.facets.questions import question_views
from rekb.site.outputs.search_index import SEARCH_FOLDER
from samples import sample_base
from served import served
from visitor import arrived, patient, settled, shown, shows

SETTINGS = SiteSettings("Name", "What it is.", "https://example.org/kb/", "")
TILE = "papers/dao2022flashthing/"
POST = "papers/plato2020blog/"


def bodies(*without: str, **facets: dict[str, str]) -> dict[str, str]:
    """Return the pages of the sample works, some vocabularies left out, facets called otherwise."""
    base = sample_base()
    kept = {facet: ({} if facet in without else words) for facet, words in base.facets.items()}
    config = Config.model_validate({"facets": facets})
    made = build_site(replace(base, facets=kept, config=config), SETTINGS)
    assets = {a.path: a.content.decode() for a in made.assets if a.path.endswith("explore.css")}
    return {page.path: str(page.body) for page in made.pages} | assets


def test_facets_are_called_as_ever_without_a_word_on_it() -> None:
    names = facet_names(sample_base())
    assert [(facet.name, facet.title) for facet in names.values()] == [
        ("saves", "Gains"), ("phase", "When"), ("needs", "Needs"), ("topic", "Topic"), ("hardware", "Ran on"),
        ("modality", "Modality"), ("costs", "Costs"), ("venue", "Venue"), ("code", "Code"), ("state", "Completeness"),
    ]  # fmt: skip
    assert tuple(names.values()) == BUILT_IN


@pytest.mark.parametrize(
    ("facet", "text", "path", "expected", "gone"),
    [
        ("hardware", {"title": "Seen in"}, TILE, "<dt>Seen in</dt>", "Ran on"),
        ("hardware", {"title": "Seen in"}, "explore/", "<span>Seen in</span>", "Where the authors ran it"),
        ("hardware", {"title": "Seen in"}, "finder/", "</span> Seen in</legend>", "On what hardware?"),
        ("hardware", {"title": "Seen in", "question": "Where?"}, "finder/", "</span> Where?</legend>", "Seen in"),
        ("hardware", {"title": "Seen in", "help": "Of <all> places"}, "hardware/", "Of &lt;all&gt; places", "Ran"),
        ("hardware", {"title": "Seen in"}, "coverage/", "Seen in not stated", "Hardware not stated"),
        ("hardware", {"title": "Seen in"}, "compare/", "Seen in", "Ran on"),
        ("hardware", {"help": "In short"}, "explore/", "<span>Ran on</span> <small>In short", "Where the authors"),
        ("needs", {"title": "Takes", "nothing": "no effort"}, "explore/", '<th scope="col">Takes</th>', ">Needs<"),
        ("needs", {"nothing": "no effort"}, "explore/", "<span>No effort</span>", "nothing special"),
        ("needs", {"nothing": "no effort"}, "papers/hostile2021x/", "no effort", "nothing special"),
        ("needs", {"nothing": "no effort"}, "topics/architectures/attention/", "no effort", "nothing special"),
        ("needs", {"title": "Takes"}, "topics/systems/", 'data-label="Takes"', 'data-label="Needs"'),
        ("needs", {"title": 'A "b"'}, "assets/rekb/explore.css", 'content: "A \\"b\\"" " ";', '"Needs"'),
        ("saves", {"title": "Lowers"}, TILE, '<h2 id="effects">Lowers, Costs</h2>', "What it gains"),
        ("saves", {"title": "Lowers"}, "phases/inference/", "Lowers memory", "Saves memory"),
        ("modality", {"title": "Kind"}, TILE, "<dt>Kind</dt>", "<dt>Modality</dt>"),
        ("venue", {"title": "Printed in"}, "explore/", "<span>Printed in</span>", "<span>Venue</span>"),
    ],
)  # fmt: skip
def test_pages_call_a_facet_as_configured(
    facet: str, text: dict[str, str], path: str, expected: str, gone: str
) -> None:
    page = bodies(**{facet: text})[path]
    assert expected in page
    assert gone not in re.sub(r'<script type="application/json".*?</script>', "", page, flags=re.DOTALL)
    assert expected not in bodies()[path]


SEEN = {
    "resource": [("explore/", 'data-rekb-facet="saves"'), ("explore/", 'data-rekb-facet="costs"'),
                 ("explore/", '<th scope="col">Gains</th>'), ("finder/", 'name="saves"'),
                 ("compare/", "Gains"), ("browse/", "Resources"), ("coverage/", "Without effects")],
    "phase": [("explore/", 'data-rekb-facet="phase"'), ("finder/", 'name="phase"'), ("browse/", "Phases")],
    "requirement": [("explore/", 'data-rekb-facet="needs"'), ("finder/", "data-rekb-met"), (TILE, "<dt>Needs</dt>"),
                    ("explore/", '<th scope="col">Needs</th>'), ("topics/systems/", 'data-label="Needs"'),
                    ("compare/", "Needs"), ("browse/", "Requirements"), ("coverage/", "Needs not stated"),
                    ("statistics/", "What works need")],
    "hardware": [("explore/", 'data-rekb-facet="hardware"'), ("finder/", 'name="hardware"'),
                 (POST, "<dt>Ran on</dt>"), ("compare/", "Ran on"), ("browse/", "Hardware"),
                 ("coverage/", "Hardware not stated"), ("statistics/", "Hardware known")],
    "modality": [("explore/", 'data-rekb-facet="modality"'), ("finder/", 'name="modality"'),
                 (TILE, "<dt>Modality</dt>"), ("compare/", "Modality"), ("browse/", ">Modality<")],
}  # fmt: skip
"""Vocabulary to what pages show of it."""


@pytest.mark.parametrize("vocabulary", SEEN)
def test_a_facet_without_words_is_on_no_page(vocabulary: str) -> None:
    pages, as_ever = bodies(vocabulary), bodies()
    for path, text in SEEN[vocabulary]:
        assert text in as_ever[path], (path, text)
        assert text not in pages[path], (path, text)


def test_an_empty_list_means_something_of_some_facets_only() -> None:
    pages = bodies(modality={"nothing": "any data"}, saves={"nothing": "not a thing"})
    assert not any("ny data" in page or "ot a thing" in page for page in pages.values())
    assert "data/nothing/" not in pages


def test_a_knowledge_base_without_any_facet_has_a_site() -> None:
    pages = bodies(*SEEN)
    assert "rekb-works--no-saves rekb-works--no-needs" in pages["explore/"]
    assert '<fieldset class="rekb-step"' not in pages["finder/"]
    base: Any = replace(sample_base(), facets={})
    assert [blank.partition(":")[0] for blank in blanks(base)] == ["summary", "results", "checked"]


KNUTH, MOTH = "knuth1984literate", "moth1990lamps"


@pytest.fixture(scope="module")
def field(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a knowledge base with levels and facets of its own."""
    return with_own_facets(other_field(tmp_path_factory.mktemp("field") / "woods"))


@pytest.fixture(scope="module")
def woods(field: Path) -> KnowledgeBase:
    """Return it as it is read."""
    return load(field)[0]


def run(root: Path, *arguments: str) -> tuple[int, str]:
    """Return exit status and output of a command in a folder."""
    result = CliRunner().invoke(cli, [*arguments, "--root", str(root)], standalone_mode=False)
    assert result.exception is None, result.exception
    return result.return_value, result.output


def test_own_facets_are_called_as_rekb_yaml_says(woods: KnowledgeBase) -> None:
    names = facet_names(woods)
    found = [
        (name, names[name].title, names[name].help, names[name].advice) for name in woods.config.own_facets
    ]
    assert found == [
        ("habitat", "Lives in", "Where it was seen", "Where it was seen"),
        ("soil-type", "Soil", "", ""),
    ]


def test_it_validates_and_is_in_canonical_form(field: Path) -> None:
    assert reported(field) == []
    assert run(field, "fmt", "--check")[0] == 0


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (ENTRY, "habitat: [forest]", "habitat: [forrest]",
         "13 unknown-facet-value: `forrest` is no habitat: did you mean `forest`?"),
        (ENTRY, "habitat: [forest]", "habitat: [forest, forest]",
         "21 repeated-word: `forest` is in `tags.habitat` twice: keep one"),
        (ENTRY, "habitat: [forest]", "habitta: [forest]",
         "3 unknown-facet: there is no facet `habitta` for tags: did you mean `habitat`?"),
        (ENTRY, "habitat: [forest]", "hardware: [computer]",
         "3 unknown-facet: there is no facet `hardware` for tags: known here: habitat, soil-type"),
        (ENTRY, "habitat: [forest]", "habitat: forest", "12 wrong-type: `tags.habitat` is 'forest': a list is wanted"),
        (ENTRY, "habitat: [forest]", "habitat: [The Forest]",
         "13 wrong-form: `tags.habitat[0]` is 'The Forest': a word is lower-case letters, digits and hyphens: `the-forest`"),
        ("rekb.yaml", "  soil-type:\n    title", "  hardwear:\n    title",
         "3 unknown-facet: there is no facet `hardwear`: did you mean `hardware`?"),
        ("rekb.yaml", "  soil-type:\n    title", "  zzz:\n    title",
         "3 unknown-facet: there is no facet `zzz`: write its words under `zzz` in taxonomy/facets.yaml"),
        ("rekb.yaml", "  soil-type:\n    title", "  year:\n    title",
         "3 reserved-facet: no facet can be called `year`: addresses or tables use the name: choose another name"),
        ("rekb.yaml", "  soil-type:\n    title", "  not-habitat:\n    title",
         "3 reserved-facet: no facet can be called `not-habitat`: addresses"),
        ("rekb.yaml", "  soil-type:\n    title", "  Soil Type:\n    title",
         "3 wrong-form: `facets.Soil Type` is 'Soil Type': a word is lower-case letters, digits and hyphens: `soil-type`"),
        ("rekb.yaml", "      habitat: [forest]", "      habitat: [forst]",
         "17 unknown-word-in-question: there is no `forst` in the facet `habitat`: did you mean `forest`?"),
        ("rekb.yaml", "      habitat: [forest]", "      habitats: [forest]",
         "7 unknown-facet: there is no facet `habitats`: did you mean `habitat`?"),
        ("taxonomy/facets.yaml", "soil-type:", "soil-typ:",
         "1 unknown-facet: there is no facet `soil-typ`: did you mean `soil-type`?"),
        ("taxonomy/facets.yaml", "{id: town,", "{id: forest,",
         "10 repeated-id: `forest` is in `habitat` twice: keep one"),
        ("taxonomy/facets.yaml", "label: Clay,", "lable: Clay,",
         "16 unknown-field: there is no field `soil-type[0].lable`: did you mean `label`?"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_reported_with_its_line(
    field: Path, tmp_path: Path, file: str, old: str, new: str, expected: str
) -> None:
    root = shutil.copytree(field, tmp_path / "wrong")
    text = (root / file).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (root / file).write_text(text.replace(old, new), encoding="utf-8")
    line = text[: text.index(old)].count("\n") + 1
    found = [
        f"{d.place.column} {d.rule}: {d.message}: {d.hint}"
        for d in findings(root)
        if (d.place.path, d.place.line) == (file, line)
    ]
    assert any(said.startswith(expected) for said in found), found


def test_names_that_mean_something_else_are_reserved() -> None:
    built_in = {facet.name for facet in BUILT_IN}
    words = {name for name in (*(c.name for c in COLUMNS), *names(), *Entry.model_fields) if "_" not in name}
    fields = {"links", "survey", "relations", "model", "corrections", "formerly", "exempt", "records"}
    assert words - built_in - RESERVED - fields == set()
    assert {"find", "sort", "view", "group", "from", "to", "year", "papers"} <= RESERVED


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("habitat=forest", [KNUTH, MOTH]),
        ("habitat=town", [MOTH]),
        ("habitat=forest&habitat=town", [KNUTH, MOTH]),
        ("not-habitat=town", [KNUTH]),
        ("habitat=forest&not-soil-type=clay", [KNUTH]),
        ("habitat=forest&from=1985", [MOTH]),
        ("soil-type=sand", []),
        ("habitats=town", [KNUTH, MOTH]),
    ],
)
def test_own_facets_narrow(woods: KnowledgeBase, query: str, keys: list[str]) -> None:
    choice = Query.parse(query, woods.config.own_facets)
    assert list(matching(woods, choice)) == keys
    assert choice.address() == ("" if query.startswith("habitats") else query)
    assert Query.parse("habitat=forest").address() == ""


def test_the_order_of_an_address_is_that_of_the_facets(woods: KnowledgeBase) -> None:
    own = woods.config.own_facets
    text = "not-habitat=town&soil-type=clay&habitat=forest&state=complete&saves=effort"
    assert Query.parse(text, own).address() == (
        "saves=effort&state=complete&habitat=forest&soil-type=clay&not-habitat=town"
    )


def test_a_question_asks_for_them(woods: KnowledgeBase) -> None:
    (view,) = question_views(woods)
    assert (view.query, view.count) == ("habitat=forest&not-soil-type=clay", 1)


def test_pages_show_them(woods: KnowledgeBase) -> None:
    made = build_site(woods, SETTINGS)
    pages = {page.path: str(page.body) for page in made.pages}
    chips = '<span class="rekb-chip rekb-chip--plain" title="Under trees.">Forest</span>'
    assert f"<dt>Lives in</dt><dd>{chips}</dd>" in pages[f"papers/{KNUTH}/"]
    assert "<dt>Soil</dt>" not in pages[f"papers/{KNUTH}/"]
    assert "<dt>Modality</dt>" not in pages[f"papers/{KNUTH}/"]
    assert "<span>Lives in</span> <small>Where it was seen</small>" in pages["explore/"]
    assert pages["explore/"].index('data-rekb-facet="habitat"') < pages["explore/"].index(
        'data-rekb-facet="costs"'
    )
    assert "</span> Lives in</legend>" in pages["finder/"]
    assert "Lives in" in pages["compare/"]
    assert "habitat=forest&amp;not-soil-type=clay" in pages[""]
    compared = next(a.content for a in made.assets if a.path == f"papers/{MOTH}/compare.json")
    assert json.loads(compared)["own"] == {"habitat": ["Forest", "Town"], "soil-type": ["Clay"]}
    words = next(a.content for a in made.assets if a.path == f"{SEARCH_FOLDER}words-t.json")
    assert "town" in json.loads(words)["texts"]


def test_exports_have_them(woods: KnowledgeBase) -> None:
    keys = (KNUTH, MOTH)
    head, *rows = EXPORTERS["csv"].encode(woods, keys).decode("utf-8-sig").rstrip().split("\r\n")
    assert head.endswith("checked,article,publisher,habitat,soil-type")
    assert [row.rsplit(",", 2)[1:] for row in rows] == [["forest", ""], ["town; forest", "clay"]]
    connection = sqlite3.connect(":memory:")
    connection.deserialize(EXPORTERS["sqlite"].encode(woods, keys))
    assert connection.execute("SELECT * FROM tags ORDER BY 1, 2, 3").fetchall() == [
        (KNUTH, "habitat", 1, "forest"), (MOTH, "habitat", 1, "town"),
        (MOTH, "habitat", 2, "forest"), (MOTH, "soil-type", 1, "clay"),
    ]  # fmt: skip
    exported = json.loads(EXPORTERS["json"].encode(woods, keys))
    assert exported["entries"][0]["tags"] == {"habitat": ["forest"]}
    assert " Lives in: Town, Forest. Soil: Clay." in EXPORTERS["markdown"].encode(woods, keys).decode()
    assert select(woods, Selection(facets=("habitat=town",))) == (MOTH,)
    assert select(woods, Selection(facets=("habitat=forest", "soil-type=clay"))) == (MOTH,)


def test_commands_know_them(field: Path, woods: KnowledgeBase) -> None:
    assert "\nLives in\n  town, forest\n" in run(field, "show", MOTH)[1]
    assert [hit.key for hit in search(woods, "town")] == [MOTH]
    assert "tags: habitat, soil-type: words of taxonomy/facets.yaml, such as {habitat: [...]}" in blanks(
        woods
    )


def test_the_schemas_complete_their_words(woods: KnowledgeBase) -> None:
    made = {path.rpartition("/")[2]: json.loads(text) for path, text in schemas(woods).items()}
    for name, file in (
        ("entry.json", SECOND),
        ("facets.json", "taxonomy/facets.yaml"),
        ("config.json", "rekb.yaml"),
    ):
        value = json.loads(json.dumps(woods.documents[file].value))
        Draft202012Validator(made[name]).validate(value)
        wrong = value["questions"][0]["state"] if name == "config.json" else value
        wrong |= {"zzz": []}
        assert not Draft202012Validator(made[name]).is_valid(value)
    words = made["entry.json"]["properties"]["tags"]["properties"]["habitat"]["items"]["anyOf"]
    assert [word["const"] for word in words] == ["forest", "town"]


def test_labels_and_doubles_are_mended(field: Path, tmp_path: Path) -> None:
    root = shutil.copytree(field, tmp_path / "fixed")
    text = (root / SECOND).read_text(encoding="utf-8")
    (root / SECOND).write_text(text.replace("[town, forest]", "[town, town, forest]"), encoding="utf-8")
    made = fixes(load(root)[0], findings(root), [SECOND])
    assert made.texts == {SECOND: text}


@pytest.fixture(scope="module")
def address(field: Path) -> Iterator[str]:
    """Return the address of the built site."""
    assert run(field, "build")[0] == 0
    with served(field / "site") as found:
        yield found


@pytest.mark.parametrize(
    ("query", "keys", "left"),
    [
        ("habitat=town", [MOTH], {"forest": 2, "town": 1}),
        ("not-habitat=town", [KNUTH], {"forest": 1, "town": 0}),
        ("habitat=forest&not-soil-type=clay", [KNUTH], {"forest": 1, "town": 0}),
        ("to=1984", [KNUTH], {"forest": 1, "town": 0}),
        ("habitats=town", [MOTH, KNUTH], {"forest": 2, "town": 1}),
    ],
)
def test_explore_filters_by_them(
    browser: Browser, address: str, query: str, keys: list[str], left: dict[str, int]
) -> None:
    page = patient(browser).new_page()
    page.goto(f"{address}explore/?{query}")
    assert settled(page, lambda: shown(page), keys) == keys
    boxes = {word: page.locator(f'.rekb-choice:has(input[name="habitat"][value="{word}"])') for word in left}
    assert {
        word: int(box.locator("[data-rekb-count]").text_content() or "") for word, box in boxes.items()
    } == left
    page.context.close()


def test_the_address_keeps_them(browser: Browser, address: str) -> None:
    page = patient(browser).new_page()
    page.goto(f"{address}explore/")
    page.locator("details:has(input[name='habitat']) > summary").click()
    page.check('input[name="habitat"][value="forest"]')
    page.locator("details:has(input[name='soil-type']) > summary").click()
    page.click('[data-rekb-not="clay"]')
    arrived(page, "explore/?habitat=forest&not-soil-type=clay")
    expect(page.locator("[data-rekb-question]:visible h2")).to_have_text("What lives in the forest?")
    shows(page, [KNUTH])
    page.goto(f"{address}compare/?papers={KNUTH},{MOTH}")
    row = page.locator("tr:has(th:text-is('Soil'))")
    row.wait_for()
    assert [cell.strip() for cell in row.locator("th, td").all_inner_texts()] == [
        "Soil",
        "not stated",
        "Clay",
    ]
    expect(page.locator("th:text-is('Modality')")).to_have_count(0)
    page.goto(f"{address}finder/")
    page.check('input[name="habitat"][value="town"]')
    page.click("[data-rekb-go]")
    page.wait_for_url("**/explore/?habitat=town&group=topic")
    shows(page, [MOTH])
    page.context.close()
