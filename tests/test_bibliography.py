"""A paper's own bibliography: what is known of it, in Python and in the browser alike."""

import json
from pathlib import Path

import pytest

from in_node import in_node
from rekb.exports.references import bibtex_file
from rekb.kb import KnowledgeBase
from rekb.model import archives
from rekb.model.identifiers import for_scripts
from rekb.site.pages.bibliography import bibliography_assets
from rekb.site.parts.views import Material
from rekb.upkeep.bibliography import Citation, citations, place_of, updated
from test_cli_commands import call
from visitor import Visitor, settled

TITLE = "title={FlashAttention: Fast and Memory-Efficient Exact Attention with {IO}-Awareness}"
HERE = Path(__file__).parent
ROWS: list[tuple[str, list[str]]] = [
    (row["text"], row["known"])
    for row in json.loads((HERE / "bibliography_rows.json").read_text(encoding="utf-8"))
]
"""A BibTeX text, and what is said of each of its entries: by Python, by the script and by the page."""
PROGRAM = """
    const { citationsOf, updated, verdict } = rekb.citations;
    const read = citationsOf(given.works, given.schemes, given.archives);
    return given.texts.map((text) => {
      const entries = read(text);
      return { known: entries.map(verdict), updated: updated(text, entries, given.records) };
    });
"""
PAPER = f"""% mine, with an @ sign
@misc{{first, {TITLE}}}
@misc{{own, title={{Of my own}}}}
@inproceedings{{second, title={{Other}}, eprint={{2205.14135}}, booktitle={{NeurIPS}}}}
@misc{{cut, title={{open
"""


def said(base: KnowledgeBase, citation: Citation) -> str:
    """Return what the page says of an entry."""
    if not citation.is_readable:
        return "cannot be read: brackets, quotes or commas do not match"
    if citation.twin:
        return f"the same work as {citation.twin}"
    if citation.work is None:
        return "not among the works here"
    appeared = citation.has_appeared
    return f"has appeared: {place_of(base, citation.work)}" if appeared else "nothing to change"


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_what_is_known_of_an_entry(base: KnowledgeBase, text: str, expected: list[str]) -> None:
    assert [said(base, citation) for citation in citations(base, text)] == expected


def test_the_script_says_and_writes_the_same(base: KnowledgeBase) -> None:
    (known,) = bibliography_assets(Material.of(base))
    given = {
        "works": json.loads(known.content)["works"],
        "schemes": for_scripts(),
        "archives": archives.for_scripts(),
        "records": bibtex_file(base, tuple(base.entries)),
        "texts": [text for text, _ in ROWS],
    }
    found = in_node(["citations.js"], PROGRAM, given)
    assert [one["known"] for one in found] == [expected for _, expected in ROWS]
    new = [updated(base, text, citations(base, text)) for text, _ in ROWS]
    assert [one["updated"] for one in found] == new


def test_the_page_says_the_same(visit: Visitor) -> None:
    page = visit.open("bibliography/")
    cells = page.locator("[data-rekb-found] tbody tr td:nth-child(2)")
    for text, expected in ROWS:
        # Emptied first, so that no answer to the text before can pass for one to this.
        page.fill("[data-rekb-text]", "")
        page.locator("[data-rekb-found] tbody tr").first.wait_for(state="detached")
        page.fill("[data-rekb-text]", text)
        wanted = sorted(expected)
        assert settled(page, lambda: sorted(cells.all_inner_texts()), wanted) == wanted, text


def test_twins_and_broken_entries(visit: Visitor, base: KnowledgeBase) -> None:
    expected = [
        ("first", "has appeared: NeurIPS 2022"),
        ("own", "not among the works here"),
        ("second", "the same work as first"),
        ("", "cannot be read: brackets, quotes or commas do not match"),
    ]
    assert [(c.key, said(base, c)) for c in citations(base, PAPER)] == expected
    page = visit.open("bibliography/")
    page.fill("[data-rekb-text]", PAPER)
    page.locator("[data-rekb-found] tbody tr").nth(3).wait_for()
    rows = page.eval_on_selector_all(
        "[data-rekb-found] tbody tr",
        "rows => rows.map(row => [row.cells[0].textContent, row.cells[1].textContent])",
    )
    assert sorted(map(tuple, rows)) == sorted((key or "?", text) for key, text in expected)


def test_the_updated_file_is_the_same_from_both(visit: Visitor, base: KnowledgeBase, tmp_path: Path) -> None:
    new = updated(base, PAPER, citations(base, PAPER))
    assert new.startswith("% mine, with an @ sign\n@inproceedings{first,\n")
    assert new.endswith(PAPER[PAPER.index("\n@misc{own") :])
    page = visit.open("bibliography/")
    page.fill("[data-rekb-text]", PAPER)
    with page.expect_download() as caught:
        page.click("[data-rekb-save]")
    caught.value.save_as(tmp_path / "updated.bib")
    assert (tmp_path / "updated.bib").read_text(encoding="utf-8") == new


def test_the_command_writes_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "paper.bib"
    file.write_text(f"@misc{{first, {TITLE}}}\n", encoding="utf-8")
    status, output, _ = call("bibliography", str(file), capsys=capsys)
    assert (status, output.splitlines()[0]) == (1, f"{file}:1: first: has appeared: NeurIPS 2022")
    assert call("bibliography", "--write", str(file), capsys=capsys)[0] == 0
    status, output, _ = call("bibliography", str(file), capsys=capsys)
    assert (status, output) == (0, "1 entry: 1 are here, 0 of them have appeared since\n")
