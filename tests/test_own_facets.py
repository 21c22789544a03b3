"""Facets as a knowledge base has them: what pages call the built-in ones, and those without words."""
# ruff: noqa: E501 - a row holds a page, what stands there and what does not

import re
from dataclasses import replace
from typing import Any

import pytest

from rekb.ingest.draft import blanks
from rekb.model import Config
from rekb.site import SiteSettings, build_site
from rekb.site.facetnames import BUILT_IN, facet_names
from samples import sample_base

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
        ("saves", "Saves"), ("phase", "When"), ("needs", "Needs"), ("topic", "Topic"), ("hardware", "Ran on"),
        ("modality", "Data"), ("costs", "Costs"), ("venue", "Venue"), ("code", "Code"), ("state", "Completeness"),
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
        ("saves", {"title": "Lowers"}, TILE, '<h2 id="effects">Lowers, Costs</h2>', "What it saves"),
        ("saves", {"title": "Lowers"}, "phases/inference/", "Lowers memory", "Saves memory"),
        ("modality", {"title": "Kind"}, TILE, "<dt>Kind</dt>", "<dt>Data</dt>"),
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
                 ("explore/", '<th scope="col">Saves</th>'), ("finder/", 'name="saves"'),
                 ("compare/", "Saves"), ("browse/", "Resources"), ("coverage/", "Without effects")],
    "phase": [("explore/", 'data-rekb-facet="phase"'), ("finder/", 'name="phase"'), ("browse/", "Phases")],
    "requirement": [("explore/", 'data-rekb-facet="needs"'), ("finder/", "data-rekb-met"), (TILE, "<dt>Needs</dt>"),
                    ("explore/", '<th scope="col">Needs</th>'), ("topics/systems/", 'data-label="Needs"'),
                    ("compare/", "Needs"), ("browse/", "Requirements"), ("coverage/", "Needs not stated"),
                    ("statistics/", "What techniques need")],
    "hardware": [("explore/", 'data-rekb-facet="hardware"'), ("finder/", 'name="hardware"'),
                 (POST, "<dt>Ran on</dt>"), ("compare/", "Ran on"), ("browse/", "Hardware"),
                 ("coverage/", "Hardware not stated"), ("statistics/", "Hardware known")],
    "modality": [("explore/", 'data-rekb-facet="modality"'), ("finder/", 'name="modality"'),
                 (TILE, "<dt>Data</dt>"), ("compare/", "Data"), ("browse/", ">Data<")],
}  # fmt: skip
"""Vocabulary to what pages show of it."""


@pytest.mark.parametrize("vocabulary", SEEN)
def test_a_facet_without_words_is_on_no_page(vocabulary: str) -> None:
    pages, as_ever = bodies(vocabulary), bodies()
    for path, text in SEEN[vocabulary]:
        assert text in as_ever[path], (path, text)
        assert text not in pages[path], (path, text)


def test_a_knowledge_base_without_any_facet_has_a_site() -> None:
    pages = bodies(*SEEN)
    assert "rekb-works--no-saves rekb-works--no-needs" in pages["explore/"]
    assert '<fieldset class="rekb-step"' not in pages["finder/"]
    base: Any = replace(sample_base(), facets={})
    assert [blank.partition(":")[0] for blank in blanks(base)] == ["summary", "results", "checked"]
