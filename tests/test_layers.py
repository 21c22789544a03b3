"""Imports point down only: each part may use the parts below it, never those beside it upwards."""

import ast
import functools
from collections.abc import Iterator
from pathlib import Path

import pytest

import rekb

PACKAGE = Path(rekb.__file__).parent
LAYERS: list[set[str]] = [
    {"__main__"},
    {"cli"},
    {"__init__"},
    {"engines"},
    {"mkdocs", "scaffold"},
    {"fixes", "reference", "site", "upkeep"},
    {"answers"},
    {"intake"},
    {"lookup"},
    {"sources"},
    {"api"},
    {"checks", "edit", "exports", "reports"},
    {"loading"},
    {"kb"},
    {"citation", "identity"},
    {"model", "readability"},
    {"folders", "inside", "markdowntext", "yamlio"},
    {"diagnostics", "files", "hyphens", "jsontext", "meant", "text"},
    {"encoding", "errors", "hidden", "spelling", "styled"},
    {"about", "later"},
]
"""From the top down; a part may import itself and what stands in a lower set."""
INNER: dict[str, list[set[str]]] = {
    "cli": [{"__init__"}, {"app"}, {"commands"}, {"shared"}],
    "site": [
        {"__init__"},
        {"build"},
        {"pages"},
        {"outputs"},
        {"calculator", "facets", "kind"},
        {"parts"},
        {"asmarkdown", "charts", "templating"},
        {"page", "repository", "themetext", "urls"},
    ],
}
"""The same inside the rooms that have rooms of their own."""


@functools.cache
def parts_of(folder: Path) -> set[str]:
    """Return the modules and packages that stand in a folder."""
    return {p.stem for p in folder.iterdir() if p.suffix == ".py" or (p / "__init__.py").exists()}


PARTS = parts_of(PACKAGE)


def part(module: str) -> str:
    """Return the part of the package that a module belongs to; names of the package itself are `__init__`."""
    name = module.partition(".")[2].partition(".")[0]
    return name if name in PARTS else "__init__"


def inner_part(module: str, room: str) -> str:
    """Return the part of a room that a module of it belongs to; names of the room itself are `__init__`."""
    name = module.removeprefix(f"rekb.{room}").removeprefix(".").partition(".")[0]
    return name if name in parts_of(PACKAGE / room) else "__init__"


def modules() -> Iterator[Path]:
    yield from sorted(PACKAGE.rglob("*.py"))


@functools.cache
def imported(file: Path) -> set[str]:
    """Return the modules of ours that a file imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}: imports are absolute"
            names = (
                {f"{node.module}.{alias.name}" for alias in node.names} if node.module == "rekb" else set()
            )
            found |= names or {str(node.module)}
    return {name for name in found if name.split(".")[0] == "rekb"}


def level(name: str, layers: list[set[str]] = LAYERS) -> int:
    return next(number for number, layer in enumerate(layers) if name in layer)


def test_every_part_has_a_layer() -> None:
    assert set().union(*LAYERS) == PARTS


@pytest.mark.parametrize("file", list(modules()), ids=lambda file: file.relative_to(PACKAGE).as_posix())
def test_imports_point_down(file: Path) -> None:
    own = file.relative_to(PACKAGE).with_suffix("").parts[0]
    upward = {m for m in imported(file) if part(m) != own and level(part(m)) <= level(own)}
    assert upward == set()


@pytest.mark.parametrize("room", list(INNER))
def test_every_part_of_a_room_has_a_layer(room: str) -> None:
    assert set().union(*INNER[room]) == parts_of(PACKAGE / room)


@pytest.mark.parametrize(
    ("room", "file"),
    [(room, file) for room in INNER for file in sorted((PACKAGE / room).rglob("*.py"))],
    ids=lambda value: value if isinstance(value, str) else value.relative_to(PACKAGE).as_posix(),
)
def test_imports_inside_a_room_point_down(room: str, file: Path) -> None:
    layers = INNER[room]
    own = file.relative_to(PACKAGE / room).with_suffix("").parts[0]
    met = {m for m in imported(file) if part(m) == room}
    upward = {
        m
        for m in met
        if inner_part(m, room) != own and level(inner_part(m, room), layers) <= level(own, layers)
    }
    assert upward == set()


def test_an_import_upwards_would_be_seen(tmp_path: Path) -> None:
    file = tmp_path / "kb.py"
    file.write_text(
        "from rekb import load\ndef f():\n    from rekb.site.page import Page\n", encoding="utf-8"
    )
    assert {part(module) for module in imported(file)} == {"__init__", "site"}
    assert level("site") < level("kb")
    assert inner_part("rekb.site.page", "site") == "page"
    assert level("pages", INNER["site"]) < level("parts", INNER["site"])


@pytest.mark.parametrize(
    "name",
    [
        "site",
        "intake",
        "sources",
        "lookup",
        "upkeep",
        "exports",
        "checks",
        "citation",
        "edit",
        "loading",
        "model",
    ],
)
def test_only_the_adapters_know_mkdocs_and_click(name: str) -> None:
    files = (
        [PACKAGE / f"{name}.py"]
        if (PACKAGE / f"{name}.py").exists()
        else sorted((PACKAGE / name).rglob("*.py"))
    )
    assert files
    for file in files:
        tree = ast.parse(file.read_text(encoding="utf-8"))
        names = {str(n.module) for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
        names |= {alias.name for n in ast.walk(tree) if isinstance(n, ast.Import) for alias in n.names}
        assert not {n.split(".")[0] for n in names} & {"mkdocs", "material", "click"}


@pytest.mark.parametrize("file", list(modules()), ids=lambda file: file.relative_to(PACKAGE).as_posix())
def test_every_module_says_what_it_is_for_and_stays_small(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text))
    assert text.count("\n") < 400
