"""Reported results: ids in words, sources as addresses, places as people write them, a table of them."""

import csv
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from fixture_kb import KB, TILE, copy, replaced
from rekb.kb.evidence import evidence
from rekb.kb.numbers import Asked, numbers
from rekb.kb.primary import AUTHORS, is_primary
from rekb.kb.results import in_sentence, result_id, result_words, source_address, with_ids
from rekb.kb.values import PRINTED, value_words
from rekb.loading.loader import load
from rekb.model.results import Result, Source
from rekb.site.parts.numbers import headline, value_text
from rekb.sources.places import place_of
from test_cli_commands import call

BASE, _ = load(KB)
KEY = "moth2022tile"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("abstract", {"kind": "abstract"}),
        ("Table 2", {"kind": "table", "number": "2"}),
        ("Tables 2 and 3", {"kind": "table", "number": "2 and 3"}),
        ("Fig. 4b", {"kind": "figure", "number": "4b"}),
        ("§4.1", {"kind": "section", "number": "4.1"}),
        ("Appendix A.2", {"kind": "appendix", "number": "A.2"}),
        (
            "Table 2, row LoRA, left half",
            {"kind": "table", "number": "2", "row": "LoRA", "where": "left half"},
        ),
        ("table of models", {"kind": "table", "where": "table of models"}),
        ("Introduction", {"kind": "section", "where": "Introduction"}),
        ("README, Results", {"kind": "readme", "where": "Results"}),
        ("model card", {"kind": "model-card"}),
        ("project page", {"kind": "page", "where": "project page"}),
        ("blog post of the authors", {"kind": "blog", "where": "blog post of the authors"}),
        ("notes on the paper", {"kind": "text", "where": "notes on the paper"}),
        ("  Section   4  ", {"kind": "section", "number": "4"}),
    ],
)
def test_a_place_is_read_as_people_write_it(text: str, place: dict[str, str]) -> None:
    assert place_of(text) == place
    Source.model_validate({"url": "https://example.org/", **place})


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("Decoding speed-up", "decoding speed-up"),
        ("KV cache reduction", "KV cache reduction"),
        ("WikiText-2 perplexity", "WikiText-2 perplexity"),
        ("FID", "FID"),
        ("F score", "F score"),
        ("No loss", "no loss"),
        ("Penn Treebank perplexity", "Penn Treebank perplexity"),
        ("Long Range Arena accuracy", "Long Range Arena accuracy"),
        ("Model FLOPs utilisation", "model FLOPs utilisation"),
        ("Macro F1", "macro F1"),
        ("Speed-up, phase not stated", "speed-up"),
        ("Accuracy, top five", "accuracy, top five"),
    ],
)
def test_a_label_inside_a_sentence(label: str, words: str) -> None:
    assert in_sentence(label) == words


def test_a_result_in_words() -> None:
    first, second = (result_words(BASE, KEY, result) for result in BASE.entries[KEY].results)
    assert (first.metric, first.model, first.hardware) == (
        "less peak memory", "Imaginary 1B, base", "one imaginary card",
    )  # fmt: skip
    assert first.baseline == "plain attention, 1"
    assert first.where == "Table 2, row Tile, first column, version 2"
    assert first.address == "https://arxiv.org/abs/2205.99991v2"
    assert first.read_in == "https://example.org/tile/paper"
    assert (first.resource, first.phase, first.better, first.kind) == ("memory", "training", "more", "ratio")
    assert (second.metric, second.where, second.read_in) == ("training speed-up", "abstract", "")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"wording": None}, {"metric": "memory reduction"}),
        ({"model_wording": None}, {"model": "Imaginary 1B"}),
        ({"hardware": None}, {"hardware": "2 × Imaginary card"}),
        ({"hardware": None, "device_count": None}, {"hardware": "Imaginary card"}),
        ({"baseline": None}, {"baseline": "Larder, 1"}),
        ({"baseline": "LoRA; full tuning, 3"}, {"baseline": "LoRA, 1; full tuning, 3"}),
        ({"baseline": None, "baseline_value": None}, {"baseline": "Larder"}),
        ({"wording": None, "metric": "no-such"}, {"metric": "no-such", "resource": "", "better": ""}),
    ],
)
def test_words_follow_from_ids_where_there_are_no_better_ones(
    changes: dict[str, Any], words: dict[str, str]
) -> None:
    written = BASE.entries[KEY].results[0].model_dump(exclude_none=True) | changes
    result = Result.model_validate({name: value for name, value in written.items() if value is not None})
    found = result_words(BASE, KEY, result)
    assert {name: getattr(found, name) for name in words} == words


