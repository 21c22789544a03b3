"""The addresses of the site and of its repository: they stand in mkdocs.yml, and other files follow them."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from rekb.loading.addresses import addresses_in

_PLACES = {"repo_url": "repository-code", "site_url": "url"}
"""Settings of mkdocs.yml, and their names in CITATION.cff, which says what the others were written with."""
_FOLLOWERS = ("CITATION.cff", "README.md", "CONTRIBUTING.md", "pyproject.toml", "src/rekb/about.py")
_GENERATED = "docs/reference"
# RFC 2606 keeps these names for examples.
_RESERVED = ("example.org", "example.com", "example.net")
"""Hosts that are nobody's."""


def following(root: Path) -> dict[str, str]:
    """Return the files that hold an address from before it changed in mkdocs.yml, as they have to be."""
    changes = _changes(root)
    found = {}
    for file in _followers(root):
        before = file.read_text(encoding="utf-8")
        after = before
        for old, new in changes:
            # An address may begin a longer one, as `/rekb` begins `/rekb-tools`. A function gives the
            # new text, because `re.sub` reads backslashes in a plain one.
            after = re.sub(rf"{re.escape(old)}(?![\w-])", lambda _, new=new: new, after)  # type: ignore[misc]
        if after != before:
            found[file.relative_to(root).as_posix()] = after
    return found


def placeholders(root: Path) -> tuple[str, ...]:
    """Return the settings of mkdocs.yml whose address is nobody's: a new repository begins with such ones."""
    settings = addresses_in(root / "mkdocs.yml")
    found: list[str] = []
    for name in _PLACES:
        if _is_nobodys(settings.get(name, "")):
            found.append(name)
    return tuple(found)


def _changes(root: Path) -> list[tuple[str, str]]:
    """Return what is replaced by what; an action is named by its repository's path alone."""
    settings = addresses_in(root / "mkdocs.yml")
    cited = addresses_in(root / "CITATION.cff")
    changes = []
    for name, cited_as in _PLACES.items():
        old, new = cited.get(cited_as), settings.get(name)
        if old and new and old != new:
            changes.append((old.rstrip("/"), new.rstrip("/")))
            if name == "repo_url":
                changes.append((f"uses: {_path(old)}", f"uses: {_path(new)}"))
    return changes


def _followers(root: Path) -> Iterator[Path]:
    files = [root / name for name in _FOLLOWERS]
    # Where there is no such folder, there are no pages.
    for page in sorted((root / "docs").rglob("*.md")):
        if not page.is_relative_to(root / _GENERATED):
            files.append(page)
    for file in files:
        if file.is_file():
            yield file


def _path(address: str) -> str:
    return urlsplit(address).path.strip("/")


def _is_nobodys(address: str) -> bool:
    parts = urlsplit(address)
    host = parts.hostname or ""
    # `myexample.org` is somebody's, `kb.example.org` is not.
    if any(host == name or host.endswith(f".{name}") for name in _RESERVED):
        return True
    return parts.path.startswith("/example/")
