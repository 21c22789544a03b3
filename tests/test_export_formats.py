"""Every export format: complete, valid, safe, the same bytes each time."""

import csv
import io
import json
import os
import re
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from markdown import markdown
from pyarrow import parquet

from rekb.citation.names import one_line
from rekb.citation.work import cited_work
from rekb.cli import main
from rekb.errors import RekbError
from rekb.exports import ALL_EXPORTERS, EXPORTERS, csl_schema, json_schema
from rekb.exports.sheet import Cell, csv_line, csv_text
from rekb.exports.table import COLUMNS
from rekb.kb import KnowledgeBase
from rekb.markdowntext import plain_in_markdown
from rekb.text import without_formula
from samples import ENTRIES, HOSTILE, entry, fields, knowledge_base, sample_base, venues

ROOT = Path(__file__).parents[1]
ALL = tuple(sorted(ENTRIES))


def exported(form: str, keys: tuple[str, ...] = ALL) -> str:
    """Return an export of the samples as text."""
    return EXPORTERS[form].encode(sample_base(), keys).decode()


def database(data: bytes) -> sqlite3.Connection:
    """Open an exported database."""
    connection = sqlite3.connect(":memory:")
    connection.deserialize(data)
    return connection


def test_formats() -> None:
    assert list(EXPORTERS) == ["bibtex", "ris", "csl-json", "json", "csv", "sqlite", "markdown"]
    assert all(name == exporter.name for name, exporter in EXPORTERS.items())
    suffixes = {exporter.suffix for exporter in EXPORTERS.values()}
    assert len(suffixes) == len(EXPORTERS)
    assert [exporter.name for exporter in ALL_EXPORTERS.values() if exporter.binary] == ["sqlite", "parquet"]


@pytest.mark.parametrize("form", sorted(EXPORTERS))
def test_the_corpus_exports(form: str, base: KnowledgeBase) -> None:
    data = EXPORTERS[form].encode(base, tuple(base.entries))
    assert data == EXPORTERS[form].encode(base, tuple(base.entries))
    assert all(key.encode() in data for key in base.entries)


@pytest.mark.parametrize("form", sorted(EXPORTERS))
def test_nothing_exports(form: str) -> None:
    EXPORTERS[form].encode(sample_base(), ())


@pytest.mark.parametrize("form", sorted(EXPORTERS))
def test_an_unknown_venue_or_topic_does_not_stop_an_export(form: str) -> None:
    odd = fields(topics=["no/such"], records=[{"venue": "nowhere", "year": 2020}])
    base = knowledge_base({"dao2020flashthing": odd})
    assert b"dao2020flashthing" in EXPORTERS[form].encode(base, ("dao2020flashthing",))


@pytest.mark.parametrize("form", sorted(EXPORTERS))
def test_bytes_do_not_depend_on_the_hash_seed(form: str, tmp_path: Path) -> None:
    code = (
        "import sys; from samples import sample_base; from rekb.exports import EXPORTERS; b = sample_base()\n"
        f"sys.stdout.buffer.write(EXPORTERS[{form!r}].encode(b, tuple(b.entries)))"
    )
    files = []
    for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo")):
        path = os.pathsep.join((str(ROOT / "src"), str(ROOT / "tests")))
        chosen = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": path, "LC_ALL": "C", "TZ": zone}
        done = subprocess.run(
            [sys.executable, "-c", code], env=chosen, cwd=tmp_path, capture_output=True, check=True
        )
        files.append(done.stdout)
    assert files[0] == files[1]
    assert len(files[0]) > 100


def test_csl_json_is_an_array_by_key(base: KnowledgeBase) -> None:
    records = json.loads(exported("csl-json"))
    jsonschema.Draft202012Validator(csl_schema()).validate(records)
    assert [record["id"] for record in records] == list(ALL)
    whole = json.loads(EXPORTERS["csl-json"].encode(base, tuple(base.entries)))
    jsonschema.Draft202012Validator(csl_schema()).validate(whole)


