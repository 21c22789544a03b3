"""Where an export goes: a file, whole or not at all, or standard output."""

import contextlib
import os
import secrets
import stat
from pathlib import Path
from typing import BinaryIO

from rekb.errors import RekbError


def write_file(path: Path, data: bytes) -> None:
    """Write a file in one step: a reader sees the old one or the new one, never a part.

    A link is followed; a device or pipe is written to as it is.

    Raises:
        RekbError: when it cannot be written; an existing file is then as it was.
    """
    try:
        target = path.resolve()
        if target.exists() and not target.is_file():
            _write_through(target, data)
        else:
            _replace(target, data)
    except OSError as error:
        raise RekbError(f"cannot write {path}: {error.strerror or error}") from error


def write_stream(stream: BinaryIO, data: bytes) -> None:
    """Write to standard output; a reader that has seen enough (``| head``) is no fault."""
    try:
        stream.write(data)
        stream.flush()
    except BrokenPipeError:
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _write_through(target: Path, data: bytes) -> None:
    with target.open("wb") as stream:
        stream.write(data)


def _replace(target: Path, data: bytes) -> None:
    beside = target.with_name(f".rekb-{secrets.token_hex(8)}.part")
    mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else None
    try:
        with beside.open("xb") as stream:  # made by open, so that the umask decides about its mode
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if mode is not None:
            beside.chmod(mode)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
