"""`rekb add`: from whatever a person has in hand to an entry file; all answers of hosts are hand-made."""

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from fake_hosts import Answer, FakeHosts, atom, atom_entry
from fixture_kb import TILE, added, copy, reported
from rekb.edit.format import format_text
from rekb.intake.topics import topic_finder
from rekb.kb import KnowledgeBase
from test_cli_commands import call

BIBTEX = r"""
@inproceedings{whatever,
  title     = {{LanternNet}: Light {A}ttention for R{\'e}nyi Graphs \& More},
  author    = {van der Lamp, J{\"u}rgen and Moth, Ada and {Lantern Team}},
  booktitle = {Proceedings of the 3rd Imaginary Conference on Models, Machines and Moths},
  year      = {2023}, month = jul, pages = {11--26},
  doi       = {10.99999/lan_tern.2023%1},
  url       = {https://example.org/lan_tern%20x}
}
"""
TOPIC = ("--topic", "architectures/attention")
DRAFT = """\
# yaml-language-server: $schema=../../docs/schema/entry.json
title: "LanternNet: Light Attention for Rényi Graphs & More"
name: LanternNet
kind: paper
authors:
  - "van der Lamp, Jürgen"
  - "Moth, Ada"
  - {group: Lantern Team}
records:
  - {venue: imaginary-conf, year: 2023, month: 7, doi: "10.99999/lan_tern.2023%1", pages: "11-26"}
topics:
  - architectures/attention
# TODO effects: what it saves or costs: - {resource: memory, phase: training, change: saves, how: "..."}
# TODO requires, hardware, modalities: words of taxonomy/facets.yaml; `requires: []` when nothing is needed
# TODO summary: expert (80-140 words), practitioner (60-110), plain (40-80), in your own words
# TODO results: the main numbers, each with conditions and source
# TODO checked: on which day, and the pages that confirm the facts
added: 2026-11-24
"""
NEW = "papers/2023/vanderlamp2023lanternnet.yaml"
CSL = {
    "title": "A Lantern in Full",
    "author": [{"family": "Moth", "given": "Ada"}, {"family": "Lamp", "given": "J."}],
    "container-title": "Journal of Imaginary Results",
    "issued": {"date-parts": [[2024, 3]]},
    "volume": "7",
    "page": "1-9",
    "DOI": "10.99999/lantern",
    "URL": "http://dx.doi.org/10.99999/lantern",
    "type": "article-journal",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy(tmp_path)


def add(
    root: Path, *arguments: str, capsys: pytest.CaptureFixture[str], today: str = "2026-11-24"
) -> tuple[int, str, str]:
    return call("add", "--root", str(root), "--today", today, "--yes", *arguments, capsys=capsys)


def test_bibtex_becomes_an_entry_without_asking_anybody(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, output, error = add(root, BIBTEX, *TOPIC, capsys=capsys)
    assert (status, output) == (0, "")
    assert f"wrote {NEW} (architectures/attention)" in error
    assert f"next: fill what is marked TODO, then run `rekb validate {NEW}`" in error
    assert (root / NEW).read_text(encoding="utf-8") == DRAFT


def test_a_draft_is_canonical_and_validates_as_incomplete(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add(root, BIBTEX, capsys=capsys)
    data = (root / NEW).read_bytes()
    assert format_text(data, NEW).text == data.decode()
    assert f"{NEW}:1:1 incomplete-entry" in reported(root, but="")
    assert not [line for line in reported(root) if line.startswith(NEW)]


def test_a_topic_that_nobody_chose_is_marked(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert add(root, BIBTEX, capsys=capsys)[0] == 0
    text = (root / NEW).read_text(encoding="utf-8")
    assert "# TODO topics: suggested from the words of its text; choose" in text
    assert "  - architectures/attention\n" in text


def test_the_next_best_topics_are_named(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = BIBTEX.replace("Light {A}ttention", "Cached {A}ttention")
    text = add(root, source, "--dry-run", capsys=capsys)[1]
    assert "choose the leaves where it belongs; near, too: " in text


def test_a_dry_run_prints_and_writes_nothing(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = (BIBTEX, *TOPIC, "--dry-run")
    status, output, error = add(root, *arguments, capsys=capsys)
    assert (status, output) == (0, DRAFT)
    assert f"would write {NEW}" in error
    assert not (root / NEW).exists()


def test_bibtex_from_a_file_and_from_standard_input(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "one.bib"
    file.write_text(BIBTEX, encoding="utf-8")
    first = add(root, str(file), "--dry-run", *TOPIC, capsys=capsys)
    command = [sys.executable, "-m", "rekb", "add", "-", "--root", str(root), "--dry-run"]
    options = [*TOPIC, "--today", "2026-11-24"]
    done = subprocess.run([*command, *options], input=BIBTEX, capture_output=True, text=True, check=True)
    assert first[1] == done.stdout == DRAFT


def test_empty_input(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty.bib").write_text("\n", encoding="utf-8")
    status, _, error = add(root, str(tmp_path / "empty.bib"), capsys=capsys)
    assert status == 2
    assert "empty.bib is empty: give an arXiv id" in error


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("2205.99991", "the same arxiv identifier"),
        ("https://arxiv.org/pdf/2205.99991v4.pdf", "the same arxiv identifier"),
        ("10.48550/arXiv.2205.99991", "the same arxiv identifier"),
        ("https://doi.org/10.99999/TILE.2023.1", "the same doi identifier"),
        ("openreview:TileTile1", "the same openreview identifier"),
        ("2023.nowhere-long.1", "the same acl identifier"),
        ("@misc{x, title={THE {T}ile: moth like attention, exact and sm{\\'a}ll}, author={A Moth}}",
         "the same title"),
        ("@misc{x, title={The Tile}, author={Moth, A}, eprint={2205.99991}, archiveprefix={arXiv}}",
         "the same arxiv identifier"),
    ],
)  # fmt: skip
def test_a_work_that_is_there_is_refused_by_its_file(
    root: Path, capsys: pytest.CaptureFixture[str], source: str, why: str
) -> None:
    before = sorted(root.rglob("*.yaml"))
    status, _, error = add(root, source, capsys=capsys)
    assert status == 1
    assert f"it is there already: {TILE} has {why}" in error
    assert sorted(root.rglob("*.yaml")) == before


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("@misc{x, title={Other}, author={A, B}, eprint={2205.99991}, archiveprefix={arXiv}, year=2022}",
         "the same arxiv identifier, 2205.99991, but another title and other authors"),
        ('@misc{x, title={The Tile: Moth-Like Attention, "Exact" and Small}, author={A, B}, year=2022}',
         "the same title, but other authors"),
    ],
)  # fmt: skip
def test_a_work_that_may_be_there_is_a_doubt_that_names_both(
    root: Path, capsys: pytest.CaptureFixture[str], source: str, why: str
) -> None:
    before = sorted(root.rglob("*.yaml"))
    status, _, error = add(root, source, capsys=capsys)
    assert status == 1
    assert f"it may be there already, in {TILE}: this is " in error
    assert f"{why}: moth2022tile is" in error
    assert sorted(root.rglob("*.yaml")) == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["/dev/null"], "'/dev/null' is no identifier"),
        (["nowhere.bib"], "there is no file nowhere.bib"),
        (["nonsense"], "'nonsense' is no identifier: give an arXiv id (2205.14135)"),
        ([], "name the work: an arXiv id"),
        (["@article{x, title={T}, year=2020}"], "`x` names no author"),
        (["@article{x, author={A, B}, year=2020}"], "`x` has no title"),
        (["@article{x, title={T}, author={A, B}"],
         "cannot be read: brackets, quotes or commas do not match; it opens 3 braces and closes 2"),
        (["@article{x, title={T}, author={A, B}, year=2020, journal={Nature}}"],
         "'Nature' is no venue here: add the venue, or this spelling to its `accepts`"),
        (["@article{x, title={T}, author={A, B}, journal={JIR}}"],
         "the source gives no year for imaginary-journal"),
        (["@article{x, title={T}, author={A, B}, year=2020}"], "the source names no venue"),
        (["@misc{a, title={T}}\n@misc{b, title={U}}"], "the BibTeX holds 2 entries: use `rekb import`"),
        ([BIBTEX, "--topic", "architectures"], "`architectures` is not a leaf of the tree; below it: "),
        ([BIBTEX, "--topic", "no/where"], "there is no topic `no/where`; the leaves are: architectures"),
        ([BIBTEX, "--venue", "nowhere"], "there is no venue `nowhere` in taxonomy/venues.yaml"),
        ([BIBTEX, "--today", "yesterday"], "'yesterday' is no day: write it as 2026-11-24"),
        (["2401.00001", "--mailto", "nobody"], "'nobody' is no mail address"),
        (["v162/du22c"], "no service knows PMLR v162/du22c: give its BibTeX instead"),
    ],
)  # fmt: skip
def test_errors_say_what_to_write_instead(
    root: Path, hosts: FakeHosts, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    status, output, error = add(root, *arguments, capsys=capsys)
    assert (status, output) == (2, "")
    assert words in error
    assert "Traceback" not in error
    assert hosts.asked == []


@pytest.mark.parametrize(
    ("topic", "words"),
    [
        ("long-contexts", "did you mean `algorithms/inference/long-context/positions` or "),
        (
            "algorithms/inference/long-contexts",
            "did you mean `algorithms/inference/long-context/positions` or ",
        ),
        ("zebra", "`rekb stats` lists the tree"),
    ],
)
def test_of_a_large_tree_only_what_is_near_is_named(
    capsys: pytest.CaptureFixture[str], topic: str, words: str
) -> None:
    corpus = Path(__file__).parents[1]
    status, _, error = add(corpus, BIBTEX, "--dry-run", "--topic", topic, capsys=capsys)
    assert status == 2
    assert f"there is no topic `{topic}`; {words}" in error
    assert len(error) < 700


def test_a_venue_can_be_named(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = "@article{x, title={Torch}, author={Moth, Ada}, year=2020, journal={Unheard}}"
    arguments = ("--venue", "imaginary-journal", *TOPIC, "--dry-run")
    output = add(root, source, *arguments, capsys=capsys)[1]
    assert "  - {venue: imaginary-journal, year: 2020}\n" in output


def test_arxiv(root: Path, hosts: FakeHosts, capsys: pytest.CaptureFixture[str]) -> None:
    entry = atom_entry("2401.00001", "A  Moth\n  &lt;b&gt;for&lt;/b&gt; $\\omega$", "Ada Moth", "Jo Lamp")
    hosts.routes["/arxiv_api"] = Answer(atom(entry))
    assert add(root, "arXiv:2401.00001v2", "--dry-run", capsys=capsys)[0] == 0
    output = add(root, "2401.00001", "--dry-run", capsys=capsys)[1]
    assert 'title: "A Moth for ω"' in output
    assert '  - "Moth, Ada"\n  - "Lamp, Jo"\n' in output
    assert '  - {venue: arxiv, year: 2024, month: 1, arxiv: "2401.00001"}\n' in output
    assert hosts.paths == ["GET /arxiv_api?id_list=2401.00001&max_results=1"]  # the second answer was kept


def test_arxiv_and_the_publication_that_it_names(
    root: Path, hosts: FakeHosts, capsys: pytest.CaptureFixture[str]
) -> None:
    doi = '<a:doi xmlns:a="http://arxiv.org/schemas/atom">10.99999/lantern</a:doi>'
    hosts.routes["/arxiv_api"] = Answer(
        atom(atom_entry("2401.00001", "A lantern, in full", "Ada Moth", more=doi))
    )
    hosts.routes["/doi_api/10.99999/lantern"] = Answer(json.dumps(CSL).encode())
    output = add(root, "2401.00001", "--dry-run", capsys=capsys)[1]
    assert (
        '  - {venue: arxiv, year: 2024, month: 1, arxiv: "2401.00001"}\n'
        '  - {venue: imaginary-journal, year: 2024, month: 3, doi: "10.99999/lantern", volume: "7", '
        'pages: "1-9"}\n'
    ) in output
    hosts.routes["/doi_api/10.99999/lantern"] = Answer(json.dumps({**CSL, "title": "Another"}).encode())
    output = add(root, "2401.00001", "--dry-run", "--no-cache", capsys=capsys)[1]
    assert "# TODO records: arXiv names the DOI 10.99999/lantern: add the record" in output
    assert "imaginary-journal" not in output


def test_doi(root: Path, hosts: FakeHosts, capsys: pytest.CaptureFixture[str]) -> None:
    hosts.routes["/doi_api/10.99999/lantern"] = Answer(json.dumps(CSL).encode())
    output = add(root, "https://doi.org/10.99999/lantern", "--dry-run", *TOPIC, capsys=capsys)[1]
    assert 'title: "A Lantern in Full"' in output
    assert 'year: 2024, month: 3, doi: "10.99999/lantern"' in output
    assert hosts.asked[0][2]["Accept"] == "application/vnd.citationstyles.csl+json"


def test_openreview(root: Path, hosts: FakeHosts, capsys: pytest.CaptureFixture[str]) -> None:
    names = {"title": "Open Lantern", "authors": ["Ada Moth"], "venue": "ICMMM 2024 poster"}
    content = {name: {"value": value} for name, value in names.items()}
    hosts.routes["/openreview_api"] = Answer(json.dumps({"notes": [{"content": content}]}).encode())
    output = add(root, "https://openreview.net/forum?id=LanternLit1", "--dry-run", *TOPIC, capsys=capsys)[1]
    assert '  - {venue: imaginary-conf, year: 2024, openreview: "LanternLit1"}\n' in output


def test_older_forums_are_known_to_the_first_version(
    root: Path, hosts: FakeHosts, capsys: pytest.CaptureFixture[str]
) -> None:
    content = {"title": "Older Lantern", "authors": ["Ada Moth"], "venueid": "ICMMM.cc/2021/Conference"}
    hosts.routes["/openreview_api"] = Answer(b'{"notes": []}')
    hosts.routes["/openreview_api_v1"] = Answer(json.dumps({"notes": [{"content": content}]}).encode())
    output = add(root, "openreview:LanternLit0", "--dry-run", *TOPIC, capsys=capsys)[1]
    assert '  - {venue: imaginary-conf, year: 2021, openreview: "LanternLit0"}\n' in output


def test_the_anthology(root: Path, hosts: FakeHosts, capsys: pytest.CaptureFixture[str]) -> None:
    text = BIBTEX.replace("https://example.org/lan_tern%20x", "https://aclanthology.org/2023.dim-long.7")
    hosts.routes["/anthology/2023.dim-long.7.bib"] = Answer(text.encode())
    output = add(root, "2023.dim-long.7", "--dry-run", capsys=capsys)[1]
    assert 'acl: "2023.dim-long.7"' in output


@pytest.mark.parametrize(
    ("source", "answer", "words"),
    [
        ("2401.00001", Answer(atom()), "arXiv knows no 2401.00001"),
        ("2401.00001", Answer(b"<html>"), "127.0.0.1 answers with a page of HTML where a feed in XML"),
        ("2401.00001", Answer(b"Rate exceeded."), "127.0.0.1 answers with text where a feed in XML was"),
        ("2401.00001", Answer(b""), "answers with nothing where a feed in XML was asked for (no element"),
        ("2401.00001", Answer(b'<!DOCTYPE x [<!ENTITY y "z">]><x>&y;</x>'), "it declares a document type"),
        ("2401.00001", Answer(status=404), "knows no such work"),
        ("10.99999/x", Answer(b"<html>"), "a page of HTML where a record of 10.99999/x was asked for: "),
        ("10.99999/x", Answer(b"[" * 100_000), "a record of 10.99999/x was asked for (this is no JSON"),
        ("10.99999/x", Answer(b'{"title": []}'), "the record has no title"),
        ("10.99999/x", Answer(b'{"title": "T", "author": 7, "issued": {"date-parts": [[]]}}'), "no author"),
        ("openreview:Abcdefghij", Answer(b'{"notes": []}'), "OpenReview shows no such forum"),
        ("openreview:Abcdefghij", Answer(b"[]"), "127.0.0.1 answers with JSON where a forum was asked for"),
        ("openreview:Abcdefghij", Answer(b"<html>"), "a page of HTML where a forum was asked for: "),
        ("openreview:Abcdefghij",
         Answer(b'{"notes": [{"content": {"title": "T", "authors": ["A B"], "venue": "Submitted to X"}}]}'),
         "OpenReview shows 'Submitted to X' for Abcdefghij: no publication"),
        ("2023.dim-long.7", Answer(b"<html>"), "HTML where the BibTeX of 2023.dim-long.7 was asked for"),
    ],
)  # fmt: skip
def test_answers_of_no_use(
    root: Path, hosts: FakeHosts, capsys: pytest.CaptureFixture[str], source: str, answer: Answer, words: str
) -> None:
    hosts.routes["/"] = answer
    status, output, error = add(root, source, capsys=capsys)
    assert (status, output) == (2, "")
    assert words in error
    assert "Traceback" not in error


def test_what_a_hostile_answer_says_is_text(
    root: Path, hosts: FakeHosts, capsys: pytest.CaptureFixture[str]
) -> None:
    record = {**CSL, "title": "Lamp\x1b]0;x\x07\u202e<script>alert(1)</script> {{x}} [a](b)",
              "URL": "javascript:alert(1)", "page": "1; rm -rf", "volume": {"a": 1}}  # fmt: skip
    hosts.routes["/doi_api"] = Answer(json.dumps(record).encode())
    status, output, error = add(root, "10.99999/lantern", "--dry-run", *TOPIC, capsys=capsys)
    assert status == 0
    assert 'title: "Lamp]0;xalert(1) {{x}} [a](b)"' in output
    assert "url:" not in output
    assert "pages:" not in output
    assert "\x1b" not in output + error


def test_an_answer_that_a_browser_would_obey_makes_no_entry(
    root: Path, hosts: FakeHosts, capsys: pytest.CaptureFixture[str]
) -> None:
    hosts.routes["/doi_api"] = Answer(json.dumps({**CSL, "title": "Lamp [a](javascript:b)"}).encode())
    status, output, error = add(root, "10.99999/lantern", *TOPIC, capsys=capsys)
    assert (status, output) == (2, "")
    assert "active-markup: `title` holds markup that a browser would obey: `javascript:b`" in error
    assert not list(root.glob("papers/*/*lamp*"))


def test_a_second_work_of_one_key_gets_a_letter(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for title in ("Tile Again", "Tile Anew"):
        source = f"@misc{{x, title={{{title}}}, author={{Moth, Ada}}, year=2022, journal={{JIR}}}}"
        assert add(root, source, *TOPIC, capsys=capsys)[0] == 0, title
    names = sorted(p.name for p in (root / "papers/2022").iterdir())
    assert names == ["moth2022tile.yaml", "moth2022tileb.yaml", "moth2022tilec.yaml"]


def test_a_broken_file_of_the_same_key_is_not_overwritten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = copy(tmp_path, added(NEW, "title: ["))
    status, _, error = add(root, BIBTEX, *TOPIC, capsys=capsys)
    assert status == 0
    assert f"look at title: the file of `{Path(NEW).stem}` has faults" in error
    assert (root / NEW).read_text(encoding="utf-8") == "title: ["
    assert (root / NEW.replace(".yaml", "b.yaml")).exists()


def test_a_terminal_is_asked_where_the_work_belongs(root: Path) -> None:
    master, terminal = pty.openpty()
    command = [sys.executable, "-m", "rekb", "add", BIBTEX, "--root", str(root)]
    with subprocess.Popen(command, stdin=terminal, stdout=terminal, stderr=terminal) as process:
        os.close(terminal)
        # Whoever asks once more is answered by the end of the input, so that this never waits for ever.
        os.write(master, b"no/where\n9\ncaching\n\x04")
        shown = b""
        while True:
            try:
                part = os.read(master, 4096)
            except OSError:
                break
            if not part:
                break
            shown += part
    os.close(master)
    assert process.returncode == 0
    assert b"Where does it belong?" in shown
    assert b"there is no topic `no/where`" in shown
    assert b"there is no number 9 above" in shown
    text = (root / NEW).read_text(encoding="utf-8")
    assert "topics:\n  - systems/serving/caching\n" in text
    assert "TODO topics" not in text


def test_no_knowledge_base(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, _, error = add(tmp_path, BIBTEX, capsys=capsys)
    assert status == 2
    assert "no knowledge base in" in error


@pytest.mark.parametrize(
    ("title", "below"),
    [
        ("KV cache eviction for long contexts", "algorithms/inference/key-value-cache/eviction"),
        ("Compressing the KV Cache", "algorithms/inference/key-value-cache"),
        ("Serving MoE models", "architectures/dynamic-networks/mixture-of-experts"),
    ],
)
def test_topics_are_proposed_by_short_forms(base: KnowledgeBase, title: str, below: str) -> None:
    found = [suggestion.topic for suggestion in topic_finder(base).suggest(title, "", 3)]
    assert any(topic.startswith(below) for topic in found), found
