"""The query language: one meaning in Python, in the browser's script, in commands and in questions."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from in_node import in_node
from rekb.errors import QueryError
from rekb.kb import KnowledgeBase
from rekb.kb.query import Query, checked, matching, names, vocabulary
from rekb.loading.loader import load
from rekb.model.config import FacetWords
from rekb.model.facet_table import FACETS
from rekb.site.facets.columns import columns
from samples import sample_base

HERE = Path(__file__).parent
ROWS: list[tuple[str, str, list[str]]] = [
    (query, address, sorted(keys))
    for query, address, keys in json.loads((HERE / "query_rows.json").read_text(encoding="utf-8"))
]
"""A query, how an address writes it, and the works that fit; see `samples.sample_base`."""
PROGRAM = """
    const { facetIndex, readState, writeState, has, count } = rekb.facets;
    const index = facetIndex(given.data);
    return given.queries.map((query) => {
      const state = readState(query);
      const found = index.matching(state);
      const fitting = given.keys.filter((_, place) => has(found, place));
      return [query, writeState(state), fitting, count(found)];
    });
"""


def in_the_browser(
    base: KnowledgeBase, queries: list[str], replaced: tuple[str, str] = ("", "")
) -> list[list[object]]:
    """Return what the script of the explore page makes of queries: query, address, keys, count."""
    keys = sorted(base.entries)
    given = {"data": columns(base, keys), "keys": keys, "queries": queries}
    found: list[list[object]] = in_node(["facets.js"], PROGRAM, given, replaced)
    return found


@pytest.mark.parametrize(("query", "address", "keys"), ROWS)
def test_which_works_fit(query: str, address: str, keys: list[str]) -> None:
    read = Query.parse(query)
    assert read.address() == address
    assert Query.parse(address) == read
    assert list(matching(sample_base(), read)) == keys


def test_the_script_of_the_page_gives_the_same_answers() -> None:
    found = in_the_browser(sample_base(), [query for query, _, _ in ROWS])
    assert found == [[query, address, keys, len(keys)] for query, address, keys in ROWS]


def test_both_agree_on_the_real_data(base: KnowledgeBase) -> None:
    queries = [f"{facet}={word}" for facet in FACETS for word in vocabulary(base, facet)]
    queries += [f"not-{query}" for query in queries]
    queries += [Query.of(question.pairs()).address() for question in base.config.questions]
    expected = [list(matching(base, Query.parse(query))) for query in queries]
    assert [keys for _, _, keys, _ in in_the_browser(base, queries)] == expected


def test_what_the_script_decides_is_seen() -> None:
    """A script that reads one effect as two would be noticed: the rows can fail."""
    wrong = ("isAmong(byResource, resource) && isAmong(byPhase, when)", "isAmong(byPhase, when)")
    found = in_the_browser(sample_base(), [query for query, _, _ in ROWS], wrong)
    assert found != [[query, address, keys, len(keys)] for query, address, keys in ROWS]


@pytest.mark.parametrize(
    ("name", "word", "message"),
    [
        ("saves", "memry", "unknown word of saves `memry`; did you mean `memory`?"),
        ("not-needs", "kernel", "unknown word of needs `kernel`; did you mean `custom-kernel`?"),
        ("requires", "unknwon", "unknown word of requires `unknwon`; did you mean `unknown`?"),
        ("phse", "inference", "unknown facet `phse`; did you mean `phase`?"),
        ("not-from", "2022", "unknown facet `not-from`"),
        ("from", "never", "`never` is no year; write from=2022"),
        ("year", "1999", "unknown word of year `1999`"),
        ("find", "cache", "`find` is a search for words, not a facet: rekb search WORDS --query ..."),
        ("code", "offical", "unknown word of code `offical`; did you mean `official`?"),
        ("topic", "serving", "unknown word of topic `serving`; did you mean `systems/serving`?"),
    ],
)
def test_what_does_not_exist_is_refused_where_it_is_written_by_hand(
    name: str, word: str, message: str
) -> None:
    with pytest.raises(QueryError) as raised:
        checked(sample_base(), [(name, word)])
    assert str(raised.value).startswith(message)


def test_all_faults_are_reported_at_once() -> None:
    with pytest.raises(QueryError) as raised:
        checked(sample_base(), [("saves", "memry"), ("phse", "x"), ("sort", "name")])
    assert str(raised.value).count("\n") == 1


def test_questions_have_a_field_for_each_facet() -> None:
    assert tuple(FacetWords.model_fields) == tuple(FACETS)
    assert set(FACETS) <= set(names())


def test_every_facet_is_on_the_page_of_the_language() -> None:
    text = (HERE.parent / "docs/reference/query.md").read_text(encoding="utf-8")
    for row in FACETS.values():
        line = next(line for line in text.splitlines() if line.startswith(f"| `{row.id}` |"))
        assert all(f"`{alias}`" in line for alias in row.aliases)


def test_a_new_facet_is_one_row() -> None:
    """All parts read a row that nobody has heard of, in a process that adds it before they are imported."""
    script = HERE / "made_up_facet.py"
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = dict(json.loads(line) for line in done.stdout.splitlines())
    software = ["team2024tool"]
    assert found == {
        "query": software,
        "alias": software,
        "browser": [software, software],
        "refused": "unknown word of kind `sofware`; did you mean `software`?",
        "export": software,
        "question": ["kind=software", 1],
        "wrong word in a question": True,
        "explore page": [True, True],
        "finder": True,
        "reference": True,
        "schema": True,
    }


def test_load_and_ask_with_the_same_words(base: KnowledgeBase) -> None:
    again, report = load(HERE.parent)
    assert not report.failed
    query = Query.parse("saves=memory&phase=inference&not-needs=retraining")
    assert matching(again, query) == matching(base, query) != ()
