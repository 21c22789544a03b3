"""Paths that a user names, as the paths that messages show: relative to the root, with ``/``."""

from collections.abc import Sequence
from pathlib import Path

from rekb.errors import RekbError
from rekb.text import printable


def limits(root: Path, paths: Sequence[str]) -> tuple[str, ...]:
    """Return the paths below the root that a run is limited to; none for all.

    A path is looked for from the current folder, then from the root.

    Raises:
        RekbError: for a path that is nowhere below the root.
    """
    return tuple(_below_root(root.resolve(), Path(path)) for path in paths)


def _below_root(root: Path, path: Path) -> str:
    for place in (Path.cwd() / path, root / path):
        normal = _without_dots(place)
        if (normal.exists() or normal.is_symlink()) and normal.is_relative_to(root):
            return printable(normal.relative_to(root).as_posix())
    raise RekbError(f"no such file in the knowledge base {root}: {printable(str(path))}")


def _without_dots(path: Path) -> Path:
    """Return a path without ``..`` and links in its folder; its last part may be a link itself."""
    if path.name in ("", ".."):
        return path.resolve()
    return path.parent.resolve() / path.name


def chosen(relpath: str, wanted: Sequence[str]) -> bool:
    """Whether a file is one of those wanted, or below one."""
    if not wanted:
        return True
    for w in wanted:
        if w in (".", relpath) or relpath.startswith(f"{w}/"):
            return True
    return False
