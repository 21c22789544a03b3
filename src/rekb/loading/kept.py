"""The models of a knowledge base that is read again and again by one process, as while it is served."""

import hashlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rekb.loading.layout import PAPERS
from rekb.model.base import Model
from rekb.yamlio.document import Document, Reading
from rekb.yamlio.reader import content


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file without faults."""

    digest: bytes
    document: Document
    model: Model


@dataclass(slots=True)
class Kept:
    """What the files of the last right state were read as, by path, and what a new reading met."""

    known: dict[str, KeptFile] = field(default_factory=dict)
    met: dict[str, KeptFile] = field(default_factory=dict)
    _digests: dict[str, bytes] = field(default_factory=dict)

    def begin(self) -> None:
        """Begin a new reading."""
        self.met = {}
        self._digests = {}

    def find(self, file: Path, relpath: str, kind: type[Any]) -> KeptFile | None:
        """Return what a file was read as, where its bytes are as they were."""
        opened = content(file, relpath)
        if isinstance(opened, Reading):
            return None
        digest = hashlib.sha256(opened).digest()
        self._digests[relpath] = digest
        known = self.known.get(relpath)
        if known is None or known.digest != digest or not isinstance(known.model, kind):
            return None
        self.met[relpath] = known
        return known

    def add(self, relpath: str, document: Document, model: Model) -> None:
        """Note what a file without faults was read as."""
        if relpath in self._digests:
            self.met[relpath] = KeptFile(self._digests[relpath], document, model)

    def changed(self) -> set[str]:
        """Return the files that are new, gone or other than in the last right state."""
        paths = self.known.keys() | self.met.keys()
        found: set[str] = set()
        for path in paths:
            # The same bytes gave the same object again, so nothing inside has to be compared.
            if self.known.get(path) is not self.met.get(path):
                found.add(path)
        return found

    def to_check(self) -> set[str] | None:
        """Return the files that rules must check anew; None is all: vocabularies concern every file."""
        changed = self.changed()
        if not self.known or any(not path.startswith(f"{PAPERS}/") for path in changed):
            return None
        return changed

    def accept(self) -> None:
        """Take what was met for the last right state."""
        self.known = self.met