@pytest.mark.parametrize(
    ("source", "address"),
    [
        ({"record": "arxiv"}, "https://arxiv.org/abs/2205.99991"),
        ({"record": "arxiv", "version": "v3"}, "https://arxiv.org/abs/2205.99991v3"),
        ({"record": "imaginary-conf"}, "https://example.org/tile"),
        ({"record": "imaginary-conf", "version": "v3"}, "https://example.org/tile"),
        ({"record": "github", "entry": "solo2023giant"}, "https://github.com/example/giant"),
        ({"record": "nowhere"}, ""),
        ({"record": "arxiv", "entry": "no2020body"}, ""),
        ({"url": "https://example.org/a b".replace(" ", "%20")}, "https://example.org/a%20b"),
    ],
)
def test_a_source_leads_to_its_page(source: dict[str, str], address: str) -> None:
    assert source_address(BASE, KEY, Source.model_validate({"kind": "text", **source})) == address


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ({}, "a `record` or a `url`, one of the two"),
        ({"record": "arxiv", "url": "https://example.org/"}, "a `record` or a `url`, one of the two"),
        ({"url": "https://example.org/", "version": "v2"}, "go with a `record`"),
        ({"record": "arxiv", "version": "2"}, "should match pattern"),
    ],
)
def test_a_source_is_in_one_place(source: dict[str, str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Source.model_validate({"kind": "abstract", **source})


@pytest.mark.parametrize(
    ("result", "taken", "name"),
    [
        ({"metric": "speed-up", "model": "opt-13b"}, (), "speed-up-opt-13b"),
        ({"wording": "Übung, 3 mal"}, (), "ubung-3-mal"),
        ({"metric": "speed-up", "device": "a100"}, ("speed-up",), "speed-up-a100"),
        ({"metric": "speed-up"}, ("speed-up",), "speed-up-2"),
        ({"metric": "speed-up"}, ("speed-up", "speed-up-2"), "speed-up-3"),
        ({"wording": "!"}, (), "result"),
    ],
)
def test_the_name_of_a_result(result: dict[str, str], taken: tuple[str, ...], name: str) -> None:
    assert result_id(result, taken) == name


def test_words_become_ids_where_they_are_a_spelling_of_them() -> None:
    words = {"wording": "Less  Memory", "model_wording": "imaginary-1B", "hardware": "ICard", "unit": "gb"}
    assert with_ids(BASE.measures, words) == {
        "metric": "memory-reduction", "model": "imaginary-1b", "device": "imaginary-card", "unit": "GB",
    }  # fmt: skip
    unknown = {"wording": "x", "model_wording": "y", "unit": "z"}
    assert with_ids(BASE.measures, unknown) == unknown


@pytest.mark.parametrize(
    ("address", "primary"),
    [
        ("https://arxiv.org/abs/2205.99991", True),
        ("https://proceedings.neurips.cc/paper/1", True),
        ("https://nips.cc./paper", True),
        ("https://example.org/elsewhere", True),  # the host of the work's own pages
        ("https://digest.example/2205.99991", False),
        ("https://arxiv.org.evil.example/abs/1", False),
        ("https://github.com/somebody/notes", False),
        ("https://github.com/mlresearch/v280", True),
        ("https://github.com/mlresearch/v280/issues/3", False),  # where any reader may write
        ("https://github.com/mlresearch/v280/discussions/3", False),
        ("https://github.com/mlresearch/v280/pull/3", False),
        ("https://zenodo.org/records/1", True),
        ("https://arxiv-export-lb.library.cornell.edu/abs/1", True),  # a host of the archive itself
        ("https://www.library.cornell.edu/1", False),
        ("https://ar5iv.labs.arxiv.org/html/2205.99991", True),  # what the archive itself makes of a paper
        ("https://browse.arxiv.org/html/2205.99991v1", True),
        ("https://www.arxiv-vanity.com/papers/2205.99991", False),
        ("https://seed.bytedance.com/en/public_papers/tile", True),
        ("https://www.bytedance.com/tile", False),
        ("https://ai.googleblog.com/2020/01/tile.html", True),
        ("https://www.mi-research.net/article/1", True),
        ("http://www.irgrid.ac.cn/handle/1", True),
        (
            "https://github.com/xinjin/xinjin.github.io/blob/main/files/paper.pdf",
            False,
        ),  # no author of this work
        ("https://yinminzhong.com/publication/tile", False),
        ("no address", False),
    ],
)
def test_primary_pages(address: str, primary: bool) -> None:  # noqa: FBT001 - a row
    assert is_primary(BASE, KEY, address) is primary


@pytest.mark.parametrize(("author", "primary"), [("Moth, Ada", True), ("Moth, Adam", False), ("Moth", False)])
def test_pages_that_authors_keep(
    monkeypatch: pytest.MonkeyPatch,
    author: str,
    primary: bool,  # noqa: FBT001 - a row
) -> None:
    monkeypatch.setitem(AUTHORS, "ada-moth", author)
    monkeypatch.setitem(AUTHORS, "moth.example", author)
    for address in ("https://github.com/Ada-Moth/pages/blob/main/tile.pdf", "https://moth.example/tile"):
        assert is_primary(BASE, KEY, address) is primary


@pytest.mark.parametrize(
    ("address", "author"),
    [
        ("https://github.com/BingyangWu/BingyangWu.github.io/blob/main/index.html", "Wu, Bingyang"),
        ("https://github.com/ranery/ranery.github.io/blob/main/index.html", "You, Haoran"),
        ("https://github.com/serendipity-zk/serendipity-zk.github.io/blob/main/index.md", "Zhu, Kan"),
        ("https://github.com/jt-zhang/jt-zhang.github.io/blob/main/index.html", "Zhang, Jintao"),
        ("https://github.com/LUMIA-Group/LUMIA-Group.github.io/blob/main/index.html", "Lin, Zhouhan"),
        ("https://github.com/noveens/noveens.github.io/blob/main/index.html", "Sachdeva, Noveen"),
        ("https://github.com/tyler-griggs/tyler-griggs.github.io/blob/main/index.html", "Griggs, Tyler"),
        ("https://simons.berkeley.edu/talks/david-woodruff", "Woodruff, David P."),
    ],
)
def test_an_authors_own_page_counts_for_that_authors_works(address: str, author: str) -> None:
    theirs = BASE.entries[KEY].model_copy(update={"authors": (author,)})
    assert is_primary(replace(BASE, entries={**BASE.entries, KEY: theirs}), KEY, address)
    assert not is_primary(BASE, KEY, address)


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        (Asked(), ["memory-reduction-imaginary-1b", "training-speed-up"]),
        (Asked(model="imaginary-1b"), ["memory-reduction-imaginary-1b"]),
        (Asked(device="imaginary-card", phase="training"), ["memory-reduction-imaginary-1b"]),
        (Asked(metric="training-speed-up"), ["training-speed-up"]),
        (Asked(phase="inference"), []),
        (Asked(entry="solo2023giant"), []),
    ],
)
def test_results_that_fit(asked: Asked, ids: list[str]) -> None:
    assert [one.result.id for one in numbers(BASE, asked)] == ids


