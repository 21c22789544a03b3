"""Python programs as a user starts them, but sooner: each is a copy of a process that has read all code.

Reading MkDocs, its theme and this package takes most of the time of a short command. A copy (`os.fork`) has
its own folder, environment, output and exit status, as a process of its own has; only the reading is shared.
"""

import atexit
import functools
import gc
import json
import os
import runpy
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

_QUIET = {"NO_MKDOCS_2_WARNING": "1"}
"""The theme prints a notice when it is read, which is before a test says what it sets."""


def python(
    root: Path, *arguments: str, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run ``python ARGUMENTS``, ``-m MODULE ...`` or ``-c CODE ...``, in a folder; return what it did."""
    with tempfile.TemporaryDirectory() as folder:
        output, errors = Path(folder) / "output", Path(folder) / "errors"
        everything = os.environ | _QUIET | dict(env or {})
        asked = {"arguments": arguments, "root": str(root), "env": everything}
        status = _asked(asked | {"output": str(output), "errors": str(errors)})
        texts = [file.read_text(encoding="utf-8") for file in (output, errors)]
    return subprocess.CompletedProcess(["python", *arguments], status, *texts)


def _asked(command: Mapping[str, Any]) -> int:
    """Have a copy run a command; return its exit status."""
    started = _started()
    assert started.stdin is not None
    assert started.stdout is not None
    started.stdin.write(json.dumps(command) + "\n")
    started.stdin.flush()
    return int(started.stdout.readline())


@functools.cache
def _started() -> subprocess.Popen[str]:
    """Return the process that is copied; it ends with this one, which closes its input."""
    command = [sys.executable, __file__]
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=os.environ | _QUIET
    )
    atexit.register(_end, process)
    return process


def _end(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.close()
    process.wait()


def _run(arguments: list[str]) -> None:
    """Do what ``python ARGUMENTS`` does."""
    kind, what, *rest = arguments
    if kind == "-m":
        sys.argv = [what, *rest]
        runpy.run_module(what, run_name="__main__", alter_sys=True)
    else:
        sys.argv = ["-c", *rest]
        exec(compile(what, "<string>", "exec"), {"__name__": "__main__"})  # noqa: S102 - the tests' own code


def _status(left_with: object) -> int:
    """Return the exit status that goes with what a program gave to `sys.exit`; words are printed."""
    if left_with is None:
        return 0
    if isinstance(left_with, int):
        return left_with
    sys.stderr.write(f"{left_with}\n")
    return 1


def _become(command: Mapping[str, Any]) -> int:
    """Run a command in this process, which is a copy; return its exit status."""
    for place, number in ((command["output"], 1), (command["errors"], 2)):
        os.dup2(os.open(place, os.O_WRONLY | os.O_CREAT), number)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.environ.clear()
    os.environ.update(command["env"])
    os.chdir(command["root"])
    sys.path[0] = command["root"]  # as with `python -m`
    try:
        _run(command["arguments"])
    except SystemExit as left:
        return _status(left.code)
    except BaseException:  # noqa: BLE001 - printed as Python prints it
        sys.excepthook(*sys.exc_info())
        return 1
    return 0


def _serve() -> None:
    """Make a copy for each command that is asked for, and say how it ended."""
    import mkdocs.commands.build  # noqa: PLC0415 - read once for all copies
    import mkdocs.commands.serve  # noqa: F401, PLC0415 - the same

    import rekb.cli.commands.site  # noqa: PLC0415 - the same
    import rekb.mkdocs.plugin  # noqa: F401, PLC0415 - the same
    from compiled import compile_templates, remember_templates  # noqa: PLC0415 - the same

    remember_templates()
    compile_templates()
    gc.freeze()
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            ended = _become(json.loads(line))
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(ended)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        sys.stdout.write(f"{status}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    _serve()
