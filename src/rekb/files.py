"""Where an export goes: a file, whole or not at all, or standard output; and what killed runs leave."""

import contextlib
import os
import re
import secrets
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from rekb.errors import CannotWriteError

try:
    from fcntl import LOCK_EX, LOCK_NB, flock
except ImportError:  # Windows
    flock = None  # type: ignore[assignment]

_LEFT = re.compile(r"\.rekb-[0-9a-f]{16}\.part")
"""Names of files that are being written."""
_ATTEMPTS = 5


def write_file(path: Path, data: bytes, *, durable: bool = True) -> None:
    """Write a file in one step: a reader sees the old one or the new one, never a part.

    A link is followed; a device or pipe is written to as it is.

    Args:
        path: the file.
        data: what it is to hold.
        durable: whether the disk must have it before this returns; needless for what can be made again.

    Raises:
        CannotWriteError: when it cannot be written; an existing file is then as it was.
    """
    try:
        target = path.resolve()
        if target.exists() and not target.is_file():
            _write_through(target, data)
        else:
            _replace(target, data, durable=durable)
    except OSError as error:
        raise CannotWriteError(f"cannot write {path}: {error.strerror or error}") from error


def write_stream(stream: BinaryIO, data: bytes) -> None:
    """Write to standard output; a reader that has seen enough (``| head``) is no fault."""
    try:
        stream.write(data)
        stream.flush()
    except BrokenPipeError:
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _write_through(target: Path, data: bytes) -> None:
    # Replaced by a file, a pipe would never reach its reader.
    with target.open("wb") as stream:
        stream.write(data)


def _replace(target: Path, data: bytes, *, durable: bool) -> None:
    mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else None
    stream, beside = _begun(target)
    try:
        with stream:
            stream.write(data)
            stream.flush()
            if durable:
                # A disk may store the new name before the content: after a power cut the file would be empty.
                os.fsync(stream.fileno())
            if mode is not None:
                # A new file has the mode of the umask; somebody may have given the old one another.
                beside.chmod(mode)
            # Renamed while it is open and so locked: else a run that sweeps could remove it as left over.
            beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def _begun(target: Path) -> tuple[BinaryIO, Path]:
    """Return a new file beside another, locked, and its path; no run that sweeps takes it away."""
    # In the folder of the target: a rename cannot lead from one disk to another.
    for _ in range(_ATTEMPTS):
        beside = target.with_name(f".rekb-{secrets.token_hex(8)}.part")
        stream = beside.open("xb")  # made by open, so that the umask decides about its mode
        if lock(stream.fileno()) and beside.exists():
            return stream, beside
        if flock is None:
            return stream, beside
        stream.close()  # a run that sweeps was quicker, or this disk has no locks
        beside.unlink(missing_ok=True)
    beside = target.with_name(f".rekb-{secrets.token_hex(8)}.part")
    return beside.open("xb"), beside


HAS_LOCKS = flock is not None
"""Whether this system can lock what is open."""


def lock(descriptor: int) -> bool:
    """Lock what a descriptor opens until it is closed, by the end of this run at the latest.

    Returns:
        Whether it is locked now; not when another run holds it, or where there are no locks.
    """
    if flock is None:
        return False
    try:
        # The system frees the lock of a process that is killed, so a free one means that nobody writes.
        flock(descriptor, LOCK_EX | LOCK_NB)
    except OSError:
        return False
    return True


def is_left_over(name: str) -> bool:
    """Whether a file of this name is being written, or was when a run was killed. It is no data."""
    return _LEFT.fullmatch(name) is not None


def sweep(folder: Path) -> None:
    """Remove from a folder what killed runs left there; what another run is writing stays."""
    with contextlib.suppress(OSError):
        for path in folder.iterdir():
            if path.is_symlink():
                continue
            if is_left_over(path.name):
                remove_if_free(path)


def remove_if_free(path: Path) -> None:
    """Remove a file that a run left, unless that run is still writing it."""
    with contextlib.suppress(OSError), opened(path) as descriptor:
        if lock(descriptor):
            path.unlink()


@contextlib.contextmanager
def opened(path: Path) -> Iterator[int]:
    """Yield a descriptor of a file or folder, for a lock."""
    # Through a link, the lock would be on a file elsewhere. Windows does not know the flag.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    try:
        yield descriptor
    finally:
        os.close(descriptor)
