"""Charts: nothing on top of another, texts that fit, files that stand alone."""

import random
import re
import subprocess
import sys
from functools import partial
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from rekb.kb import KnowledgeBase
from rekb.site.charts import Bar, Panel, Stack, bar_chart, column_chart, multiples, skyline, standalone
from rekb.site.charts.bars import Mark
from rekb.site.charts.captioned import ChartView, chart_assets
from rekb.site.charts.columns import label_step, scale_ticks, title_lines
from rekb.site.charts.flow import Tie, Work, flow_chart, year_columns
from rekb.site.charts.kin import Kin, KinGroups, kin_chart
from rekb.site.charts.layered import arrange
from rekb.site.charts.points import Point, scatter
from rekb.site.charts.svg import fitted, text_width
from rekb.site.outputs.styles import style_sheet
from rekb.site.pages.models import models_assets
from rekb.site.pages.statistics import statistics_assets, statistics_charts
from rekb.site.parts.relations import relations_asset, relations_view, topics_with_ties
from rekb.site.parts.views import Material
from samples import HOSTILE, fields, knowledge_base, sample_base

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize(
    ("words", "width", "shown"),
    [
        ("LoRA", 100, "LoRA"),
        ("Self-Speculative Decoding", 90, "Self-Specula…"),
        ("李李李李李李", 40, "李李…"),
        ("x", 1, "…"),
    ],
)
def test_fitted(words: str, width: float, shown: str) -> None:
    assert fitted(words, width) == shown
    assert text_width(shown) <= max(width, text_width("…"))


@pytest.mark.parametrize(
    ("most", "ticks"),
    [
        (1, (0, 1)),
        (4, (0, 1, 2, 3, 4)),
        (9, (0, 5, 10)),
        (188, (0, 50, 100, 150, 200)),
        (2000, (0, 500, 1000, 1500, 2000)),
    ],
)
def test_scale_ticks(most: int, ticks: tuple[int, ...]) -> None:
    assert scale_ticks(most) == ticks


@pytest.mark.parametrize(
    ("columns", "edges", "order"),
    [
        ([["a", "b"], ["c", "d"]], [("a", "d"), ("b", "c")], ["d", "c"]),
        ([["a"], ["b"], ["c", "d"]], [("a", "d"), ("b", "c")], None),
        ([], [], None),
    ],
)
def test_no_crossing_where_none_is_needed(
    columns: list[list[str]], edges: list[tuple[str, str]], order: list[str] | None
) -> None:
    heights = arrange(columns, edges).heights
    for (one, two), (three, four) in combinations(edges, 2):
        if {one, three} <= set(columns[0]):
            assert (heights[one] - heights[three]) * (heights[two] - heights[four]) > 0
    if order:
        sorted_names = sorted(columns[1], key=lambda name: heights[name])
        assert sorted_names in (order, columns[1])


def graph(count: int, seed: int) -> tuple[list[Work], list[Tie]]:
    chance = random.Random(seed)  # noqa: S311 - a repeatable graph, not a secret
    works = [
        Work(
            f"k{n}",
            f"Work number {n} " + "x" * chance.randrange(20),
            f"T{n}",
            2016 + n * 8 // count,
            f"../{n}/",
        )
        for n in range(count)
    ]
    ties = []
    for n in range(1, count):
        ties += [
            Tie(f"k{n}", "builds-on", f"k{chance.randrange(n)}") for _ in range(chance.choice((1, 1, 2)))
        ]
        if n % 7 == 0:
            ties.append(Tie(f"k{n}", "competes-with", f"k{n - 1}"))
    return works, list(dict.fromkeys(ties))


def boxes(svg: str) -> list[tuple[float, float, float, float, str]]:
    found = []
    for link in ET.fromstring(svg).iter(f"{SVG}a"):  # noqa: S314 - our own drawing
        rect, label = link.find(f"{SVG}rect"), link.find(f"{SVG}text")
        if rect is not None and label is not None:
            x, y, w, h = (float(rect.get(side, "nan")) for side in ("x", "y", "width", "height"))
            found.append((x, y, w, h, label.text or ""))
    return found