def test_json_holds_the_fields_of_the_files() -> None:
    read = json.loads(exported("json"))
    assert list(read) == [
        "schema_version",
        "entries",
        "topics",
        "venues",
        "units",
        "metrics",
        "models",
        "devices",
    ]
    assert read["schema_version"] == 2
    assert read["entries"] == [{"key": key, **ENTRIES[key]} for key in ALL]
    assert all(next(iter(shown)) == "key" for shown in read["entries"])
    assert [t["id"] for t in read["topics"]] == [
        "architectures", "architectures/attention", "systems", "systems/serving",
    ]  # fmt: skip
    assert all(next(iter(shown)) == "id" for shown in read["topics"])
    assert [v["id"] for v in read["venues"]] == sorted(venues())
    assert read["venues"][0] == {
        "id": "arxiv", "name": "arXiv", "short": "arXiv", "kind": "preprint", "url": "https://arxiv.org/",
    }  # fmt: skip


def test_json_of_a_part_brings_only_what_it_names() -> None:
    read = json.loads(exported("json", ("dao2022flashthing",)))
    assert [t["id"] for t in read["topics"]] == ["architectures", "architectures/attention"]
    assert [v["id"] for v in read["venues"]] == ["arxiv", "neurips"]


@pytest.mark.parametrize("source", ["samples", "corpus"])
def test_json_is_valid(source: str, base: KnowledgeBase) -> None:
    if source == "samples":
        base = sample_base()
    jsonschema.Draft202012Validator.check_schema(json_schema())
    read = json.loads(EXPORTERS["json"].encode(base, tuple(base.entries)))
    jsonschema.Draft202012Validator(json_schema()).validate(read)


@pytest.mark.parametrize(
    "change",
    [
        {"key": "No-Key"},
        {"kind": "song"},
        {"year": 2020},
        {"authors": []},
        {"authors": ["Solo"]},
        {"title": None},
    ],
)
def test_json_schema_refuses(change: dict[str, Any]) -> None:
    read = json.loads(exported("json", ("dao2022flashthing",)))
    read["entries"][0] |= change
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(json_schema()).validate(read)


def test_json_schema_has_no_python_patterns() -> None:
    assert "\\Z" not in json.dumps(json_schema()).replace("\\\\", "\\")


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("=1+1", "'=1+1"), ("+1", "'+1"), ("-1", "'-1"), ("@SUM(A1)", "'@SUM(A1)"), ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"), ("\n=1", "'\n=1"), (" =1", "' =1"), ("a=1", "a=1"), ("", ""), ("'x", "'x"),
        ("2022", "2022"), ("a\x00b", "ab"), ("\x00=1", "'=1"),
    ],
)  # fmt: skip
def test_formula_guard(cell: str, expected: str) -> None:
    assert without_formula(cell) == expected


def test_csv() -> None:
    text = exported("csv").removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert text.split("\r\n", 1)[0] == ",".join(column.name for column in COLUMNS)
    assert [row["key"] for row in rows] == list(ALL)
    flash, hostile = rows[ALL.index("dao2022flashthing")], rows[ALL.index("hostile2021x")]
    assert flash["authors"] == "Dao, Tri; van den Oord, Aäron; King, Jr., Martin Luther"
    assert (flash["saves"], flash["costs"]) == ("memory (inference)", "latency (training)")
    assert (flash["requires"], hostile["requires"], rows[0]["requires"]) == ("custom-kernel", "none", "")
    assert (flash["summary"], hostile["name"]) == ('\'=Use it, "now".', "'=cmd|' /C calc'!A0")
    assert hostile["title"] == one_line(HOSTILE)
    assert not any(
        str(cell).startswith(("=", "+", "-", "@", "\t", "\r")) for r in rows for cell in r.values()
    )


def test_csv_begins_with_a_byte_order_mark() -> None:
    assert exported("csv").encode().startswith(b"\xef\xbb\xbfkey,")


