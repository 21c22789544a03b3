"""What does not fit the models: one clear message a place, at the right line and column."""
# ruff: noqa: E501 - a row holds the whole message that a user reads

from pathlib import Path

import pytest

from fixture_kb import CACHING, GIANT, LARDER, SPARSE, TILE, VENUES, Change, copy, replaced
from fixture_kb import findings as found_in


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            replaced(TILE, "kind: paper", "kind: articel"),
            "5:7 unknown-word: `kind` is 'articel': known here: paper, book, chapter, thesis, software, report, post",
        ),
        (
            replaced(TILE, "kind: paper", "kind: Paper"),
            "5:7 unknown-word: `kind` is 'Paper': did you mean `paper`?",
        ),
        (
            replaced(
                TILE,
                "checked:\n  on: 2026-11-23\n",
                'checked:\n  on: 2026-11-23\n  facts:\n    - {fields: [axiv], url: "https://example.org/"}\n',
            ),
            "79:17 unknown-word: `checked.facts[0].fields[0]` is 'axiv': did you mean `arxiv`?",
        ),
        (replaced(TILE, "kind: paper\n", ""), "3:1 missing-field: `kind` is missing: add `kind:`"),
        (
            replaced(TILE, "kind: paper", "kind:"),
            "5:1 empty-field: `kind` is empty: write it",
        ),
        (
            replaced(TILE, "name: Tile", "nam: Tile"),
            "4:1 unknown-field: there is no field `nam`: did you mean `name`?",
        ),
        (
            replaced(TILE, "name: Tile", "name: 7"),
            '4:7 wrong-type: `name` is the number 7: text is wanted; put it in quotes: "7"',
        ),
        (
            replaced(TILE, "name: Tile", 'name: ""'),
            "4:7 empty-text: `name` is an empty text: write it, or leave the field out",
        ),
        (replaced(TILE, "name: Tile", "name: [Tile]"), "4:7 wrong-type: `name` is a list: text is wanted"),
        (
            replaced(TILE, "name: Tile", f"name: {'x' * 401}"),
            "4:7 too-long: `name` is too long: at most 400 characters",
        ),
        (
            replaced(TILE, '"Moth, Ada"', "Ada Moth"),
            '7:5 wrong-form: `authors[0]` is \'Ada Moth\': did you mean "Moth, Ada"? write "Family, Given", or {group: Name}, or {mononym: Name}',
        ),
        (
            replaced(TILE, '"Moth, Ada"', "12"),
            '7:5 wrong-type: `authors[0]` is the number 12: write "Family, Given", or {group: Name}, or {mononym: Name}',
        ),
        (
            replaced(TILE, "{mononym: Solo}", "{mononym: Solo, url: x}"),
            "9:21 unknown-field: there is no field `authors[2].url`: known here: group, mononym",
        ),
        (
            replaced(TILE, "{mononym: Solo}", "{mononim: Solo}"),
            '9:5 wrong-type: `authors[2]` is a mapping: write "Family, Given", or {group: Name}, or {mononym: Name}',
        ),
        (
            replaced(TILE, "{mononym: Solo}", "{mononym: 3}"),
            '9:15 wrong-type: `authors[2].mononym` is the number 3: text is wanted; put it in quotes: "3"',
        ),
        (
            replaced(TILE, '{group: "Tile Team, Inc."}', '"et al."'),
            "10:5 incomplete-authors: `authors[3]` is 'et al.': list every author",
        ),
        (
            replaced(LARDER, "authors:\n  - {group: Cache Crew}", "authors: Cache Crew"),
            '4:10 wrong-type: `authors` is \'Cache Crew\': did you mean "Crew, Cache"? write "Family, Given", or {group: Name}, or {mononym: Name}',
        ),
        (
            replaced(LARDER, "authors:\n  - {group: Cache Crew}", "authors: []"),
            "4:10 empty-list: `authors` is an empty list: name at least one",
        ),
        (
            replaced(TILE, 'arxiv: "2205.99991"', "arxiv: 2205.99991"),
            '12:49 wrong-type: `records[0].arxiv` is the number 2205.99991: text is wanted; put it in quotes: "2205.99991"',
        ),
        (
            replaced(TILE, 'arxiv: "2205.99991"', 'arxiv: "arXiv:2205.99991v2"'),
            '12:49 wrong-form: `records[0].arxiv` is \'arXiv:2205.99991v2\': an arXiv id is like "2205.14135" or "cs/0501001", without version',
        ),
        (
            replaced(TILE, "year: 2022, month: 5", 'year: "2022", month: 13'),
            "12:26 wrong-type: `records[0].year` is '2022': a whole number is wanted\n12:41 out-of-range: `records[0].month` is the number 13: write at most 12",
        ),
        (
            replaced(TILE, "year: 2022, month: 5", "year: true, month: 0"),
            "12:26 wrong-type: `records[0].year` is true: a whole number is wanted\n12:39 out-of-range: `records[0].month` is the number 0: write at least 1",
        ),
        (
            replaced(TILE, "venue: imaginary-conf", "venue: NeurIPS 2023"),
            "13:13 wrong-form: `records[1].venue` is 'NeurIPS 2023': a word is lower-case letters, digits and hyphens: `neurips-2023`",
        ),
        (
            replaced(TILE, "official: true", "official: yes"),
            "15:62 wrong-type: `links.code.official` is 'yes': write true or false",
        ),
        (
            replaced(TILE, "https://example.org/tile/project", "javascript:alert(1)"),
            "16:12 active-markup: `links.project` holds markup that a browser would obey: `javascript:a`: say it in words, or leave it out\n16:12 bad-link: `links.project` is 'javascript:alert(1)': a link is a web address: http:// or https:// and a host",
        ),
        (
            replaced(TILE, "  - architectures/attention\n", "  - Architectures / Attention\n"),
            "21:5 wrong-form: `topics[0]` is 'Architectures / Attention': a topic is its path below taxonomy/topics, such as area/section/leaf",
        ),
        (
            replaced(TILE, "change: saves", "change: safes"),
            "25:49 unknown-word: `effects[0].change` is 'safes': did you mean `saves`?",
        ),
        (
            replaced(TILE, "    unit: x\n", ""),
            "50:5 missing-field: `results[0].unit` is missing: add `unit:`",
        ),
        (
            replaced(TILE, "value: 10\n", "value: ten\n"),
            "53:12 wrong-type: `results[0].value` is 'ten': a number is wanted",
        ),
        (
            replaced(TILE, "upper: 20.5", "upper: 9"),
            "54:12 out-of-range: `results[0].upper` is the number 9: it must be greater than `value`",
        ),
        (
            replaced(TILE, '    source: {url: "https://example.org/tile", kind: abstract}\n', ""),
            "67:5 result-without-source: `results[1].source` is missing: add `source:`",
        ),
        (
            replaced(SPARSE, "added: 2026-11-23", "added: 2026-02-30"),
            "11:8 bad-date: `added` is '2026-02-30': a date is a day of the calendar, written YYYY-MM-DD",
        ),
        (
            replaced(SPARSE, "added: 2026-11-23", "added: 20261123"),
            "11:8 bad-date: `added` is the number 20261123: a date is a day of the calendar, written YYYY-MM-DD",
        ),
        (
            replaced(SPARSE, "requires: []", "requires: custom-kernel"),
            "10:11 wrong-type: `requires` is 'custom-kernel': a list is wanted: [..] or lines that start with `- `",
        ),
        (
            replaced(LARDER, "{group: Cache Crew}", "null"),
            "5:5 empty-field: `authors[0]` is empty: write it, or leave it out",
        ),
        (
            replaced(GIANT, "hidden_size, ", ""),
            "13:7 figure-without-source: `model.variants[0]`: no source names hidden_size: name each figure in the `fields` of the source that states it",
        ),
        (
            replaced(CACHING, "order: 1", "order: first"),
            "3:8 wrong-type: `order` is 'first': a whole number is wanted",
        ),
        (
            replaced(VENUES, "kind: web", "kind: weeb"),
            "4:53 unknown-word: `venues[1].kind` is 'weeb': did you mean `web`?",
        ),
    ],
)
def test_message(tmp_path: Path, change: Change, expected: str) -> None:
    faults = [d for d in found_in(copy(tmp_path, change)) if d.rule != "incomplete-entry"]
    lines = [f"{d.place.line}:{d.place.column} {d.rule}: {d.message}: {d.hint}" for d in faults]
    assert "\n".join(lines) == expected


