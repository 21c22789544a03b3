"""What `rekb show` and `rekb search` need to know of all works, so that they read the files of few.

It is kept in the user's cache folder like `loading.cache`, and holds for files and code whose stamps are the
same; see `loading.verdicts.look`. Of a knowledge base with faults nothing is kept.
"""

import contextlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic_core import from_json, to_json

from rekb.errors import RekbError
from rekb.files import sweep, write_file
from rekb.kb import KnowledgeBase
from rekb.kb.base import Unread
from rekb.loading.partial import Values, values_of
from rekb.loading.places import cache_folder, name_of
from rekb.loading.verdicts import Seen


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
    """Citation key to the works whose names stand beside its numbers; works without any are left out."""
    values: Values
    topics: Mapping[str, str]
    """Id of each topic to the path of its file."""


def glance_of(base: KnowledgeBase) -> Glance:
    """Return all works of a knowledge base in short."""
    named_by: dict[str, list[tuple[str, str]]] = {}
    cites = {}
    for key, entry in base.entries.items():
        for relation in entry.relations:
            named_by.setdefault(relation.entry, []).append((key, relation.type))
        sources = [result.source.entry for result in entry.results]
        beside = {*sources, *(result.baseline_entry for result in entry.results)} - {None}
        if beside:
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


def keep_glance(root: Path, seen: Seen, base: KnowledgeBase) -> None:
    """Keep all works in short, of a knowledge base without faults."""
    if base.unread == Unread():
        keep(root, seen, "glances", glance_of(base))


def read_kept(root: Path, seen: Seen, kind: str) -> Any:
    """Return what was kept of a kind for files that are as they were; None where there is nothing."""
    file = _place(root, kind)
    if file is None or not seen.whole:
        return None
    try:
        kept = from_json(file.read_bytes())
        return kept["held"] if kept["whole"] == seen.whole else None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def keep(root: Path, seen: Seen, kind: str, held: object) -> None:
    """Keep something of a kind for files that are as they were seen; failing to costs time, no more."""
    file = _place(root, kind)
    if file is None or not seen.whole:
        return
    with contextlib.suppress(OSError, RekbError, ValueError):
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        sweep(file.parent)
        write_file(file, to_json({"whole": seen.whole, "held": held}), durable=False)


def _place(root: Path, kind: str) -> Path | None:
    folder = cache_folder()
    if folder is None:
        return None
    return folder / kind / f"{name_of(root)}.json"
