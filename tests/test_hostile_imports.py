"""Files of works from strangers: whatever stands in them, what is written validates and no run breaks."""

import contextlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from fixture_kb import copy, findings
from hostile_texts import HOSTILE
from rekb.diagnostics import Severity
from rekb.errors import RekbError
from rekb.sources.formats import file_works
from test_cli_import import imported

Record = Callable[[int, str], str]
"""Returns a record of a file, by its number and a payload that stands in each of its texts."""


def bibtex(number: int, text: str) -> str:
    fields = {"title": f"Work {number} {text}", "author": f"Moth, A. {text}", "journal": "JIR", "note": text}
    fields |= {"abstract": text, "url": text, "volume": text, "pages": text, "keywords": text}
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
    return f"@article{{k{number},\n{lines}  year = 2021\n}}\n"


def ris(number: int, text: str) -> str:
    fields = {"TI": f"Work {number} {text}", "AU": f"Moth, A. {text}", "JO": "JIR", "N1": text, "AB": text}
    fields |= {"UR": text, "VL": text, "SP": text, "KW": text, "PY": "2021"}
    return "TY  - JOUR\n" + "".join(f"{tag}  - {value}\n" for tag, value in fields.items()) + "ER  - \n"


def csl(number: int, text: str) -> str:
    people = [{"family": "Moth", "given": f"A. {text}"}, {"literal": text}]
    fields = {"id": text, "title": f"Work {number} {text}", "author": people, "container-title": "JIR"}
    fields |= {"abstract": text, "URL": text, "volume": text, "page": text, "note": text}
    return json.dumps(fields | {"type": "article-journal", "issued": {"date-parts": [[2021]]}})


def listed(number: int, text: str) -> str:
    link = f"[[Paper]](https://arxiv.org/abs/2101.{number:05})"
    return f"- Work {number} {text}. *[JIR'21]* {link} [{text}]({text})\n"


TOGETHER = 5
"""Payloads in a text."""
FILES: dict[str, Callable[[list[str]], str]] = {
    "in.bib": "\n".join,
    "in.ris": "".join,
    "in.json": lambda records: f"[{','.join(records)}]",
    "in.md": lambda records: "# List\n\n## Efficient attention\n\n" + "".join(records),
}
RECORDS: dict[str, Record] = {"in.bib": bibtex, "in.ris": ris, "in.json": csl, "in.md": listed}