@pytest.mark.parametrize("count", [2, 5, 20, 80])
def test_works_of_a_graph_never_overlap_and_hold_their_names(count: int) -> None:
    works, ties = graph(count, seed=count)
    svg = flow_chart(works, ties, "T")
    found = boxes(svg)
    assert len(found) == count
    view = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    assert view
    for x, y, w, h, label in found:
        assert text_width(label) <= w - 16
        assert x >= 0
        assert y >= 0
        assert x + w <= float(view[1])
        assert y + h <= float(view[2])
    for (ax, ay, aw, ah, _), (bx, by, bw, bh, _) in combinations(found, 2):
        assert ax + aw < bx or bx + bw < ax or ay + ah < by or by + bh < ay


def test_a_graph_does_not_depend_on_the_hash_seed() -> None:
    code = (
        "import hashlib; from test_charts import graph; from rekb.site.charts.flow import flow_chart;"
        "print(hashlib.sha256(flow_chart(*graph(30, 1), 'T').encode()).hexdigest())"
    )
    here = Path(__file__).parent
    drawn = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=here,
            env={"PYTHONHASHSEED": seed},
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(drawn) == 1


@pytest.mark.parametrize(
    ("ties", "columns"),
    [
        ([Tie("b", "builds-on", "a")], [["a"], ["b"], ["c"]]),
        ([Tie("a", "builds-on", "b")], [["b"], ["a"], ["c"]]),
        ([Tie("a", "competes-with", "b")], [["a", "b"], ["c"]]),
        ([Tie("c", "builds-on", "a"), Tie("c", "extends", "b")], [["a", "b"], ["c"]]),
    ],
)
def test_columns_are_years_and_within_a_year_what_builds_is_on_the_right(
    ties: list[Tie], columns: list[list[str]]
) -> None:
    works = [Work("a", "A", "A", 2022, ""), Work("b", "B", "B", 2022, ""), Work("c", "C", "C", 2023, "")]
    assert year_columns(works, ties) == columns


def test_a_circle_of_ties_is_drawn_all_the_same() -> None:
    works = [Work(key, key, key, 2023, "") for key in "abc"]
    ties = [Tie("a", "builds-on", "b"), Tie("b", "builds-on", "c"), Tie("c", "builds-on", "a")]
    assert len(boxes(flow_chart(works, ties, "T"))) == 3


@pytest.mark.parametrize(
    ("labels", "step", "apart"),
    [
        (("2023", "2024"), 40, 1),
        (("2023", "2024"), 25, 2),
        (("2023", "2024"), 12, 3),
        ((), 25, 1),
        (("2023",), 0.5, 32),
    ],
)
def test_labels_below_columns_never_touch(labels: tuple[str, ...], step: float, apart: int) -> None:
    assert label_step(labels, step) == apart


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("Pruning", ("Pruning",)),
        ("Diffusion-specific Optimization", ("Diffusion-specific", "Optimization")),
        ("Representative Models and Downstream Tasks", ("Representative Models", "and Downstream Tasks")),
        ("W" * 40, ("W" * 13 + "…",)),
        ("", ()),
    ],
)
def test_the_title_of_a_small_chart_takes_two_lines_at_most(title: str, lines: tuple[str, ...]) -> None:
    assert title_lines(title, 171) == lines


@pytest.mark.parametrize(
    "svg",
    [
        bar_chart([Bar(HOSTILE, 3, HOSTILE), Bar("b", 0, link='../"x"/')], HOSTILE),
        column_chart([Stack(HOSTILE, (1, 2))], (HOSTILE, "b"), HOSTILE),
        skyline([Stack(HOSTILE, (1, 2))], (HOSTILE, "b"), HOSTILE),
        multiples([Panel(HOSTILE, (1,))], (HOSTILE,), HOSTILE),
        flow_chart([Work("a", HOSTILE, HOSTILE, 2020, "../a/")], [], HOSTILE),
    ],
    ids=["bars", "columns", "skyline", "multiples", "flow"],
)
def test_hostile_text_stays_text_on_the_page_and_in_the_file(svg: str) -> None:
    for markup in (svg, standalone(svg, HOSTILE, HOSTILE).decode()):
        names = {element.tag.removeprefix(SVG) for element in ET.fromstring(markup).iter()}  # noqa: S314 - ours
        assert names <= {"svg", "g", "rect", "text", "line", "path", "title", "a", "circle"}


