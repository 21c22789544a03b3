"""No writer touches a file of which something was not read: it stays, the run says so and ends with 1."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fake_hosts import Answer, FakeHosts, atom, fake_hosts
from fixture_kb import CONFIG, GUESS, SPARSE, Change, added, configured, copy, replaced
from rekb.cli import main
from rekb.lookup.services import BASES
from test_cli_upkeep import PUBLISHED, crossref

Outcome = tuple[int, str]
"""Exit status, and everything that was printed."""

DAMAGE: dict[str, tuple[Change, str]] = {
    "a second document": (added(GUESS, "---\ntitle: Another\n"), "several-documents in line 18"),
    "a repeated key": (added(GUESS, 'title: "Another"\n'), "duplicate-key in line 18"),
    "a key repeated in a record": (
        replaced(GUESS, "month: 1,", "month: 1, month: 2,"),
        "duplicate-key in line 7",
    ),
    "an alias": (added(GUESS, "hardware: &a [b]\nmodalities: *a\n"), "yaml-anchor in line 18"),
    "a tag": (replaced(GUESS, "kind: paper", "kind: !!str paper"), "yaml-tag in line 3"),
    "a merge key": (added(GUESS, "<<: {name: X}\n"), "yaml-merge-key in line 18"),
    "a directive": (
        lambda root: (root / GUESS).write_text(f"%YAML 1.2\n---\n{(root / GUESS).read_text()}"),
        "yaml-directive in line 1",
    ),
}  # fmt: skip
"""What the reader leaves out of a file that it reads otherwise, and how a run names it."""
UNTIDY = replaced(GUESS, "venue: arxiv, year", "venue: CoRR, year")
"""What `--fix` would correct."""


@pytest.fixture
def hosts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeHosts]:
    with fake_hosts() as made:
        for name in BASES:
            monkeypatch.setenv(name, f"{made.address}/{name.removeprefix('REKB_').lower()}")
        monkeypatch.setenv("REKB_SPACING", "0")
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
        made.routes |= {"/arxiv_api": Answer(atom()), "/crossref_api": crossref(PUBLISHED)}
        yield made


def outcome(root: Path, *arguments: str, capsys: pytest.CaptureFixture[str]) -> Outcome:
    with pytest.raises(SystemExit) as ended:
        main([*arguments, "--root", str(root)])
    printed = capsys.readouterr()
    assert isinstance(ended.value.code, int)
    return ended.value.code, printed.out + printed.err


def files(root: Path) -> dict[str, bytes]:
    """Return every data file with its bytes."""
    return {file.relative_to(root).as_posix(): file.read_bytes() for file in root.rglob("*.yaml")}


def by_fmt(root: Path, capsys: pytest.CaptureFixture[str]) -> Outcome:
    return outcome(root, "fmt", capsys=capsys)


def by_fix(root: Path, capsys: pytest.CaptureFixture[str]) -> Outcome:
    return outcome(root, "validate", "--fix", capsys=capsys)


def by_import(root: Path, capsys: pytest.CaptureFixture[str]) -> Outcome:
    """Import a bibliography that knows more of the entry."""
    file = root.parent / "more.bib"
    lines = [
        "@article{x, title={Guess Which Words Matter}, author={Nobody, N.}, year=2022,",
        "journal={Journal of Imaginary Results}, eprint={2101.99992}, doi={10.99999/guess}}",
    ]
    file.write_text("\n".join(lines), encoding="utf-8")
    return outcome(root, "import", str(file), "--offline", capsys=capsys)


def by_refresh(root: Path, capsys: pytest.CaptureFixture[str]) -> Outcome:
    return outcome(root, "refresh", "nobody2021guess", "--write", capsys=capsys)


WRITERS = [by_fmt, by_fix, by_import, by_refresh]
Writer = Callable[[Path, pytest.CaptureFixture[str]], Outcome]


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("damage", DAMAGE)
def test_a_file_that_was_not_read_whole_is_left(
    tmp_path: Path, hosts: FakeHosts, capsys: pytest.CaptureFixture[str], damage: str, writer: Writer
) -> None:
    assert hosts.address
    change, named = DAMAGE[damage]
    untidy = [UNTIDY] if writer is by_fix else []
    root = copy(tmp_path, change, *untidy)
    before = files(root)
    status, printed = writer(root, capsys)
    assert {file: text for file, text in files(root).items() if file in before} == before
    assert status == 1
    assert GUESS in printed
    if writer is by_fix:
        assert f"left {GUESS}: correct what is not read first: {named}" in printed


@pytest.mark.parametrize("writer", WRITERS)
def test_a_file_without_faults_is_written(
    tmp_path: Path, hosts: FakeHosts, capsys: pytest.CaptureFixture[str], writer: Writer
) -> None:
    assert hosts.address
    untidy = UNTIDY if writer is by_fix else replaced(GUESS, "kind: paper", "kind:   paper")
    root = copy(tmp_path, untidy)
    before = (root / GUESS).read_bytes()
    writer(root, capsys)
    assert (root / GUESS).read_bytes() != before


NUMBERS = [
    ('arxiv: "2101.99992"', "arxiv: 2101.99990", "records[0].arxiv", "2101.99990"),
    ('arxiv: "2101.99992"', 'arxiv: "2101.99992", volume: 1.10', "records[0].volume", "1.10"),
    ('arxiv: "2101.99992"', 'arxiv: "2101.99992", issue: 007', "records[0].issue", "007"),
    ('arxiv: "2101.99992"', 'arxiv: "2101.99992", openreview: 1e10', "records[0].openreview", "1e10"),
]


@pytest.mark.parametrize(("old", "new", "field", "text"), NUMBERS)
def test_a_number_that_should_be_text_keeps_its_zeros(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, field: str, text: str
) -> None:
    root = copy(tmp_path, replaced(GUESS, old, new), UNTIDY)
    before = (root / GUESS).read_bytes()
    for writer in (by_fmt, by_fix):
        status, printed = writer(root, capsys)
        assert status == 1
        assert (root / GUESS).read_bytes() == before
    assert f"left {GUESS}: correct `{field}` first: it says `{text}` without quotes" in printed


@pytest.mark.parametrize("option", ["--fix", "--diff"])
def test_a_file_that_is_left_fails_the_run_even_where_its_findings_do_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], option: str
) -> None:
    root = copy(tmp_path, replaced(GUESS, "Guess Which", "Guess  Which"), added(GUESS, "title: Again\n"))
    status, printed = outcome(root, "validate", option, GUESS, capsys=capsys)
    assert status == 1
    assert f"left {GUESS}: correct what is not read first: duplicate-key in line 18" in printed


BROKEN = [configured("levels: ["), configured("default_level: Expert!"), configured("lead: a\nlead: b")]


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("change", BROKEN)
def test_nothing_is_written_where_the_configuration_has_faults(
    tmp_path: Path, hosts: FakeHosts, capsys: pytest.CaptureFixture[str], change: Change, writer: Writer
) -> None:
    assert hosts.address
    root = copy(tmp_path, change, replaced(GUESS, "kind: paper", "kind:   paper"), UNTIDY)
    before = files(root)
    status, printed = writer(root, capsys)
    assert status == 1
    assert CONFIG in printed
    assert files(root) == before


def test_an_address_that_moved_in_a_file_that_was_not_read_whole(
    tmp_path: Path, hosts: FakeHosts, capsys: pytest.CaptureFixture[str]
) -> None:
    hosts.routes["/old"] = Answer(status=301, headers=(("Location", "/new/page"),))
    hosts.routes["/new/page"] = Answer(b"well")
    link = f"links:\n  project: {hosts.address}/old\n"
    root = copy(tmp_path, added(SPARSE, link), added(SPARSE, "---\ntitle: Another\n"))
    for other in ("papers/2021", "papers/2022", "papers/2023"):
        for file in (root / other).iterdir():
            file.unlink()
    venues = root / "taxonomy/venues.yaml"
    venues.write_text(venues.read_text(encoding="utf-8").replace("https://", f"{hosts.address}/"))
    before = (root / SPARSE).read_bytes()
    status, printed = outcome(root, "check-links", "--write", "--today", "2026-11-24", capsys=capsys)
    assert (root / SPARSE).read_bytes() == before
    assert status == 1
    assert f"left as it is: {SPARSE}: correct what is not read first: several-documents in line 14" in printed


def test_a_file_that_changed_meanwhile_is_left(
    tmp_path: Path, hosts: FakeHosts, capsys: pytest.CaptureFixture[str]
) -> None:
    root = copy(tmp_path)

    def answer(_: int) -> Answer:
        added(GUESS, "# written meanwhile\n")(root)
        return crossref(PUBLISHED)

    hosts.routes["/crossref_api"] = answer
    status, printed = by_refresh(root, capsys)
    assert status == 1
    assert f"left as it is: {GUESS} changed while it was read; run again" in printed
    text = (root / GUESS).read_text(encoding="utf-8")
    assert text.endswith("# written meanwhile\n")
    assert "imaginary-journal" not in text
