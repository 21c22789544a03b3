"""`rekb import`: what becomes of each work, with its line; a second run adds nothing. All is hand-made."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from fake_hosts import Answer, FakeHosts, atom, atom_entry
from fixture_kb import SPARSE, TILE, copy, reported
from rekb.cli.app.intake import SOURCE_FORMS
from rekb.edit.edits import Edit, edited
from rekb.errors import SourceError
from rekb.intake.headings import topic_titles
from rekb.kb import KnowledgeBase
from rekb.loading.loader import load
from rekb.sources.formats import FORMS
from rekb.yamlio.reader import parse
from test_cli_commands import call

BIB = r"""@article{one, title={A Lamp for Attention}, author={Lamp, Jo}, journal={JIR}, year=2021, volume=3}
@article{broken, title={Never, author={X, Y}}
@article{two, title={the tile: MOTH-like attention, exact and small}, author={Moth, Ada},
  journal={ICMMM}, year={2023}}
@article{three, title={Nature Lamp}, author={Lamp, Jo}, journal={Nature}, year={2021}}
@article{four, title={A Sparse Moth}, author={Moth, Ada}, journal={JIR}, year={2020}, volume={9},
  doi={10.99999/sparse}}
@article{five, title={A {LAMP} for attention}, author={Lamp, Jo}, journal={JIR}, year={2021}}
@article{six, title={Caching of What Was Computed}, author={Lamp, Jo}, eprint={2301.00001},
  archiveprefix={arXiv}, year={2023}}
"""
LIST = """# List

## Efficient attention

- Attention Lamp. *[ICMMM'24]* [[Paper]](https://arxiv.org/abs/2401.00001) [[Code]](https://github.com/a/lamp)
- Wrong Link. *[arXiv'24]* [[Paper]](https://arxiv.org/abs/2401.00002)
- Unknown Number. *[arXiv'24]* [[Paper]](https://arxiv.org/abs/2401.00003)
- Only a file. *[arXiv'24]* [[Paper]](https://example.org/x.pdf)
- A Sparse Moth. *[JIR'20]* [[Paper]](https://example.org/y.pdf) [[Code]](https://github.com/a/moth)

## Systems

- Shelves for Answers. *[arXiv'24]* [[Paper]](https://arxiv.org/abs/2401.00004)
"""
LAMP, CACHE = "papers/2021/lamp2021lamp.yaml", "papers/2023/lamp2023caching.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy(tmp_path)


def imported(
    root: Path, text: str, *arguments: str, capsys: pytest.CaptureFixture[str], name: str = "in.bib"
) -> tuple[int, list[tuple[int, str, str | None]], dict[str, Any]]:
    """Return the status, line, status and entry of each work, and the whole report."""
    file = root.parent / name
    file.write_text(text, encoding="utf-8")
    options = ("--root", str(root), "--today", "2026-11-24", "--format", "json")
    status, output, _ = call("import", *options, str(file), *arguments, capsys=capsys)
    report = json.loads(output)
    return status, [(w["line"], w["status"], w["entry"]) for w in report["works"]], report


def state(root: Path) -> dict[str, str]:
    return {p.relative_to(root).as_posix(): p.read_text(encoding="utf-8") for p in root.rglob("*.yaml")}


def test_each_work_is_reported_with_its_line(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, works, report = imported(root, BIB, capsys=capsys)
    assert status == 1
    assert works == [
        (1, "added", LAMP),
        (2, "doubted", None),
        (3, "skipped", TILE),
        (5, "doubted", None),
        (6, "merged", SPARSE),
        (8, "skipped", LAMP),
        (9, "added", CACHE),
    ]
    assert report["counts"] == {"added": 2, "merged": 1, "skipped": 2, "doubted": 2}
    messages = {w["line"]: w["message"] for w in report["works"]}
    assert messages[2].startswith("the BibTeX entry cannot be read")
    assert "'Nature' is no venue here" in messages[5]
    assert messages[6] == "the same title; set records[0].doi: 10.99999/sparse; set records[0].volume: 9"
    assert messages[8] == "it is there already: the same title"


def test_what_is_written_validates_and_what_was_there_stays(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before, comment = state(root), "# a comment that stays\n"
    text = before[SPARSE].replace("records:\n", f"{comment}records:\n")
    (root / SPARSE).write_text(text, encoding="utf-8")
    imported(root, BIB, capsys=capsys)
    after = state(root)
    assert set(after) - set(before) == {LAMP, CACHE}
    wanted = '  - {venue: imaginary-journal, year: 2020, doi: "10.99999/sparse", volume: "9", pages: "1-9"}\n'
    assert f"{comment}records:\n{wanted}" in after[SPARSE]
    assert all(after[path] == before[path] for path in before if path != SPARSE)
    assert reported(root) == reported(copy(root.parent / "other"))


@pytest.mark.parametrize("name", ["in.bib", "in.md"])
def test_a_second_run_adds_nothing(
    root: Path, hosts: FakeHosts, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    hosts.routes["/arxiv_api"] = Answer(feed())
    text = BIB if name == "in.bib" else LIST
    first = imported(root, text, capsys=capsys, name=name)[2]["counts"]
    after = state(root)
    second = imported(root, text, capsys=capsys, name=name)[2]["counts"]
    assert first["added"] == 2
    assert (second["added"], second["merged"], second["doubted"]) == (0, 0, first["doubted"])
    assert state(root) == after


def feed() -> bytes:
    return atom(
        atom_entry("2401.00001", "Attention Lamp", "Jo Lamp"),
        atom_entry("2401.00002", "Something Else Entirely", "Jo Lamp"),
        atom_entry("2401.00004", "Shelves for answers", "Jo Lamp"),
    )


def test_a_list_is_looked_up_at_once(
    root: Path, hosts: FakeHosts, capsys: pytest.CaptureFixture[str]
) -> None:
    hosts.routes["/arxiv_api"] = Answer(feed())
    status, works, report = imported(root, LIST, capsys=capsys, name="in.md")
    assert hosts.paths == ["GET /arxiv_api?id_list=2401.00001,2401.00002,2401.00003,2401.00004&max_results=4"]
    assert status == 1
    assert works == [
        (5, "added", "papers/2024/lamp2024attention.yaml"),
        (6, "doubted", None),
        (7, "doubted", None),
        (8, "doubted", None),
        (9, "skipped", SPARSE),
        (13, "added", "papers/2024/lamp2024shelves.yaml"),
    ]
    messages = {w["line"]: w["message"] for w in report["works"]}
    assert messages[5].startswith("only the list says ICMMM 2024: confirm it on its page")
    assert "its link leads to 'Something Else Entirely'" in messages[6]
    assert messages[7] == "arXiv knows no 2401.00003"
    assert "has no record that can be written" in messages[8]
    assert "the list has more, to be looked at: set links.code" in messages[9]
    assert report["works"][0]["listed"]["code"] == "https://github.com/a/lamp"


def test_a_service_that_fails_hides_no_other_work(
    root: Path, hosts: FakeHosts, capsys: pytest.CaptureFixture[str]
) -> None:
    hosts.routes["/arxiv_api"] = Answer(status=404)
    text = f"{LIST}- Caching by DOI. *[X'24]* [[Paper]](https://doi.org/10.9999/lamp)\n"
    record = {"title": "Caching by DOI", "author": [{"family": "Lamp", "given": "J."}], "DOI": "10.9999/lamp",
              "container-title": "JIR", "issued": {"date-parts": [[2024]]}}  # fmt: skip
    hosts.routes["/doi_api"] = Answer(json.dumps(record).encode())
    _, works, report = imported(root, text, capsys=capsys, name="in.md")
    assert [status for _, status, _ in works] == ["added"] * 3 + ["doubted", "skipped", "added", "added"]
    assert "knows no such work" in report["works"][0]["message"]
    made = (root / "papers/2024/unknownauthors2024attention.yaml").read_text(encoding="utf-8")
    assert "# TODO title: title and records are the list's" in made
    assert "# TODO authors: the list names no author" in made


def test_headings_give_the_topic(root: Path, hosts: FakeHosts, capsys: pytest.CaptureFixture[str]) -> None:
    hosts.routes["/arxiv_api"] = Answer(feed())
    imported(root, LIST, capsys=capsys, name="in.md")
    first = (root / "papers/2024/lamp2024attention.yaml").read_text(encoding="utf-8")
    second = (root / "papers/2024/lamp2024shelves.yaml").read_text(encoding="utf-8")
    assert "topics:\n  - architectures/attention\n" in first
    assert "TODO topics" not in first
    assert 'code: {url: "https://github.com/a/lamp", official: false}' in first
    assert "# TODO topics: suggested" in second
    assert "topics:\n  - systems/serving/caching\n" in second


@pytest.mark.parametrize(
    ("title", "topic"),
    [
        ("Attention and Moth-Like Caching", "systems/serving/caching"),
        ("A Giant Guess", "architectures/attention"),  # no word of what is below the heading
    ],
)
def test_a_heading_goes_before_what_a_title_reads_like(
    root: Path, capsys: pytest.CaptureFixture[str], title: str, topic: str
) -> None:
    text = f"## Systems\n\n- {title}. *[ICMMM'24]* [[Paper]](https://arxiv.org/abs/2401.00004)\n"
    ((_, status, path),) = imported(root, text, "--offline", capsys=capsys, name="in.md")[1]
    assert (status, path is not None) == ("added", True)
    assert f"topics:\n  - {topic}\n" in (root / str(path)).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("entry_type", "kind"), [("book", "book"), ("incollection", "paper"), ("misc", "paper")]
)
def test_the_kind_of_what_is_in_a_venue_of_papers(
    root: Path, capsys: pytest.CaptureFixture[str], entry_type: str, kind: str
) -> None:
    text = (
        f"@{entry_type}{{a, title={{Caching of What Was Computed}}, author={{Lamp, Jo}}, "
        "eprint={2301.00001}, archiveprefix={arXiv}, year={2023}}"
    )
    ((_, status, path),) = imported(root, text, "--offline", capsys=capsys)[1]
    assert status == "added"
    assert f"kind: {kind}\n" in (root / str(path)).read_text(encoding="utf-8")


def test_offline_asks_nobody(root: Path, hosts: FakeHosts, capsys: pytest.CaptureFixture[str]) -> None:
    works = imported(root, LIST, "--offline", capsys=capsys, name="in.md")[1]
    assert [status for _, status, _ in works] == ["added"] * 3 + ["doubted", "skipped", "added"]
    assert hosts.asked == []


REPOSITORY = "https://github.com/example/moths"
POST = "https://night.example.org/2023/10/12/moths"
ALONE: list[tuple[str, str, str, str]] = [
    (f"- [Moth Tools]({REPOSITORY})", "software",
     f'{{venue: github, year: 2026, url: "{REPOSITORY}"}}', "2026 is the year of this import"),
    (f"- Moth Tools (2021) [[blog]]({POST}) [[code]]({REPOSITORY})", "paper",
     f'{{venue: web, year: 2021, url: "{POST}"}}', ""),
    (f"- [Moth Tools]({POST})", "paper",
     f'{{venue: web, year: 2023, url: "{POST}"}}', "2023 is from its address"),
    (f"- Moth Tools (2021) [[pdf]](https://openreview.net/pdf?id=Mothmoth_1) [[code]]({REPOSITORY})", "paper",
     '{venue: web, year: 2021, openreview: "Mothmoth_1"}', ""),
]  # fmt: skip


@pytest.mark.parametrize(("line", "kind", "record", "blank"), ALONE, ids=range(len(ALONE)))
def test_what_only_a_list_describes(
    root: Path, capsys: pytest.CaptureFixture[str], line: str, kind: str, record: str, blank: str
) -> None:
    venues = root / "taxonomy" / "venues.yaml"
    web = "  - {id: web, name: Web page, short: Web, kind: web}\n"
    venues.write_text(venues.read_text(encoding="utf-8") + web, encoding="utf-8")
    listed = f"## Efficient attention\n\n{line}\n"
    status, ((_, what, shown),), _ = imported(root, listed, "--offline", capsys=capsys, name="in.md")
    assert (status, what) == (0, "added")
    draft = (root / str(shown)).read_text(encoding="utf-8")
    assert f"kind: {kind}\n" in draft
    assert record in draft
    assert ("# TODO records: the list gives no year" in draft) == bool(blank)
    assert blank in draft
    assert call("validate", "--root", str(root), capsys=capsys)[0] == 0


def test_a_dry_run_writes_nothing(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = state(root)
    assert imported(root, BIB, "--dry-run", capsys=capsys)[2]["counts"]["added"] == 2
    assert state(root) == before


def test_a_report_for_people_from_standard_input(root: Path) -> None:
    command = [sys.executable, "-m", "rekb", "import", "-", "--root", str(root), "--offline"]
    done = subprocess.run(command, input=BIB, capture_output=True, text=True, check=False, env={**os.environ})
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert lines[0] == "7 works read: 2 added, 1 merged, 2 skipped, 2 doubted"
    lines = lines[lines.index("") + 1 :]
    assert lines[0] == f"-:1: added {LAMP} 'A Lamp for Attention'"
    assert lines[-1] == "7 works: 2 added, 1 merged, 2 skipped, 2 doubted"


@pytest.mark.parametrize(
    ("name", "text", "arguments", "words"),
    [
        ("in.bib", BIB, ("--topic", "systems"), "`systems` is no leaf of the topic tree"),
        ("in.bib", BIB, ("missing.bib",), "cannot read missing.bib: No such file or directory"),
    ],
)
def test_errors(
    root: Path,
    capsys: pytest.CaptureFixture[str],
    name: str,
    text: str,
    arguments: tuple[str, ...],
    words: str,
) -> None:
    (root.parent / name).write_text(text, encoding="utf-8")
    status, output, error = call(
        "import", "--root", str(root), str(root.parent / name), *arguments, capsys=capsys
    )
    assert (status, output) == (2, "")
    assert words in error


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("in.json", b"[", "this is no JSON"),
        ("in.txt", b"hello", "none of bibtex, ris, csl-json, markdown"),
        ("in.bib", b"", "the file is empty"),
        ("in.bib", b"  \n\n", "the file is empty"),
        ("in.bib", "@misc{a, title={A}}".encode("utf-16"), "in UTF-16, not in UTF-8: save the file as"),
        ("in.bib", "@misc{a, title={A}}".encode("utf-16-le"), "in UTF-16, not in UTF-8: save the file as"),
        ("in.bib", "% a\n@misc{a, title={\u00e9t\u00e9}}".encode("latin-1"),
         "byte 0xe9 is not UTF-8; the text seems to be in Latin-1"),
        ("in.bib", b"TY  - JOUR\nTI  - A\nER  - \n", "this is RIS, not BibTeX: name its form with --from"),
        ("in.bib", b"<!DOCTYPE html><html></html>", "this is a web page (HTML), not BibTeX: give BibTeX"),
        ("in.ris", b"@misc{a, title={A}, author={B, C}}", "this is BibTeX, not RIS"),
        ("in.json", b"@misc{a, title={A}, author={B, C}}", "this is no JSON"),
        ("in.md", b"\x89PNG\r\n\x1a\n\x00\x00", "this is a picture, no text"),
        ("in.md", b"- a\x00b", "this is a binary file, no text"),
        ("in.md", b"Only words.\n", "no work was found in it; it was read as a list in Markdown"),
        ("in.bib", b"%PDF-1.7", "this is a PDF, no text"),
    ],
)  # fmt: skip
def test_a_file_of_which_nothing_is_read_is_reported_as_what_it_is(
    root: Path, capsys: pytest.CaptureFixture[str], name: str, data: bytes, words: str
) -> None:
    before = state(root)
    file = root.parent / name
    file.write_bytes(data)
    status, output, _ = call("import", "--root", str(root), "--offline", str(file), capsys=capsys)
    assert status == 1
    assert f"{name}:1: doubted: " in output
    assert words in output
    assert state(root) == before


def test_forms_are_those_of_the_library() -> None:
    assert SOURCE_FORMS == FORMS


@pytest.mark.parametrize(
    ("headings", "topic"),
    [
        (("Whatever", "EFFICIENT attention:"), "architectures/attention"),
        (("Cheap Attention",), "architectures/attention"),
        (("Systems", "Nothing of the kind"), "systems"),
        (("Systems", "Efficient attention"), "architectures/attention"),  # its title is no other topic's
        (("Nothing",), None),
        ((), None),
    ],
)
def test_headings_name_topics(root: Path, headings: tuple[str, ...], topic: str | None) -> None:
    assert topic_titles(load(root)[0]).find(headings) == topic


@pytest.mark.parametrize(
    ("headings", "topic"),
    [
        (("Language Foundation Models", "Cost analysis"), "foundation-models/language/cost-analysis"),
        (("Vision Foundation Models", "Cost analysis"), "foundation-models/vision/cost-analysis"),
        (("Cost analysis",), None),
    ],
)
def test_one_title_of_several_topics(
    base: KnowledgeBase, headings: tuple[str, ...], topic: str | None
) -> None:
    assert topic_titles(base).find(headings) == topic


ENTRY = """\
# yaml-language-server: $schema=../../docs/schema/entry.json
title: "T"
kind: paper
authors:
  - "A, B"
records:
  # the journal
  - {venue: jir, year: 2022}
topics:
  - a/b
# about the day
added: 2026-11-23
# the end
"""


def holding(base: KnowledgeBase, text: str) -> KnowledgeBase:
    """Return a knowledge base in which an entry's file holds another text."""
    document = parse(text.encode(), TILE).document
    assert document is not None
    return replace(base, documents={**base.documents, TILE: document})


@pytest.mark.parametrize(
    ("edit", "old", "new"),
    [
        (
            Edit(("records", 0), {"venue": "arxiv", "year": 2021, "arxiv": "2101.00001"}, insert=True),
            "  # the journal\n",
            '  - {venue: arxiv, year: 2021, arxiv: "2101.00001"}\n  # the journal\n',
        ),
        (Edit(("records", 0, "doi"), "10.9999/x"), "year: 2022}", 'year: 2022, doi: "10.9999/x"}'),
        (
            Edit(("links", "code"), {"url": "https://a.example/x", "official": False}),
            "topics:\n",
            'links:\n  code: {url: "https://a.example/x", official: false}\ntopics:\n',
        ),
    ],
)
def test_edits_keep_comments(base: KnowledgeBase, edit: Edit, old: str, new: str) -> None:
    assert edited(holding(base, ENTRY), TILE, [edit]) == ENTRY.replace(old, new)


@pytest.mark.parametrize("edit", [Edit(("records", 0, "doi"), "x y"), Edit(("nowhere", 0, "doi"), "x")])
def test_edits_that_break_a_file_are_refused(base: KnowledgeBase, edit: Edit) -> None:
    with pytest.raises(SourceError):
        edited(holding(base, ENTRY), TILE, [edit])
