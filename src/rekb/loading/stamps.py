"""Whether files are those that were seen before, by what the disk shows of them and not by their bytes.

A write to a file changes the time of its last change, to the nanosecond, whatever it does to its length, and
no program can set that time. So the stamps of files prove like their bytes that nothing was written, as in
git, and need no reading. Two writes within one tick of the disk's clock could look alike: files that are
as young as that are not compared by their stamps.
"""

import hashlib
import os
import stat
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from importlib.machinery import PathFinder
from pathlib import Path

_TICK = 2_000_000_000
"""Nanoseconds in which a disk's clock may stop; the coarsest in use takes two seconds."""


UNSURE = "?"
"""What ends the stamp of a file that was just written."""


FOLDER = "folder"
"""The stamp of a folder: what is in it has stamps of its own."""


MISSING = "none"
"""The stamp of what does not exist."""


class _UnsureError(Exception):
    """The stamps of these files prove nothing."""


def signature(parts: Iterable[Path], modules: Iterable[str] = ()) -> str:
    """Return what is the same as long as no file was written, made, removed or renamed; empty where unsure.

    Args:
        parts: files and folders; one that does not exist has a stamp of its own.
        modules: importable modules, of which another version has other stamps.
    """
    # Another Python may bring another Unicode, by which letters are classified.
    digest = hashlib.sha256(repr(sys.version_info[:3]).encode())
    for part in parts:
        stamps = file_stamps(part.parent, (part.name,))
        if stamps is None or not are_sure(stamps):
            return ""
        digest.update(os.fsencode(part.parent))
        digest.update(repr(stamps).encode())
    try:
        for name in modules:
            digest.update(_stamp_of_module(name))
    except (OSError, _UnsureError):
        return ""
    return digest.hexdigest()


def file_stamps(root: Path, parts: Iterable[str]) -> dict[str, str] | None:
    """Return the stamp of every file and folder, by its path from the root; None where others are met.

    What does not exist has the stamp `MISSING`; that of a file that was just written ends with a question
    mark: another write may leave it as it is.
    """
    if sys.platform == "win32":
        return None  # there, the time of the last change is that of the making
    found: dict[str, str] = {}
    try:
        for part in parts:
            _add_stamps(root, part, found)
    except (OSError, _UnsureError):
        return None
    return found


def are_sure(stamps: Mapping[str, str]) -> bool:
    """Whether files that have these stamps again were not written."""
    return not any(stamp.endswith(UNSURE) for stamp in stamps.values())


def is_same(before: Mapping[str, str], now: Mapping[str, str] | None) -> bool:
    """Whether nothing was written between two looks at files; that one grew older does not count."""
    if now is None or before.keys() != now.keys():
        return False
    for path, stamp in now.items():
        if before[path].rstrip(UNSURE) != stamp.rstrip(UNSURE):
            return False
    return True


def _add_stamps(root: Path, part: str, found: dict[str, str]) -> None:
    path = root / part
    try:
        status = path.lstat()
    except FileNotFoundError:
        found[part] = MISSING
        return
    youngest = _now() - _TICK
    if not stat.S_ISDIR(status.st_mode):
        found[part] = _stamp(status, youngest)
        return
    start = len(str(root)) + 1
    for inner, held in _below(path):
        found[inner[start:]] = FOLDER if held is None else _stamp(held, youngest)


def _below(path: Path) -> Iterator[tuple[str, os.stat_result | None]]:
    """Yield folders, without a status, and what is in them, in an order of their own."""
    pending = [str(path)]
    while pending:
        folder = pending.pop()
        yield folder, None
        with os.scandir(folder) as found:
            # The order in which a disk lists a folder may be another one in the next run.
            inner = sorted(found, key=lambda one: one.name)
        for one in inner:
            if one.is_dir(follow_symlinks=False):
                # Python writes there when it first imports a module, which changes nothing of the code.
                if one.name != "__pycache__":
                    pending.append(one.path)
            else:
                yield one.path, one.stat(follow_symlinks=False)


def _stamp(status: os.stat_result, youngest: int) -> str:
    """Return the stamp of a file.

    Raises:
        _UnsureError: for a link and what else is no file.
    """
    if not stat.S_ISREG(status.st_mode):
        raise _UnsureError
    # Programs can set the time of the last writing back, but not that of the last change.
    changed, written = status.st_ctime_ns, status.st_mtime_ns
    written_out = f"{status.st_size} {written} {changed} {status.st_ino} {status.st_dev}"
    return f"{written_out}{UNSURE}" if changed > youngest or written > youngest else written_out


def _now() -> int:
    return time.time_ns()


def _stamp_of_module(name: str) -> bytes:
    spec = PathFinder.find_spec(name)
    if spec is None or spec.origin is None:
        return b"none " + name.encode()
    stamp = _stamp(Path(spec.origin).stat(), _now() - _TICK)
    if stamp.endswith(UNSURE):
        raise _UnsureError
    return os.fsencode(spec.origin) + stamp.encode()
