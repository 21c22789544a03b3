"""What `rekb show` and `rekb search` need to know of all works, so that they read the files of few.

It is kept in the user's cache folder like `loading.cache`, and holds for files and code whose stamps are the
same; see `loading.verdicts.look`. Of a knowledge base with faults nothing is kept. What is kept is read by
the standard library: importing pydantic takes longer than most answers.
"""

import contextlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rekb.errors import RekbError
from rekb.files import sweep, write_file
from rekb.loading.places import cache_folder, name_of
from rekb.loading.verdicts import Seen

if TYPE_CHECKING:
    from rekb.kb import KnowledgeBase
    from rekb.loading.partial import Values


@dataclass(frozen=True, slots=True)
class Glance:
    """All works in short."""

    paths: Mapping[str, str]
    """Citation key to the path of the file, by key."""
    names: Mapping[str, str]
    """Citation key to the name that people use, or the title."""
    named_by: Mapping[str, list[tuple[str, str]]]
    """Citation key to the works that name it: key and type of the relation, by key."""
    cites: Mapping[str, list[str]]
    """Citation key to the works whose names are beside its numbers; works without any are left out."""
    values: "Values"
    topics: Mapping[str, str]
    """Id of each topic to the path of its file."""


def glance_of(base: "KnowledgeBase") -> Glance:
    """Return all works of a knowledge base in short."""
    from rekb.loading.partial import values_of  # noqa: PLC0415 - only where all works were read

    named_by: dict[str, list[tuple[str, str]]] = {}
    cites = {}
    for key, entry in base.entries.items():
        for relation in entry.relations:
            named_by.setdefault(relation.entry, []).append((key, relation.type))
        sources = [result.source.entry for result in entry.results]
        beside = {*sources, *(result.baseline_entry for result in entry.results)} - {None}
        if beside:
            # The order of a set of texts is another one in every run.
            cites[key] = sorted(str(one) for one in beside)
    return Glance(
        paths=dict(base.entry_paths),
        names={key: entry.display_name for key, entry in base.entries.items()},
        named_by=named_by,
        cites=cites,
        values=values_of(base),
        topics=dict(base.topic_paths),
    )


def read_glance(root: Path, seen: Seen) -> Glance | None:
    """Return what is kept of a knowledge base whose files are as they were; None where that is not known."""
    kept = read_kept(root, seen, "glances")
    try:
        if kept is None:
            return None
        return Glance(**kept)
    except TypeError:
        return None


def keep_glance(root: Path, seen: Seen, base: "KnowledgeBase") -> None:
    """Keep all works in short, of a knowledge base without faults."""
    from rekb.kb.base import Unread  # noqa: PLC0415 - only where all works were read

    # Later runs report nothing of works that they do not read, so no fault may be among these.
    if base.unread == Unread():
        keep(root, seen, "glances", glance_of(base))


def read_kept(root: Path, seen: Seen, kind: str) -> Any:
    """Return what was kept of a kind for files that are as they were; None where there is nothing."""
    file = _place(root, kind)
    if file is None or not seen.whole:
        return None
    try:
        kept = json.loads(file.read_bytes())
        return kept["held"] if kept["whole"] == seen.whole else None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def keep(root: Path, seen: Seen, kind: str, held: object) -> None:
    """Keep something of a kind for files that are as they were seen; failing to costs time, no more."""
    from pydantic_core import to_json  # noqa: PLC0415 - only where all works were read

    with contextlib.suppress(OSError, ValueError):
        _write(root, seen, kind, to_json({"whole": seen.whole, "held": held}))


@dataclass(frozen=True, slots=True)
class Each:
    """Something kept of each work, of which only what is asked for is read as JSON."""

    common: Any
    """What is kept of all of them together."""
    at: Mapping[str, tuple[int, int]]
    """Citation key to where its part begins and ends."""
    data: bytes

    def of(self, key: str) -> Any:
        """Return what is kept of a work; None where there is nothing."""
        place = self.at.get(key)
        if place is None:
            return None
        try:
            return json.loads(self.data[place[0] : place[1]])
        except (ValueError, RecursionError):
            return None


def read_each(root: Path, seen: Seen, kind: str) -> Each | None:
    """Return what `keep_each` kept for files that are as they were; None where there is nothing."""
    file = _place(root, kind)
    if file is None or not seen.whole:
        return None
    try:
        # JSON writes an end of line inside a text as `\n`, so the first real one ends the head.
        head, _, data = file.read_bytes().partition(b"\n")
        kept = json.loads(head)
        if kept["whole"] != seen.whole:
            return None
        return Each(kept["common"], {key: (begin, end) for key, (begin, end) in kept["at"].items()}, data)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def keep_each(root: Path, seen: Seen, kind: str, common: object, each: Mapping[str, object]) -> None:
    """Keep something of each work, so that a run can read one of them; failing to costs time, no more."""
    from pydantic_core import to_json  # noqa: PLC0415 - only where all works were read

    at = {}
    parts = []
    length = 0
    for key, held in each.items():
        part = to_json(held)
        at[key] = (length, length + len(part))
        length += len(part)
        parts.append(part)
    head = to_json({"whole": seen.whole, "common": common, "at": at})
    _write(root, seen, kind, b"".join((head, b"\n", *parts)))


def _write(root: Path, seen: Seen, kind: str, data: bytes) -> None:
    file = _place(root, kind)
    if file is None or not seen.whole:
        return
    with contextlib.suppress(OSError, RekbError):
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        sweep(file.parent)
        write_file(file, data, durable=False)


def _place(root: Path, kind: str) -> Path | None:
    folder = cache_folder()
    if folder is None:
        return None
    return folder / kind / f"{name_of(root)}.json"