def test_every_fault_of_a_file_is_reported(tmp_path: Path) -> None:
    root = copy(
        tmp_path,
        replaced(TILE, "kind: paper", "kind: poem"),
        replaced(TILE, "name: Tile", "nome: Tile"),
        replaced(TILE, "value: 15", "value: much"),
        replaced(TILE, "kind: poem", "kind: poem\nkind: post"),
        replaced(TILE, "modalities: [language, 3d]", "modalities: &m [language]"),
    )
    faults = [f"{d.place.line} {d.rule}" for d in found_in(root) if d.place.path == TILE]
    assert faults == [
        "4 unknown-field",
        "5 unknown-word",
        "6 duplicate-key",
        "30 yaml-anchor",
        "70 wrong-type",
    ]


@pytest.mark.parametrize("text", ["- a\n", "just text\n", "7\n"])
def test_a_file_is_a_mapping(tmp_path: Path, text: str) -> None:
    root = copy(tmp_path, lambda root: (root / SPARSE).write_text(text, encoding="utf-8"))
    (fault,) = [d for d in found_in(root) if d.place.path == SPARSE and d.rule != "schema-line"]
    assert (fault.rule, fault.hint) == ("wrong-type", "a mapping is wanted: `field: value`")
    assert fault.message.startswith("the file is ")