@pytest.mark.parametrize(
    ("column", "record", "cell"),
    [
        ("arxiv", {"arxiv": "2205.14130"}, "arXiv:2205.14130"),
        ("arxiv", {"arxiv": "cs/0112017"}, "arXiv:cs/0112017"),
        ("pages", {"pages": "1-9"}, "1\u20139"),
        ("pages", {"pages": "7"}, "7"),
        ("pages", {"pages": "24:1-24:9"}, "24:1\u201324:9"),
        ("issue", {"issue": "4-5"}, "4\u20135"),
        ("volume", {"volume": "12-13"}, "12\u201313"),
        ("article", {"article": "0173"}, "article 0173"),
        ("article", {}, ""),
    ],
)
def test_csv_cells_stay_text(column: str, record: dict[str, str], cell: str) -> None:
    made = fields(records=[{"venue": "csur", "year": 2021, **record}])
    base = knowledge_base({"a2021b": made})
    text = EXPORTERS["csv"].encode(base, ("a2021b",)).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert row[column] == cell


_NUMBER = r"[+-]?[0-9][0-9,]*\.?[0-9]*([eE][+-]?[0-9]+)?"
_DATE = r"[0-9]{1,4}[-/. ][0-9]{1,2}([-/. ][0-9]{1,4})?"
_GUESSED = re.compile(f"{_NUMBER}|{_DATE}")
"""What pandas, DuckDB and spreadsheets take for a number or a date."""
_NUMBERS = {"year", "cited_year", "volume", "issue", "pages", "results", "added", "checked"}


def test_no_cell_of_the_survey_is_taken_for_a_number_or_a_date(base: KnowledgeBase) -> None:
    text = EXPORTERS["csv"].encode(base, tuple(base.entries)).decode("utf-8-sig")
    rows = csv.DictReader(io.StringIO(text, newline=""))
    guessed = [(row["key"], name) for row in rows for name, cell in row.items()
               if name not in _NUMBERS and _GUESSED.fullmatch(cell)]  # fmt: skip
    assert guessed == []


_NUMBERS_OF_RESULTS = {"value", "upper", "baseline_value", "device_count"}


def test_no_text_of_a_result_is_taken_for_a_number_or_a_date(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--root", str(ROOT), "numbers", "--format", "csv"])
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out.removeprefix("\ufeff"), newline="")))
    guessed = [(row["entry"], name, cell) for row in rows for name, cell in row.items()
               if name not in _NUMBERS_OF_RESULTS and _GUESSED.fullmatch(cell)]  # fmt: skip
    assert len(rows) > 2000
    assert guessed == []


@pytest.mark.parametrize(
    ("cells", "line"),
    [
        (["a", 'b "c", d', ""], 'a,"b ""c"", d",\r\n'),
        (["-1", -1, -0.5, None], "'-1,-1,-0.5,\r\n"),
        (["=1+1", "\u00e9\n"], '\'=1+1,"\u00e9\n"\r\n'),
    ],
)
def test_a_line_of_a_sheet(cells: list[Cell], line: str) -> None:
    assert csv_line(cells) == line
    assert csv_text([cells]) == f"\ufeff{line}"


def test_every_csv_file_is_written_in_one_place() -> None:
    writers = [
        file for file in sorted((ROOT / "src").rglob("*.py")) if "csv.writer(" in file.read_text("utf-8")
    ]
    assert [file.name for file in writers] == ["sheet.py"]


