"""The scripts of pages: modules in the source, one classic script for each page in the site.

A browser loads no module from a page that was opened from disk, and the offline copy is read so. The modules
that a page needs are therefore joined when the site is built. Each is a function of its own; its exports are
kept in one global object, ``rekb``, under the name of the module: later modules of the page find them there.
"""

import re
from functools import cache
from importlib.resources import files

COMMON = "rekb.js"
"""The script of every page; scripts of single pages find its modules loaded."""
CLASSIC = ("rekb-early.js", "offline.js")
"""Scripts that are no modules: they run while a page is read, before anything else."""
_IMPORT = re.compile(r'^import \{([^{}]*)\} from "\./([a-z]+\.js)";$', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async function\*?|function\*?|const|class) (\w+))", re.MULTILINE)
_OTHER = re.compile(r"^(?:import|export)\b.*", re.MULTILINE)
_COMMENT = re.compile(r"^[ ]*/\*(?:(?!\*/)[\s\S])*\*/\n", re.MULTILINE)
"""A comment that has its lines to itself: readers of the source need it, browsers do not."""
# A module is strict by itself; a classic script has to say so.
_MODULE = """\
/* {name} */
(function () {{
"use strict";
{text}rekb.{stem} = {{ {exports} }};
}})();
"""
# All scripts of a page share this object, so a later one must not replace it.
_START = "globalThis.rekb ??= {};\n"


class ScriptError(ValueError):
    """A module that cannot be joined with others."""


def page_script(name: str) -> str:
    """Return the classic script made of the module `name` and all that it imports.

    Modules that `COMMON` holds are left out of others, for every page has loaded them before.

    Raises:
        ScriptError: for an import or export in another form than ``import { a } from "./b.js";`` and
            ``export`` before a function, a class or a constant, and for modules that import each other.
    """
    common = set() if name == COMMON else set(_with_imports(COMMON))
    modules = [module for module in _with_imports(name) if module not in common]
    return _START + "".join(classic(module, _source(module)) for module in modules)


@cache
def _source(name: str) -> str:
    return (files("rekb.site") / "static" / name).read_text(encoding="utf-8")


def _with_imports(name: str, above: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return a module behind all that it imports, each once."""
    if name in above:
        raise ScriptError(f"{' imports '.join((*above, name))}: modules may not import each other")
    found: list[str] = []
    for imported in _IMPORT.findall(_source(name)):
        found += _with_imports(imported[1], (*above, name))
    return tuple(dict.fromkeys((*found, name)))


def classic(name: str, text: str) -> str:
    """Return a module as a function that takes its imports from ``rekb`` and leaves its exports there.

    Args:
        name: the module's file.
        text: its source.
    """
    exports = _EXPORT.findall(text)
    text = _IMPORT.sub(_as_constants, _EXPORT.sub("", _COMMENT.sub("", text)))
    if strange := _OTHER.search(text):
        raise ScriptError(f"{name}: `{strange[0].strip()}` is no form of import or export that can be joined")
    stem = name.removesuffix(".js")
    return _MODULE.format(name=name, text=text.lstrip("\n"), stem=stem, exports=", ".join(exports))


def _as_constants(found: re.Match[str]) -> str:
    """Return an import as constants; ``a as b`` is ``a: b`` there."""
    names = " ".join(found[1].split()).removesuffix(",").replace(" as ", ": ")
    return f"const {{ {names.strip()} }} = rekb.{found[2].removesuffix('.js')};"
