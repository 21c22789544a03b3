"""What breaks each rule of the made-up knowledge base: rule, changes, and the starts of what is reported."""
# ruff: noqa: E501 - a row holds the whole message that a user reads

from pathlib import Path

from fixture_kb import (
    ATTENTION,
    CACHING,
    CONFIG,
    FACETS,
    GIANT,
    GUESS,
    LARDER,
    REPORT,
    SPARSE,
    TILE,
    VENUES,
    Change,
    added,
    configured,
    moved,
    replaced,
)


def alike(root: Path) -> None:
    """Add eight entries whose plain texts begin alike."""
    for letter in "abcdefgh":
        lines = [
            "# yaml-language-server: $schema=../../docs/schema/entry.json",
            f'title: "Thing {letter}"',
            "kind: paper",
            f'authors:\n  - "Moth{letter}, A."',
            "records:\n  - {venue: imaginary-journal, year: 2020}",
            "topics:\n  - architectures/attention",
            f"summary:\n  expert: E{letter}.\n  practitioner: P{letter}.\n  plain: It begins like {letter}.",
            "added: 2026-11-23\n",
        ]
        (root / f"papers/2020/moth{letter}2020thing.yaml").write_text("\n".join(lines), encoding="utf-8")


DECLINED = "taxonomy/declined.yaml"
CANDIDATES = "taxonomy/candidates.json"
REFUSED = """\
# yaml-language-server: $schema=../docs/schema/declined.json
reasons:
  - {id: overview, text: "Is it a work of its own?"}
declined:
  - {id: "arxiv:2401.99990", title: A survey of lamps, because: overview, on: 2026-01-02}
"""
WATCHED_WORK = """\
{"candidates": [
{"id": "arxiv:2401.99990", "title": "Lamps of winter", "lists": ["bigg-list"], "seen": "2026-01-02"}
]}
"""

COMBINES = "taxonomy/combines.yaml"
STACKED = """\
# yaml-language-server: $schema=../docs/schema/combines.json
sources:
  - {id: lamp-docs, runtime: Lamp, version: "1.2", what: "feature table", url: "https://example.org/lamp/blob/0a1b2c3/docs.md", on: 2026-01-02}
combines:
  - {pair: [architectures/attention, moth2022tile], verdict: works, source: lamp-docs, note: "Both at once."}
"""

PATHS = "taxonomy/paths.yaml"
PATHS_TEXT = (Path(__file__).parent / "fixtures" / "paths.yaml").read_text(encoding="utf-8")
SHAPED = added(
    "taxonomy/models.yaml",
    "  - {id: giant-7b, label: Giant 7B, family: Giant, maker: Solo, card: {entry: solo2023giant, variant: Giant 7B}}\n",
)
"""The change that names the made-up model whose shape is published here."""


def led(*pairs: tuple[str, str]) -> list[Change]:
    """Return the changes that add reading paths, with words of them replaced."""
    text = PATHS_TEXT
    for old, new in pairs:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return [SHAPED, added(PATHS, text)]


def again(
    result: str, outcome: str, *more: str, source: str = '{url: "https://example.org/tile", kind: issue}'
) -> Change:
    """Return the change that says what others got for a result of the tile."""
    fields = (f"result: {result}", f"outcome: {outcome}", *more, f"source: {source}", "on: 2024-05-01")
    return replaced(TILE, "relations:\n", "reproductions:\n  - " + "\n    ".join(fields) + "\nrelations:\n")


def exempting(file: str, rule: str) -> Change:
    """Return the change that exempts a file from a rule."""
    return added(file, f'exempt:\n  - {{rule: {rule}, reason: "It is another row\'s."}}\n')