def test_csv_columns_are_documented() -> None:
    assert all(column.help.endswith(".") for column in COLUMNS)
    assert len({column.name for column in COLUMNS}) == len(COLUMNS)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT count(*) FROM entries", [(6,)]),
        ("SELECT family, given, suffix, is_group FROM authors WHERE entry = 'dao2022flashthing'",
         [("Dao", "Tri", None, 0), ("van den Oord", "Aäron", None, 0), ("King", "Martin Luther", "Jr.", 0)]),
        ("SELECT venue FROM records WHERE entry = 'dao2022flashthing'", [("arxiv",), ("neurips",)]),
        ("SELECT parent FROM topics WHERE id = 'systems/serving'", [("systems",)]),
        ("SELECT topic FROM entry_topics WHERE entry = 'hostile2021x' AND position = 1",
         [("systems/serving",)]),
        ("SELECT entry FROM effects WHERE resource = 'memory' AND change = 'saves' AND phase = 'inference'",
         [("dao2022flashthing",)]),
        ("SELECT requirement FROM requires", [("custom-kernel",)]),
        ("SELECT entry, hardware FROM hardware",
         [("dao2022flashthing", "datacenter-gpu"), ("team2024tool", "mobile")]),
        ("SELECT modality FROM modalities", [("language",), ("vision",)]),
        ("SELECT value, upper, unit, comparator FROM results", [(3, 4.5, "x", "exact")]),
        ("SELECT type, target FROM relations", [("builds-on", "openai2023gptx")]),
        ("SELECT figure, value FROM model_figures", [("layers", 32), ("parameters", 7_000_000_000)]),
        ("SELECT count(*), max(url) FROM venues", [(9, "https://github.com/")]),
        ("SELECT requires_known FROM entries WHERE key = 'hostile2021x'", [(1,)]),
        ("SELECT key FROM search WHERE search MATCH 'erdi'", [("dao2022flashthing",)]),
        ("SELECT key FROM search WHERE search MATCH 'authors: rehor'", [("hostile2021x",)]),
        ("SELECT key FROM search WHERE summary_expert MATCH 'erdi'", [("dao2022flashthing",)]),
        ("SELECT title FROM search WHERE search MATCH 'gpt'", [("GPT-X Technical Report",)]),
        ("SELECT count(*) FROM entries e JOIN search s ON s.rowid = e.rowid AND s.key = e.key", [(6,)]),
        # Datasette looks for this text to know which table a search is of.
        ("SELECT name FROM sqlite_master WHERE sql LIKE '%VIRTUAL TABLE%USING FTS%content=\"entries\"%'",
         [("search",)]),
        ("SELECT \"table\", \"from\", \"to\" FROM pragma_foreign_key_list('relations') ORDER BY 2",
         [("entries", "entry", "key"), ("entries", "target", "key")]),
        ("SELECT \"table\", \"from\", \"to\" FROM pragma_foreign_key_list('records') ORDER BY 2",
         [("entries", "entry", "key"), ("venues", "venue", "id")]),
        ("SELECT \"table\", \"from\", \"to\" FROM pragma_foreign_key_list('entries')",
         [("venues", "cited_venue", "id")]),
        ("SELECT \"table\", \"from\", \"to\" FROM pragma_foreign_key_list('entry_topics') ORDER BY 2",
         [("entries", "entry", "key"), ("topics", "topic", "id")]),
        ("SELECT authors FROM entries WHERE key = 'dao2022flashthing'",
         [("Tri Dao; Aäron van den Oord; Martin Luther King Jr.",)]),
        ("PRAGMA user_version", [(2,)]),
        ("PRAGMA integrity_check", [("ok",)]),
        ("PRAGMA foreign_key_check", []),
    ],
)  # fmt: skip
def test_sqlite(query: str, expected: list[tuple[Any, ...]]) -> None:
    connection = database(EXPORTERS["sqlite"].encode(sample_base(), ALL))
    assert connection.execute(query).fetchall() == expected
    connection.close()


