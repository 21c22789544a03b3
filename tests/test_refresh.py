"""`rekb refresh`: code that appeared, and newer versions of preprints. All is hand-made."""

import json
from pathlib import Path
from typing import Any

import pytest

from fake_hosts import Answer, FakeHosts, atom, atom_entry
from fixture_kb import GUESS, REPORT, TILE, copy, findings, replaced
from rekb.sources.repositories import code_named_in, repository
from rekb.upkeep.refresh import _page
from samples import ARXIV, entry
from test_cli_commands import call

OWN = 'xmlns:a="http://arxiv.org/schemas/atom"'
CODE_LINE = '  code: {url: "https://git.example.org/tile/code", official: true}\n'
FIRST_RESULT = "memory-reduction-imaginary-1b"
PAGE = b"<h1>Code of <b>Guess</b> Which Words &#77;atter</h1>"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy(tmp_path, replaced(TILE, CODE_LINE, ""))


@pytest.fixture
def hosts(hosts: FakeHosts, monkeypatch: pytest.MonkeyPatch) -> FakeHosts:
    """Return hosts that know no work, and whose own address counts as one of repositories."""
    monkeypatch.setattr("rekb.sources.repositories.REPOSITORY_HOSTS", frozenset({"127.0.0.1"}))
    hosts.routes |= {"/arxiv_api": Answer(atom()), "/crossref_api": answer({"message": {"items": []}})}
    return hosts


def answer(value: object) -> Answer:
    return Answer(json.dumps(value).encode())


def said_by_arxiv(hosts: FakeHosts, comment: str = "", abstract: str = "", more: str = "") -> None:
    """Let arXiv answer with one preprint, that of `nobody2021guess`."""
    if comment:
        more += f"<a:comment {OWN}>{comment}</a:comment>"
    entry = atom_entry("2101.99992", "Guess Which Words Matter", "N. Nobody", more=more)
    entry = entry.replace("A made-up abstract on attention.", abstract or "Words.")
    hosts.routes["/arxiv_api"] = Answer(atom(entry))


def refreshed(
    root: Path, *arguments: str, kind: str, capsys: pytest.CaptureFixture[str]
) -> list[dict[str, Any]]:
    _, output, error = call("refresh", "--root", str(root), "--format", "json", *arguments, capsys=capsys)
    assert "Traceback" not in error
    return [proposal for proposal in json.loads(output)["proposals"] if proposal["kind"] == kind]


@pytest.mark.parametrize(
    ("records", "page"),
    [
        ([ARXIV], "https://arxiv.org/abs/2205.14135"),
        ([{"venue": "web", "year": 2021, "url": "https://x.org/a"}, ARXIV], "https://arxiv.org/abs/2205.14135"),
        ([{"venue": "web", "year": 2021, "openreview": "MothMoth1"}], "https://openreview.net/forum?id=MothMoth1"),
        ([{"venue": "web", "year": 2021, "doi": "10.5555/a"}], "https://doi.org/10.5555/a"),
        ([{"venue": "web", "year": 2021}, {"venue": "web", "year": 2022, "url": "https://x.org/a"}],
         "https://x.org/a"),
        ([{"venue": "web", "year": 2021}], ""),
    ],
)  # fmt: skip
def test_where_it_was_read_is_an_address(records: list[dict[str, object]], page: str) -> None:
    assert _page(entry(records=records)) == page


@pytest.mark.parametrize(
    "comment",
    [
        "Accepted to ICML 2024",
        "9 pages; NeurIPS'24",
        "CVPR2025",
        "18 pages. ACL 2025 Findings, camera ready",
        "Accepted at the 41st International Conference on Moths",
        "To appear in Lamps 2026",
        "JIR 7",
        "Published in the Journal of Insect Research",
        "Extended version of our paper at EMNLP. Code: https://moths.example.org/",
    ],
)
def test_a_comment_that_names_a_venue_is_news(
    root: Path, hosts: FakeHosts, comment: str, capsys: pytest.CaptureFixture[str]
) -> None:
    said_by_arxiv(hosts, comment=comment)
    found = refreshed(root, "nobody2021guess", kind="published", capsys=capsys)
    assert [(p["message"], p["edits"]) for p in found] == [(f"arXiv says: {comment}", [])]


