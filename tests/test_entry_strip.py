"""What an entry answers first: its strip, its authors, its own graph of ties."""

import json
from typing import Any

import pytest

from rekb.model.parts import variants_of
from rekb.site import SiteSettings
from rekb.site.pages.compare import compare_assets
from rekb.site.pages.entry import entry_page
from rekb.site.parts.figures import NOT_STATED, figure_table
from rekb.site.parts.kin import kin_view
from rekb.site.parts.strip import best_result, strip_view
from rekb.site.parts.views import Material
from samples import effects, entry, fields, knowledge_base

SETTINGS = SiteSettings(name="Sample", description="", url="", edit_base="")
SOURCE = {"record": "arxiv", "kind": "table", "number": "1"}


def result(name: str, **changes: Any) -> dict[str, Any]:
    made = {"id": name, "wording": name, "value": 2, "unit": "GB", "source": SOURCE, **changes}
    return {field: value for field, value in made.items() if value is not None}


def of(**entries: dict[str, Any]) -> Material:
    return Material.of(knowledge_base(entries))


@pytest.mark.parametrize(
    ("results", "best"),
    [
        ([], None),
        ([result("first"), result("second")], "first"),
        ([result("others", measured_by="Bench"), result("own")], "own"),
        ([result("others", measured_by="Bench")], "others"),
        ([result("bare"), result("compared", baseline_value=9)], "compared"),
        ([result("compared", baseline_value=9, measured_by="Bench"), result("bare")], "bare"),
    ],
)
def test_the_best_number_is_the_one_that_tells_most(results: list[dict[str, Any]], best: str | None) -> None:
    base = of(a2022one=fields(results=results)).base
    found = best_result(base, "a2022one")
    assert (found.id if found else None) == best


def test_a_resource_is_named_once_with_all_its_phases() -> None:
    words = ("saves memory inference", "saves memory training", "costs latency training")
    strip = strip_view(of(a2022one=fields(effects=effects(*words))), "a2022one", None)
    assert [(view.resource.label, view.phases) for view in strip.gains] == [("memory", "inference, training")]
    assert [(view.resource.label, view.phases) for view in strip.costs] == [("latency", "training")]


def test_the_table_of_figures_has_a_column_a_size() -> None:
    sizes = []
    for name, figures in (("Small", {"parameters": 10**9}), ("Large", {"parameters": 10**12, "layers": 80})):
        source = {"where": "Table 1", "url": "https://example.org/a", "fields": list(figures)}
        sizes.append({"name": name, **figures, "sources": [source]})
    table = figure_table(variants_of(entry(model={"variants": sizes})))
    assert table.sizes == ("Small", "Large")
    assert table.rows == (("Parameters", ("1B", "1T")), ("Layers", (NOT_STATED, "80")))


def test_the_strip_leads_to_text_code_and_comparison() -> None:
    code = {"code": {"url": "https://example.org/code", "official": False}}
    material = of(a2022one=fields(links=code), b2022two=fields(name="Two"))
    strip = strip_view(material, "a2022one", "b2022two")
    assert strip.text is not None
    assert strip.text.address.startswith("https://arxiv.org/pdf/")
    assert strip.code is not None
    assert strip.code.label == "Code (unofficial)"
    assert strip.compare.path == "compare/?papers=a2022one,b2022two"
    assert strip_view(material, "a2022one", None).compare.path == "compare/?papers=a2022one"


def test_an_author_of_several_works_leads_to_them_and_another_nowhere() -> None:
    material = of(a2022one=fields(authors=["Dao, Tri", "Once, Ann"]), b2022two=fields(authors=["Dao, Tri"]))
    body = entry_page(material, "a2022one", SETTINGS).body
    assert '<a href="../../authors/d/#Dao-Tri" title="2 works here">Tri Dao</a>' in body
    assert "Tri Dao</a>, Ann Once</p>" in body


def test_the_graph_names_each_kin_newest_first() -> None:
    def later(year: int, kind: str) -> dict[str, Any]:
        record = {"venue": "arxiv", "year": year, "arxiv": f"{year - 2000}01.00001"}
        return fields(name=f"Kin{year}", records=[record], relations=[{"type": kind, "entry": "a2022one"}])

    material = of(
        a2022one=fields(name="One"), b2023two=later(2023, "extends"), c2024three=later(2024, "uses")
    )
    svg = kin_view(material, "a2022one")
    assert svg is not None
    assert svg.index(">Kin2024<") < svg.index(">Kin2023<") < svg.index(">One<")
    assert 'href="../b2023two/"' in svg
    assert "Kin2023 extends One</title>" in svg
    assert ">1 later work extends it, 1 uses it<" in svg
    assert kin_view(of(a2022one=fields()), "a2022one") is None


@pytest.mark.parametrize(
    ("kinds", "words"),
    [
        (["uses", "uses", "builds-on", "uses"], "1 later work builds on it, 3 use it"),
        (["builds-on", "builds-on"], "2 later works build on it"),
        (["supersedes", "extends", "extends"], "2 later works extend it, 1 supersedes it"),
    ],
)
def test_the_graph_counts_ties_as_the_list_does(kinds: list[str], words: str) -> None:
    works = {"a2022one": fields(name="One")}
    for place, kind in enumerate(kinds):
        works[f"b2023kin{place}"] = fields(
            name=f"Kin{place}", relations=[{"type": kind, "entry": "a2022one"}]
        )
    assert f">{words}<" in str(kin_view(of(**works), "a2022one"))


def test_the_graph_says_what_a_work_does_with_earlier_ones() -> None:
    ties = [{"type": "uses", "entry": "b2021two"}, {"type": "builds-on", "entry": "c2021three"}]
    material = of(
        a2022one=fields(relations=ties), b2021two=fields(name="Two"), c2021three=fields(name="Three")
    )
    assert ">It builds on 1 earlier work, uses 1<" in str(kin_view(material, "a2022one"))


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ([], 'example.org/read">example.org/read</a></li>'),
        ([{"fields": ["arxiv", "authors"], "url": "https://example.org/read"}], "</a> (arXiv, authors)</li>"),
        ([{"fields": ["links"], "url": "https://example.org/a?b&c"}], 'example.org/a?b&amp;c"'),
    ],
)
def test_a_page_says_which_facts_were_seen_where(facts: list[dict[str, Any]], words: str) -> None:
    checked = {"on": "2026-11-23", "sources": ["https://example.org/read"], "facts": facts}
    material = of(a2022one=fields(checked=checked))
    assert words in entry_page(material, "a2022one", SETTINGS).body


def test_the_file_of_a_work_for_comparisons_has_its_effects() -> None:
    changes = effects("saves memory training", "costs latency inference")
    material = Material.of(knowledge_base({"a2022one": fields(effects=changes)}))
    (column,) = [json.loads(asset.content) for asset in compare_assets(material) if "a2022one" in asset.path]
    assert column["saves"] == [["↓ memory", "training", "does less"]]
    assert column["costs"] == [["↑ latency", "inference", "does less"]]
