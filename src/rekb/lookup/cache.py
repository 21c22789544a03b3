"""Answers of services kept on disk for some days, so that a second try asks nobody."""

import contextlib
import hashlib
import os
import time
from dataclasses import dataclass
from pathlib import Path

from rekb.errors import RekbError
from rekb.files import write_file

DAYS = 7
"""How long an answer is taken for true."""


def cache_folder() -> Path:
    """Return where answers are kept: below ``XDG_CACHE_HOME``, or ``~/.cache``."""
    base = os.environ.get("XDG_CACHE_HOME", "")
    # The XDG rules say that a path that is not absolute is passed over.
    root = Path(base) if base.startswith("/") else Path.home() / ".cache"
    return root / "rekb" / "lookups"


@dataclass(frozen=True, slots=True)
class Cache:
    """A folder of answers, each in a file named by what was asked."""

    folder: Path

    def _file(self, question: str) -> Path:
        # An address holds `/`, and may be too long for the name of a file.
        return self.folder / hashlib.sha256(question.encode()).hexdigest()

    def get(self, question: str) -> tuple[str, bytes] | None:
        """Return the final address and the body of an answer, or None when there is none of late."""
        file = self._file(question)
        try:
            if time.time() - file.stat().st_mtime > DAYS * 86400:
                return None
            address, _, body = file.read_bytes().partition(b"\n")
        except OSError:
            return None
        return address.decode("utf-8", "replace"), body

    def forget(self, question: str) -> None:
        """Drop an answer that turned out to be of no use."""
        with contextlib.suppress(OSError):
            self._file(question).unlink(missing_ok=True)

    def put(self, question: str, address: str, body: bytes) -> None:
        """Keep an answer; a folder that cannot be written to costs the next run a question, no more."""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            write_file(self._file(question), address.encode() + b"\n" + body)
        except (OSError, RekbError):
            return
