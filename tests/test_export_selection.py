"""Which entries are exported: topics, keys, facets, and words that do not exist."""

from dataclasses import replace
from typing import Any

import pytest

from rekb.errors import RekbError
from rekb.exports import Selection, select
from rekb.exports.scope import measures_of
from rekb.model.vocabulary import Device, Measures, Unit
from samples import fields, knowledge_base, sample_base

FLASH, HOSTILE, GPTX, BLOG, TOOL, BOOK = (
    "dao2022flashthing", "hostile2021x", "openai2023gptx", "plato2020blog", "team2024tool", "chapter2019book",
)  # fmt: skip


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (Selection(), {FLASH, HOSTILE, GPTX, BLOG, TOOL, BOOK}),
        (Selection(topics=("architectures",)), {FLASH, HOSTILE, BOOK}),
        (Selection(topics=("systems/serving",)), {HOSTILE, GPTX, BLOG, TOOL}),
        (Selection(keys=(GPTX, FLASH, GPTX)), {FLASH, GPTX}),
        (Selection(topics=("architectures/attention",), keys=(TOOL,)), {FLASH, HOSTILE, BOOK, TOOL}),
        (Selection(facets=("resource=memory",)), {FLASH, BLOG}),
        (Selection(facets=("resource=latency",)), {HOSTILE}),
        (Selection(facets=("saves=latency",)), {HOSTILE}),
        (Selection(facets=("costs=latency",)), {FLASH}),
        (Selection(facets=("phase=inference",)), {FLASH, HOSTILE}),
        (Selection(facets=("resource=memory", "phase=inference")), {FLASH}),
        (Selection(facets=("resource=memory", "resource=latency")), {FLASH, HOSTILE, BLOG}),
        (Selection(facets=("saves=memory", "costs=latency")), {FLASH}),
        (Selection(facets=("saves=quality",)), set()),
        (Selection(facets=("needs=nothing",)), {HOSTILE}),
        (Selection(facets=("not-needs=unknown", "from=2022")), {FLASH}),
        (Selection(query="?saves=memory&phase=inference&sort=name&group=topic"), {FLASH}),
        (Selection(query="https://example.org/explore/?saves=memory&not-phase=inference"), {BLOG}),
        (Selection(keys=(BLOG, TOOL), query="saves=memory"), {BLOG}),
        (Selection(facets=("requires=custom-kernel",)), {FLASH}),
        (Selection(facets=("hardware=mobile",)), {TOOL}),
        (Selection(facets=("hardware=mobile", "hardware=datacenter-gpu")), {TOOL, FLASH}),
        (Selection(facets=("modality=vision",)), {FLASH}),
        (Selection(facets=("venue=arxiv",)), set()),
        (Selection(facets=("venue=neurips",)), {FLASH}),
        (Selection(facets=("year=2023",)), {GPTX}),
        (Selection(topics=("systems",), facets=("phase=training",)), {BLOG}),
        (Selection(keys=(BLOG,), facets=("phase=inference",)), set()),
    ],
)
def test_select(selection: Selection, expected: set[str]) -> None:
    assert select(sample_base(), selection) == tuple(sorted(expected))


@pytest.mark.parametrize(
    ("selection", "message"),
    [
        (Selection(keys=("dao2022flashthink",)),
         "unknown key `dao2022flashthink`; did you mean `dao2022flashthing`?"),
        (Selection(keys=("zzz", "qqq")), "unknown key `zzz`\nunknown key `qqq`"),
        (Selection(topics=("system",)),
         "unknown topic `system`; did you mean `systems`?"),
        (Selection(topics=("serving",)), "unknown topic `serving`; did you mean `systems/serving`?"),
        (Selection(facets=("resource",)),
         "`resource` is no facet; write name=word, such as saves=memory"),
        (Selection(facets=("resorce=memory",)), "unknown facet `resorce`; did you mean `resource`?"),
        (Selection(facets=("resource=memry",)), "unknown word of resource `memry`; did you mean `memory`?"),
        (Selection(facets=("year=1999",)), "unknown word of year `1999`"),
        (Selection(facets=("venue=icm",)), "unknown word of venue `icm`; did you mean `icml`?"),
    ],
)  # fmt: skip
def test_unknown_words(selection: Selection, message: str) -> None:
    with pytest.raises(RekbError) as raised:
        select(sample_base(), selection)
    assert str(raised.value) == message


@pytest.mark.parametrize(
    ("memory", "units"), [({"value": 40, "unit": "GB"}, {"x", "GB"}), (None, {"x"})], ids=["known", "unknown"]
)
def test_the_units_of_devices_are_exported_with_them(memory: dict[str, Any] | None, units: set[str]) -> None:
    result = {
        "id": "r", "wording": "speed-up", "value": 2, "unit": "x", "device": "card",
        "source": {"record": "arxiv", "kind": "table", "number": "1"},
    }  # fmt: skip
    device = Device.model_validate({"id": "card", "label": "Card", "kind": "gpu", "memory": memory})
    known = {unit: Unit(id=unit, label=unit, dimension="bytes") for unit in ("x", "GB", "TB")}
    base = replace(
        knowledge_base({"a2022one": fields(results=[result]), "b2022two": fields()}),
        measures=Measures(units=known, devices={"card": device}),
    )
    found = measures_of(base, ("a2022one",))
    assert found.units is not None
    assert set(found.units) == units
