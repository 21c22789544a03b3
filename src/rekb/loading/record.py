"""What a complete check left behind, by which the next one checks only the works that changed.

It is one JSON file in the user's cache folder like `loading.cache`: of each file its stamp and what rules
take from it, the vocabularies as values, and what was found. It holds for the same code and versions; it can
be deleted at any time, and one that cannot be read is as good as none.
"""

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic_core import from_json, to_json

from rekb.errors import RekbError
from rekb.files import sweep, write_file
from rekb.loading.places import PAPERS, cache_folder, name_of
from rekb.loading.stamps import FOLDER, UNSURE
from rekb.loading.verdicts import Seen, Verdict, verdict_of, written

MOST = 16
"""Changed works beyond which everything is checked."""
Stamps = Mapping[str, str]
"""Path of a file, from the root, to what the disk shows of it; see `loading.stamps.file_stamps`."""


@dataclass(frozen=True, slots=True)
class Stated:
    """What rules take from the files, as short as it can be compared."""

    claims: Mapping[str, Mapping[str, list[int]]]
    """Name of a rule to path of a file to what the file claims for itself; see `checks.registry.Rule`."""
    facts: Mapping[str, Mapping[str, str]]
    """Path of a file to the facts taken from it, by the name of what takes them."""
    exempt: Mapping[str, list[str]]
    """Path of a file to the rules that it exempts; files that exempt none are left out."""


@dataclass(frozen=True, slots=True)
class Record:
    """A complete check of files that could all be read."""

    stamps: Stamps
    verdict: Verdict
    values: Mapping[str, Any]
    """Path of a vocabulary, or of rekb.yaml, to its value."""
    topics: Mapping[str, str]
    """Id of each topic to the path of its file."""
    stated: Stated
    syllables: Mapping[str, int]
    """The syllables of words that were counted: the dictionary takes longer to read than a work."""
    key: str
    """What the verdict rests on by bytes; see `loading.verdicts.key_of`."""

    def changed(self, stamps: Stamps) -> set[str]:
        """Return the files that are new, gone or perhaps other than they were."""
        paths = self.stamps.keys() | stamps.keys()
        changed = {path for path in paths if not _is_sure(self.stamps.get(path), stamps.get(path))}
        found: set[str] = set()
        for path in changed:
            # A folder holds no data of its own: git does not even keep an empty one.
            if FOLDER not in (self.stamps.get(path), stamps.get(path)):
                found.add(path)
        return found

    @property
    def keys(self) -> frozenset[str]:
        """The citation keys of the works."""
        start = f"{PAPERS}/"
        found: set[str] = set()
        for path, stamp in self.stamps.items():
            if path.startswith(start) and stamp != FOLDER:
                # Of all works `PurePosixPath` takes longer than the check of one.
                found.add(path.rpartition("/")[2].removesuffix(".yaml"))
        return frozenset(found)

    def few_changed(self, stamps: Stamps) -> frozenset[str]:
        """Return the works that changed; none where files changed that concern others, or too many did."""
        changed = self.changed(stamps)
        if len(changed) > MOST or not all(path.startswith(f"{PAPERS}/") for path in changed):
            return frozenset()
        return frozenset(changed)


def _is_sure(before: str | None, now: str | None) -> bool:
    if before is None:
        return False
    if before != now:
        return False
    return not before.endswith(UNSURE)


def read_record(root: Path, code: str) -> Record | None:
    """Return what the last complete check left, where the same code left it; None otherwise."""
    file = _place(root)
    if file is None:
        return None
    try:
        kept = from_json(file.read_bytes())
        # An empty code is one that is not known, and two of these prove nothing.
        if kept["code"] != code or not code:
            return None
        stated = Stated(kept["claims"], kept["facts"], kept["exempt"])
        verdict = verdict_of(kept["verdict"])
        return Record(
            stamps=kept["stamps"],
            verdict=verdict,
            values=kept["values"],
            topics=kept["topics"],
            stated=stated,
            syllables=kept["syllables"],
            key=kept["key"],
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def record_of_few(root: Path, seen: Seen) -> Record | None:
    """Return what the last complete check left, where only a few works changed since; None otherwise."""
    record = read_record(root, seen.code)
    if record is None or seen.files is None or not record.few_changed(seen.files):
        return None
    return record


def keep_record(root: Path, record: Record, code: str) -> None:
    """Keep a record for the next run of the same code; failing to costs time, no more."""
    file = _place(root)
    if file is None or not code:
        return
    kept = {
        "code": code,
        "key": record.key,
        "stamps": record.stamps,
        "verdict": written(record.verdict),
        "values": record.values,
        "topics": record.topics,
        "claims": record.stated.claims,
        "facts": record.stated.facts,
        "exempt": record.stated.exempt,
        "syllables": record.syllables,
    }
    with contextlib.suppress(OSError, RekbError, ValueError):
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        sweep(file.parent)
        write_file(file, to_json(kept), durable=False)


def _place(root: Path) -> Path | None:
    folder = cache_folder()
    if folder is None:
        return None
    return folder / "records" / f"{name_of(root)}.json"
