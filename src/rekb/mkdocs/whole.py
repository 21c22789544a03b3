"""Whether a site as a whole is what the last build left, made from the same: then nothing is read or made.

What counts as the same is more than what pages are made from (see `rekb.mkdocs.unchanged`): every byte of the
data and of hand-written pages, the whole configuration, code and theme, which packages are installed, and the
stamp of every file of the site. Where one of these is not known, the build runs as ever.
"""

import contextlib
import os
import stat
import sys
from collections.abc import Iterator
from importlib.metadata import entry_points
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from rekb.errors import CannotWriteError, RekbError
from rekb.files import write_file
from rekb.loading.places import cache_folder, name_of
from rekb.loading.verdicts import key_of
from rekb.mkdocs.commit import commit_of
from rekb.mkdocs.settings import refuse_links_in
from rekb.mkdocs.unchanged import digest_of, ground_of

_KNOWN = ("markdown.", "pymdownx.", "material.")
"""How the modules of extensions begin that come with what is pinned here."""
_READS_ANYWHERE = "pymdownx.snippets"
"""An extension that puts files from any place into pages."""
_CLOCK = "SOURCE_DATE_EPOCH"
"""The variable by which a build is given its time."""
_WRITTEN_APART = ("strict", "plugins", "theme")
"""Settings that are no plain values, or that change no byte."""


def inputs_of(config: MkDocsConfig, root: Path) -> str:
    """Return what stands for all that a site is made from; empty where that is not known.

    Args:
        config: the configuration as it was loaded, before any plugin changed it.
        root: the folder of the data.
    """
    ground, data = ground_of(config), key_of(root.resolve())
    if not (ground and data and _extensions_are_known(config)):
        return ""
    values = repr(sorted((name, value) for name, value in config.items() if name not in _WRITTEN_APART))
    values += repr((config.theme.name, config.theme.dirs, sorted(config.theme.items())))
    values += repr([(name, sorted(plugin.config.items())) for name, plugin in config.plugins.items()])
    # Python prints objects and functions with their places in memory, which are others in each run.
    if " at 0x" in values:
        return ""
    try:
        refuse_links_in(config, root)
        written = tuple(_bytes_below(Path(config.docs_dir)))
        installed = tuple(_installed())
    except (OSError, RekbError):
        return ""
    clock = os.environ.get(_CLOCK, "")
    return digest_of(ground, data, values, commit_of(root), clock, *installed, *written)


def _extensions_are_known(config: MkDocsConfig) -> bool:
    """Whether all extensions of Markdown are pinned, and read nothing but the page."""
    modules = {one.name: one.value for one in entry_points(group="markdown.extensions")}
    for name in config.markdown_extensions:
        module = modules.get(name, name)
        if not module.startswith(_KNOWN) or module.startswith(_READS_ANYWHERE):
            return False
    return True


def _bytes_below(folder: Path) -> Iterator[str | bytes]:
    """Yield the name and the bytes of every file below a folder."""
    for inner, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            file = Path(inner, name)
            yield file.relative_to(folder).as_posix()
            yield file.read_bytes()


def _installed() -> Iterator[str]:
    """Yield which packages are installed, each with its version."""
    for place in sys.path:
        if Path(place).is_dir():
            names = (one.name for one in Path(place).iterdir())
            yield from sorted(name for name in names if name.endswith((".dist-info", ".egg-info")))


def stamps_of(site: Path) -> str:
    """Return what stands for all files of a site on the disk; empty where there is more than files."""
    stamps: list[str] = []
    pending = [str(site)]
    try:
        while pending:
            folder = pending.pop()
            for one in sorted(os.scandir(folder), key=lambda entry: entry.name):
                status = one.stat(follow_symlinks=False)
                if stat.S_ISDIR(status.st_mode):
                    pending.append(one.path)
                    stamps.append(one.path)
                elif stat.S_ISREG(status.st_mode):
                    stamps.append(f"{one.path}\0{status.st_size} {status.st_mtime_ns} {status.st_ino}")
                else:
                    return ""
    except OSError:
        return ""
    return digest_of(*stamps)


def is_as_it_was(site: Path, inputs: str) -> bool:
    """Whether the site that is there is whole, and was made from these."""
    file = _file(site)
    if not inputs or file is None:
        return False
    with contextlib.suppress(OSError):
        noted = file.read_text(encoding="ascii", errors="replace")
        stamps = stamps_of(site)
        return bool(stamps) and noted == f"{inputs} {stamps}"
    return False


def remember_whole(site: Path, inputs: str) -> None:
    """Note what the site that is there was made from; failing to costs time, no more."""
    file = _file(site)
    if not inputs or file is None:
        return
    with contextlib.suppress(OSError, CannotWriteError):
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_file(file, f"{inputs} {stamps_of(site)}".encode(), durable=False)


def _file(site: Path) -> Path | None:
    folder = cache_folder()
    if folder is None:
        return None
    return folder / "sites" / f"{name_of(site.resolve())}.whole"