def test_every_chart_of_the_corpus_needs_nothing_else(base: KnowledgeBase) -> None:
    material = Material.of(base)
    with_ties = topics_with_ties(material)
    assets = [
        *statistics_assets(material),
        *models_assets(material),
        *(relations_asset(material, topic, partial(relations_view, material, topic)) for topic in with_ties),
    ]
    drawings = [asset for asset in assets if asset.path.endswith(".svg")]
    assert len(drawings) > 15
    for asset in drawings:
        root = ET.fromstring(asset.content)  # noqa: S314 - our own drawing
        assert not list(root.iter(f"{SVG}a")), asset.path
        assert not [e for e in root.iter() if e.get("class") or e.get("style")], asset.path
        for shape in root.iter():
            if shape.tag in (f"{SVG}rect", f"{SVG}path", f"{SVG}circle", f"{SVG}text"):
                assert shape.get("fill"), (asset.path, ET.tostring(shape))


def test_every_class_of_a_chart_has_a_rule_in_the_style_sheet(base: KnowledgeBase) -> None:
    material = Material.of(base)
    rules = style_sheet("rekb.css")
    names = {
        name for chart in statistics_charts(material) for name in re.findall(r"rekb-chart__[\w-]+", chart.svg)
    }
    assert {n for n in names if f".{n}" not in rules} <= {
        "rekb-chart__label"
    }  # a label has the text's own colour


def test_label_and_value_of_a_bar_are_on_one_line() -> None:
    svg = bar_chart([Bar("A", 2), Bar("B", 3)], "T")
    heights = [
        re.findall(rf'class="rekb-chart__{name}" x="[\d.]+" y="(\d+)"', svg) for name in ("label", "value")
    ]
    assert heights == [["11", "32"]] * 2


@pytest.mark.parametrize("words", [1, 30, 60])
def test_the_last_line_of_a_note_is_in_the_file_of_a_chart(words: int) -> None:
    drawn = standalone(bar_chart([Bar("A", 2)], "T"), "T", "word " * words)
    root = ET.fromstring(drawn)  # noqa: S314 - our own drawing
    lowest = max(float(line.attrib["y"]) for line in root.findall(f"{SVG}text"))
    assert float(root.attrib["height"]) == lowest + 12


def test_numbers_of_a_chart_are_safe_in_a_spreadsheet() -> None:
    view = ChartView(
        "c", "T", "N", bar_chart([], "T"), ("Venue", "Works"), (("=1+1", "2"), ('a "b", c', "3")), "s/"
    )
    svg, table = chart_assets([view])
    assert (svg.path, table.path) == ("s/c.svg", "s/c.csv")
    assert table.content.decode() == '\ufeffVenue,Works\r\n\'=1+1,2\r\n"a ""b"", c",3\r\n'


COUNTED: dict[str, tuple[tuple[str, ...], ...]] = {
    "years": (
        ("2019", "1", "0", "1"),
        ("2020", "0", "1", "1"),
        ("2021", "0", "1", "1"),
        ("2022", "1", "0", "1"),
        ("2023", "0", "1", "1"),
        ("2024", "0", "1", "1"),
    ),
    "sections": (
        ("Attention", "1", "0", "0", "1", "0", "0", "2"),
        ("Serving & [more]", "0", "1", "1", "0", "1", "1", "4"),
    ),
    "resources": (("↓ memory", "1", "1", "2"), ("↓ latency", "0", "1", "1")),
    "costs": (("↑ latency", "1", "0", "1"),),
    "built-on": (("OpenAI 2023", "1"),),
    "needs": (("custom-kernel", "1"), ("Nothing special", "1"), ("Not known", "4")),
    "hardware": (("datacenter-gpu", "1"), ("mobile", "1")),
    "modalities": (
        ("language", "0", "0", "0", "1", "0", "0", "1"),
        ("vision", "0", "0", "0", "1", "0", "0", "1"),
    ),
    "venues": (
        ("CSUR", "1"),
        ("GitHub", "1"),
        ("HTM", "1"),
        ("NeurIPS", "1"),
        ("Technical report", "1"),
        ("Web", "1"),
    ),
    "code": (
        ("2019", "0", "0", "1", "1"),
        ("2020", "0", "0", "1", "1"),
        ("2021", "0", "0", "1", "1"),
        ("2022", "1", "0", "0", "1"),
        ("2023", "0", "0", "1", "1"),
        ("2024", "0", "0", "1", "1"),
    ),
    "publication": (
        ("The same year", "3"),
        ("One year later", "0"),
        ("Two years later", "0"),
        ("Later still", "0"),
        ("No formal record", "3"),
    ),
    "completeness": (
        ("All works", "6"),
        ("All facts confirmed", "0"),
        ("With relations of their own", "1"),
        ("With reported results", "1"),
        ("Official code known", "1"),
        ("Hardware known", "2"),
    ),
}
"""Chart of the statistics page to its numbers, as the sample entries have them."""


