"""`rekb watch`: what lists name, what was decided about it, and in which order the rest is proposed."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from fake_hosts import Answer, FakeHosts, atom, atom_entry
from fixture_kb import added, configured, copy, findings
from rekb.kb.decisions import decisions, recall, recall_of_all
from rekb.loading.loader import load
from rekb.model.watch import Candidate
from rekb.upkeep.ranking import ranked
from rekb.upkeep.watching import canonical_id
from test_cli_commands import call

CANDIDATES = "taxonomy/candidates.json"
DECLINED = "taxonomy/declined.yaml"
WATCHED = """\
watch:
  lists:
    - {id: big-list, title: A big list}
    - {id: small-list, title: A small list, within: [Attention]}
"""
REFUSED = """\
# yaml-language-server: $schema=../docs/schema/declined.json
reasons:
  - {id: no-resource, text: "Is a resource named?"}
  - {id: overview, text: "Is it a work of its own?"}
declined:
  - {id: "arxiv:2401.99990", title: A survey of lamps, because: overview, on: 2026-01-02}
"""
BIG = """\
# Lamps

## Attention

- [The Tile: Moth-Like Attention, "Exact" and Small](https://arxiv.org/abs/2205.99991)
- [A survey of lamps](https://arxiv.org/abs/2401.99990)
- [Moths that cache their keys](https://arxiv.org/abs/2403.99992)
- [Lamps without any number](https://lamps.example.org/paper.html)
"""
SMALL = """\
# Lists

## Attention

- [Moths that cache their keys](https://arxiv.org/abs/2403.99992)

## Butterflies

- [Butterflies that cache](https://arxiv.org/abs/2403.99993)
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Return a knowledge base that watches two lists and declined one work; the lists are beside it."""
    made = copy(tmp_path, configured(WATCHED), added(DECLINED, REFUSED))
    (tmp_path / "big.md").write_text(BIG, encoding="utf-8")
    (tmp_path / "small.md").write_text(SMALL, encoding="utf-8")
    return made


def watched(root: Path, *arguments: str, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    """Return the report of a run over both lists that asks nobody."""
    files = (f"big-list={root.parent / 'big.md'}", f"small-list={root.parent / 'small.md'}")
    options = ("--root", str(root), "--offline", "--format", "json", "--today", "2026-03-01")
    status, output, error = call("watch", *options, *arguments, *files, capsys=capsys)
    assert status == 0, error
    report: dict[str, Any] = json.loads(output)
    return report


def test_only_undecided_works_are_proposed(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = watched(root, capsys=capsys)
    found = {work["id"]: work.get("lists") for work in report["works"]}
    assert found == {
        "arxiv:2403.99992": ["big-list", "small-list"],
        "title:lampswithoutanynumber": ["big-list"],
    }
    assert report["undecided"] == 2
    assert report["works"][0]["id"] == "arxiv:2403.99992", "a work of two lists comes first"


def test_what_is_recorded_validates_and_is_read_back(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    watched(root, "--record", capsys=capsys)
    assert [f.rule for f in findings(root) if f.place.path in (CANDIDATES, DECLINED)] == []
    base, _ = load(root)
    assert [(row.id, row.lists, row.first, row.seen) for row in base.candidates] == [
        ("arxiv:2403.99992", ("big-list", "small-list"), "2024-03", date(2026, 3, 1)),
        ("title:lampswithoutanynumber", ("big-list",), None, date(2026, 3, 1)),
        ("arxiv:2205.99991", ("big-list",), "2022-05", date(2026, 3, 1)),
        ("arxiv:2401.99990", ("big-list",), "2024-01", date(2026, 3, 1)),
    ]


def test_a_recorded_title_is_written_as_it_is_read(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    big = root.parent / "big.md"
    big.write_text(BIG.replace("Lamps without", "Lampes d\u2019\u00e9t\u00e9 without"), encoding="utf-8")
    watched(root, "--record", capsys=capsys)
    assert "Lampes d\u2019\u00e9t\u00e9 without any" in (root / CANDIDATES).read_text(encoding="utf-8")


def recorded(root: Path) -> dict[str, list[str]]:
    """Return the ids in the file of candidates, by its two lists."""
    written = json.loads((root / CANDIDATES).read_text(encoding="utf-8"))
    return {name: [row["id"] for row in rows] for name, rows in written.items()}


WAITING = ["arxiv:2403.99992", "title:lampswithoutanynumber"]
DECIDED = ["arxiv:2205.99991", "arxiv:2401.99990"]


@pytest.mark.parametrize(
    ("lines", "waiting", "decided"),
    [
        (REFUSED, WAITING, DECIDED),
        (REFUSED.replace("2401.99990", "2401.99999").replace("of lamps", "of flies"),
         ["arxiv:2401.99990", *WAITING], ["arxiv:2205.99991"]),
        (REFUSED.replace("2401.99990", "2403.99992").replace("A survey of lamps", "Moths that cache"),
         ["arxiv:2401.99990", WAITING[1]], ["arxiv:2205.99991", WAITING[0]]),
    ],
    ids=["as-it-is", "a-decision-is-taken-back", "another-is-declined"],
)  # fmt: skip
def test_a_work_waits_until_it_is_decided(
    root: Path, lines: str, waiting: list[str], decided: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    watched(root, "--record", capsys=capsys)
    assert recorded(root) == {"candidates": WAITING, "decided": DECIDED}
    (root / DECLINED).write_text(lines, encoding="utf-8")
    status, _, error = call("watch", "--root", str(root), "--offline", "--record", capsys=capsys)
    assert (status, error) == (0, "")
    assert recorded(root) == {"candidates": waiting, "decided": decided}


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"id": "arxiv:2403.99992"', '"id": "2403.99992"', "line 2: id: an id is a scheme and a value"),
        ('"id": "arxiv:2401.99990"', '"id": "2401.99990"', "row 2 of `decided`: id: an id is a scheme"),
        ('{"candidates"', '{"candidate"', "this is not the record of watched lists: "),
    ],
)
def test_a_row_that_cannot_be_read_is_named(
    root: Path, old: str, new: str, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    watched(root, "--record", capsys=capsys)
    text = (root / CANDIDATES).read_text(encoding="utf-8")
    (root / CANDIDATES).write_text(text.replace(old, new), encoding="utf-8")
    (found,) = [f for f in findings(root) if f.place.path == CANDIDATES]
    assert (found.rule, found.message[: len(message)]) == ("bad-candidates", message)


def test_a_second_run_changes_nothing_and_keeps_what_was_noted(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    watched(root, "--record", capsys=capsys)
    file = root / CANDIDATES
    noted = file.read_text(encoding="utf-8").replace(
        '"seen": "2026-03-01"}', '"seen": "2026-02-01", "tried": "no page could be read"}'
    )
    file.write_text(noted, encoding="utf-8")
    watched(root, "--record", capsys=capsys)
    waiting, sign, decided = noted.partition('"decided"')
    # What was tried in vain is no longer told of a work that is decided.
    kept = waiting + sign + decided.replace(', "tried": "no page could be read"', "")
    assert file.read_text(encoding="utf-8") == kept


def test_a_list_that_drops_a_work_no_longer_names_it(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    watched(root, "--record", capsys=capsys)
    (root.parent / "small.md").write_text(SMALL.replace("2403.99992", "2403.99994"), encoding="utf-8")
    watched(root, "--record", capsys=capsys)
    base, _ = load(root)
    named = {row.id: row.lists for row in base.candidates}
    # The title is the same, so it is one work for the list, whatever number stands behind it.
    assert named["arxiv:2403.99992"] == ("big-list", "small-list")
    (root.parent / "small.md").write_text(SMALL.replace("- [Moths", "- [Flies"), encoding="utf-8")
    (root.parent / "big.md").write_text(BIG.replace("- [Moths", "Moths ["), encoding="utf-8")
    watched(root, "--record", capsys=capsys)
    assert {row.id: row.lists for row in load(root)[0].candidates}["arxiv:2403.99992"] == ("small-list",)


def test_recall_counts_each_list_and_year(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    watched(root, "--record", capsys=capsys)
    base, _ = load(root)
    big, small = recall(base)
    assert (big.whole.named, big.whole.entered, big.whole.declined, big.whole.undecided) == (4, 1, 1, 2)
    assert {year: row.named for year, row in big.years.items()} == {2024: 2, 2022: 1}
    assert (small.whole.named, small.whole.undecided, small.whole.days) == (1, 1, None)
    # From the middle of 2024-01 to the decision of 2026-01-02.
    assert big.years[2024].days == (date(2026, 1, 2) - date(2024, 1, 15)).days
    assert recall_of_all(base, 2).named == 1


@pytest.mark.parametrize(
    ("text", "identity"),
    [
        ("2403.99992", "arxiv:2403.99992"),
        ("https://arxiv.org/abs/2403.99992v3", "arxiv:2403.99992"),
        ("arxiv:2403.99992", "arxiv:2403.99992"),
        ("doi:10.1145/3600006.3613165", "doi:10.1145/3600006.3613165"),
        ("doi:10.18653/v1/2024.acl-long.1", "acl:2024.acl-long.1"),
        ("title:Lamps without any number", "title:lampswithoutanynumber"),
    ],
)
def test_ids_have_one_spelling(text: str, identity: str) -> None:
    assert canonical_id(text) == identity


def test_a_declined_work_never_comes_back(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    watched(root, "--record", capsys=capsys)
    status, _, error = call(
        "watch", "--root", str(root), "--decline", "2403.99992", "--because", "no-resource",
        "--note", "names no saving", "--today", "2026-03-02", capsys=capsys,
    )  # fmt: skip
    assert (status, error) == (0, "declined arxiv:2403.99992: Moths that cache their keys\n")
    assert [work["id"] for work in watched(root, capsys=capsys)["works"]] == ["title:lampswithoutanynumber"]
    assert (
        (root / DECLINED)
        .read_text(encoding="utf-8")
        .endswith(
            '  - {id: "arxiv:2403.99992", title: Moths that cache their keys, because: no-resource, '
            'note: "names no saving", on: 2026-03-02}\n'
        )
    )
    assert [f.rule for f in findings(root) if f.place.path == DECLINED] == []


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--decline", "2403.99992", "--because", "no-resourse"), "no reason `no-resourse`"),
        (("--decline", "2205.99991", "--because", "overview"), "is entered as moth2022tile already"),
        (("--decline", "2401.99990", "--because", "overview"), "is declined already"),
        (("--decline", "2403.11111", "--because", "overview"), "is not in taxonomy/candidates.json"),
        (("--decline", "nonsense words", "--because", "overview"), "no identifier"),
        (("--decline", "2403.99992"), "go together"),
        (("--offline", "bigg-list=x.md"), "did you mean `big-list`?"),
        (("--offline", "x.md"), "write the list's id and the file"),
    ],
)
def test_what_cannot_be_done_is_answered(
    root: Path, arguments: tuple[str, ...], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    watched(root, "--record", capsys=capsys)
    before = (root / DECLINED).read_bytes()
    status, _, error = call("watch", "--root", str(root), *arguments, capsys=capsys)
    assert status == 2
    assert words in error
    assert (root / DECLINED).read_bytes() == before


def test_a_base_that_watches_nothing_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, _, error = call("watch", "--root", str(copy(tmp_path)), "--offline", capsys=capsys)
    assert status == 2
    assert "nothing is watched: name lists under `watch` in rekb.yaml" in error


def test_a_list_that_fails_is_reported_and_hides_nothing(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (root.parent / "small.md").write_text("# Nothing here\n", encoding="utf-8")
    files = (f"big-list={root.parent / 'big.md'}", f"small-list={root.parent / 'small.md'}")
    status, output, error = call("watch", "--root", str(root), "--offline", *files, capsys=capsys)
    assert status == 1
    assert "Moths that cache their keys" in output
    assert "small-list: small.md: no work was found in it" in error


def test_lists_and_preprints_are_asked_for(
    root: Path, hosts: FakeHosts, capsys: pytest.CaptureFixture[str]
) -> None:
    hosts.routes["/lists/big.md"] = Answer(BIG.encode())
    hosts.routes["/arxiv_api"] = Answer(atom(atom_entry("2602.99995", "A newly hatched moth cache")))
    config = root / "rekb.yaml"
    text = config.read_text(encoding="utf-8").replace(
        "title: A big list}", f'title: A big list, url: "{hosts.address}/lists/big.md"}}'
    )
    config.write_text(
        f'{text}  arxiv: {{categories: [cs.LG], words: ["moth cache"], most: 7}}\n', encoding="utf-8"
    )
    status, output, _ = call("watch", "--root", str(root), "--format", "json", "--no-cache", capsys=capsys)
    assert status == 0
    assert [work["id"] for work in json.loads(output)["works"]] == [
        "arxiv:2403.99992",
        "arxiv:2602.99995",
        "title:lampswithoutanynumber",
    ]
    (asked,) = [path for path in hosts.paths if "arxiv_api" in path]
    assert "search_query=%28cat%3Acs.LG%29%20AND%20%28ti%3A%22moth%20cache%22%20OR" in asked
    assert asked.endswith("sortBy=submittedDate&sortOrder=descending&max_results=7")


def test_the_best_candidates_become_drafts(
    root: Path, hosts: FakeHosts, capsys: pytest.CaptureFixture[str]
) -> None:
    entry = atom_entry("2403.99992", "Moths that cache their keys", "Ada Moth")
    hosts.routes["/arxiv_api"] = Answer(atom(entry))
    files = (f"big-list={root.parent / 'big.md'}",)
    status, _, error = call("watch", "--root", str(root), "--draft", "1", "--no-cache", *files, capsys=capsys)
    assert status == 0, error
    written = [line for line in error.splitlines() if line.startswith("wrote ")]
    assert len(written) == 1
    assert (root / written[0].removeprefix("wrote ")).is_file()


def test_markdown_shows_what_comes_from_outside_as_text(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hostile = "- [Moths <img src=x> @everyone | [x](y)](https://arxiv.org/abs/2403.99996)\n"
    (root.parent / "big.md").write_text(BIG + hostile, encoding="utf-8")
    files = (f"big-list={root.parent / 'big.md'}",)
    _, output, _ = call(
        "watch", "--root", str(root), "--offline", "--format", "markdown", *files, capsys=capsys
    )
    row = next(line for line in output.splitlines() if "2403.99996" in line)
    assert row.startswith("| `arxiv:2403.99996` | `[Moths @everyone` | `big-list` |")


def test_another_base_is_a_list(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    entries = [{"title": "Elsewhere", "records": [{"venue": "x", "year": 2024, "doi": "10.99999/else"}]}]
    other = root.parent / "all.json"
    other.write_text(json.dumps({"schema_version": 1, "entries": entries}), encoding="utf-8")
    _, output, _ = call(
        "watch", "--root", str(root), "--offline", "--format", "json", f"big-list={other}", capsys=capsys
    )
    assert [work["id"] for work in json.loads(output)["works"]] == ["doi:10.99999/else"]


def test_what_reads_like_declined_works_comes_later(root: Path) -> None:
    base, _ = load(root)
    named = ("Tile attention of moths", "Another survey of lamps")
    rows = [
        Candidate(id=f"title:{name.lower().replace(' ', '')}", title=name, seen=date(2026, 1, 1))
        for name in reversed(named)
    ]
    assert [row.candidate.title for row in ranked(base, rows)] == list(named)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((1, "2024"), (1, "2023-12")),
        ((1, "2019"), (1, None)),
        ((2, "2022"), (1, "2024")),
        ((2, "2015"), (1, "2024")),
        ((4, "2022"), (6, "2021")),
        ((1, "2024-05"), (1, "2024-04")),
    ],
    ids=["newer", "undated-last", "lists-before-age", "age-has-an-end", "four-lists-at-most", "month"],
)
def test_the_newer_one_and_the_one_of_more_lists_come_first(
    root: Path, first: tuple[int, str | None], second: tuple[int, str | None]
) -> None:
    base, _ = load(root)
    rows = []
    for name, (lists, day) in (("b", second), ("a", first)):
        named = tuple(f"list-{number}" for number in range(lists))
        title = "Moths that cache"
        rows.append(Candidate(id=f"title:{name}", title=title, lists=named, first=day, seen=date(2026, 1, 1)))
    assert [row.candidate.id for row in ranked(base, rows)] == ["title:a", "title:b"]


def test_a_work_is_known_by_the_title_of_one_of_its_records(root: Path) -> None:
    file = root / "papers/2022/moth2022tile.yaml"
    text = file.read_text(encoding="utf-8")
    record = next(line for line in text.splitlines() if line.lstrip().startswith("- {venue: arxiv"))
    renamed = record.replace("{venue: arxiv,", "{venue: arxiv, title: Lamps without any number,")
    file.write_text(text.replace(record, renamed), encoding="utf-8")
    base, report = load(root)
    assert not report.failed
    assert decisions(base).of((), "Lamps Without any Number").key == "moth2022tile"


@pytest.mark.parametrize(
    ("ids", "title", "key"),
    [
        ((), "TileLight: A Recipe for Lamps without Loss", "moth2022tile"),
        (("title:x",), "TILELIGHT: Recipe for Lamps without any Loss", "moth2022tile"),
        # Another identifier is another work, whatever its name.
        (("arxiv:2601.00001",), "TileLight: A Recipe for Lamps without Loss", None),
        ((), "TileLight: How Moths Find the Moon", None),
        ((), "TileDark: A Recipe of Lamps without Loss", None),
        ((), "A Recipe of Lamps without Loss", None),
    ],
)
def test_a_work_without_identifier_is_known_by_its_name_and_most_words(
    root: Path, ids: tuple[str, ...], title: str, key: str | None
) -> None:
    file = root / "papers/2022/moth2022tile.yaml"
    text = file.read_text(encoding="utf-8")
    heading = next(line for line in text.splitlines() if line.startswith("title:"))
    file.write_text(
        text.replace(heading, 'title: "TileLight: A Recipe of Lamps without Loss"'), encoding="utf-8"
    )
    assert decisions(load(root)[0]).of(ids, title).key == key
