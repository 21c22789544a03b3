"""What topic pages are made of: ties, numbers, timeline; and which works are similar."""

import re
from dataclasses import replace
from typing import Any

import pytest

from rekb.kb import KnowledgeBase
from rekb.kb.index import build_index
from rekb.model.levels import TopicSummary
from rekb.site import SiteSettings, build_site
from rekb.site.charts.flow import Tie
from rekb.site.pages.measured import measured_page, result_charts
from rekb.site.parts import similar
from rekb.site.parts.numbers import Headline, bit_widths, headline, reported
from rekb.site.parts.relations import drawn_graph, relations_view, topic_ties
from rekb.site.parts.similar import similar_works
from rekb.site.parts.timeline import timeline
from rekb.site.parts.traits import traits_of
from rekb.site.parts.views import LinkView, Material
from samples import ARXIV, effects, entry, fields, knowledge_base

SOURCE = {"record": "arxiv", "kind": "table", "number": "1"}
SAME = {
    "wording": "speed-up",
    "unit": "x",
    "baseline": "FP16",
    "model_wording": "OPT-13B",
    "hardware": "A100",
}


def work(**changes: Any) -> dict[str, Any]:
    return fields(**{"name": None, **changes})


def of(**entries: dict[str, Any]) -> Material:
    return Material.of(knowledge_base(entries))


def result(value: float, **changes: Any) -> dict[str, Any]:
    made = {**SAME, "value": value, "source": SOURCE, **changes}
    made["id"] = f"result-{value}-{len(changes)}".replace(".", "-")
    return {name: content for name, content in made.items() if content is not None}


@pytest.mark.parametrize(
    ("results", "short", "conditions", "more"),
    [
        ([result(3.2)], "3.2× speed-up vs FP16", "OPT-13B, on A100", 0),
        ([result(3.2, wording="speed-up over FP16")], "3.2× speed-up over FP16", "OPT-13B, on A100", 0),
        ([result(2, upper=4, baseline=None), result(5)], "2–4× speed-up", "OPT-13B, on A100", 1),
        ([result(4, unit="steps", wording="sampling steps", baseline=None)],
         "4 sampling steps", "OPT-13B, on A100", 0),
        ([result(1500, unit="%", comparator="up-to", model_wording=None, hardware=None, setting="batch 8")],
         "up to 1,500 % speed-up vs FP16", "batch 8", 0),
    ],
)  # fmt: skip
def test_the_first_result_in_short(
    results: list[dict[str, Any]], short: str, conditions: str, more: int
) -> None:
    found = headline(knowledge_base({"a2022one": work(results=results)}), "a2022one")
    assert found is not None
    assert (found.short, found.conditions, found.more) == (short, conditions, more)


def test_no_results_no_headline() -> None:
    assert headline(knowledge_base({"a2022one": work()}), "a2022one") is None


@pytest.mark.parametrize(
    ("setting", "how", "widths"),
    [
        ("W8A8", "x", (8,)),
        ("W4A16, group of 128", "x", (4,)),
        ("W4A4KV4", "x", (4,)),
        ("INT4 weights, INT8 activations", "x", (4, 8)),
        (None, "weights are stored in 3 or 4 bits", (3, 4)),
        (None, "3- to 4-bit weights beside 16-bit outliers", (3, 4)),
        (None, "2-bit weights, activations in 8 bits", (2, 8)),
        ("FP16 and 32-bit sums", "integer units, 16 bits", ()),
        ("bits per weight at ImageNet 256x256", "few bits", ()),
    ],
)
def test_bit_widths(setting: str | None, how: str, widths: tuple[int, ...]) -> None:
    saved = [{"change": "saves", "resource": "memory", "phase": "inference", "how": how}]
    made = entry(effects=saved, results=[result(1, setting=setting, baseline="4-bit RTN")])
    assert bit_widths(made) == widths


def test_bits_that_are_the_price_are_not_read() -> None:
    cost = [{"change": "costs", "resource": "quality", "phase": "inference", "how": "some points at 2 bits"}]
    assert bit_widths(entry(effects=cost)) == ()


