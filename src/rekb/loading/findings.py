"""What the rules found in each file by that file alone, so that they check only files that changed.

It is kept in the user's cache folder like `loading.cache`. The findings of a file hold for the same bytes
under the same path, the same vocabularies and settings, and the same code. Rules that look across files run
again: what they find is not kept.
"""

import contextlib
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rekb.diagnostics import Diagnostic
from rekb.errors import RekbError
from rekb.files import sweep, write_file
from rekb.loading.layout import CANDIDATES, COMBINES, CONFIG, DECLINED, FACETS, NUMBER_FILES, VENUES
from rekb.loading.places import cache_folder, name_of
from rekb.loading.verdicts import code_signature, diagnostic_of, record_of

_VOCABULARIES = (CONFIG, FACETS, VENUES, DECLINED, COMBINES, *NUMBER_FILES)
_FEWEST = 16
"""Newly checked files from which on the findings are written: fewer are checked again as quickly."""
Findings = dict[str, list[Diagnostic]]
"""Path of a file to what was found in it."""


@dataclass(frozen=True, slots=True)
class KeptFindings:
    """The findings of earlier runs that still hold."""

    file: Path | None
    """Where they are kept; nothing is without a place."""
    rests: str = ""
    """What all of them rest on, in short."""
    digests: Mapping[str, str] = field(default_factory=dict)
    """The files of this run that were read without a fault."""
    known: Findings = field(default_factory=dict)

    def keep(self, fresh: Mapping[str, Sequence[Diagnostic]]) -> None:
        """Keep what this run found in further files, when they are many; failing to costs time, no more."""
        if self.file is None or len(fresh) < _FEWEST:
            return
        rows = {}
        for path, found in {**self.known, **fresh}.items():
            rows[path] = [self.digests[path], [record_of(one) for one in found]]
        data = json.dumps({"rests": self.rests, "files": rows}).encode()
        with contextlib.suppress(OSError, RekbError):
            self.file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            sweep(self.file.parent)
            write_file(self.file, data, durable=False)


def kept_findings(root: Path, digests: Mapping[str, str]) -> KeptFindings:
    """Return what is remembered of a knowledge base whose files have these digests."""
    folder = cache_folder()
    rests = _rests_on(root, digests)
    if folder is None or not rests:
        return KeptFindings(None)
    file = folder / "findings" / f"{name_of(root)}.json"
    known: Findings = {}
    try:
        kept = json.loads(file.read_bytes())
        if kept["rests"] == rests:
            for path, (digest, found) in kept["files"].items():
                if digests.get(path) == digest:
                    known[path] = [diagnostic_of(one) for one in found]
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        known = {}
    return KeptFindings(file, rests, digests, known)


def _rests_on(root: Path, digests: Mapping[str, str]) -> str:
    """Return what all findings rest on: code, settings, vocabularies; empty where one of them has faults."""
    code = code_signature()
    grounds: list[Any] = [code]
    for name in _VOCABULARIES:
        # A vocabulary with faults has no digest, so it cannot be compared with what it was before.
        if name not in digests and (root / name).exists():
            return ""
        grounds.append(digests.get(name))
    try:
        # This file is JSON and is not read through the cache, so it has no digest there.
        candidates = root / CANDIDATES
        grounds.append(hashlib.sha256(candidates.read_bytes()).hexdigest() if candidates.exists() else None)
    except OSError:
        return ""
    if code:
        return hashlib.sha256(repr(grounds).encode()).hexdigest()
    return ""
