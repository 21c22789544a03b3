"""`rekb mcp` as clients meet it: the official client asks over standard input and output."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client
from mcp.types import TextContent

from fixture_kb import KB, TILE, added, copy, replaced
from rekb.answers.arguments import TOOLS
from rekb.answers.fitting import LIMIT
from rekb.answers.library import Shelf
from rekb.answers.tools import answer
from rekb.cli import main

SITE = "https://kb.example.org/base/"
CITED = """
@inproceedings{first,
  title = {The {Tile}: Moth-Like Attention, "Exact" and Small},
  author = {A. Moth and van Nowhere, {\\'E}mile and others},
  booktitle = {Imaginary Conference on Models, Machines and Moths}, year = 2023, pages = {11--26},
  doi = {https://doi.org/10.99999/tile.2023.1}}
@misc{second, title = {The Tile: Moth-Like Attention, Exact and Small},
  author = {Ada Moth and Émile van Nowhere}, year = 2024, eprint = {2101.99992}}
@misc{third, title = {Bats, Not Moths}, author = {B. Bat}, year = 2021}
@misc{fourth, author = {B. Bat}}
"""
ROWS: list[tuple[str, dict[str, Any], bool, list[str]]] = [
    (
        "find",
        {"words": "tile"},
        False,
        ['"key":"moth2022tile"', f'"page":"{SITE}papers/moth2022tile/"', "IC"],
    ),
    ("find", {"query": "saves=memory&since=2022"}, False, ['"total":1,', "moth2022tile"]),
    ("find", {"words": "attention", "query": "saves=latency"}, False, ['{"total":0,"works":[]}']),
    ("find", {}, True, ["find: nothing to search for; give `words`, `query` or both"]),
    ("find", {"query": "saves=memroy"}, True, ["unknown word of saves `memroy`; did you mean `memory`?"]),
    ("find", {"words": "tile", "offset": 4}, True, ["offset 4 is behind the end: there are 1 lines"]),
    ("find", {"wrods": "x"}, True, ["find: there is no argument `wrods`; did you mean `words`?"]),
    ("find", {"words": 3}, True, ["find: `words`: Input should be a valid string"]),
    ("find", {"words": "x" * 301}, True, ["find: `words`: String should have at most 300 characters"]),
    (
        "show",
        {"work": "Tile"},
        False,
        ["Émile van Nowhere", "saves memory (training)", '"expert":1', '"rest":"'],
    ),
    (
        "show",
        {"work": "Tile", "part": "Results"},
        False,
        ["less peak memory: up to 10 to 20.5x, vs plain attention"],
    ),
    ("show", {"work": "moth2020sparse", "part": "named by"}, False, ['["moth2022tile (builds-on)",']),
    ("show", {"work": "https://arxiv.org/abs/2205.99991v3", "part": "code"}, False, ["git.example.org/tile"]),
    ("show", {"work": "Tile", "part": "resutls"}, True, ["unknown part `resutls`; did you mean `results`?"]),
    (
        "show",
        {"work": "moth2022tyle"},
        True,
        ["there is no work 'moth2022tyle': did you mean `moth2022tile`?"],
    ),
    ("show", {"work": "attention"}, True, ["these hold its words: ", "moth2022tile"]),
    ("show", {"work": "../../../etc/passwd"}, True, ["there is no work '../../../etc/passwd'"]),
    ("show", {}, True, ["show: `work`: Field required"]),
    ("numbers", {"work": "Tile"}, False, ['"total":2', '"value":"up to 10 to 20.5x"', '"source":"Table 2']),
    (
        "numbers",
        {"metric": "memory-reduktion"},
        True,
        ["there is no metric `memory-reduktion`: did you mean"],
    ),
    (
        "compare",
        {"works": ["Tile", "moth2020sparse"]},
        False,
        [f"{SITE}compare/?papers=moth2022tile,moth2020sparse", '{"row":"needs","cells":["custom-kernel",'],
    ),
    ("compare", {"works": ["Tile"]}, True, ["compare: `works`: List should have at least 2 items"]),
    ("compare", {"works": ["Tile"] * 7}, True, ["compare: `works`: List should have at most 6 items"]),
    ("compare", {"works": ["Tile", "moth2022tile"]}, True, ["compare: all of these are moth2022tile"]),
    (
        "cite",
        {"works": ["Tile"], "style": "ris"},
        False,
        ["TY  - CONF\\r\\n", "van Nowhere, Émile\\r"],
    ),
    (
        "cite",
        {"works": ["Tile", "Tile"]},
        False,
        ['"works":["moth2022tile"]', "@inproceedings{moth2022tile,\\n"],
    ),
    ("cite", {"works": ["Tile"], "style": "mla"}, True, ["unknown style `mla`", "apa, ieee, acm"]),
    (
        "verify_citation",
        {"citation": CITED},
        False,
        [
            '"cited_as":"first","verdict":"agrees","key":"moth2022tile"',
            '"agree":["title","authors","venue","pages","year","doi"]',
            '{"field":"authors","given":"2 authors, number 3: nobody","here":"4 authors, number 3: Solo"}',
            '{"field":"year","given":"2024","here":"arXiv 2022,',
            '"notes":["arxiv 2101.99992 is that of nobody2021guess"',
            '"cited_as":"third","verdict":"not here"',
            '"cited_as":"fourth","verdict":"not read","why":"the BibTeX entry `fourth` has no title"',
        ],
    ),
    (
        "verify_citation",
        {"citation": "https://doi.org/10.99999/tile.2023.1"},
        False,
        ['"verdict":"agrees","key":"moth2022tile"', '"agree":["doi"]'],
    ),
    (
        "verify_citation",
        {"title": "guess which words matter", "authors": ["Nobody, Nathan", "Zoe Zero"], "venue": "arXiv"},
        False,
        [
            '"agree":["title","venue"]',
            '"given":"2 authors, number 2: Zoe Zero","here":"1 authors, number 2: nobody"',
        ],
    ),
    (
        "verify_citation",
        {"citation": "Guess which words matter"},
        False,
        ['"verdict":"agrees","key":"nobody2021guess"', '"agree":["title"]'],
    ),
    ("verify_citation", {"identifier": "nonsense"}, True, ["'nonsense' is no identifier"]),
    ("verify_citation", {}, True, ["verify_citation: give `citation`, `title` or `identifier`"]),
    (
        "delete",
        {},
        True,
        ["there is no tool `delete`; there are find, show, numbers, compare, cite, verify_cita"],
    ),
]
"""Tool, arguments, whether it is refused, and parts of the answer."""


class Asked:
    """What a client was reported in one session."""

    def __init__(self, root: Path, home: Path) -> None:
        self.tools: dict[str, Mapping[str, Any]] = {}
        self.answers: list[tuple[bool, str]] = []
        self.name = ""
        command = [sys.executable, "-m", "rekb", "--root", str(root), "mcp"]
        # The server gets few variables. This one says where the package is that is tested.
        settings = {"XDG_CACHE_HOME": str(home), "PYTHONPATH": os.environ.get("PYTHONPATH", "")}
        self._server = StdioServerParameters(command=command[0], args=command[1:], env=settings)
        # In a thread of its own: the browser of other tests keeps a loop in the one that runs the tests.
        with ThreadPoolExecutor(1) as thread:
            thread.submit(anyio.run, self._ask).result()

    async def _ask(self) -> None:
        async with stdio_client(self._server) as streams, ClientSession(*streams) as session:
            self.name = (await session.initialize()).server_info.name
            for tool in (await session.list_tools()).tools:
                self.tools[tool.name] = tool.input_schema
            for name, arguments, _, _ in ROWS:
                result = await session.call_tool(name, arguments)
                (content,) = result.content
                assert isinstance(content, TextContent)
                self.answers.append((result.is_error, content.text))


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Asked:
    folder = tmp_path_factory.mktemp("mcp")
    return Asked(copy(folder, added("mkdocs.yml", f"site_url: {SITE}\n")), folder / "cache")


def test_the_client_sees_every_tool(asked: Asked) -> None:
    assert asked.name == "rekb"
    assert list(asked.tools) == list(TOOLS)
    for name, tool in TOOLS.items():
        fields = asked.tools[name]["properties"]
        assert list(fields) == list(tool.arguments.model_fields)
        assert all(field["description"] for field in fields.values())


@pytest.mark.parametrize("row", range(len(ROWS)), ids=[f"{n}-{row[0]}" for n, row in enumerate(ROWS)])
def test_answer(asked: Asked, row: int) -> None:
    _, _, is_refused, parts = ROWS[row]
    is_error, text = asked.answers[row]
    assert is_error is is_refused, text
    assert len(text.encode()) <= LIMIT
    for part in parts:
        assert part in text
    if not is_error:
        json.loads(text)


def test_without_the_package_one_line_says_what_to_install() -> None:
    program = "import sys; sys.modules['mcp'] = None; from rekb.cli import main; main(['mcp'])"
    root = Path(__file__).parents[1]
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=False
    )
    reported = "rekb: `rekb mcp` needs the package mcp: pip install 'rekb[mcp]'\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", reported)


def test_a_folder_without_a_knowledge_base_is_refused_at_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--root", str(tmp_path), "mcp"])
    assert ended.value.code == 2
    assert "the folder papers/ is missing" in capsys.readouterr().err


def test_the_server_lists_its_tools_before_it_reads_the_knowledge_base() -> None:
    late = ("rekb.api", "rekb.model", "rekb.loading.loader", "mkdocs", "yaml")
    program = f"import sys, rekb.answers.server; print([name for name in {late} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("style", "begins"),
    [
        ("bibtex", ("@inproceedings{moth2022tile,", "@article{moth2020sparse,")),
        ("apa", ("Moth, A., van Nowhere,", "Moth, A. (2020).")),
    ],
)
def test_each_citation_begins_on_a_line_of_its_own(style: str, begins: tuple[str, str]) -> None:
    found = answer(Shelf(KB).library(), "cite", {"works": ["Tile", "moth2020sparse"], "style": style})
    *lines, last = json.loads(found)["citation"].split("\n")
    assert last == ""
    assert "" not in lines
    for begin in begins:
        assert sum(line.startswith(begin) for line in lines) == 1


@pytest.mark.parametrize("works", [["Tile"], ["Tile", "moth2020sparse"]])
def test_citations_as_csl_are_json(works: list[str]) -> None:
    found = answer(Shelf(KB).library(), "cite", {"works": works, "style": "csl-json"})
    read = json.loads(json.loads(found)["citation"])
    items = read if isinstance(read, list) else [read]
    assert [item["id"] for item in items] == ["moth2022tile", "moth2020sparse"][: len(works)]


OPENED = """
import os
import sys
from pathlib import Path
from rekb.answers.library import Shelf
from rekb.answers.tools import answer
from rekb.errors import RekbError

root = Path(sys.argv[1]).resolve()
def ask(shelf):
    for text in ("/etc/passwd", "../../../etc/passwd", "file:///etc/passwd", "papers/2022/moth2022tile.yaml"):
        for tool, arguments in (
            ("show", {"work": text}), ("show", {"work": "moth2022tile", "part": text}),
            ("find", {"words": text}),
            ("cite", {"works": [text]}), ("cite", {"works": ["moth2022tile"], "style": text}),
            ("verify_citation", {"citation": text}),
            ("verify_citation", {"citation": "@misc{a, file={%s}}" % text}),
        ):
            try:
                answer(shelf.library(), tool, arguments)
            except RekbError:
                pass

ask(Shelf(Path(sys.argv[2])))  # what is imported late is there now
opened = []
sys.addaudithook(lambda event, values: opened.append(values[0]) if event == "open" else None)
ask(Shelf(root))
paths = [Path(path) for path in opened if isinstance(path, (str, Path))]
allowed = {root, Path(os.environ["XDG_CACHE_HOME"])}
print(len(paths) > 0, [str(path) for path in paths if not allowed & set(path.parents)])
"""


def test_no_file_outside_the_folder_is_opened(tmp_path: Path) -> None:
    root = copy(tmp_path, lambda root: (root / "mkdocs.yml").symlink_to("/etc/hostname"))
    command = [sys.executable, "-c", OPENED, str(root), str(copy(tmp_path / "other"))]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        check=True,
        env={"XDG_CACHE_HOME": str(tmp_path / "cache")},
    )
    assert done.stdout.strip() == "True []"


def test_the_answer_after_a_change_is_another(tmp_path: Path) -> None:
    root = copy(tmp_path)
    shelf = Shelf(root)
    first = shelf.library()
    assert shelf.library() is first
    replaced(TILE, "name: Tile\n", "name: Slab\n")(root)
    assert shelf.library() is not first
    assert '"key":"moth2022tile"' in answer(shelf.library(), "show", {"work": "slab"})
    (root / TILE).write_text("title: [\n", encoding="utf-8")
    assert "moth2022tile" not in shelf.library().base