@pytest.mark.parametrize(
    ("one", "other", "charts"),
    [
        ([result(2)], [result(3)], 1),
        (
            [result(2)],
            [result(3, hardware="a100", model_wording="opt-13b ")],
            1,
        ),  # spelt differently, the same
        ([result(2)], [result(3, hardware="H100")], 0),
        ([result(2)], [result(3, model_wording="OPT-66B")], 0),
        ([result(2)], [result(3, baseline="INT8")], 0),
        ([result(2)], [result(3, setting="batch 8")], 0),
        ([result(2)], [result(3, unit="%")], 0),
        ([result(2)], [result(3, comparator="up-to")], 0),
        (
            [result(2, model_wording=None, hardware=None)],
            [result(3, model_wording=None, hardware=None)],
            0,
        ),  # not known to be
        ([result(2), result(3, model_wording="OPT-66B")], [], 0),
        ([result(2), result(3, model_wording="OPT-66B"), result(4, model_wording="OPT-175B")], [], 1),
        (
            [
                result(2),
                result(3, model_wording="OPT-66B"),
                result(4, model_wording="OPT-175B", hardware="H100"),
            ],
            [],
            0,
        ),
        ([result(2), result(3, model_wording="OPT-66B"), result(4, model_wording=None)], [], 0),
        (
            [
                result(2),
                result(3, model_wording="OPT-66B"),
                result(4, model_wording="OPT-175B", measured_by="Bench"),
            ],
            [],
            0,
        ),
    ],
)
def test_bars_share_a_chart_only_under_the_same_conditions(
    one: list[dict[str, Any]], other: list[dict[str, Any]], charts: int
) -> None:
    material = of(a2022one=work(results=one), b2022two=work(results=other))
    found = result_charts(material, tuple(material.base.entries), "topics/x/")
    assert len(found) == charts


def test_a_chart_across_works_names_its_conditions_and_links_its_works() -> None:
    material = of(
        a2022one=work(name="One", results=[result(2)]), b2022two=work(name="Two", results=[result(3)])
    )
    (chart,) = result_charts(material, tuple(material.base.entries), "topics/x/")
    assert chart.conditions == (("against", "FP16"), ("model", "OPT-13B"), ("on", "A100"))
    assert 'href="../../papers/a2022one/"' in chart.svg
    assert ">One<" in chart.svg
    assert ">3×<" in chart.svg


def test_the_page_of_all_tests_goes_by_the_topic_that_works_share() -> None:
    entries = {
        "a2022one": work(name="One", results=[result(2)]),
        "b2022two": work(name="Two", results=[result(3), result(9, wording="memory")]),
    }
    material = Material.of(knowledge_base(entries))
    body = measured_page(material).body
    assert "1 test of 2 works" in body
    topics = set(entries["a2022one"]["topics"]) & set(entries["b2022two"]["topics"])
    assert all(f'href="../topics/{topic}/"' in body for topic in topics)
    assert body.count('rekb-chart__bar"') == 2
    assert "No two works" in measured_page(Material.of(knowledge_base({"a2022one": work()}))).body


def test_who_measured_is_named_and_bars_go_by_value() -> None:
    others = {"measured_by": "Bench", "source": {"kind": "readme", "url": "https://example.org/bench"}}
    material = of(
        a2022one=work(name="One", results=[result(2, **others)]),
        b2022two=work(name="Two", results=[result(3, source=others["source"])]),
    )
    (chart,) = result_charts(material, tuple(material.base.entries), "topics/x/")
    assert chart.source == LinkView("Bench", "https://example.org/bench")
    assert chart.svg.index(">Two<") < chart.svg.index(">One<")


def test_a_chart_is_shown_where_no_topic_below_holds_all_its_works() -> None:
    material = of(a2022one=work(results=[result(2)]), b2022two=work(results=[result(3)]))
    keys = tuple(material.base.entries)
    assert [len(result_charts(material, keys, "topics/x/", below)) for below in ([keys], [keys[:1]], [])] == [
        0,
        1,
        1,
    ]


@pytest.mark.parametrize(
    ("results", "short", "rest"),
    [
        ([result(2, measured_by="Bench"), result(3)], "3× speed-up vs FP16", "OPT-13B, on A100"),
        ([result(2, measured_by="Bench")], "2× speed-up vs FP16", "OPT-13B, on A100, measured by Bench"),
    ],
)
def test_the_authors_own_number_comes_first(results: list[dict[str, Any]], short: str, rest: str) -> None:
    base = of(a2022one=work(results=results)).base
    assert headline(base, "a2022one") == Headline(short, rest, len(results) - 1)


def test_a_chart_of_the_topic_page_reaches_the_page() -> None:
    entries = {"a2022one": work(results=[result(2)]), "b2022two": work(results=[result(3)])}
    site = build_site(knowledge_base(entries), SiteSettings("N", "D", "", ""))
    page = next(page for page in site.pages if page.path == "topics/architectures/attention/")
    assert 'id="same"' in page.body
    assert page.body.count('rekb-chart__bar"') == 2


