"""The facets of explore, finder and home: addresses, what fits, the questions, the data of the scripts."""

import json
from dataclasses import replace
from typing import Any

import pytest

from corpus_facets import fits as oracle_fits
from rekb.kb import KnowledgeBase
from rekb.kb.query import Query, fits, matching, words_of
from rekb.site.facets.columns import columns, language
from rekb.site.facets.names import facet_names
from rekb.site.facets.questions import query_of, question_views
from rekb.site.page import SiteSettings
from rekb.site.pages.explore import explore_page, facet_views
from rekb.site.pages.home import home_page
from rekb.site.parts.views import Material
from samples import ENTRIES, knowledge_base

SETTINGS = SiteSettings("Name", "What it is.", "", "")


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("", ""),
        ("saves=memory&saves=latency", "saves=latency&saves=memory"),
        ("topic=a/b&phase=training", "phase=training&topic=a/b"),
        ("not-needs=retraining&needs=nothing", "needs=nothing&not-needs=retraining"),
        ("year=2022", "from=2022&to=2022"),
        ("to=2023&from=2020", "from=2020&to=2023"),
        ("from=never&find=x&sort=name&group=topic&view=cards&other=1", ""),
        ("saves=", ""),
    ],
)
def test_an_address_is_read_and_written(query: str, canonical: str) -> None:
    choice = Query.parse(query)
    assert choice.address() == canonical
    assert Query.parse(canonical) == choice


KEYS = sorted(ENTRIES)
TILE, HOSTILE, GIANT, POST, TOOL, CHAPTER = (
    "dao2022flashthing", "hostile2021x", "openai2023gptx", "plato2020blog", "team2024tool", "chapter2019book",
)  # fmt: skip


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("", KEYS),
        ("saves=memory", [TILE, POST]),
        ("saves=memory&saves=latency", [TILE, HOSTILE, POST]),
        ("saves=memory&phase=inference", [TILE]),
        ("phase=inference", [TILE, HOSTILE]),
        ("phase=training&saves=latency", []),
        ("costs=latency", [TILE]),
        ("needs=nothing", [HOSTILE]),
        ("needs=unknown", [CHAPTER, GIANT, POST, TOOL]),
        ("needs=nothing&needs=custom-kernel", [TILE, HOSTILE]),
        ("not-needs=unknown", [TILE, HOSTILE]),
        ("hardware=mobile", [TOOL]),
        ("topic=architectures", [CHAPTER, TILE, HOSTILE]),
        ("topic=systems/serving&not-topic=architectures", [GIANT, POST, TOOL]),
        ("topic=system", []),
        ("modality=vision&code=official", [TILE]),
        ("venue=neurips", [TILE]),
        ("venue=arxiv", []),
        ("not-saves=memory&from=2021", [HOSTILE, GIANT, TOOL]),
        ("from=2021&to=2022", [TILE, HOSTILE]),
        ("state=incomplete", KEYS),
        ("state=complete", []),
    ],
)
def test_what_fits(query: str, keys: list[str]) -> None:
    assert list(matching(knowledge_base(ENTRIES), Query.parse(query))) == sorted(keys)


def test_the_columns_say_the_same_as_the_words() -> None:
    base = knowledge_base(ENTRIES)
    data: Any = json.loads(json.dumps(columns(base, KEYS)))
    for place, key in enumerate(KEYS):
        words = words_of(base, base.entries[key])
        assert data["year"][place] == base.entries[key].year
        read = {
            name: [column["words"][number] for number in column["rows"][place]]
            for name, column in data["facets"].items()
        }
        assert read == {name: list(held) for name, held in words.items()}


def test_the_scripts_know_what_silence_means() -> None:
    assert language(knowledge_base(ENTRIES))["silences"] == {
        "needs": "what it needs is not known",
        "hardware": "where it ran is not known",
    }


def test_the_questions_count_what_the_files_say(base: KnowledgeBase) -> None:
    views = question_views(base)
    assert {view.text for view in views} <= {question.title for question in base.config.questions}
    for view in views:
        keys = [key for key, entry in base.entries.items() if oracle_fits(base, entry, view.query)]
        assert len(keys) == view.count > 0


def test_the_first_question_names_nothing_that_trains_or_takes_more_than_one_machine(
    base: KnowledgeBase,
) -> None:
    needs: set[str] = set()
    for key in matching(base, query_of(base.config.questions[0])):
        entry = base.entries[key]
        assert entry.requires is not None
        assert entry.hardware is not None
        assert any((e.resource, e.phase, e.change) == ("memory", "inference", "saves") for e in entry.effects)
        needs |= {*entry.requires, *entry.hardware}
    assert not needs & {"pre-training", "retraining", "fine-tuning", "several-devices", "gpu-cluster"}
    assert "frantar2022gptq" in matching(base, query_of(base.config.questions[0]))


def test_a_question_without_an_answer_is_not_shown(base: KnowledgeBase) -> None:
    asked = base.config.questions
    material = Material.of(replace(knowledge_base(ENTRIES), config=base.config))
    shown = [question.text for question in question_views(material.base)]
    assert 0 < len(shown) < len(asked)
    pages = home_page(material, SETTINGS).body, explore_page(material, SETTINGS).body
    for question in asked:
        assert [question.title in body for body in pages] == [question.title in shown] * 2


def test_the_topics_to_choose_from_are_in_the_order_of_the_tree() -> None:
    base = knowledge_base(ENTRIES)
    (view,) = facet_views(base, [facet_names(base)["topic"]])
    assert [(choice.value, choice.help, choice.count, choice.depth) for choice in view.choices] == [
        ("architectures", "Networks.", 3, 0),
        ("architectures/attention", "Attention.", 3, 1),
        ("systems", "Machines.", 4, 0),
        ("systems/serving", "Answering requests.", 4, 1),
    ]


def test_fits_needs_every_facet() -> None:
    base = knowledge_base(ENTRIES)
    entry = base.entries[TILE]
    assert fits(words_of(base, entry), entry.year, Query.parse("saves=memory&modality=vision"))
    assert not fits(words_of(base, entry), entry.year, Query.parse("saves=memory&modality=audio"))
