"""Runs scripts of the site in node, as the site has them: what needs no page gives the same answers there."""

import json
import shutil
import subprocess
from collections.abc import Sequence
from typing import Any

import pytest

from rekb.site.outputs.scripts import page_script

_MAIN = """
const { script, program, given } = JSON.parse(require("fs").readFileSync(0, "utf8"));
new Function(script)();
process.stdout.write(JSON.stringify(new Function("given", program)(given)));
"""


def in_node(modules: Sequence[str], program: str, given: object, replaced: tuple[str, str] = ("", "")) -> Any:
    """Return what a program makes of data in node, through JSON.

    Args:
        modules: the scripts that it uses, such as ``facets.js``; it finds their exports as ``rekb.facets``.
        program: a function's body; ``given`` is the data.
        given: what JSON can hold.
        replaced: a text of the scripts and what is put in its place, to show that a fault is noticed.
    """
    node = shutil.which("node")
    if node is None:
        # scripts/check-frontend has said so before any test ran, and where CI is set it has failed.
        pytest.skip("needs node on the PATH: https://nodejs.org")
    script = "".join(page_script(module) for module in modules)
    assert replaced[0] in script
    script = script.replace(*replaced) if replaced[0] else script
    sent = json.dumps({"script": script, "program": program, "given": given})
    done = subprocess.run([node, "-e", _MAIN], input=sent, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