def test_the_overview_of_a_topic_cites_a_work_by_its_name() -> None:
    base = knowledge_base({"a2022one": work(name="One")})
    path = "architectures/attention"
    summary = TopicSummary({"expert": "As in [@a2022one]."})
    topic = base.topics[path].model_copy(update={"summary": summary})
    site = build_site(replace(base, topics={**base.topics, path: topic}), SiteSettings("N", "D", "", ""))
    page = next(page for page in site.pages if page.path == f"topics/{path}/")
    assert '[<a href="../../../papers/a2022one/">One</a>]' in page.body


def test_reported_numbers_keep_the_order_of_works_and_leave_out_the_silent() -> None:
    material = of(
        a2022one=work(results=[result(2)]), b2022two=work(), c2022three=work(results=[result(9), result(1)])
    )
    found = reported(material, ("c2022three", "b2022two", "a2022one"))
    assert [[line.value for line in group.lines] for group in found] == [["9×", "1×"], ["2×"]]


def test_numbers_of_a_topic_say_which_were_read_in_a_copy() -> None:
    copied = result(9, source={**SOURCE, "read_in": "https://mirror.example.org/paper"})
    base = knowledge_base({"a2022one": work(results=[copied, result(1)])})
    site = build_site(base, SiteSettings("N", "D", "", ""))
    topic = next(page for page in site.pages if page.path == "topics/architectures/attention/")
    lines = re.findall(r'rekb-reported__value">([^<]*)<(.*?)</tr>', topic.body, re.DOTALL)
    assert [(value, "read in a copy" in line) for value, line in lines] == [("9×", True), ("1×", False)]


def tied(*ties: tuple[str, str]) -> list[dict[str, str]]:
    return [{"type": kind, "entry": other} for kind, other in ties]


ELSEWHERE = ["systems/serving"]
EXTENDS, ON_SELF, ON_BASIS = (
    tied(("extends", "a2022self")),
    tied(("builds-on", "a2022self")),
    tied(("builds-on", "c2020basis")),
)


def test_ties_of_a_topic() -> None:
    material = of(
        a2020base=work(topics=ELSEWHERE),
        b2020once=work(topics=ELSEWHERE),
        c2022one=work(
            relations=tied(
                ("builds-on", "a2020base"),
                ("builds-on", "b2020once"),
                ("competes-with", "d2022two"),
            )
        ),
        d2022two=work(
            relations=tied(("extends", "a2020base"), ("competes-with", "c2022one"), ("uses", "c2022one"))
        ),
        e2022alone=work(relations=tied(("competes-with", "b2020once"))),
    )
    keys = material.index.by_topic["architectures/attention"]
    assert topic_ties(material, keys) == (
        Tie("c2022one", "builds-on", "a2020base"),
        Tie("d2022two", "extends", "a2020base"),
        Tie("d2022two", "uses", "c2022one"),
        Tie("c2022one", "competes-with", "d2022two"),
    )
    view = relations_view(material, "architectures/attention")
    assert view is not None
    assert view.svg.count("<a ") == 3
    assert view.svg.count("rekb-chart__outside") == 2  # the work, and its sign in the legend
    assert [tie.verb for tie in view.ties] == ["builds on", "extends", "uses", "competes with"]


def test_a_tie_to_itself_or_to_nothing_is_none() -> None:
    stated = tied(("builds-on", "c2022one"), ("extends", "z2020gone"), ("uses", "d2022two"))
    material = of(c2022one=work(relations=stated), d2022two=work())
    found = topic_ties(material, ("c2022one", "d2022two"))
    assert found == (Tie("c2022one", "uses", "d2022two"),)


def test_a_topic_without_ties_has_no_graph() -> None:
    material = of(a2020base=work(), b2020once=work(relations=tied(("uses", "a2020base"))))
    assert relations_view(material, "architectures/attention") is None


@pytest.mark.parametrize(
    ("arrows", "rivals", "works", "left_out", "rivals_left_out"),
    [
        (3, 2, 5, 0, 0),
        (0, 30, 31, 0, 0),
        (0, 31, 0, 0, 31),
        (39, 0, 40, 0, 0),
        (60, 0, 40, 21, 0),
        (5, 40, 6, 0, 40),
    ],
)
def test_what_is_drawn_stays_readable(
    arrows: int, rivals: int, works: int, left_out: int, rivals_left_out: int
) -> None:
    ties = [Tie(f"b{n:02}", "builds-on", "root") for n in range(arrows)]
    ties += [Tie(f"b{n:02}", "competes-with", "rival") for n in range(rivals)]
    inside = {key for tie in ties for key in (tie.later, tie.earlier)}
    drawn = drawn_graph(ties, inside)
    assert len(drawn.works) == works
    assert (drawn.left_out, drawn.rivals_left_out) == (left_out, rivals_left_out)