def test_sqlite_of_a_selection_leads_nowhere_that_is_not_there() -> None:
    connection = database(EXPORTERS["sqlite"].encode(sample_base(), ("dao2022flashthing",)))
    assert connection.execute("SELECT target FROM relations").fetchall() == [("openai2023gptx",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()


def test_a_sqlite_without_full_text_search_is_reported_as_what_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    class Poor(sqlite3.Connection):
        """A connection of a build without the module, whatever its message says."""

        def execute(self, sql: str, *values: Any) -> sqlite3.Cursor:
            if "VIRTUAL TABLE" in sql:
                raise sqlite3.OperationalError("something about modules")
            return super().execute(sql, *values)

    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *a, **k: connect(*a, **k, factory=Poor))
    with pytest.raises(RekbError, match="no full-text search"):
        EXPORTERS["sqlite"].encode(sample_base(), ())


def test_sqlite_keeps_hostile_text() -> None:
    connection = database(EXPORTERS["sqlite"].encode(sample_base(), ALL))
    (title,) = connection.execute("SELECT title FROM entries WHERE key = 'hostile2021x'").fetchone()
    assert title == one_line(HOSTILE)
    connection.close()


def test_sqlite_takes_numbers_beyond_64_bits() -> None:
    source = {"kind": "page", "url": "https://x.org"}
    number = {"id": "m", "metric": "m", "value": 9999999999999999999, "unit": "x", "source": source}
    huge = fields(results=[number])
    base = knowledge_base({"dao2022flashthing": huge})
    connection = database(EXPORTERS["sqlite"].encode(base, ("dao2022flashthing",)))
    assert connection.execute("SELECT value FROM results").fetchone() == (1e19,)
    connection.close()


def test_markdown_groups_by_primary_topic_in_tree_order() -> None:
    lines = exported("markdown").splitlines()
    heads = [line for line in lines if line.startswith("#")]
    assert heads == [
        "# References", "## Architectures", "### Attention", "## Systems", r"### Serving & \[more\]",
    ]  # fmt: skip
    attention, serving = lines.index("### Attention"), lines.index(heads[-1])
    place = {key: next(n for n, line in enumerate(lines) if f"(`{key}`)" in line) for key in ALL}
    assert attention < place["dao2022flashthing"] < serving < place["hostile2021x"]


@pytest.mark.parametrize(
    "text", [HOSTILE, "*a* _b_ `c` [d](javascript:x) ![e](f) &amp; &lt; {{ g }} # h ~~i~~ 1. j"]
)
def test_markdown_shows_text_as_it_is(text: str) -> None:
    shown = markdown(f"- **x**: {plain_in_markdown(text)}")
    for entity, sign in (("&#126;", "~"), ("&#124;", "|"), ("&#36;", "$"), ("&#64;", "@")):
        shown = shown.replace(entity, sign)
    inside = shown.split("</strong>: ")[1].split("</li>")[0]
    assert "<" not in inside
    plain = inside.replace("&#60;", "<").replace("&#62;", ">").replace("&#38;", "&")
    assert plain.replace("&amp;", "&") == one_line(text).replace("&amp;", "&")


def test_a_link_with_braces_never_leaves_its_field() -> None:
    odd = entry().records[0].model_copy(update={"arxiv": None, "url": "https://x.org/a}b<c> d"})
    work = cited_work("a2022b", entry().model_copy(update={"records": (odd,)}), venues())
    assert work.url == "https://x.org/a%7Db%3Cc%3E%20d"


PARQUET_ROWS: list[tuple[str, str, Any]] = [
    ("key", "string", "dao2022flashthing"),
    ("year", "int64", 2022),
    ("code_official", "bool", True),
    ("topics", "list<element: string>", ["architectures/attention"]),
    ("arxiv", "string", "2205.14135"),
]
"""Column of a Parquet file, its type, and what it holds of a work."""


@pytest.mark.parametrize(("column", "kind", "held"), PARQUET_ROWS)
@pytest.mark.parametrize("keys", [ALL, ("dao2022flashthing",)], ids=["all", "one"])
def test_parquet_holds_values_as_they_are(column: str, kind: str, held: Any, keys: tuple[str, ...]) -> None:
    table = parquet.read_table(io.BytesIO(ALL_EXPORTERS["parquet"].encode(sample_base(), keys)))
    (row,) = [row for row in table.to_pylist() if row["key"] == "dao2022flashthing"]
    assert (table.num_rows, str(table.schema.field(column).type), row[column]) == (len(keys), kind, held)


def test_parquet_without_its_package_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(RekbError, match=r"pip install 'rekb\[parquet\]'"):
        ALL_EXPORTERS["parquet"].encode(sample_base(), ALL)
