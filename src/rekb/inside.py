"""What a site is made of is in its own folders: what a link leads to elsewhere would be published."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from rekb.errors import RekbError
from rekb.text import printable

_NAMED = 5
"""Links that one message names."""


def links_below(folder: Path, *, hidden: bool) -> Iterator[Path]:
    """Yield the folder itself if it is a symbolic link, and every link below it, sorted; none is followed.

    Args:
        folder: where to look; nothing is found where there is none.
        hidden: whether names that begin with a dot are looked at too.
    """
    pending = [folder]
    while pending:
        path = pending.pop()
        if path.is_symlink():
            yield path
        elif path.is_dir():
            # Backwards, since the last one of `pending` is taken first.
            inner = sorted(path.iterdir(), reverse=True)
            pending += [one for one in inner if hidden or not one.name.startswith(".")]


def refuse_links(links: Iterable[Path], below: Path) -> None:
    """Raise when there are links.

    Raises:
        RekbError: naming the links by their paths below a folder.
    """
    found = [printable(_shown(link, below)) for link in links]
    if found:
        named = ", ".join(found[:_NAMED])
        more = f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
        hint = "put the files or folders themselves there"
        raise RekbError(f"symbolic links are not published: {named}{more}; {hint}")


def refuse_outside(path: Path, setting: str, folders: Iterable[Path]) -> None:
    """Raise when a path leads out of the folders where it may stand.

    Raises:
        RekbError: naming the setting that has the path.
    """
    real = path.resolve()
    if not any(real.is_relative_to(folder.resolve()) for folder in folders):
        name = printable(str(path))
        raise RekbError(f"{setting}: {name} is outside the project; name a place inside it")


def _shown(path: Path, below: Path) -> str:
    if path.is_relative_to(below):
        return path.relative_to(below).as_posix()
    return str(path)