ROWS: list[tuple[str, list[Change], list[str]]] = [
    (
        "unknown-step",
        led(("entry: moth2022tile", "entry: moth2022tyle")),
        [f"{PATHS}:11:17: there is no entry `moth2022tyle`: did you mean `moth2022tile`?"],
    ),
    (
        "unknown-step",
        led(("{topic: systems/serving,", "{topic: systems/servin,")),
        [f"{PATHS}:12:17: there is no topic `systems/servin`: did you mean `systems/serving`?"],
    ),
    (
        "unknown-step",
        led(("topic: systems/serving/caching", "topic: systems/serving/cachin")),
        [
            f"{PATHS}:23:12: there is no topic `systems/serving/cachin`: did you mean `systems/serving/caching`?"
        ],
    ),
    (
        "repeated-step",
        led(("{topic: systems/serving,", "{entry: moth2020sparse,")),
        [f"{PATHS}:12:17: `moth2020sparse` is step 1 of this path already: keep one of the two"],
    ),
    (
        "step-before-its-base",
        led(
            ("entry: moth2020sparse", "entry: moth2022tile#"),
            ("entry: moth2022tile,", "entry: moth2020sparse,"),
            ("entry: moth2022tile#", "entry: moth2022tile"),
        ),
        [
            f"{PATHS}:10:17: `moth2022tile` rests on `moth2020sparse`, which comes later on this path: move `moth2020sparse` before it"
        ],
    ),
    (
        "path-after-itself",
        led(("after: [lamps]", "after: [lamp]")),
        [f"{PATHS}:27:13: there is no path `lamp`: did you mean `lamps`?"],
    ),
    (
        "path-after-itself",
        led(("after: [lamps]", "after: [larders]")),
        [f"{PATHS}:27:13: `larders` comes after `larders` by its own words: delete one of the two"],
    ),
    (
        "path-after-itself",
        led(("level: beginner", "level: advanced")),
        [f"{PATHS}:27:13: `lamps` is advanced, this path intermediate: correct a level, or delete the word"],
    ),
    (
        "question-without-answer",
        led(("of: {model: giant-7b}", "of: {model: imaginary-1b}")),
        [
            f"{PATHS}:15:13: no published shape of `imaginary-1b` is here: write the id of a model of taxonomy/models.yaml that has a `card`"
        ],
    ),
    (
        "question-without-answer",
        led(("of: {model: giant-7b, context: 4096}", "of: {model: giant-7b}")),
        [f"{PATHS}:18:13: the cache depends on the context, which is missing: write `context`, in tokens"],
    ),
    (
        "question-without-answer",
        led(
            ("asks: weights", "asks: speed"),
            ("of: {model: giant-7b}", "of: {model: giant-7b, context: 8}"),
        ),
        [
            f"{PATHS}:15:13: the memory of the device is not known: name a device of taxonomy/devices.yaml that has one"
        ],
    ),
    (
        "question-without-answer",
        led(("asks: weights", "asks: training-flops")),
        [f"{PATHS}:15:13: the training tokens of `giant-7b` are not known: name a model that has them"],
    ),
    (
        "schema-line",
        [replaced(SPARSE, "entry.json", "other.json")],
        [
            f"{SPARSE}:1:1: the first line does not name the schema: write `# yaml-language-server: $schema=../../docs/schema/entry.json`"
        ],
    ),
    (
        "schema-line",
        [replaced(CACHING, "# yaml-language-server: $schema=../../../../docs/schema/topic.json\n", "")],
        [
            f"{CACHING}:1:1: the first line does not name the schema: write `# yaml-language-server: $schema=../../../../docs/schema/topic.json`"
        ],
    ),
    (
        "key-mismatch",
        [
            moved(LARDER, "papers/2021/cachecrew2021shelf.yaml"),
            replaced(REPORT, "entry: cachecrew2021larder", "entry: cachecrew2021shelf"),
        ],
        [
            "papers/2021/cachecrew2021shelf.yaml:1:1: the key `cachecrew2021shelf` does not follow from author, first year and title: rename the file to 2021/cachecrew2021larder.yaml, or correct the fact that is wrong"
        ],
    ),
    (
        "wrong-folder",
        [moved(GUESS, "papers/2020/nobody2021guess.yaml")],
        [
            "papers/2020/nobody2021guess.yaml:1:1: the first public year is 2021, the folder 2020: move it to papers/2021/"
        ],
    ),
    (
        "not-normalised",
        [replaced(TILE, "Émile", "E\u0301mile")],
        [f"{TILE}:8:5: `authors[1]` is not in composed form (NFC): run `rekb fmt`"],
    ),
    (
        "markup-in-text",
        [replaced(GUESS, "Guess Which Words", "Guess <b>Which</b> Words")],
        [f"{GUESS}:2:8: `title` holds markup: write plain characters"],
    ),
    (
        "markup-in-text",
        [replaced(GUESS, '"Nobody, N."', "'Nobody, {\\\"N}'")],
        [f"{GUESS}:5:5: `authors[0]` holds markup: write plain characters"],
    ),
    (
        "active-markup",
        [replaced(GUESS, "Guess Which Words", "Guess <script>Which</script> Words")],
        [
            f"{GUESS}:2:8: `title` holds markup that a browser would obey: `<script`: say it in words, or leave it out"
        ],
    ),
    (
        "active-markup",
        [replaced(GUESS, '"Nobody, N."', '"Nobody, \\x3cimg\\tsrc=x>N"')],
        [
            f"{GUESS}:5:5: `authors[0]` holds markup that a browser would obey: `<img src=`: say it in words, or leave it out"
        ],
    ),
    (
        "future-date",
        [replaced(GUESS, "added: 2026-11-23", "added: 2091-01-01")],
        [f"{GUESS}:13:8: 2091-01-01 is later than today, "],
    ),
    (
        "future-date",
        [replaced(SPARSE, 'pages: "1-9"}', 'pages: "1-9"}\n  - {venue: imaginary-conf, year: 2092}')],
        [f"{SPARSE}:8:35: the year 2092 is to come; today is "],
    ),
    (
        "several-people",
        [replaced(GUESS, '"Nobody, N."', '"Nobody, N. and Moth, Ada"')],
        [
            f'{GUESS}:5:5: `Nobody, N. and Moth, Ada` is more than one person: write one author a line: "Nobody, N.", "Moth, Ada"'
        ],
    ),
    (
        "several-people",
        [replaced(GUESS, '"Nobody, N."', '"Nobody, N."\n  - {group: Moth Society and others}')],
        [f"{GUESS}:6:5: `Moth Society and others` leaves authors out: list every author, one a line"],
    ),
    (
        "not-a-name",
        [replaced(GUESS, '"Nobody, N."', '"Nobody, N. (MIT)"')],
        [f'{GUESS}:5:5: `Nobody, N. (MIT)` holds a place of work: `(MIT)`: write "Nobody, N."'],
    ),
    (
        "duplicate-identifier",
        [
            replaced(GUESS, "2101.99992", "2205.99991"),
            replaced(GUESS, "2021, month: 1", "2022, month: 5"),
            moved(GUESS, "papers/2022/nobody2022guess.yaml"),
            replaced(TILE, "entry: nobody2021guess", "entry: nobody2022guess"),
            replaced(ATTENTION, "nobody2021guess", "nobody2022guess"),
        ],
        [
            "papers/2022/nobody2022guess.yaml:7:49: arxiv 2205.99991 is that of `moth2022tile` too, whose title is 'The Tile: Moth-Like Attention, \"Exact\" and Small': look it up: keep it at the work of its title, or merge this file into `moth2022tile`"
        ],
    ),
    (
        "duplicate-identifier",
        [replaced(SPARSE, 'pages: "1-9"', 'doi: "10.48550/arXiv.2205.99991"')],
        [f"{TILE}:12:49: arxiv 2205.99991 is that of `moth2020sparse` too, whose title is 'A Sparse Moth'"],
    ),
    (
        "duplicate-identifier",
        [replaced(SPARSE, 'pages: "1-9"', 'url: "http://www.arxiv.org/pdf/2205.99991v3.pdf"')],
        [f"{TILE}:12:49: arxiv 2205.99991 is that of `moth2020sparse` too, whose title is 'A Sparse Moth'"],
    ),
    (
        "duplicate-identifier",
        [replaced(SPARSE, 'pages: "1-9"', 'doi: "10.99999/TILE.2023.1"')],
        [f"{TILE}:13:46: doi 10.99999/tile.2023.1 is that"],
    ),
    (
        "duplicate-identifier",
        [replaced(SPARSE, 'pages: "1-9"', 'url: "https://openreview.net/pdf?id=TileTile1"')],
        [f"{TILE}:13:82: openreview TileTile1 is that"],
    ),
    (
        "duplicate-identifier",
        [replaced(SPARSE, 'pages: "1-9"', 'url: "https://aclanthology.org/2023.nowhere-long.1/"')],
        [f"{TILE}:13:100: acl 2023.nowhere-long.1 is that"],
    ),
    (
        "duplicate-title",
        [
            replaced(
                SPARSE, '"A Sparse Moth"', '"a sparse moth: THE tile moth like attention éxact and small"'
            ),
            replaced(SPARSE, "a sparse moth: THE tile", "The tile"),
            moved(SPARSE, "papers/2020/moth2020tile.yaml"),
            replaced(TILE, "entry: moth2020sparse", "entry: moth2020tile"),
            replaced(GUESS, "entry: moth2020sparse", "entry: moth2020tile"),
            replaced(ATTENTION, "@moth2020sparse", "@moth2020tile"),
        ],
        [f"{TILE}:3:8: the title is that of `moth2020tile` too"],
    ),
    (
        "duplicate-title",
        [
            replaced(REPORT, "exempt:\n", ""),
            replaced(
                REPORT,
                '  - {rule: duplicate-title, reason: "The report carries the name of the software that it describes."}\n',
                "",
            ),
        ],
        [
            f"{REPORT}:2:8: the title is that of `cachecrew2021larder` too, whose title is 'Larder': one work is one entry: merge this file into `cachecrew2021larder`"
        ],
    ),
    (
        "records-out-of-order",
        [replaced(TILE, "imaginary-conf, year: 2023", "imaginary-conf, year: 2022, month: 4")],
        [f"{TILE}:13:5: this record is older than the one above: move it up"],
    ),
    (
        "impossible-arxiv-id",
        [replaced(GUESS, "2101.99992", "2113.99992")],
        [
            f"{GUESS}:7:49: there can be no arXiv identifier 2113.99992: look it up; zeros are lost without quotes"
        ],
    ),
    ("impossible-arxiv-id", [replaced(GUESS, "2101.99992", "2101.9999")], [f"{GUESS}:7:49: there can be no"]),
    ("impossible-arxiv-id", [replaced(GUESS, "2101.99992", "0001.9999")], [f"{GUESS}:7:49: there can be no"]),
    (
        "impossible-arxiv-id",
        [replaced(GUESS, "2101.99992", "cs/2101001")],
        [f"{GUESS}:7:49: there can be no"],
    ),
    (
        "arxiv-date",
        [replaced(GUESS, "2101.99992", "2102.99992")],
        [f"{GUESS}:7:39: 2102.99992 was submitted in 2021-02: write `month: 2`"],
    ),
    (
        "arxiv-date",
        [replaced(GUESS, 'month: 1, arxiv: "2101.99992"', 'arxiv: "2001.99992"')],
        [f"{GUESS}:7:26: 2001.99992 was submitted in 2020-01: write `year: 2020`"],
    ),
    (
        "preprint-without-id",
        [replaced(GUESS, ', arxiv: "2101.99992"', "")],
        [f"{GUESS}:7:5: a record on arXiv needs its identifier: add `arxiv:`"],
    ),
    (
        "identifier-in-address",
        [replaced(SPARSE, 'pages: "1-9"', 'url: "https://doi.org/10.99999/Moth.1"')],
        [
            f'{SPARSE}:7:49: the address holds the identifier 10.99999/moth.1: write `doi: "10.99999/moth.1"` instead'
        ],
    ),
    (
        "unknown-topic",
        [replaced(SPARSE, "architectures/attention", "architecture/attention")],
        [
            f"{SPARSE}:9:5: there is no topic `architecture/attention`: did you mean `architectures/attention`?"
        ],
    ),
    (
        "unknown-topic",
        [replaced(SPARSE, "architectures/attention", "zzz")],
        [f"{SPARSE}:9:5: there is no topic `zzz`"],
    ),
    (
        "topic-not-leaf",
        [replaced(SPARSE, "architectures/attention", "architectures")],
        [f"{SPARSE}:9:5: `architectures` is not a leaf of the tree: below it: architectures/attention"],
    ),
    (
        "unknown-facet-value",
        [replaced(TILE, "resource: memory", "resource: memmory")],
        [f"{TILE}:25:16: `memmory` is no resource: did you mean `memory`?"],
    ),
    (
        "unknown-facet-value",
        [replaced(TILE, "[language, 3d]", "[language, smell]")],
        [f"{TILE}:29:24: `smell` is no modality: known: language, 3d"],
    ),
    (
        "unknown-venue",
        [replaced(GUESS, "venue: arxiv", "venue: corr")],
        [f"{GUESS}:7:13: there is no venue `corr`: did you mean `arxiv`?"],
    ),
    (
        "unknown-venue",
        [replaced(SPARSE, "imaginary-journal", "icmmm")],
        [f"{SPARSE}:7:13: there is no venue `icmmm`: did you mean `imaginary-conf`?"],
    ),
    (
        "unknown-venue",
        [replaced(SPARSE, "imaginary-journal", "qqq")],
        [f"{SPARSE}:7:13: there is no venue `qqq`: add the venue to taxonomy/venues.yaml"],
    ),
    (
        "unknown-entry",
        [replaced(GUESS, "entry: moth2020sparse", "entry: moth2020spares")],
        [f"{GUESS}:12:28: there is no entry `moth2020spares`: did you mean `moth2020sparse`?"],
    ),
    (
        "unknown-citation",
        [replaced(ATTENTION, "[@moth2022tile]", "[@moth2022tiles]")],
        [f"{ATTENTION}:7:11: there is no entry `moth2022tiles`: did you mean `moth2022tile`?"],
    ),
    (
        "malformed-citation",
        [replaced(ATTENTION, "[@moth2022tile]", "[@Moth2022Tile]")],
        [
            f"{ATTENTION}:7:11: `[@Moth2022Tile]` is no citation: write `[@key]` or `[@key; @key]`, keys in lower case"
        ],
    ),
    (
        "malformed-citation",
        [replaced(TILE, "Every new\n", "Every new [@moth2020sparse]\n")],
        [
            f"{TILE}:31:11: an entry's text holds a citation, which readers would see as it is written: name the work and add a relation"
        ],
    ),
    (
        "intricate-overview",
        [replaced(ATTENTION, "[@moth2022tile]", f"[@moth2022tile] {'[' * 300}")],
        [f"{ATTENTION}:7:11: the expert text has 302 brackets; at most 300 are read: write it as paragraphs"],
    ),
    (
        "intricate-overview",
        [replaced(ATTENTION, "  expert: |-\n", "  expert: |-\n    1. 1. 1. 1. 1. 1. 1. deep\n\n")],
        [
            f"{ATTENTION}:7:11: the expert text has lists or quotations nested more than six deep: write it as paragraphs"
        ],
    ),
    (
        "unknown-rule",
        [replaced(REPORT, "rule: duplicate-title", "rule: duplicate-titel")],
        [
            f"{REPORT}:14:12: `duplicate-titel` is no rule that can be exempted: did you mean `duplicate-title`?"
        ],
    ),
    (
        "needless-exemption",
        [replaced(REPORT, "rule: duplicate-title", "rule: wrong-folder")],
        [f"{REPORT}:14:12: `wrong-folder` has nothing to say here: delete the exemption"],
    ),
    (
        "repeated-word",
        [replaced(TILE, "[language, 3d]", "[language, language]")],
        [f"{TILE}:29:24: `language` is in `modalities` twice: keep one"],
    ),
    (
        "repeated-word",
        [
            replaced(
                TILE,
                "  - {type: competes-with, entry: nobody2021guess}",
                "  - {type: builds-on, entry: moth2020sparse}",
            )
        ],
        [f"{TILE}:74:5: `builds-on moth2020sparse` is in `relations` twice: keep one"],
    ),
    (
        "relation-to-itself",
        [replaced(GIANT, "added:", "relations:\n  - {type: uses, entry: solo2023giant}\nadded:")],
        [f"{GIANT}:23:25: this is the entry itself"],
    ),
    (
        "relation-stated-twice",
        [replaced(GUESS, "type: extends, entry: moth2020sparse", "type: competes-with, entry: moth2022tile")],
        [
            f"{GUESS}:12:5: `moth2022tile` states this relation already, which holds both ways: delete one of the two"
        ],
    ),
    (
        "relation-to-later-work",
        [replaced(SPARSE, "added:", "relations:\n  - {type: builds-on, entry: solo2023giant}\nadded:")],
        [
            f"{SPARSE}:12:30: `solo2023giant` is of 2023, this work of 2020: turn the relation round, or correct the year that is wrong"
        ],
    ),
    (
        "relation-cycle",
        [replaced(SPARSE, "added:", "relations:\n  - {type: builds-on, entry: moth2022tile}\nadded:")],
        [
            f"{SPARSE}:12:5: `moth2022tile` comes back to `moth2020sparse` by its own relations",
            f"{TILE}:73:5: `moth2020sparse` comes back to `moth2022tile` by its own relations",
        ],
    ),
    (
        "survey-row-claimed-twice",
        [replaced(GUESS, "rows: [3]", "rows: [2]")],
        [
            f"{GUESS}:10:17: row 2 of the survey is claimed by `moth2022tile` already: keep the row where title and link belong"
        ],
    ),
    (
        "former-key-in-use",
        [replaced(TILE, "added: 2026-11-23", "added: 2026-11-23\nformerly: [nobody2021guess]")],
        [f"{TILE}:76:12: the key nobody2021guess belongs to {GUESS} already"],
    ),
    (
        "unknown-survey-row",
        [
            replaced(GUESS, "rows: [3]", "rows: [434]"),
            configured("survey: {title: A Survey, rows: 433}"),
        ],
        [f"{GUESS}:10:17: the survey's list has no row 434: rows are 1 to 433"],
    ),
    (
        "unknown-facet",
        [configured("facets: {hardwear: {title: Ran on}}")],
        [f"{CONFIG}:2:10: there is no facet `hardwear`: did you mean `hardware`?"],
    ),
    (
        "unknown-facet",
        [replaced(FACETS, "modality:", "modalitty:"), replaced(TILE, "modalities: [language, 3d]\n", "")],
        [f"{FACETS}:16:1: there is no facet `modalitty`: did you mean `modality`?"],
    ),
    (
        "unknown-facet",
        [configured('presets:\n  - title: A\n    why: "B."\n    without: {neds: [fine-tuning]}')],
        [f"{CONFIG}:5:15: there is no facet `neds`: did you mean `needs`?"],
    ),
    (
        "reserved-facet",
        [configured("facets: {year: {title: Season}}")],
        [f"{CONFIG}:2:10: no facet can be called `year`: addresses or tables use the name"],
    ),
    (
        "unknown-word-in-question",
        [configured('presets:\n  - title: A\n    why: "B."\n    state: {saves: [memroy]}')],
        ["rekb.yaml:5:21: there is no `memroy` in the facet `saves`: did you mean `memory`?"],
    ),
    (
        "unknown-word-in-question",
        [configured("questions: [{title: What?, why: So., state: {saves: [memroy], topic: [systems]}}]")],
        [f"{CONFIG}:2:54: there is no `memroy` in the facet `saves`: did you mean `memory`?"],
    ),
    (
        "unknown-word-in-question",
        [configured("questions: [{title: What?, why: So., state: {}, without: {needs: [nothing, zzz]}}]")],
        [
            f"{CONFIG}:2:76: there is no `zzz` in the facet `needs`: known here: custom-kernel, fine-tuning, nothing, unknown"
        ],
    ),
    (
        "unknown-level",
        [replaced(TILE, "  practitioner:", "  practicioner:"), exempting(TILE, "missing-level")],
        [f"{TILE}:39:3: there is no reading level `practicioner`: did you mean `practitioner`?"],
    ),
    (
        "unknown-level",
        [replaced(ATTENTION, "  plain:", "  zzz:"), exempting(ATTENTION, "missing-level")],
        [f"{ATTENTION}:33:3: there is no reading level `zzz`: known here: expert, practitioner, plain"],
    ),
    (
        "missing-level",
        [replaced(TILE, "  practitioner:", "  practicioner:"), exempting(TILE, "unknown-level")],
        [f"{TILE}:30:1: `summary.practitioner` is missing: add `practitioner:`"],
    ),
    (
        "unknown-default-level",
        [configured("default_level: export")],
        [f"{CONFIG}:2:16: there is no reading level `export`: did you mean `expert`?"],
    ),
    (
        "unknown-work-in-comparison",
        [configured("comparisons: [{title: T, papers: [moth2022tile, moth2020spars]}]")],
        [f"{CONFIG}:2:49: there is no entry `moth2020spars`: did you mean `moth2020sparse`?"],
    ),
    (
        "survey-rows-out-of-order",
        [replaced(TILE, "rows: [1, 2]", "rows: [2, 1]")],
        [f"{TILE}:23:16: the rows do not ascend: write [1, 2]"],
    ),
    (
        "repeated-id",
        [
            replaced(VENUES, "id: imaginary-journal", "id: imaginary-conf"),
            replaced(SPARSE, "imaginary-journal", "imaginary-conf"),
        ],
        [f"{VENUES}:6:10: `imaginary-conf` is in `venues` twice: keep one"],
    ),
    (
        "repeated-id",
        [replaced(FACETS, "id: 3d", "id: language"), replaced(TILE, "[language, 3d]", "[language]")],
        [f"{FACETS}:18:10: `language` is in `modality` twice: keep one"],
    ),
    (
        "ambiguous-venue",
        [replaced(VENUES, "accepts: [CoRR]", "accepts: [jir]")],
        [f"{VENUES}:6:5: `jir` is a spelling of `arxiv` too: keep one of them"],
    ),
    (
        "topic-order",
        [replaced("taxonomy/topics/systems/_topic.yaml", "order: 2", "order: 1")],
        ["taxonomy/topics/systems/_topic.yaml:3:8: `architectures` has order 1 too: number them anew"],
    ),
    (
        "summary-length",
        [replaced(TILE, " It only needs less room.", " It only needs less room." + " More." * 30)],
        [f"{TILE}:45:10: the plain text has 91 words; 40 to 80 are wanted: cut it"],
    ),
    (
        "summary-length",
        [
            replaced(
                ATTENTION,
                " For a long text, that is a lot\n    of questions. Some works here ask them in a smarter order, so less has to be carried around.",
                "",
            )
        ],
        [f"{ATTENTION}:33:10: the plain text has 40 words; 50 to 140 are wanted: say more"],
    ),
    (
        "hard-to-read",
        [
            replaced(
                TILE,
                "    To read a long text, a model fills in a big table with one cell for each pair of words. The table is",
                "    Computationally intractable quadratic materialisation necessitates sophisticated hierarchical decomposition methodologies throughout accelerator architectures, notwithstanding numerical considerations, since every individual representation is",
            )
        ],
        [f"{TILE}:45:10: the plain text reads at school grade"],
    ),
    (
        "shared-sentence",
        [
            replaced(
                ATTENTION,
                "A model looks at each word and asks how it fits with all the other words.",
                "The table is too big for the quick part of the chip.",
            )
        ],
        [
            f"{ATTENTION}:33:10: this sentence is in the plain text of {TILE} too: 'The table is too big for the quick part of the chip.': write it for this work and for the readers of this level"
        ],
    ),
    (
        "shared-sentence",
        [
            replaced(
                TILE,
                "    Switch it on when a model",
                "    The table is too big for the quick part of the chip. Switch it on when a model",
            )
        ],
        [
            f"{TILE}:39:17: the practitioner text repeats the plain text: 'The table is too big for the quick part of the chip.'"
        ],
    ),
    (
        "shared-sentence",
        [
            replaced(
                TILE,
                "The end result is just the same.",
                "So this trick fills it in bit by bit and wipes each bit when it is done.",
            )
        ],
        [f"{TILE}:45:10: the plain text has this sentence twice: 'So this trick fills it in bit by bit"],
    ),
    (
        "incomplete-entry",
        [],
        [
            f"{SPARSE}:1:1: incomplete: summary, checked not filled",
            f"{LARDER}:1:1: incomplete: summary, checked not filled",
            f"{GUESS}:1:1: incomplete: summary, checked.sources not filled",
            f"{REPORT}:1:1: incomplete: summary, checked not filled",
            f"{GIANT}:1:1: incomplete: summary, checked not filled",
        ],
    ),
    (
        "incomplete-entry",
        [
            replaced(
                TILE,
                "  sources:\n    - https://example.org/tile\n",
                '  sources:\n    - https://example.org/tile\n  unconfirmed:\n    - "the volume"\n',
            )
        ],
        [f"{TILE}:81:5: incomplete: facts could not be confirmed"],
    ),
    (
        "month-missing",
        [replaced(GUESS, "month: 1, ", "")],
        [f"{GUESS}:7:5: 2101.99992 states the month: write `month: 1`"],
    ),
    (
        "formal-before-preprint",
        [
            replaced(
                GUESS,
                "records:\n",
                "records:\n  - {venue: imaginary-conf, year: 2019}\n",
            ),
            moved(GUESS, "papers/2019/nobody2019guess.yaml"),
            replaced(TILE, "entry: nobody2021guess", "entry: nobody2019guess"),
            replaced(ATTENTION, "nobody2021guess", "nobody2019guess"),
        ],
        [
            "papers/2019/nobody2019guess.yaml:8:26: the preprint is of 2021, the formal record of 2019: look both up"
        ],
    ),
    (
        "surplus-space",
        [replaced(GUESS, '"Nobody, N."', '"\u00a0Nobody, N."')],
        [f"{GUESS}:5:5: `authors[0]` has spaces too many: leave one between words"],
    ),
    (
        "surplus-space",
        [replaced(GUESS, 'title: "Guess Which Words Matter"', 'title: "Guess Which Words Matter\\u2009"')],
        [f"{GUESS}:2:8: `title` has spaces too many: leave one between words"],
    ),
    (
        "styled-letter",
        [replaced(GUESS, "Guess Which Words", "Guess Which Words Con\ufb01dently")],
        [f"{GUESS}:2:8: `\ufb01` in `title` is U+FB01, latin small ligature fi: type `fi`"],
    ),
    (
        "styled-letter",
        [replaced(GUESS, 'Nobody, N."', 'Nobody, \\uff2e."')],
        [f"{GUESS}:5:5: `\uff2e` in `authors[0]` is U+FF2E, fullwidth latin capital letter n: type `N`"],
    ),
    (
        "garbled-text",
        [replaced(GUESS, 'Nobody, N."', 'Nobody, Ren\u00c3\u00a9"')],
        [
            f"{GUESS}:5:5: `\u00c3\u00a9` in `authors[0]` is `\u00e9`, read in the wrong encoding: type `\u00e9`, and look through the rest of the text"
        ],
    ),
    (
        "repeated-author",
        [replaced(GUESS, '  - "Nobody, N."', '  - "Nobody, N."\n  - "Other, O."\n  - "Nobody, N."')],
        [
            f"{GUESS}:7:5: `Nobody, N.` is among the authors twice: keep one, or say in `exempt` that these are two people"
        ],
    ),
    (
        "look-alike-letter",
        [replaced(GUESS, "Nobody, N.", "Nobody, \u039d.")],
        [
            f"{GUESS}:5:5: `\u039d` in `\u039d` of `authors[0]` is U+039D, greek capital letter nu: type the Latin letter `N`"
        ],
    ),
    (
        "look-alike-letter",
        [replaced(TILE, "name: Tile", "name: T\u0456le")],
        [
            f"{TILE}:4:7: `\u0456` in `T\u0456le` of `name` is U+0456, cyrillic small letter byelorussian-ukrainian i: type the Latin letter `i`"
        ],
    ),
    (
        "look-alike-letter",
        [replaced(TILE, "https://example.org/tile/docs", "https://ex\u0430mple.org/tile/docs")],
        [
            f"{TILE}:18:9: `\u0430` in `ex\u0430mple` of `links.docs` is U+0430, cyrillic small letter a: type the Latin letter `a`"
        ],
    ),
    (
        "look-alike-letter",
        [replaced(TILE, "only a tile of it", "only a tile\u0436 of it")],
        [
            f"{TILE}:25:61: `\u0436` in `tile\u0436` of `effects[0].how` is U+0436, cyrillic small letter zhe: write the word in one script"
        ],
    ),
    (
        # A word of zhe and u makes no Greek of a word that is all alike.
        "look-alike-letter",
        [replaced(TILE, "only a tile of it", "only a tile \u0436\u0443\u043a \u039a\u0391 of it")],
        [
            f"{TILE}:25:61: `\u039a` in `\u039a\u0391` of `effects[0].how` is U+039A, greek capital letter kappa: type the Latin letter `K`"
        ],
    ),
    (
        "comment-behind-text",
        [replaced(TILE, "name: Tile", "name: Tile # and more")],
        [f"{TILE}:4:12: what follows ` # ` is read as a comment: put the whole text in quotes"],
    ),
    (
        "surplus-space",
        [replaced(GUESS, "Guess Which Words", "Guess  Which Words")],
        [f"{GUESS}:2:8: `title` has spaces too many: leave one between words"],
    ),
    (
        "untidy-link",
        [replaced(TILE, "https://example.org/tile/docs", "https://example.org/tile/docs?utm_source=x&a=1")],
        [f"{TILE}:18:9: the address can be tidier: write https://example.org/tile/docs?a=1"],
    ),
    (
        "untidy-link",
        [replaced(TILE, "https://git.example.org/tile/code", "http://github.com/moth/tile.git")],
        [f"{TILE}:15:15: the address can be tidier: write https://github.com/moth/tile"],
    ),
    (
        "unknown-code-host",
        [replaced(TILE, "https://git.example.org/tile/code", "https://example.org/tile/code")],
        [f"{TILE}:15:15: example.org is no known host of code: is this the project's page?"],
    ),
    (
        "todo-left",
        [replaced(TILE, "kind: paper", "# TODO: look the kind up\nkind: paper")],
        [f"{TILE}:5:1: left to do: # TODO: look the kind up: fill the blank, delete the comment"],
    ),
    (
        "todo-left",
        [replaced(CACHING, "order: 1", "order: 1  # FIXME")],
        [f"{CACHING}:3:11: left to do: # FIXME: fill"],
    ),
    (
        "implausible-value",
        [
            replaced(TILE, "metric: training-speed-up", "metric: memory-reduction"),
            replaced(TILE, "value: 15", "value: 150"),
        ],
        [
            f"{TILE}:69:12: `memory reduction` of 150 % is more than the whole: read the number and its unit again"
        ],
    ),
    (
        "implausible-value",
        [replaced(TILE, "value: 10", "value: 0")],
        [f"{TILE}:53:12: a ratio of 0 says nothing"],
    ),
    (
        "inconsistent-figures",
        [replaced(GIANT, "kv_heads: 8", "kv_heads: 5")],
        [f"{GIANT}:18:17: 32 query heads cannot share 5 key-value heads evenly"],
    ),
    (
        "inconsistent-figures",
        [
            replaced(GIANT, "      layers: 32", "      active_parameters: 8000000000\n      layers: 32"),
            replaced(GIANT, "[parameters]", "[parameters, active_parameters]"),
        ],
        [f"{GIANT}:15:26: `active_parameters` is 8,000,000,000, `parameters` only 7,000,000,000"],
    ),
    (
        "unusual-figures",
        [
            replaced(GIANT, "      kv_heads: 8", "      kv_heads: 8\n      head_size: 64"),
            replaced(GIANT, "kv_heads]", "kv_heads, head_size]"),
        ],
        [f"{GIANT}:19:18: 32 heads of 64 make 2,048, not 4,096: look the figures up"],
    ),
    (
        "dates-out-of-order",
        [added(TILE, 'corrections:\n  - {on: 2026-11-20, what: "The unit was wrong."}\n')],
        [f"{TILE}:82:10: 2026-11-20 comes before 2026-11-23"],
    ),
    (
        "dates-out-of-order",
        [added(TILE, 'corrections:\n  - {on: 2026-11-25, what: "The unit was wrong."}\n')],
        [f"{TILE}:77:7: the last check is of 2026-11-23, a correction of 2026-11-25"],
    ),
    (
        "filler-phrase",
        [replaced(TILE, "So this trick fills", "So this Novel trick fills")],
        [f"{TILE}:45:10: `novel` says nothing: drop it, or say what is meant"],
    ),
    (
        "parted-word",
        [replaced(TILE, "So this trick fills", "So this pre- training trick fills")],
        [
            f"{TILE}:45:10: `pre- training` is one word that a line break parts: put the whole word on one line"
        ],
    ),
    (
        "copied-title",
        [replaced(TILE, "The end result", "The Tile: Moth-like attention, exact and small. The end result")],
        [f"{TILE}:45:10: the text repeats the title: say it in other words"],
    ),
    (
        "same-beginning",
        [alike],
        [
            f"papers/2020/moth{letter}2020thing.yaml:13:10: it begins `it begins like`, as do moth"
            for letter in "abcdefgh"
        ],
    ),
    (
        "unknown-metric",
        [replaced(TILE, "metric: training-speed-up", "metric: training-speedup")],
        [f"{TILE}:68:13: there is no metric `training-speedup`: did you mean `training-speed-up`?"],
    ),
    (
        "unknown-metric",
        [replaced(TILE, "metric: training-speed-up", "metric: zzz")],
        [f"{TILE}:68:13: there is no metric `zzz`: add it to taxonomy/metrics.yaml"],
    ),
    (
        "unknown-model",
        [replaced(TILE, "model: imaginary-1b\n", "model: imaginary-2b\n")],
        [f"{TILE}:60:12: there is no model `imaginary-2b`: did you mean `imaginary-1b`?"],
    ),
    (
        "unknown-device",
        [replaced(TILE, "device: imaginary-card", "device: icard")],
        [f"{TILE}:62:13: there is no device `icard`: did you mean `imaginary-card`?"],
    ),
    (
        "unknown-unit",
        [replaced(TILE, "unit: x", "unit: gb")],
        [f"{TILE}:55:11: there is no unit `gb`: did you mean `GB`?"],
    ),
    (
        "repeated-result-id",
        [replaced(TILE, "id: training-speed-up", "id: memory-reduction-imaginary-1b")],
        [f"{TILE}:67:9: `memory-reduction-imaginary-1b` is the id of two results: say in one of them"],
    ),
    (
        "unknown-result",
        [again("training-speedup", "confirmed")],
        [
            f"{TILE}:73:13: there is no result `training-speedup` in this entry: did you mean `training-speed-up`?"
        ],
    ),
    (
        "bare-difference",
        [again("training-speed-up", "differs")],
        [f"{TILE}:74:14: the outcome is `differs`, and `value` or `why` is not there: add `value` or `why`"],
    ),
    (
        "bare-difference",
        [again("training-speed-up", "explained", "value: 3")],
        [f"{TILE}:74:14: the outcome is `explained`, and `why` is not there: add `why`"],
    ),
    (
        "unknown-unit",
        [again("training-speed-up", "differs", "value: 3", "unit: gb")],
        [f"{TILE}:76:11: there is no unit `gb`: did you mean `GB`?"],
    ),
    (
        "unknown-record",
        [again("training-speed-up", "confirmed", source="{record: nowhere, kind: table}")],
        [f"{TILE}:75:22: `moth2022tile` has no record at `nowhere`: its records: arxiv, imaginary-conf"],
    ),
    (
        "unknown-entry",
        [
            again(
                "training-speed-up", "confirmed", source="{record: arxiv, entry: moth2020spars, kind: table}"
            )
        ],
        [f"{TILE}:75:36: there is no entry `moth2020spars`: did you mean `moth2020sparse`?"],
    ),
    (
        "unknown-record",
        [replaced(TILE, "record: arxiv", "record: imaginary-journal")],
        [
            f"{TILE}:66:22: `moth2022tile` has no record at `imaginary-journal`: its records: arxiv, imaginary-conf"
        ],
    ),
    (
        "metric-unit",
        [replaced(TILE, "unit: x", "unit: GB")],
        [
            f"{TILE}:55:11: `memory-reduction` is a ratio, and `GB` is a unit of bytes: correct the unit, or name"
        ],
    ),
    (
        "metric-unit",
        [
            replaced(TILE, "metric: memory-reduction", "metric: peak-memory"),
        ],
        [f"{TILE}:55:11: `peak-memory` is a measure with a unit, and `x` is a unit of ratio"],
    ),
    (
        "wording-without-direction",
        [replaced(TILE, "wording: less peak memory", "wording: peak memory")],
        [
            f"{TILE}:52:14: `peak memory` does not say which way the number of `memory-reduction` goes: begin with"
        ],
    ),
    (
        "wording-without-direction",
        [
            replaced("taxonomy/metrics.yaml", "label: Memory reduction", "label: Memory gain"),
            replaced(TILE, "wording: less peak memory", "wording: peak memory"),
            replaced(TILE, "unit: x", 'unit: "%"'),
        ],
        [
            f"{TILE}:52:14: `peak memory` does not say which way the number of `memory-reduction` goes: begin with"
        ],
    ),
    (
        "result-and-effects",
        [
            replaced("taxonomy/metrics.yaml", "speed-up, resource: memory", "speed-up, resource: latency"),
            replaced(TILE, 'unit: "%"', "unit: x"),
        ],
        [f"{TILE}:67:5: `training-speed-up` is about latency, which is none of its gains: add the effect"],
    ),
    (
        "hidden-memory",
        [
            replaced(
                FACETS,
                "  - {id: latency,",
                '  - {id: parameters, label: Weights, description: "How many."}\n  - {id: latency,',
            ),
            replaced(
                TILE,
                "requires: [custom-kernel]",
                '  - {resource: parameters, phase: inference, change: saves, how: "has fewer"}\nrequires: [custom-kernel]',
            ),
        ],
        [f"{TILE}:27:5: it saves parameters at inference, but neither memory nor storage: add the effect"],
    ),
    (
        "mirror-without-read-in",
        [
            replaced(
                TILE,
                '{url: "https://example.org/tile", kind: abstract}',
                '{url: "https://digest.example/tile", kind: abstract}',
            )
        ],
        [f"{TILE}:71:19: this page is no publisher's, archive's or official repository's: name the `record`"],
    ),
    (
        "unseen-identifier",
        [replaced(TILE, "    - https://arxiv.org/abs/2205.99991\n", "")],
        [
            f"{TILE}:12:49: arxiv 2205.99991 is in none of the addresses in `checked.sources`: open https://arxiv.org/abs/2205.99991"
        ],
    ),
    (
        "unseen-identifier",
        [replaced(TILE, 'arxiv: "2205.99991"', 'arxiv: "2205.99991", doi: "10.1609/tile.2205.1"')],
        [
            f"{TILE}:12:68: doi 10.1609/tile.2205.1 is in none of the addresses in `checked.sources`: open https://doi.org/10.1609/tile.2205.1"
        ],
    ),
    (
        "later-than-itself",
        [
            replaced(
                TILE, "{type: competes-with, entry: nobody2021guess}", "{type: uses, entry: solo2023giant}"
            )
        ],
        [f"{TILE}:74:25: `solo2023giant` is of 2023-12, this work of 2022-05: turn the relation round"],
    ),
    (
        "ambiguous-spelling",
        [replaced("taxonomy/metrics.yaml", "aliases: [less memory]", "aliases: [Peak memory]")],
        [
            "taxonomy/metrics.yaml:9:5: `Peak memory` is a spelling of `memory-reduction` too: keep one of them"
        ],
    ),
    (
        "vocabulary-reference",
        [replaced("taxonomy/metrics.yaml", "Peak memory, resource: memory", "Peak memory, resource: memry")],
        ["taxonomy/metrics.yaml:9:53: there is no `memry`: did you mean `memory`?"],
    ),
    (
        "vocabulary-reference",
        [replaced("taxonomy/devices.yaml", "kind: datacenter-gpu", "kind: gpu")],
        ["taxonomy/devices.yaml:3:55: there is no `gpu`"],
    ),
    (
        "vocabulary-reference",
        [
            replaced(
                "taxonomy/models.yaml",
                "parameters: 1000000000,",
                "parameters: 1000000000, card: {entry: solo2023giant, variant: Giant 8B},",
            )
        ],
        ["taxonomy/models.yaml:3:"],
    ),
    (
        "repeated-id",
        [
            replaced(
                "taxonomy/metrics.yaml",
                "  - {id: GB, label: GB, dimension: bytes, factor: 1000000000}\n",
                "  - {id: GB, label: GB, dimension: bytes, factor: 1000000000}\n  - {id: GB, label: GB, dimension: bytes}\n",
            )
        ],
        ["taxonomy/metrics.yaml:6:10: `GB` is in `units` twice: keep one"],
    ),
    (
        "unknown-entry",
        [replaced(TILE, "baseline_entry: cachecrew2021larder", "baseline_entry: cachecrew2021larde")],
        [f"{TILE}:58:21: there is no entry `cachecrew2021larde`: did you mean `cachecrew2021larder`?"],
    ),
    (
        "unknown-reason",
        [added(DECLINED, REFUSED.replace("because: overview", "because: overveiw"))],
        [f"{DECLINED}:5:65: there is no reason `overveiw`: did you mean `overview`?"],
    ),
    (
        "declined-and-entered",
        [added(DECLINED, REFUSED.replace("2401.99990", "2205.99991"))],
        [
            f"{DECLINED}:5:10: `arxiv:2205.99991` is entered as moth2022tile too: delete this line, or the entry"
        ],
    ),
    (
        "repeated-id",
        [added(DECLINED, REFUSED + REFUSED.splitlines(keepends=True)[-1])],
        [f"{DECLINED}:6:10: `arxiv:2401.99990` is in `declined` twice: keep one"],
    ),
    (
        "unknown-list",
        [
            configured("watch:\n  lists:\n    - {id: big-list, title: A big list}"),
            added(CANDIDATES, WATCHED_WORK),
        ],
        [f"{CANDIDATES}:1:1: arxiv:2401.99990: no list `bigg-list` is watched: did you mean `big-list`?"],
    ),
    (
        "unknown-part",
        [added(COMBINES, STACKED.replace("moth2022tile", "moth2022tyle"))],
        [f"{COMBINES}:5:38: there is no topic or entry `moth2022tyle`: did you mean `moth2022tile`?"],
    ),
    (
        "pair-with-itself",
        [added(COMBINES, STACKED.replace("architectures/attention", "moth2022tile"))],
        [f"{COMBINES}:5:12: both ends are `moth2022tile`: write the other end, or delete the row"],
    ),
    (
        "unknown-combines-source",
        [added(COMBINES, STACKED.replace("source: lamp-docs", "source: lamp-doc"))],
        [f"{COMBINES}:5:77: there is no source `lamp-doc`: did you mean `lamp-docs`?"],
    ),
    (
        "unknown-combines-source",
        [added(COMBINES, STACKED.replace("source: lamp-docs", "paper: moth2022tyle"))],
        [f"{COMBINES}:5:76: there is no entry `moth2022tyle`: did you mean `moth2022tile`?"],
    ),
    (
        "unpinned-source",
        [added(COMBINES, STACKED.replace("0a1b2c3", "main"))],
        [
            f"{COMBINES}:3:80: this address moves with its branch: write the address at a commit or a release: .../blob/<commit>/..."
        ],
    ),
    (
        "repeated-combination",
        [
            added(COMBINES, STACKED),
            added(
                COMBINES,
                '  - {pair: [moth2022tile, architectures/attention], verdict: works, source: lamp-docs, note: "Again."}\n',
            ),
        ],
        [
            f"{COMBINES}:6:5: `lamp-docs` speaks of architectures/attention and moth2022tile in an earlier row: join the two rows"
        ],
    ),
]