@pytest.mark.parametrize(
    "comment",
    [
        "9 pages",
        "9 pages, 3 figures. Work in progress",
        "Submitted to ICML 2024",
        "Under double-blind review at NeurIPS",
        "Preprint, in the NeurIPS style",
        "Accepted in 2024",
        "Results are presented in Table 3",
        "More appears in Appendix B",
        "Code: https://moths.example.org/ICML/guess",
        "Science of cells",
    ],
)
def test_a_comment_without_a_venue_is_no_news(
    root: Path, hosts: FakeHosts, comment: str, capsys: pytest.CaptureFixture[str]
) -> None:
    said_by_arxiv(hosts, comment=comment)
    assert refreshed(root, "nobody2021guess", kind="published", capsys=capsys) == []


@pytest.mark.parametrize(
    ("place", "text", "page", "reported", "is_own"),
    [
        ("comment", "9 pages. Code: HOST/moth/guess", Answer(PAGE), "whose page names this work", True),
        ("abstract", "We show. Code is at HOST/moth/guess.git.", Answer(PAGE), "names this work", True),
        ("comment", "HOST/moth/guess", Answer(b"see arXiv:2101.99992v2"), "names this work", True),
        ("comment", "HOST/moth/guess", Answer(b"2101.999921"), "does not name this work", False),
        ("abstract", "Built on HOST/moth/guess", Answer(b"Someone else's"), "does not name this", False),
        ("abstract", "Built on HOST/moth/guess", Answer(status=404), "which answers 404", False),
        ("abstract", "Built on HOST/moth/guess", Answer(b"\xff\xfe\0"), "does not name this work", False),
        ("comment", "HOST/moth, HOST/topics/moths, HOST", Answer(PAGE), None, False),
        ("comment", "9 pages", Answer(PAGE), None, False),
    ],
    ids=[
        "in-the-comment", "in-the-abstract", "page-has-the-number", "another-number", "of-another", "gone",
        "no-text", "no-repository", "no-code",
    ],
)  # fmt: skip
def test_code_that_arxiv_names(  # noqa: PLR0913 - one for each column
    root: Path, hosts: FakeHosts, place: str, text: str, page: Answer, reported: str | None, *,
    is_own: bool, capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    hosts.routes |= {"/": Answer(PAGE), "/moth/guess": page}
    written = text.replace("HOST", hosts.address)
    said_by_arxiv(hosts, **{place: written})
    before = (root / GUESS).read_text(encoding="utf-8")
    found = refreshed(root, "nobody2021guess", "--write", kind="code", capsys=capsys)
    address = f"{hosts.address}/moth/guess"
    assert [reported in proposal["message"] for proposal in found if reported] == [True] * bool(reported)
    assert [proposal["message"].split(",")[0] for proposal in found] == (
        [f"arXiv's {place} names {address}"] * bool(reported)
    )
    assert [proposal["source"] for proposal in found] == ["https://arxiv.org/abs/2101.99992"] * bool(reported)
    link = f"links:\n  code: {{url: {json.dumps(address)}, official: true}}\n"
    now = (root / GUESS).read_text(encoding="utf-8")
    assert (link.replace('"', "") in now.replace('"', "")) == is_own
    assert (now == before) == (not is_own)


def test_what_was_written_is_not_proposed_again(
    root: Path, hosts: FakeHosts, capsys: pytest.CaptureFixture[str]
) -> None:
    hosts.routes["/moth/guess"] = Answer(PAGE)
    said_by_arxiv(hosts, f"Code: {hosts.address}/moth/guess")
    faults = [finding.rule for finding in findings(root)]
    assert len(refreshed(root, "nobody2021guess", "--write", kind="code", capsys=capsys)) == 1
    assert refreshed(root, "nobody2021guess", kind="code", capsys=capsys) == []
    # 127.0.0.1 is a host of code in this file only.
    assert [f.rule for f in findings(root) if f.rule != "unknown-code-host"] == faults


def test_code_of_another_entry_is_never_written(
    root: Path, hosts: FakeHosts, capsys: pytest.CaptureFixture[str]
) -> None:
    replaced(TILE, "links:\n", f"links:\n  code: {{url: {hosts.address}/moth/guess, official: true}}\n")(root)
    hosts.routes["/moth/guess"] = Answer(PAGE)
    said_by_arxiv(hosts, f"on top of {hosts.address}/moth/guess/")
    (found,) = refreshed(root, "nobody2021guess", kind="code", capsys=capsys)
    assert found["message"].endswith("/moth/guess, the code of moth2022tile: look whose it is")
    assert found["edits"] == []
    assert "GET /moth/guess" not in hosts.paths, "nobody is asked where the answer is known"


def test_of_two_repositories_one_is_proposed(
    root: Path, hosts: FakeHosts, capsys: pytest.CaptureFixture[str]
) -> None:
    hosts.routes |= {"/moth/guess": Answer(PAGE), "/moth/more": Answer(PAGE)}
    said_by_arxiv(hosts, f"{hosts.address}/moth/guess {hosts.address}/moth/more {hosts.address}/moth/guess")
    found = refreshed(root, "nobody2021guess", kind="code", capsys=capsys)
    assert [len(proposal["edits"]) for proposal in found] == [1, 0]
    assert found[1]["message"].endswith("; another one is proposed already")


@pytest.mark.parametrize(
    ("relation", "reported"),
    [
        ({"is-supplemented-by": [{"id-type": "uri", "id": "CODE", "asserted-by": "subject"}]}, True),
        ({"is-supplemented-by": [{"id-type": "uri", "id": "CODE", "asserted-by": "object"}]}, False),
        ({"references": [{"id-type": "uri", "id": "CODE", "asserted-by": "subject"}]}, False),
        ({"is-supplemented-by": "CODE"}, False),
        ({"is-supplemented-by": [None, {"id": 7}, "CODE"]}, False),
        ([], False),
        (None, False),
    ],
    ids=["own", "said-by-others", "references", "no-list", "odd-targets", "no-mapping", "none"],
)
def test_code_that_crossref_relates(
    root: Path, hosts: FakeHosts, relation: object, *, reported: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    work = {
        "DOI": "10.99999/guess",
        "title": ["Guess which words matter"],
        "author": [{"family": "Nobody", "given": "N."}],
        "container-title": ["Journal of Imaginary Results"],
        "issued": {"date-parts": [[2022, 6]]},
        "type": "journal-article",
        "relation": relation,
    }
    found_at = f"{hosts.address}/moth/guess"
    items = json.loads(json.dumps([work]).replace("CODE", found_at))
    hosts.routes |= {"/moth/guess": Answer(PAGE), "/crossref_api": answer({"message": {"items": items}})}
    found = refreshed(root, "nobody2021guess", kind="code", capsys=capsys)
    wanted = (
        "Crossref's relation is-supplemented-by names ",
        "https://doi.org/10.99999/guess",
        [f"set links.code: {{url: {found_at}, official: true}}"],
    )
    assert [(p["message"].partition("http")[0], p["source"], p["edits"]) for p in found] == [
        wanted
    ] * reported


@pytest.mark.parametrize(
    ("code", "reported"),
    [
        ({"value": "CODE"}, True),
        ("CODE", True),
        ({"value": "[![github](/icon.svg) moth/tile](CODE)"}, True),
        ({"value": "/attachment/71.zip"}, False),
        ({"value": ["CODE"]}, False),
        (None, False),
    ],
)
def test_code_that_openreview_names(
    root: Path, hosts: FakeHosts, code: object, *, reported: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    found_at = f"{hosts.address}/moth/tile"
    named = json.loads(json.dumps(code).replace("CODE", found_at))
    note = {"id": "TileTile1", "content": {"title": {"value": "The Tile"}, "code": named}}
    page = b"The Tile: Moth-Like Attention, &quot;Exact&quot; and Small"
    hosts.routes |= {"/openreview_api": answer({"notes": [note]}), "/moth/tile": Answer(page)}
    found = refreshed(root, "moth2022tile", kind="code", capsys=capsys)
    wanted = ("https://openreview.net/forum?id=TileTile1", 1)
    assert [(p["source"], len(p["edits"])) for p in found] == [wanted] * reported


@pytest.mark.parametrize(
    "said",
    [
        Answer(status=500),
        Answer(b"<html>wait</html>"),
        answer({"notes": []}),
        answer({"notes": [{"content": None}]}),
        answer({"notes": [{"id": "Another1", "content": {}}]}),
    ],
    ids=["down", "html", "no-forum", "no-content", "another-forum"],
)
def test_a_forum_that_does_not_answer_hides_nothing(
    root: Path, hosts: FakeHosts, said: Answer, capsys: pytest.CaptureFixture[str]
) -> None:
    entry = atom_entry("2205.99991", "The Tile", "A. Moth").replace(
        "A made-up abstract on attention.", f"Code: {hosts.address}/moth/tile"
    )
    page = Answer(b"arXiv 2205.99991")
    hosts.routes |= {"/openreview_api": said, "/arxiv_api": Answer(atom(entry)), "/moth/tile": page}
    (failed,) = refreshed(root, "moth2022tile", kind="unanswered", capsys=capsys)
    assert "127.0.0.1" in failed["source"]
    (found,) = refreshed(root, "moth2022tile", kind="code", capsys=capsys)
    assert len(found["edits"]) == 1


def test_a_host_of_forums_that_fails_is_not_asked_to_the_end(
    root: Path, hosts: FakeHosts, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (root / GUESS).read_text(encoding="utf-8")
    for number in range(5):
        forum = f'arxiv: "2101.9999{number + 3}", openreview: "Forum{number}"'
        made = text.replace('arxiv: "2101.99992"', forum).replace("Guess", f"Guess {number}")
        made = made.replace("survey: {rows: [3]}\n", "")
        (root / GUESS.replace("guess", f"guess{number}")).write_text(made, encoding="utf-8")
    hosts.routes["/openreview_api"] = Answer(status=403)
    keys = [f"nobody2021guess{number}" for number in range(5)]
    assert len(refreshed(root, *keys, kind="unanswered", capsys=capsys)) == 3


@pytest.mark.parametrize(
    ("updated", "reported"),
    [
        (
            "2026-11-25T17:59:59Z",
            f"v3 of 2026-11-25 is newer than the check of 2026-11-23: {FIRST_RESULT} is from v2",
        ),
        ("2026-11-23T00:00:00Z", None),
        ("2025-01-02T00:00:00Z", None),
        ("2026-11-31T00:00:00Z", None),
        ("yesterday", None),
        ("", None),
    ],
    ids=["newer", "same-day", "older", "no-such-day", "no-day", "nothing"],
)
def test_a_newer_version(
    root: Path, hosts: FakeHosts, updated: str, reported: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    entry = atom_entry("2205.99991", "The Tile", "A. Moth", more=f"<updated>{updated}</updated>")
    hosts.routes |= {"/arxiv_api": Answer(atom(entry)), "/openreview_api": answer({"notes": []})}
    before = (root / TILE).read_text(encoding="utf-8")
    found = refreshed(root, "moth2022tile", "--write", kind="version", capsys=capsys)
    wanted: tuple[str | None, str, list[str]] = (reported, "https://arxiv.org/abs/2205.99991v3", [])
    assert [(p["message"], p["source"], p["edits"]) for p in found] == [wanted] * bool(reported)
    assert (root / TILE).read_text(encoding="utf-8") == before, "a person must read the new version"


@pytest.mark.parametrize(
    ("named", "checked", "reported"),
    [
        ("v9", True, f"{FIRST_RESULT} is from v9, but v3 is the newest that arXiv has"),
        (
            "v1",
            False,
            f"v3 of 2025-01-02 is newer than what was read: {FIRST_RESULT} is from v1",
        ),
        ("v3", False, None),
        ("v1", True, None),
    ],
    ids=["never-was", "never-checked", "the-newest", "named-on-purpose"],
)
def test_a_version_that_a_result_names(
    root: Path, hosts: FakeHosts, named: str, reported: str | None, *, checked: bool,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    replaced(TILE, "version: v2,", f"version: {named},")(root)
    if not checked:
        text = (root / TILE).read_text(encoding="utf-8")
        (root / TILE).write_text(f"{text.partition('checked:')[0]}", encoding="utf-8")
    entry = atom_entry("2205.99991", "The Tile", "A. Moth", more="<updated>2025-01-02T00:00:00Z</updated>")
    hosts.routes |= {"/arxiv_api": Answer(atom(entry)), "/openreview_api": answer({"notes": []})}
    found = refreshed(root, "moth2022tile", kind="version", capsys=capsys)
    assert [proposal["message"] for proposal in found] == [reported] * bool(reported)


def test_the_text_report_and_the_one_of_the_weekly_run_show_both(
    root: Path, hosts: FakeHosts, capsys: pytest.CaptureFixture[str]
) -> None:
    hosts.routes["/moth/guess"] = Answer(PAGE)
    said_by_arxiv(
        hosts, f"ICML 2021. {hosts.address}/moth/guess", more="<updated>2026-12-01T00:00:00Z</updated>"
    )
    shown = {}
    for form in ("text", "markdown"):
        options = ("--root", str(root), "--format", form)
        shown[form] = call("refresh", "nobody2021guess", *options, capsys=capsys)[1]
    assert (
        f"{GUESS}:15: version: v3 of 2026-12-01 is newer than the check of 2026-11-23 (https" in shown["text"]
    )
    assert f"{GUESS}:2: code: arXiv's comment names {hosts.address}/moth/guess" in shown["text"]
    assert shown["text"].endswith("1 entry; 1 code, 1 published, 1 version\n")
    assert f"- [ ] **version** `{GUESS}` line 15: `v3 of 2026-12-01" in shown["markdown"]
    assert f"- [ ] **code** `{GUESS}` line 2: `arXiv's comment names" in shown["markdown"]


def test_arxiv_that_fails_is_reported_once(
    root: Path, hosts: FakeHosts, capsys: pytest.CaptureFixture[str]
) -> None:
    hosts.routes |= {"/arxiv_api": Answer(status=500), "/openreview_api": answer({"notes": []})}
    found = refreshed(root, "cachecrew2023larder", "nobody2021guess", kind="unanswered", capsys=capsys)
    assert [proposal["file"] for proposal in found] == [REPORT]


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("Code: https://github.com/moth/tile.", ["https://github.com/moth/tile"]),
        ("code at github.com/moth/tile)", ["https://github.com/moth/tile"]),
        (r"\url{http://www.github.com/moth/my\_tile.git}", ["https://github.com/moth/my_tile"]),
        ("https://github.com/moth/tile/tree/main/a?x=1#b,", ["https://github.com/moth/tile/tree/main/a"]),
        ("https://github.com/moth/tile and GITHUB.com/moth/tile", ["https://github.com/moth/tile"]),
        ("https://gitlab.com/a/b; https://codeberg.org/c/d", ["https://gitlab.com/a/b", "https://codeberg.org/c/d"]),
        ("https://github.com/orgs/moth", []),
        ("https://github.com/moth", []),
        ("https://moth.github.io/tile", []),
        ("https://notgithub.com/a/b, evil.org/github.com/a/b, my-github.com/a/b", []),
        ("https://github.com@evil.org/a/b", []),
        ("https://github.com:99999999/a/b https://[::1/a/b", []),
        ("javascript://github.com/a/b", []),
    ],
)  # fmt: skip
def test_repositories_in_a_text(text: str, addresses: list[str]) -> None:
    assert [named.url for named in code_named_in(text, "a text")] == addresses


def test_words_around_a_repository_are_kept() -> None:
    (named,) = code_named_in(f"{'x' * 300} built on https://github.com/a/b and more", "a text")
    assert named.around == f"{'x' * 90} built on https://github.com/a/b"
    assert repository("https://github.com/a/") is None
