"""Runs a command again and again, each time killed at another point of what it does to files.

Called by tests as a program of its own: ``killed.py BASE POINTS COMMAND...`` in an empty folder. It loads the
command once and makes a copy of itself for each point, which is killed there by the signal that nobody can
catch: just before a file is opened for writing, renamed, removed, or while bytes are on their way.
"""

import contextlib
import os
import random
import shutil
import signal
import sys
from pathlib import Path
from typing import Any

_STEPS = frozenset({"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.chmod", "shutil.rmtree"})
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT
_SEED = 10


class _Counter:
    """Counts steps; ends this process at one of them."""

    def __init__(self, kill_at: int | None) -> None:
        self.kill_at = kill_at
        self.seen = 0

    def step(self) -> None:
        if self.seen == self.kill_at:
            os.kill(os.getpid(), signal.SIGKILL)
        self.seen += 1

    def event(self, name: str, arguments: tuple[Any, ...]) -> None:
        if name in _STEPS or (name == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITES):
            self.step()

    def synced(self, fd: Any) -> None:
        """Stand for `os.fsync`: all bytes are written by then, and nothing is renamed yet."""
        self.step()
        os.fdatasync(fd)


def _run(folder: Path, command: list[str], kill_at: int | None) -> None:
    """Run a command in this process, in a folder; write down how many steps it took."""
    from rekb.cli import main  # noqa: PLC0415 - loaded by the parent

    os.chdir(folder)
    output = os.open(os.devnull, os.O_WRONLY)
    os.dup2(output, 1)
    os.dup2(output, 2)
    counter = _Counter(kill_at)
    os.fsync = counter.synced
    sys.addaudithook(counter.event)
    with contextlib.suppress(SystemExit):
        main(command)
    seen = counter.seen
    counter.kill_at = None
    (folder.parent / f"{folder.name}.steps").write_text(str(seen), encoding="utf-8")


def _copy_of_this_process(base: Path, folder: Path, command: list[str], kill_at: int | None) -> int:
    """Return the status of a copy that runs the command on a copy of the base."""
    shutil.copytree(base, folder)
    child = os.fork()
    if child == 0:
        try:
            _run(folder, command, kill_at)
        finally:
            os._exit(0)
    return os.waitpid(child, 0)[1]


def run(base: Path, points: int, command: list[str]) -> None:
    """Leave a folder `whole`, and one for each point at which the command was killed: `killed-N`."""
    import mkdocs.commands.build  # noqa: F401, PLC0415 - loaded once for all copies

    import rekb.cli.commands.add  # noqa: PLC0415 - the same
    import rekb.cli.commands.fmt  # noqa: PLC0415 - the same
    import rekb.cli.commands.import_works  # noqa: PLC0415 - the same
    import rekb.cli.commands.site  # noqa: F401, PLC0415 - the same

    here = Path.cwd()
    _copy_of_this_process(base, here / "whole", command, None)
    steps = int((here / "whole.steps").read_text(encoding="utf-8"))
    chosen = random.Random(_SEED)  # noqa: S311 - no secret
    ended_before = 0
    for number in range(points):
        status = _copy_of_this_process(base, here / f"killed-{number}", command, chosen.randrange(steps))
        ended_before += not os.WIFSIGNALED(status)
    assert ended_before <= points // 20  # how many steps there are may differ by a few


if __name__ == "__main__":
    run(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
