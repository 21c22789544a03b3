"""What data files were read as in earlier runs, so that files that did not change are not parsed again.

The cache is one JSON file in the user's cache folder, never in the repository, where somebody else could
plant it. It is keyed by the bytes of the files and by the code of the reader; it can be deleted at any time,
and one that cannot be read is as good as none. Files with faults are not remembered, nor those whose numbers
are written in another way than their values are; positions are found anew when a finding needs one.
"""

import contextlib
import hashlib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from pydantic_core import from_json, to_json

from rekb.about import __version__
from rekb.errors import RekbError
from rekb.files import sweep, write_file
from rekb.loading.places import cache_folder, name_of
from rekb.yamlio import document, events, ordinary, reader, regular
from rekb.yamlio.document import Document, Reading, SourceMap

_FEWEST = 16
"""New files from which on the cache is written: fewer are read again as quickly."""


def _later(text: str) -> SourceMap:
    """Return the positions in a file that was remembered, to be found when the first of them is asked for."""

    def found() -> SourceMap:
        document = reader.parse(text.encode(), "").document
        return document.source_map if document else SourceMap()

    return SourceMap(found)


@dataclass(slots=True)
class Cache:
    """Values of files by the digest of their bytes: those of earlier runs, and those that this run met."""

    file: Path | None
    """Where it is kept; nothing is without a place."""
    known: dict[str, Any] = field(default_factory=dict)
    met: dict[str, Any] = field(default_factory=dict)
    digests: dict[str, str] = field(default_factory=dict)
    """Of the files that this run read without a fault, by the path that messages show."""

    def read(self, file: Path | str, relpath: str) -> Reading:
        """Return what a file holds, as `reader.read` does; positions in a known file come when asked for."""
        opened = reader.content(file, relpath)
        if isinstance(opened, Reading):
            return opened
        digest = hashlib.sha256(opened).hexdigest()
        if digest in self.known:
            # Only what is met is written again, so that files that are gone do not stay in the cache.
            self.met[digest] = self.known[digest]
            self.digests[relpath] = digest
            # Only bytes that were read without a fault are known, so these are UTF-8.
            text = opened.decode("utf-8")
            return Reading(Document(relpath, self.known[digest], _later(text), text), ())
        reading = reader.parse(opened, relpath)
        found = reading.document
        if found and not reading.diagnostics and not found.source_map.written:
            self.met[digest] = found.value
            self.digests[relpath] = digest
        return reading

    def keep(self) -> None:
        """Write what this run met, when much of it is new; failing to costs time, no more."""
        if self.file is None or len(self.met.keys() - self.known.keys()) < _FEWEST:
            return
        data = to_json({"reader": _reader(), "values": self.met})
        with contextlib.suppress(OSError, RekbError):
            # The XDG rules want folders that their owner alone may open: nobody else plants values here.
            self.file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            sweep(self.file.parent)
            write_file(self.file, data, durable=False)


def cache_of(root: Path) -> Cache:
    """Return what is remembered of a knowledge base's folder."""
    file = _place(root)
    try:
        if file:
            kept = from_json(file.read_bytes())
        else:
            kept = {}
        if (
            isinstance(kept, dict)
            and kept.get("reader") == _reader()
            and isinstance(kept.get("values"), dict)
        ):
            return Cache(file, kept["values"])
    # Whatever the file holds, a run without a cache gives the same answer, only later.
    except (OSError, ValueError, RecursionError):
        pass
    return Cache(file)


def _place(root: Path) -> Path | None:
    folder = cache_folder()
    if folder is None:
        return None
    return folder / "read" / f"{name_of(root)}.json"


@cache
def _reader() -> str:
    """Return what is another text for each version of the reader, be it of a release or of a working tree."""
    digest = hashlib.sha256(__version__.encode())
    # Between two releases the version stays the same while the code changes.
    for module in (document, reader, events, ordinary, regular):
        with contextlib.suppress(OSError, TypeError):
            digest.update(Path(str(module.__file__)).read_bytes())
    return digest.hexdigest()