@pytest.mark.parametrize("count", [40, 41])
def test_the_timeline_tells_what_changed_up_to_forty_works(count: int) -> None:
    entries = {
        f"a2022w{n}": work(effects=effects("costs latency training", "saves memory inference"))
        for n in range(count)
    }
    (year,) = timeline(Material.of(knowledge_base(entries)), entries)
    assert (year.year, year.explained, len(year.works)) == (2022, count == 40, count)
    assert (year.works[0].what, year.works[0].how) == ("↓ memory", "does less")


def test_the_timeline_goes_by_month_and_leaves_empty_years_out() -> None:
    def on(year: int, month: int | None) -> list[dict[str, Any]]:
        return [{name: v for name, v in (ARXIV | {"year": year, "month": month}).items() if v is not None}]

    material = of(
        a2022one=work(name="None", records=on(2022, None)),
        b2022two=work(name="Late", records=on(2022, 11)),
        c2022three=work(name="Early", records=on(2022, 2)),
        d2019old=work(name="Old", records=on(2019, 7)),
    )
    years = timeline(material, material.base.entries)
    assert [(y.year, [(m.work.label, m.month) for m in y.works]) for y in years] == [
        (2019, [("Old", "Jul")]),
        (2022, [("Early", "Feb"), ("Late", "Nov"), ("None", "")]),
    ]


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({}, "same topic, saves memory at inference"),
        ({"relations": EXTENDS}, "extends this work, same topic, saves memory at inference"),
        ({"relations": ON_BASIS}, "same topic, builds on Basis as well, saves memory at inference"),
        ({"effects": effects("saves memory training")}, "same topic"),
        (
            {"effects": effects("saves memory training"), "topics": ["architectures/attention", *ELSEWHERE]},
            "same topic",
        ),
        (
            {"topics": ["architectures"], "relations": ON_BASIS},
            "builds on Basis as well, saves memory at inference",
        ),
        ({"topics": ELSEWHERE, "relations": ON_SELF}, "builds on this work, saves memory at inference"),
    ],
)
def test_similar_works_say_what_they_share(other: dict[str, Any], why: str) -> None:
    saves = effects("saves memory inference")
    material = of(
        a2022self=work(effects=saves, relations=tied(("builds-on", "c2020basis"))),
        b2022other=work(**{"effects": saves, **other}),
        c2020basis=work(name="Basis", topics=ELSEWHERE, records=[ARXIV | {"year": 2020}]),
    )
    found = {s.key: s.why for s in similar_works(material.base, material.index, "a2022self")}
    assert found["b2022other"] == why


@pytest.mark.parametrize("works", [300, 900])
def test_a_work_is_compared_with_few_however_many_its_topic_has(
    monkeypatch: pytest.MonkeyPatch, works: int
) -> None:
    base = knowledge_base({f"moth{1990 + n % 30}work{n}": work(name=f"Work {n}") for n in range(works)})
    index, traits = build_index(base), traits_of(base)
    pair, compared = vars(similar)["_Pair"], list[str]()

    def counted(*given: Any) -> Any:
        compared.append(given[3])
        return pair(*given)

    monkeypatch.setattr(similar, "_Pair", counted)
    asked = list(base.entries)[:: works // 10]
    for key in asked:
        similar_works(base, index, key, traits)
    assert 0 < len(compared) <= 200 * len(asked)


def test_works_that_share_nothing_are_not_similar() -> None:
    material = of(a2022self=work(), b2022other=work(topics=ELSEWHERE))
    assert similar_works(material.base, material.index, "a2022self") == ()


@pytest.mark.parametrize(
    ("key", "others"),
    [
        ("lin2023awq", {"frantar2022gptq", "pan2023smoothquant"}),
        ("kwon2023efficient", {"prabhu2024vattention"}),
        ("devlin2018bert", {"liu2019roberta"}),
    ],
)
def test_a_reader_of_the_field_would_agree(base: KnowledgeBase, key: str, others: set[str]) -> None:
    index = build_index(base)
    assert others <= {similar.key for similar in similar_works(base, index, key)}
