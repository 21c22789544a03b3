"""The home page's picture of the field, and as of when the data are."""

import re
from datetime import date
from pathlib import Path

import pytest

from rekb.mkdocs.commit import commit_of
from rekb.site import SiteSettings
from rekb.site.charts.flow import Tie, Work, flow_chart
from rekb.site.pages.home import home_page
from rekb.site.parts.asof import AsOf, as_of
from rekb.site.parts.fieldmap import field_map
from rekb.site.parts.views import Material
from samples import effects, fields, knowledge_base

SETTINGS = SiteSettings(name="Sample", description="", url="", edit_base="", commit="123456789")
HASH = "0123456789abcdef0123456789abcdef01234567"


def test_a_cell_counts_the_works_of_a_section_that_save_a_resource() -> None:
    material = Material.of(knowledge_base({
        "a2022one": fields(effects=effects("saves memory inference", "saves memory training")),
        "b2022two": fields(effects=effects("saves latency inference", "costs memory inference")),
    }))  # fmt: skip
    found = field_map(material)
    assert found is not None
    (section,) = found.sections
    cells = {cell.resource.word: cell for cell in section.cells}
    assert section.works == 2
    assert {word: (cell.count, cell.share) for word, cell in cells.items()} == {
        "memory": (1, 50),
        "latency": (1, 50),
    }
    assert cells["memory"].path == "explore/?topic=architectures/attention&saves=memory"


def test_an_empty_cell_is_shown_as_such() -> None:
    entries = {
        "a2022one": fields(effects=effects("saves memory inference")),
        "b2022two": fields(topics=["systems/serving"], effects=effects("saves latency inference")),
    }
    found = field_map(Material.of(knowledge_base(entries)))
    assert found is not None
    assert found.empty == 2
    assert sorted(cell.shade for section in found.sections for cell in section.cells) == [0, 0, 5, 5]


def test_without_effects_there_is_no_map() -> None:
    assert field_map(Material.of(knowledge_base({"a2022one": fields()}))) is None


def test_the_state_follows_from_the_data() -> None:
    checked = {"on": "2026-12-01", "sources": ["https://example.org/x"]}
    base = knowledge_base({"a2022one": fields(), "b2022two": fields(checked=checked)})
    assert as_of(base) == AsOf(date(2026, 12, 1), 2, date(2026, 11, 24))
    body = home_page(Material.of(base), SETTINGS).body
    assert "As of 2026-12-01, 2 works, newest added 2026-11-24, commit 123456789" in body
    assert as_of(knowledge_base({})) is None


def test_a_year_that_is_not_over_is_drawn_pale() -> None:
    record = {"venue": "arxiv", "year": 2026, "arxiv": "2601.00001"}
    base = knowledge_base({"a2022one": fields(), "b2026two": fields(records=[record])})
    body = home_page(Material.of(base), SETTINGS).body
    assert body.count("rekb-chart__part") == 1
    assert "2026 is not complete yet" in body


@pytest.mark.parametrize(
    ("files", "commit"),
    [
        ({}, ""),
        ({".git/HEAD": HASH}, HASH[:9]),
        ({".git/HEAD": "ref: refs/heads/main", ".git/refs/heads/main": HASH}, HASH[:9]),
        (
            {".git/HEAD": "ref: refs/heads/main", ".git/packed-refs": f"# pack\n{HASH} refs/heads/main"},
            HASH[:9],
        ),
        ({".git/HEAD": "ref: refs/heads/main"}, ""),
        ({".git/HEAD": "no hash"}, ""),
        ({".git": "gitdir: real", "real/HEAD": HASH}, HASH[:9]),
    ],
)
def test_the_commit_is_read_where_there_is_git(tmp_path: Path, files: dict[str, str], commit: str) -> None:
    (tmp_path / "kb").mkdir()
    for name, text in files.items():
        (tmp_path / "kb" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "kb" / name).write_text(text, encoding="utf-8")
    assert commit_of(tmp_path / "kb") == commit


def test_a_graph_of_many_years_fits_its_frame_and_keeps_the_newest() -> None:
    years = range(2010, 2027)
    works = [Work(f"w{year}", f"A work of the year {year}", "", year, "") for year in years]
    ties = [Tie(f"w{year + 1}", "builds-on", f"w{year}") for year in years[:-1]]
    svg = flow_chart(works, ties, "Many years")
    width = re.search(r'viewBox="0 0 ([\d.]+)', svg)
    assert width is not None
    assert float(width[1]) <= 930
    assert ">2026<" in svg
    assert ">2010<" not in svg
    assert ">until 20" in svg
    assert svg.count("data-work=") == len(works)