def test_the_charts_of_the_statistics_page_count_right() -> None:
    counted = {chart.id: chart.rows for chart in statistics_charts(Material.of(sample_base()))}
    assert counted == COUNTED


def test_the_chart_of_hardware_says_of_how_many_works_it_is_not_known() -> None:
    notes = {chart.id: chart.note for chart in statistics_charts(Material.of(sample_base()))}
    assert notes["hardware"].endswith("not known of 4 works.")


def test_a_list_of_the_statistics_page_ends_with_the_fifteenth() -> None:
    early = {f"moth20{n}work": fields(name=f"Work {n}") for n in range(10, 27)}
    ties = [{"type": "builds-on", "entry": key} for key in early]
    material = Material.of(knowledge_base(early | {"moth2027last": fields(relations=ties)}))
    counted = {chart.id: chart.rows for chart in statistics_charts(material)}
    assert len(counted["built-on"]) == 15


@pytest.mark.parametrize(
    ("values", "names"),
    [((1, 1000), ["one", "two"]), ((7, 7), ["one"]), ((1000, 999, 1), ["one", "three"]), ((), [])],
)
def test_the_names_of_points_do_not_touch(values: tuple[float, ...], names: list[str]) -> None:
    given = zip(("one", "two", "three"), values, strict=False)
    points = [Point(name, "2022", value, str(value)) for name, value in given]
    root = ET.fromstring(scatter(points, ["2022"], {}, "T"))  # noqa: S314 - our own drawing
    _, _, _, height = map(float, root.attrib["viewBox"].split())
    dots = [float(dot.attrib["cy"]) for dot in root.iter(f"{SVG}circle")]
    assert len(dots) == len(values)
    assert all(0 < dot < height - 34 for dot in dots)
    assert sorted(text.text or "" for text in root.iter(f"{SVG}text") if text.text != "2022") == names


def test_a_column_has_a_part_for_each_value_that_is_not_zero() -> None:
    drawn = ET.fromstring(column_chart([Stack("2022", (2, 0, 3))], ("a", "b", "c"), "T"))  # noqa: S314 - ours
    parts = [title.text for title in drawn.iter(f"{SVG}title")]
    assert parts == ["2022: a: 2", "2022: c: 3"]


@pytest.mark.parametrize(
    ("value", "baseline", "crosses"),
    [(50.0, 100.0, False), (62.5, 66.9, True), (97.0, 100.0, True), (100.0, 50.0, False)],
)
def test_a_baseline_does_not_cross_the_value_of_a_bar(value: float, baseline: float, crosses: bool) -> None:  # noqa: FBT001 - a row
    svg = bar_chart([Bar("A", value, f"{value:g} %")], "T", Mark(baseline))
    line = float(re.findall(r'<line class="rekb-chart__mark" x1="([\d.]+)"', svg)[0])
    start = float(re.findall(r'class="rekb-chart__value" x="([\d.]+)"', svg)[-1])
    end = start + text_width(f"{value:g} %")
    assert not start <= line <= end
    assert (start == pytest.approx(line + 5, abs=0.1)) == crosses


def test_each_small_chart_has_a_scale_of_its_own_and_names_its_highest_column() -> None:
    drawn = str(multiples([Panel("Few", (1, 2)), Panel("Many", (250, 1000))], ("2024", "2025"), "Works"))
    highest = re.findall(r'height="([\d.]+)"[^>]*><title>(?:Few, 2025: 2|Many, 2025: 1,000)', drawn)
    assert len(highest) == 2
    assert highest[0] == highest[1]
    assert re.findall(r'text-anchor="middle">([^<]+)<', drawn) == ["2", "3 in all", "1,000", "1,250 in all"]


@pytest.mark.parametrize(
    ("groups", "stems"),
    [((0, 0, 0), 0), ((2, 0, 0), 3), ((0, 2, 0), 3), ((0, 0, 2), 0), ((1, 1, 2), 4)],
    ids=["alone", "later", "earlier", "rivals", "all"],
)
def test_rivals_hang_on_no_stem(groups: tuple[int, int, int], stems: int) -> None:
    later, earlier, rivals = (
        tuple(Kin(f"Work {place}", "hint", 2020 + place, "../a/", "node") for place in range(number))
        for number in groups
    )
    drawn = kin_chart("Self", 2021, KinGroups(later, earlier, rivals), "Title")
    assert drawn.count("rekb-chart__stem") == stems