@pytest.mark.parametrize("name", FILES)
def test_what_is_written_of_hostile_records_validates(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    root = copy(tmp_path)
    before = {finding.place.path for finding in findings(root)}
    texts = [" ".join(HOSTILE[at : at + TOGETHER]) for at in range(0, len(HOSTILE), TOGETHER)]
    records = [RECORDS[name](number, text) for number, text in enumerate(texts)]
    options = ("--offline", "--topic", "architectures/attention")
    _, works, _ = imported(root, FILES[name](records), *options, capsys=capsys, name=name)
    assert len(works) >= len(texts) // 2
    errors = [
        finding
        for finding in findings(root)
        if finding.severity is Severity.ERROR and finding.place.path not in before
    ]
    assert errors == []


ODD: list[tuple[str, bytes]] = [
    ("in.bib", b"\xef\xbb\xbf@misc{a, title={A Moth}}"),
    ("in.bib", b"@misc{a, title={A\x00Moth}}"),
    ("in.bib", b"@misc{" + b"{" * 20_000),
    ("in.bib", b"@misc{a, title={" + b"{" * 5000 + b"A" + b"}" * 5000 + b"}}"),
    ("in.bib", b"@string{a = a # a}@string{b = a # b}@misc{k, title = b}"),
    ("in.bib", b'@string{a = "x"}' + b"@string{a = a # a}" * 60 + b"@misc{k, title = a}"),
    ("in.bib", b"@misc{a, crossref={a}, title={A}}"),
    ("in.bib", b"@misc{a, crossref={b}}@misc{b, crossref={a}}"),
    ("in.bib", b"@misc{a, title={A}, year={" + b"9" * 6000 + b"}}"),
    ("in.bib", b"@misc{a, title={A}, month={" + b"9" * 6000 + b"}, pages={" + b"9" * 6000 + b"}}"),
    ("in.bib", b'@preamble{"\\input{/etc/passwd}"}@misc{a, title={\\input{/etc/passwd}}}'),
    ("in.bib", b"@misc{a, title={\\def\\a{\\a}\\a}}"),
    ("in.bib", b"@misc{a, title={A}, author={" + b"Moth, Ada and " * 3000 + b"others}}"),
    ("in.bib", "@misc{a, title={A \u202e Moth}, author={Moth\u200b, A}}".encode()),
    ("in.bib", b"@misc{\xff\xfe, title={A}}"),
    ("in.ris", b"TY  - JOUR\nTI  - A\nPY  - 0000/00/00\nDA  - 99999999\nER  - \n"),
    ("in.ris", b"TY  - \nER  - \n" * 1000),
    ("in.ris", b"TY  - JOUR\nTY  - JOUR\nTI  - A\n"),
    ("in.ris", b"TY  - JOUR\r\rTI  - A\rER  - \r"),
    ("in.ris", b"TY  - JOUR\nTI  - " + b"A" * 200_000 + b"\nER  - \n"),
    ("in.ris", b"TY  - JOUR\nAU  - ,\nAU  - ,,,\nAU  - \nTI  - A\nER  - \n"),
    ("in.ris", "TY  - JOUR\nTI  - A\u2028B\x85C\nER  - \n".encode()),
    ("in.json", b"[" * 100_000),
    ("in.json", b"[" * 500 + b"]" * 500),
    ("in.json", b'{"a":' * 100_000),
    ("in.json", b'[{"title": NaN, "author": Infinity}]'),
    ("in.json", b'[{"title": 1e999, "issued": {"date-parts": [[1e999, -1e999]]}}]'),
    ("in.json", b'[{"title": "A", "issued": {"date-parts": [[' + b"9" * 6000 + b"]]}}]"),
    ("in.json", b'[{"title": "\\ud800", "author": [{"family": "\\udfff"}]}]'),
    ("in.json", b'[{"title": "A", "title": "B", "__proto__": {"x": 1}}]'),
    ("in.json", b'[{"title": {"$ref": "#"}, "author": {"family": "A"}}]'),
    ("in.json", b'[{"title": "A", "author": [[["a"]], null, 1, {"family": ["a"]}]}]'),
    ("in.json", b'[{"title": true, "DOI": {}, "URL": [], "page": 1.5, "volume": null}]'),
    ("in.json", b'{"title": "A", "type": "\\u0000"}'),
    ("in.json", b"[1e400, -0, 00]"),
    ("in.md", b"[" * 50_000),
    ("in.md", b"- [a]" + b"(" * 20_000),
    ("in.md", b"> " * 20_000 + b"a"),
    ("in.md", b"<details>" * 5000 + b"- [A](https://example.org)"),
    ("in.md", b"# A\n- [A](javascript:alert(1)) [B](data:text/html,x) [C](file:///etc/passwd)\n"),
    ("in.md", b"# A\n- [A][a]\n\n[a]: <javascript:alert(1)>\n[a]: https://example.org\n"),
    ("in.md", "# A\n- [A\u202eB](https://example.org/\u202e) <script>x</script>\n".encode()),
    ("in.md", b"| a |\n|---|\n" + b"|" * 20_000),
    ("in.md", b"\x1b[31m# A\n- \x1b]8;;http://x\x07[A](https://example.org)\x1b]8;;\x07\n"),
]


NAMES = [f"{number} {name} {data[:24]!r}" for number, (name, data) in enumerate(ODD)]


@pytest.mark.parametrize(("name", "data"), ODD, ids=NAMES)
def test_an_odd_file_breaks_no_reader(name: str, data: bytes) -> None:
    works: list[object] = []
    with contextlib.suppress(RekbError):
        works += [read.work for read in file_works(name, data)]
        assert works
    assert all(str(work) for work in works)