@pytest.mark.parametrize(
    ("needs", "begins"),
    [
        ((), "up to 10–20.5× less peak memory"),
        (("memory-reduction",), "15 % training speed-up"),
        (("memory-reduction", "training-speed-up"), "up to 10–20.5× less peak memory"),
    ],
)
def test_no_work_is_summed_up_by_its_needs(tmp_path: Path, needs: tuple[str, ...], begins: str) -> None:
    changes = []
    for metric in needs:
        changes.append(replaced("taxonomy/metrics.yaml", f"id: {metric},", f"id: {metric}, need: true,"))
    base, _ = load(copy(tmp_path, *changes))
    shown = headline(base, KEY)
    assert shown is not None
    assert shown.short.startswith(begins)


@pytest.mark.parametrize(
    ("fields", "plain", "printed"),
    [
        ({"value": 3, "unit": "x"}, "3x", "3×"),
        ({"value": 2.50, "unit": "%", "comparator": "about"}, "about 2.5%", "about 2.5 %"),
        ({"value": 10, "upper": 20.5, "unit": "x", "comparator": "up-to"}, "up to 10 to 20.5x",
         "up to 10–20.5×"),
        ({"value": 3, "unit": "GB", "comparator": "at-least"}, "at least 3 GB", "at least 3 GB"),
        ({"value": 3, "unit": "GB", "comparator": "more-than"}, "more than 3 GB", "more than 3 GB"),
        ({"value": 0.1, "unit": "ms", "comparator": "less-than"}, "less than 0.1 ms", "less than 0.1 ms"),
        ({"value": 175_000_000_000, "unit": "parameters"}, "175,000,000,000 parameters",
         "175,000,000,000 parameters"),
        ({"value": 1, "unit": "GPUs"}, "1 GPU", "1 GPU"),
        ({"value": 1, "unit": "bits per value", "comparator": "less-than"}, "less than 1 bit per value",
         "less than 1 bit per value"),
        ({"value": 1, "unit": "tokens/s"}, "1 token/s", "1 token/s"),
        ({"value": 1, "unit": "entities"}, "1 entity", "1 entity"),
        ({"value": 1, "unit": "ms"}, "1 ms", "1 ms"),
        ({"value": 1, "unit": "GFLOPs"}, "1 GFLOPs", "1 GFLOPs"),
        ({"value": 1, "unit": "million tokens"}, "1 million tokens", "1 million tokens"),
        ({"value": 1, "upper": 2, "unit": "GPUs"}, "1 to 2 GPUs", "1–2 GPUs"),
        ({"value": 1234567.5, "unit": "tokens"}, "1,234,567.5 tokens", "1,234,567.5 tokens"),
    ],
)  # fmt: skip
def test_a_value_is_written_in_one_way(fields: dict[str, Any], plain: str, printed: str) -> None:
    result = Result.model_validate(
        {"id": "a", "metric": "m", "source": {"record": "arxiv", "kind": "text"}, **fields}
    )
    assert value_words(result) == plain
    assert value_words(result, PRINTED) == printed
    assert value_text(result, "any metric") == printed


