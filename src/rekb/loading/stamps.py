"""Whether files are those that were seen before, by what the disk says of them and not by their bytes.

A write to a file changes the time of its last change, to the nanosecond, whatever it does to its length, and
no program can set that time. So the stamps of files tell like their bytes that nothing was written, as in
git, and need no reading. Two writes within one tick of the disk's clock could look alike: files that are
as young as that are not judged by their stamps.
"""

import hashlib
import os
import stat
import sys
import time
from collections.abc import Iterable, Iterator
from importlib.machinery import PathFinder
from pathlib import Path

_TICK = 2_000_000_000
"""Nanoseconds in which a disk's clock may stand still; the coarsest in use takes two seconds."""


UNSURE = "?"
"""What ends the stamp of a file that was just written."""


class _UnsureError(Exception):
    """The stamps of these files say nothing."""


def signature(parts: Iterable[Path], modules: Iterable[str] = ()) -> str:
    """Return what is the same as long as no file was written, made, removed or renamed; empty where unsure.

    Args:
        parts: files and folders; one that does not exist is told from one that does.
        modules: importable modules, of which another version has other stamps.
    """
    if sys.platform == "win32":
        return ""  # there, the time of the last change is that of the making
    digest = hashlib.sha256(repr(sys.version_info[:3]).encode())
    try:
        for part in parts:
            for line in _stamps(part):
                digest.update(line)
        for name in modules:
            digest.update(_stamp_of_module(name))
    except (OSError, _UnsureError):
        return ""
    return digest.hexdigest()


def file_stamps(root: Path, parts: Iterable[str]) -> dict[str, str] | None:
    """Return the stamp of every file, by its path from the root; None where links or others are met.

    The stamp of a file that was just written ends with a question mark: another write may leave it as it is.
    """
    if sys.platform == "win32":
        return None
    found: dict[str, str] = {}
    start = len(os.fsencode(root)) + 1
    try:
        for part in parts:
            for path, status in _files(root / part):
                unsure = UNSURE if _is_young(status) else ""
                found[os.fsdecode(path[start:])] = f"{_told(status)}{unsure}"
    except (OSError, _UnsureError):
        return None
    return found


def _stamps(path: Path) -> Iterator[bytes]:
    try:
        status = path.lstat()
    except FileNotFoundError:
        yield b"none " + os.fsencode(path) + b"\n"
        return
    if not stat.S_ISDIR(status.st_mode):
        yield _stamp(os.fsencode(path), status)
        return
    for inner, found in _below(path):
        yield b"folder " + inner + b"\n" if found is None else _stamp(inner, found)


def _files(path: Path) -> Iterator[tuple[bytes, os.stat_result]]:
    """Yield each file at or below a path.

    Raises:
        _UnsureError: for a link and what else is no file.
    """
    try:
        status = path.lstat()
    except FileNotFoundError:
        return
    if not stat.S_ISDIR(status.st_mode):
        yield os.fsencode(path), _plain(status)
        return
    for inner, found in _below(path):
        if found is not None:
            yield inner, _plain(found)


def _below(path: Path) -> Iterator[tuple[bytes, os.stat_result | None]]:
    """Yield folders, without a status, and what stands in them, in an order of their own."""
    pending = [os.fsencode(path)]
    while pending:
        folder = pending.pop()
        yield folder, None
        with os.scandir(folder) as found:
            inner = sorted(found, key=lambda one: one.name)
        for one in inner:
            if one.is_dir(follow_symlinks=False):
                if one.name != b"__pycache__":
                    pending.append(one.path)
            else:
                yield one.path, one.stat(follow_symlinks=False)


def _stamp(path: bytes, status: os.stat_result) -> bytes:
    """Return the stamp of a file.

    Raises:
        _UnsureError: for a link and what else is no file, and for a file that was just written.
    """
    if _is_young(_plain(status)):
        raise _UnsureError
    return path + repr(_told(status)).encode() + b"\n"


def _plain(status: os.stat_result) -> os.stat_result:
    if not stat.S_ISREG(status.st_mode):
        raise _UnsureError
    return status


def _is_young(status: os.stat_result) -> bool:
    return max(status.st_ctime_ns, status.st_mtime_ns) > _now() - _TICK


def _told(status: os.stat_result) -> tuple[int, ...]:
    return status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino, status.st_dev


def _now() -> int:
    return time.time_ns()


def _stamp_of_module(name: str) -> bytes:
    spec = PathFinder.find_spec(name)
    if spec is None or spec.origin is None:
        return b"none " + name.encode() + b"\n"
    return _stamp(os.fsencode(spec.origin), Path(spec.origin).stat())
