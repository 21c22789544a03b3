"""Scripts are joined from modules and style sheets from components; none is forgotten or loaded twice."""

import json
import re
from pathlib import Path

import pytest

import rekb
from in_node import in_node
from rekb.site.build import SEARCH_SCRIPT
from rekb.site.build import STATIC as EVERYWHERE
from rekb.site.outputs.scripts import CLASSIC, COMMON, ScriptError, classic, page_script
from rekb.site.outputs.styles import STYLES, style_sheet
from rekb.site.pages.registry import PAGE_KINDS

ROOT = Path(__file__).parents[1]
STATIC = Path(rekb.__file__).parent / "site" / "static"
LOADED = [name for kind in PAGE_KINDS.values() for name in kind.loads]
"""Files that only some pages load."""
PAGES = [SEARCH_SCRIPT, *(name for name in LOADED if name.endswith(".js"))]
"""What pages load beside the script that all have. That of searches is fetched when one is used first, and
`exploring.js` behind the first paint."""
MODULES: list[tuple[str, str, str, str]] = [
    (
        "one",
        """/* What it is for. */
export const one = 1;
export function two() {
  /** Not for browsers. */
  return one + 1;
}
""",
        """const one = 1;
function two() {
  return one + 1;
}
""",
        "one, two",
    ),
    (
        "more",
        """import {
  one,
  two as second,
} from "./one.js";
import { need } from "./dom.js";
export class More {}
export async function later() {}
""",
        """const { one, two: second } = rekb.one;
const { need } = rekb.dom;
class More {}
async function later() {}
""",
        "More, later",
    ),
    (
        "kept",
        """start(/* not on a line of its own */ 1); // nor this
export function* each() {}
""",
        """start(/* not on a line of its own */ 1); // nor this
function* each() {}
""",
        "each",
    ),
]
"""A module, its text, what stays of it in a page, and what it exports."""


@pytest.mark.parametrize(("name", "text", "kept", "exports"), MODULES, ids=[row[0] for row in MODULES])
def test_a_module_becomes_a_function(name: str, text: str, kept: str, exports: str) -> None:
    start = f'/* {name}.js */\n(function () {{\n"use strict";\n'
    end = f"rekb.{name} = {{ {exports} }};\n}})();\n"
    assert classic(f"{name}.js", text) == start + kept + end


@pytest.mark.parametrize(
    "line",
    [
        "export default function () {}",
        "export { one };",
        "export let changed = 1;",
        'export * from "./one.js";',
        'import one from "./one.js";',
        'import * as all from "./one.js";',
        'import "./one.js";',
        'import { one } from "one";',
        'import { one } from "https://example.org/one.js";',
    ],
)
def test_other_forms_are_refused(line: str) -> None:
    with pytest.raises(ScriptError) as raised:
        classic("odd.js", f"const first = 1;\n{line}\n")
    assert str(raised.value).startswith(f"odd.js: `{line}` is no form")


def modules_in(script: str) -> list[str]:
    """Return the modules of a page's script, in order."""
    return re.findall(r"^/\* (\w+\.js) \*/$", script, re.MULTILINE)


def test_every_module_is_on_a_page_and_none_twice() -> None:
    common = modules_in(page_script(COMMON))
    assert common[-1] == COMMON
    loaded = set(common)
    for page in PAGES:
        own = modules_in(page_script(page))
        assert own[-1] == page
        assert len({*common, *own}) == len(common) + len(own), page
        loaded |= set(own)
    assert loaded | set(CLASSIC) == {file.name for file in STATIC.glob("*.js")}


def test_modules_come_behind_what_they_import() -> None:
    common = modules_in(page_script(COMMON))
    for page in PAGES:
        order = [*common, *modules_in(page_script(page))]
        for module in order:
            text = (STATIC / module).read_text(encoding="utf-8")
            imported = re.findall(r'^(?:import|\}) .*from "\./(\w+\.js)";$', text, re.MULTILINE)
            late = [other for other in imported if order.index(other) > order.index(module)]
            assert late == [], (page, module)


def test_a_joined_script_runs() -> None:
    program = "return rekb.words.slips(given[0], given[1], 2);"
    assert in_node(["words.js"], program, ["atention", "attention"]) == [1, 1]


def test_every_component_is_in_a_sheet() -> None:
    parts = [part for parts in STYLES.values() for part in parts]
    assert sorted(parts) == sorted(file.stem for file in (STATIC / "styles").glob("*.css"))


def test_every_sheet_and_script_is_loaded_by_one_kind_of_page() -> None:
    assert len(set(LOADED)) == len(LOADED)
    assert {name for name in LOADED if name.endswith(".css")} | {EVERYWHERE[0]} == set(STYLES)


def test_every_class_of_a_sheet_is_used() -> None:
    package = Path(rekb.__file__).parent
    files = [file for kind in ("*.html", "*.py", "*.js") for file in package.rglob(kind)]
    used = "".join(file.read_text(encoding="utf-8") for file in files)
    for sheet in STYLES:
        names = set(re.findall(r"\.(rekb-[\w-]+)", style_sheet(sheet)))
        # what a template or a drawing puts together from parts is written as far as the last joint
        unused = [name for name in names if name not in used and re.split(r"(?<=--|__)", name)[0] not in used]
        assert sorted(unused) == [], sheet


@pytest.mark.parametrize("folder", ["tools/frontend", "tools/audit"])
def test_locks_name_no_registry(folder: str) -> None:
    lock = json.loads((ROOT / folder / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert packages
    for name, package in packages.items():
        assert "resolved" not in package, name
        assert package["integrity"].startswith("sha512-"), name