def test_a_page_leaves_a_unit_out_that_the_metric_names() -> None:
    fields = {"metric": "bleu", "value": 27.3, "upper": 28, "unit": "BLEU", "comparator": "about"}
    result = Result.model_validate({"id": "a", "source": {"record": "arxiv", "kind": "text"}, **fields})
    assert value_text(result, "bleu on one set") == "about 27.3–28"


def test_commands_write_the_same_value(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    # A narrow terminal cuts what does not fit.
    monkeypatch.delenv("COLUMNS", raising=False)
    root = copy(tmp_path, replaced(TILE, "comparator: up-to", "comparator: at-least"))
    for arguments in (["show", KEY], ["numbers"]):
        _, out, _ = call(*arguments, "--root", str(root), capsys=capsys)
        assert "at least 10 to 20.5x" in out


def test_evidence_is_counted() -> None:
    found = evidence(BASE)
    assert (found.results, found.with_metric, found.with_model, found.with_device) == (2, 2, 1, 1)
    assert (found.without_model, found.on_primary, found.pinned) == (1, 2, 2)
    assert (found.read_in_copies, found.moving) == (0, 0)
    assert found.without_primary_page == tuple(sorted(set(BASE.entries) - {KEY}))


@pytest.mark.parametrize(
    ("source", "copies"),
    [
        ({"kind": "table", "number": "2", "where": "read in a copy of the paper"}, 1),
        ({"kind": "table", "number": "2", "where": "Experiments, read in copies of the paper"}, 1),
        ({"kind": "abstract", "read_in": "https://mirror.example.org/tile"}, 1),
        ({"kind": "abstract", "read_in": "https://openreview.net/forum?id=tile"}, 0),
        ({"kind": "section", "where": "Copying heads"}, 0),
    ],
)
def test_numbers_read_in_copies_are_counted(source: dict[str, str], copies: int) -> None:
    first = BASE.entries[KEY].results[0]
    changed = first.model_copy(update={"source": Source.model_validate({"record": "arxiv", **source})})
    entry = BASE.entries[KEY].model_copy(update={"results": [changed]})
    assert evidence(replace(BASE, entries={KEY: entry})).read_in_copies == copies


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (["--model", "imaginary-1b"], 0, "up to 10 to 20.5x  less peak memory"),
        (["--model", "imaginary-2b"], 2, "there is no model `imaginary-2b`: did you mean `imaginary-1b`?"),
        (["--resource", "zzz"], 2, "there is no resource `zzz`"),
        (["--entry", "solo2023giant"], 1, "no result fits"),
    ],
)
def test_numbers_on_the_terminal(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    status: int,
    words: str,
) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    done, out, error = call("numbers", "--root", str(KB), *arguments, capsys=capsys)
    assert done == status
    assert words in out + error


@pytest.mark.parametrize("columns", ["60", "90", "140"])
def test_the_table_fits_the_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, columns: str
) -> None:
    monkeypatch.setenv("COLUMNS", columns)
    _, out, _ = call("numbers", "--root", str(KB), capsys=capsys)
    assert max(map(len, out.splitlines())) <= max(int(columns), 68)


def test_numbers_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = call("numbers", "--root", str(KB), "--format", "json", capsys=capsys)
    first, _ = json.loads(out)["numbers"]
    assert (first["entry"], first["value"], first["resource"], first["better"]) == (KEY, 10, "memory", "more")
    _, out, _ = call("numbers", "--root", str(KB), "--format", "csv", capsys=capsys)
    assert out.startswith("\ufeff")  # for spreadsheets
    head, *rows = csv.reader(out.removeprefix("\ufeff").splitlines())
    assert head == list(first)
    assert [row[head.index("metric")] for row in rows] == ["memory-reduction", "training-speed-up"]


def test_a_knowledge_base_may_do_without_the_lists(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = copy(tmp_path, replaced(TILE, "metric: training-speed-up", "metric: any-word"))
    for name in ("metrics", "models", "devices"):
        (root / "taxonomy" / f"{name}.yaml").unlink()
    base, report = load(root)
    assert not list(report)
    assert base.measures.metrics is None
    assert call("validate", "--root", str(root), capsys=capsys)[0] == 0
