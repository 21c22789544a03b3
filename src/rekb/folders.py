"""Folders that a command makes whole: they prove that they are its own before they are replaced.

A marker file names what the command wrote. A folder with anything else in it is somebody's, and is left.
"""

import contextlib
import errno
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rekb.errors import RekbError
from rekb.files import HAS_LOCKS, lock, opened
from rekb.text import printable

# POSIX leaves it to the system which of the two it gives for a folder that is not empty.
_TAKEN = (errno.ENOTEMPTY, errno.EEXIST)
_MOST_ATTEMPTS = 100
_BEING_MADE = ".rekb-making-"
"""How folders are called until they are whole."""
# Finder and Explorer write these into any folder that somebody looks at.
_LEFT_BY_SYSTEMS = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})


@dataclass(frozen=True, slots=True)
class Made:
    """A kind of folder that a command makes."""

    marker: str
    """The file by which the folder is known."""
    command: str
    """Who makes it, as messages say it: ``rekb build``."""
    known_before: tuple[str, ...] = ()
    """Files that all were in such a folder before there was a marker."""
    grows: tuple[str, ...] = ()
    """What others may put into it, because it can be made again."""

    def mark(self, folder: Path) -> None:
        """Write the marker of a folder that is whole."""
        names = sorted(one.name for one in folder.iterdir() if one.name != self.marker)
        first = f"Written by `{self.command}`, and replaced whole when it runs again. It wrote:"
        (folder / self.marker).write_text("\n".join((first, *names, "")), encoding="utf-8", newline="\n")

    def refuse_foreign(self, target: Path, sources: Iterable[Path] = ()) -> None:
        """Raise unless a folder may be replaced: there is none, it is empty, or this command made it.

        Args:
            target: the folder that is to be made.
            sources: what it is made of, which it must neither hold nor lie in.

        Raises:
            RekbError: saying what is in the way.
        """
        refuse_sources(target, sources)
        if target.is_dir():
            self._refuse_contents(target, printable(str(target)))

    def _refuse_contents(self, target: Path, name: str) -> None:
        there = {one.name for one in target.iterdir()} - _LEFT_BY_SYSTEMS
        if not there:
            return
        if self.marker not in there:
            if self.known_before and all((target / file).is_file() for file in self.known_before):
                return
            raise RekbError(f"{name} is not empty and was not made by `{self.command}`; name a new folder")
        strange = sorted(there - self._named(target) - {self.marker, *self.grows})
        if strange:
            raise RekbError(
                f"{name} holds `{printable(strange[0])}`, which `{self.command}` did not write;"
                " move it away, or name a new folder"
            )

    def _named(self, target: Path) -> set[str]:
        """Return what the marker names; of one from before it named anything, all that is there."""
        _, *names = (target / self.marker).read_text(encoding="utf-8", errors="replace").splitlines()
        if names:
            return set(names)
        found: set[str] = set()
        for one in target.iterdir():
            found.add(one.name)
        return found


def refuse_sources(target: Path, sources: Iterable[Path]) -> None:
    """Raise when a folder cannot be made at a place without harm to what it is made of.

    Raises:
        RekbError: when a link or file is there, or the place holds a source or lies in one.
    """
    name = printable(str(target))
    is_file = target.exists() and not target.is_dir()
    if is_file or target.is_symlink():
        raise RekbError(f"{name} is no folder; name a new one")
    real = target.resolve()
    for path in sources:
        source = path.resolve()
        holds_it = source.is_relative_to(real)
        lies_in_it = source.is_dir() and real.is_relative_to(source)
        if holds_it or lies_in_it:
            raise RekbError(f"{name} holds what the pages are made of, or lies in it; name another folder")


@contextmanager
def beside(target: Path) -> Iterator[Path]:
    """Yield a new folder beside the place of another; it is gone afterwards.

    What killed runs left there is removed first.

    Raises:
        RekbError: when nothing can be written there.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        sweep(target.parent)
        work, descriptor = _begun(target.parent)
    except OSError as error:
        raise RekbError(f"cannot write {printable(str(target))}: {error.strerror or error}") from error
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)
        os.close(descriptor)


def _begun(parent: Path) -> tuple[Path, int]:
    """Return a new folder, and the descriptor whose lock shows other runs that somebody is still at it."""
    work = Path(tempfile.mkdtemp(prefix=_BEING_MADE, dir=parent))
    for _ in range(_MOST_ATTEMPTS):
        with contextlib.suppress(OSError):
            descriptor = os.open(work, os.O_RDONLY)
            # A run that sweeps may hold the lock already, and is then about to remove the folder.
            is_ours = lock(descriptor) or not HAS_LOCKS
            if is_ours and work.is_dir():
                return work, descriptor
            os.close(descriptor)
        work = Path(tempfile.mkdtemp(prefix=_BEING_MADE, dir=parent))  # a run that sweeps was quicker
    raise OSError(errno.EBUSY, "other runs remove what is made here", str(parent))


def sweep(parent: Path) -> None:
    """Remove folders that killed runs left in a folder; what another run is making stays."""
    for path in parent.glob(f"{_BEING_MADE}*"):
        if path.is_symlink() or not path.is_dir():
            continue
        with contextlib.suppress(OSError), opened(path) as descriptor:
            if lock(descriptor):
                shutil.rmtree(path, ignore_errors=True)


def put_in_place(new: Path, target: Path, work: Path) -> None:
    """Put a folder that is whole in the place of another, which is moved into the folder `work`.

    Whoever looks sees one of the two, but for the moment between two renames. Another run may do the same.

    Raises:
        OSError: when it cannot be done; what was there is then there again.
    """
    # A web server has to read the site, whatever the umask of the run that made it.
    new.chmod(0o755)
    moved = None
    for attempt in range(_MOST_ATTEMPTS):
        try:
            new.rename(target)
        except OSError as error:
            if error.errno not in _TAKEN:
                _put_back(moved, target)
                raise
        else:
            return
        with contextlib.suppress(FileNotFoundError):  # another run has just taken it away
            moved = target.rename(work / f"old-{attempt}")
    raise OSError(errno.EBUSY, "other runs put folders there all the time", str(target))


def _put_back(moved: Path | None, target: Path) -> None:
    if moved:
        with contextlib.suppress(OSError):
            moved.rename(target)
