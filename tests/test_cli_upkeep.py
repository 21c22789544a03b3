"""`rekb refresh` and `rekb check-links`: what is proposed, written and remembered. All is hand-made."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from fake_hosts import Answer, FakeHosts, atom, atom_entry
from fixture_kb import GUESS, REPORT, SPARSE, TILE, copy, findings, replaced
from rekb.cli.app.intake import PROPOSAL_FORMS
from rekb.errors import LookupFailedError
from rekb.loading.loader import load
from rekb.upkeep.links import Failures, Health, LinkState, Look, addresses, in_turn, read_state
from rekb.upkeep.proposals import REPORTS, Proposal
from test_cli_commands import call
from test_schemas import schema_at

SCHEMA = schema_at("docs/schema/proposals.json")
"""What `rekb refresh --format json` prints."""

PUBLISHED: dict[str, Any] = {
    "DOI": "10.99999/guess",
    "title": ["Guess which words matter"],
    "author": [{"family": "Nobody", "given": "N."}],
    "container-title": ["Journal of Imaginary Results"],
    "issued": {"date-parts": [[2022, 6]]},
    "type": "journal-article",
    "page": "5-9",
}
OLD = "https://git.example.org/tile/code"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return copy(tmp_path)


def crossref(*items: dict[str, Any]) -> Answer:
    return Answer(json.dumps({"message": {"items": list(items)}}).encode())


def refreshed(
    root: Path, *arguments: str, capsys: pytest.CaptureFixture[str]
) -> tuple[int, list[dict[str, Any]], str]:
    options = ("--root", str(root), "--format", "json")
    status, output, error = call("refresh", *options, *arguments, capsys=capsys)
    report = json.loads(output)
    Draft202012Validator(SCHEMA).validate(report)
    return status, report["proposals"], error


def test_a_preprint_that_was_published(
    root: Path, hosts: FakeHosts, capsys: pytest.CaptureFixture[str]
) -> None:
    hosts.routes |= {"/arxiv_api": Answer(atom()), "/crossref_api": crossref(PUBLISHED)}
    before = (root / GUESS).read_text(encoding="utf-8")
    record = "venue: imaginary-journal, year: 2022, month: 6, doi: 10.99999/guess, pages: 5-9"
    status, proposals, error = refreshed(root, "nobody2021guess", capsys=capsys)
    assert status == 1
    assert proposals == [
        {
            "kind": "published",
            "file": GUESS,
            "line": 7,
            "message": "it was published at JIR 2022",
            "source": "https://doi.org/10.99999/guess",
            "edits": [
                f"add to records: {{{record}}}",
            ],
        }
    ]
    assert (root / GUESS).read_text(encoding="utf-8") == before
    assert f"would change {GUESS}" in error


def test_what_is_proposed_is_written_when_asked_for(
    root: Path, hosts: FakeHosts, capsys: pytest.CaptureFixture[str]
) -> None:
    (root / GUESS).write_text(
        (root / GUESS).read_text(encoding="utf-8").replace("records:", "# as seen\nrecords:"),
        encoding="utf-8",
    )
    hosts.routes |= {"/arxiv_api": Answer(atom()), "/crossref_api": crossref(PUBLISHED)}
    faults = [d.rule for d in findings(root)]
    refreshed(root, "nobody2021guess", "--write", capsys=capsys)
    assert (
        "# as seen\nrecords:\n"
        '  - {venue: arxiv, year: 2021, month: 1, arxiv: "2101.99992"}\n'
        '  - {venue: imaginary-journal, year: 2022, month: 6, doi: "10.99999/guess", pages: "5-9"}\n'
    ) in (root / GUESS).read_text(encoding="utf-8")
    assert [d.rule for d in findings(root)] == faults
    status, proposals, _ = refreshed(root, "nobody2021guess", capsys=capsys)
    assert (status, proposals) == (0, [])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"title": ["Guess Which Word Matters"]}, None),
        ({"author": [{"family": "Somebody"}]}, None),
        ({"type": "posted-content"}, None),
        ({"container-title": ["Nature"]}, "it was published, but 'Nature' is no venue here"),
        ({"issued": {"date-parts": [[2020]]}}, "it was published at JIR 2020, before its first year here"),
    ],
)
def test_only_the_same_work_is_proposed(
    root: Path,
    hosts: FakeHosts,
    capsys: pytest.CaptureFixture[str],
    change: dict[str, Any],
    message: str | None,
) -> None:
    hosts.routes |= {"/arxiv_api": Answer(atom()), "/crossref_api": crossref({**PUBLISHED, **change})}
    _, proposals, _ = refreshed(root, "nobody2021guess", capsys=capsys)
    assert [p["message"][: len(message or "")] for p in proposals] == ([message] if message else [])
    assert all(p["edits"] == [] for p in proposals)


@pytest.mark.parametrize(
    ("more", "message"),
    [
        ("<a:doi>10.99999/guess</a:doi>", "it was published at JIR 2022"),
        ("<a:journal_ref>JIR 7 (2022)</a:journal_ref>", "arXiv says: JIR 7 (2022)"),
    ],
)
def test_what_arxiv_says(
    root: Path, hosts: FakeHosts, capsys: pytest.CaptureFixture[str], more: str, message: str
) -> None:
    named = more.replace("<a:", "<a:").replace(">", ' xmlns:a="http://arxiv.org/schemas/atom">', 1)
    entry = atom_entry("2101.99992", "Guess Which Words Matter", "N. Nobody", more=named)
    hosts.routes |= {
        "/arxiv_api": Answer(atom(entry)),
        "/doi_api": Answer(json.dumps(PUBLISHED).encode()),
        "/crossref_api": crossref(),
    }
    _, proposals, _ = refreshed(root, "nobody2021guess", capsys=capsys)
    assert [p["message"] for p in proposals] == [message]


def test_all_preprints_are_asked_about_at_once_and_published_works_are_not(
    root: Path, hosts: FakeHosts, capsys: pytest.CaptureFixture[str]
) -> None:
    change = replaced(TILE, f'"{OLD}"', f'"{hosts.address}/code"')
    change(root)
    hosts.routes |= {"/arxiv_api": Answer(atom()), "/crossref_api": crossref(), "/code": Answer()}
    status, proposals, _ = refreshed(root, capsys=capsys)
    assert (status, proposals) == (0, [])
    asked = [path for path in hosts.paths if "arxiv_api" in path]
    assert asked == ["GET /arxiv_api?id_list=2302.99993,2205.99991,2101.99992&max_results=3"]
    assert len([path for path in hosts.paths if "crossref_api" in path]) == 2


@pytest.mark.parametrize(
    ("status", "target", "proposed"),
    [(301, "/new/code", True), (308, "/new/code", True), (302, "/new/code", False), (301, "/", False),
     (301, "/login?back=code", False), (301, "/gone", False)],
)  # fmt: skip
def test_code_that_moved(
    root: Path,
    hosts: FakeHosts,
    capsys: pytest.CaptureFixture[str],
    status: int,
    target: str,
    *,
    proposed: bool,
) -> None:
    replaced(TILE, f'"{OLD}"', f'"{hosts.address}/code"')(root)
    hosts.routes |= {"/": Answer(), "/gone": Answer(status=404), "/arxiv_api": Answer(atom())}
    hosts.routes["/code"] = Answer(status=status, headers=(("Location", target),))
    _, proposals, _ = refreshed(root, "moth2022tile", "--write", capsys=capsys)
    assert [p["kind"] for p in proposals] == ["moved"] * proposed
    text = (root / TILE).read_text(encoding="utf-8")
    now = f"{hosts.address}{target if proposed else '/code'}"
    assert f'  code: {{url: "{now}", official: true}}\n' in text


def test_a_service_that_fails_is_reported_and_hides_nothing(
    root: Path, hosts: FakeHosts, capsys: pytest.CaptureFixture[str]
) -> None:
    hosts.routes |= {"/arxiv_api": Answer(b"<no"), "/crossref_api": Answer(b"{}")}
    _, proposals, _ = refreshed(root, "nobody2021guess", "cachecrew2023larder", capsys=capsys)
    assert [(p["kind"], p["file"]) for p in proposals] == [
        ("unanswered", GUESS), ("unanswered", GUESS), ("unanswered", REPORT),
    ]  # fmt: skip


def test_an_entry_that_is_not_there(root: Path, hosts: FakeHosts, capsys: pytest.CaptureFixture[str]) -> None:
    status, _, error = call("refresh", "nobody1999x", "--root", str(root), capsys=capsys)
    assert status == 2
    assert "there is no entry `nobody1999x`; `rekb search` finds keys" in error
    assert hosts.asked == []


MARKUP = Proposal("published", "papers/x.yaml", 3, "[a](javascript:b) @you `x` <b>", "https://a.example/")


def test_markdown_shows_what_comes_from_outside_as_code() -> None:
    text = REPORTS["markdown"]([MARKUP], "1 entry")
    assert text == (
        "1 entry\n\n- [ ] **published** `papers/x.yaml` line 3: `[a](javascript:b) @you 'x' <b>`"
        " (read at `https://a.example/`)\n"
    )


def test_forms_are_those_of_the_library() -> None:
    assert tuple(REPORTS) == PROPOSAL_FORMS


@pytest.fixture
def linked(tmp_path: Path, hosts: FakeHosts) -> Path:
    """Return a knowledge base of which every address is on the loopback server."""
    root = tmp_path / "small"
    (root / "papers/2020").mkdir(parents=True)
    source = copy(tmp_path)
    (root / SPARSE).write_bytes((source / SPARSE).read_bytes())
    (source / "taxonomy").rename(root / "taxonomy")
    venues = root / "taxonomy/venues.yaml"
    text = venues.read_text(encoding="utf-8")
    for address in ("https://arxiv.org/", "https://github.com/"):
        text = text.replace(address, f"{hosts.address}/venue")
    venues.write_text(text, encoding="utf-8")
    links = (
        f'links:\n  code: {{url: "{hosts.address}/code", official: true}}\n  project: {hosts.address}/page\n'
    )
    entry = (root / SPARSE).read_text(encoding="utf-8").replace("topics:\n", f"{links}topics:\n")
    (root / SPARSE).write_text(entry, encoding="utf-8")
    hosts.routes["/"] = Answer(b"well")
    return root


def checked(
    root: Path, today: str, *arguments: str, capsys: pytest.CaptureFixture[str]
) -> tuple[int, list[tuple[str, int, str]], str]:
    options = ("--root", str(root), "--format", "json", "--today", today)
    status, output, _ = call("check-links", *options, *arguments, capsys=capsys)
    report = json.loads(output)
    return status, [(p["kind"], p["line"], p["source"]) for p in report["proposals"]], report["summary"]


def test_head_comes_before_get(linked: Path, hosts: FakeHosts, capsys: pytest.CaptureFixture[str]) -> None:
    hosts.routes["HEAD /page"] = Answer(status=405)
    status, found, summary = checked(linked, "2026-11-24", capsys=capsys)
    assert (status, found) == (0, [])
    assert summary.startswith("3 addresses: 3 well, 0 failed today, 0 whose host does not say")
    assert sorted(hosts.paths) == ["GET /page", "HEAD /code", "HEAD /page", "HEAD /venue"]


def test_an_address_is_dead_after_three_failures_over_two_weeks(
    linked: Path, hosts: FakeHosts, capsys: pytest.CaptureFixture[str]
) -> None:
    hosts.routes["/page"] = Answer(status=404)
    dead = [("dead", 10, f"{hosts.address}/page")]
    for today, wanted in (
        ("2026-11-01", []), ("2026-11-01", []), ("2026-11-08", []), ("2026-11-14", []), ("2026-11-15", dead),
        ("2026-11-22", dead),
    ):  # fmt: skip
        status, found, _ = checked(linked, today, capsys=capsys)
        assert (today, found, status) == (today, wanted, int(bool(wanted)))
    hosts.routes["/page"] = Answer()
    assert checked(linked, "2026-11-29", capsys=capsys)[1] == []
    assert json.loads((linked / ".rekb/links.json").read_text(encoding="utf-8"))["failures"] == {}


@pytest.mark.parametrize(
    ("status", "reported"), [(403, False), (429, False), (401, False), (410, True), (500, True)]
)
def test_a_host_that_does_not_tell_is_no_failure(
    linked: Path, hosts: FakeHosts, capsys: pytest.CaptureFixture[str], status: int, *, reported: bool,
) -> None:  # fmt: skip
    hosts.routes["/page"] = Answer(status=status)
    for today in ("2026-11-01", "2026-11-10", "2026-11-20"):
        found = checked(linked, today, capsys=capsys)[1]
    assert [kind for kind, _, _ in found] == ["dead"] * reported


def test_what_moved_for_good_is_written(
    linked: Path, hosts: FakeHosts, capsys: pytest.CaptureFixture[str]
) -> None:
    hosts.routes["/page"] = Answer(status=301, headers=(("Location", "/new/page"),))
    assert checked(linked, "2026-11-24", capsys=capsys)[1] == [("moved", 10, f"{hosts.address}/page")]
    assert f"project: {hosts.address}/page\n" in (linked / SPARSE).read_text(encoding="utf-8")
    checked(linked, "2026-11-24", "--write", capsys=capsys)
    assert f"project: {hosts.address}/new/page\n" in (linked / SPARSE).read_text(encoding="utf-8")
    assert checked(linked, "2026-11-24", capsys=capsys)[:2] == (0, [])


def test_a_state_of_another_kind_is_reported(
    linked: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "state.json"
    file.write_text("[]", encoding="utf-8")
    status, output, error = call("check-links", "--root", str(linked), "--state", str(file), capsys=capsys)
    assert (status, output) == (2, "")
    assert "this is no state of an earlier run; delete it to start anew" in error


def test_a_state_is_read_back() -> None:
    state = LinkState()
    for day in (3, 1, 3):
        state.see(Look("https://a.example/", Health.FAILS, "status 404"), date(2026, 11, day))
    state.see(Look("https://b.example/", Health.UNKNOWN, "status 403"), date(2026, 11, 1))
    again = read_state(state.dumped())
    assert again == state
    assert again.failures == {
        "https://a.example/": Failures((date(2026, 11, 1), date(2026, 11, 3)), "status 404")
    }
    with pytest.raises(LookupFailedError):
        read_state('{"failures": {"a": {"days": ["x"], "told": ""}}}')


def test_every_address_of_the_data_is_found(root: Path) -> None:
    found = addresses(load(root)[0])
    assert {
        OLD, "https://example.org/tile", "https://example.org/tile/paper", "https://arxiv.org/",
        "https://arxiv.org/abs/2205.99991", "https://doi.org/10.99999/tile.2023.1",
        "https://openreview.net/forum?id=TileTile1", "https://aclanthology.org/2023.nowhere-long.1/",
        "https://proceedings.mlr.press/v999/moth23a.html", "https://example.org/giant",
    } <= set(found)  # fmt: skip
    places = [(use.file, use.path) for use in found["https://example.org/tile"]]
    assert (TILE, ("checked", "sources", 0)) in places
    assert (TILE, ("records", 1, "url")) in places


def test_hosts_take_turns() -> None:
    found = dict.fromkeys(["https://a.example/1", "https://a.example/2", "https://b.example/1"])
    assert in_turn(found) == ["https://a.example/1", "https://b.example/1", "https://a.example/2"]
