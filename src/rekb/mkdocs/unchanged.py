"""What of the last built site can stay: pages and files that would be made from the same as they were then.

A file stays where three things hold: what it is made from has the digest that was noted when it was made,
code and templates are the same, and the file on the disk was not touched since. It is then linked into the
new site; anything else is made. Notes stand in the user's cache folder: in the repository, a pull request
could bring them along with a site.
"""

import contextlib
import hashlib
import json
import os
import stat
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig

from rekb.errors import CannotWriteError
from rekb.files import write_file
from rekb.jsontext import json_line
from rekb.kb import KnowledgeBase
from rekb.loading.layout import CONFIG, TAXONOMY
from rekb.loading.places import cache_folder, name_of
from rekb.site.page import SiteSettings
from rekb.site.parts.reading import ALL, Readings
from rekb.site.parts.views import Material

_PACKAGE = Path(__file__).parents[1]
_USED = (
    "rekb", "mkdocs", "mkdocs-material", "jinja2", "markupsafe", "markdown", "pymdown-extensions",
    "pydantic", "pydantic-core", "pyyaml", "pillow", "textstat", "pyphen",
)  # fmt: skip
"""Distributions whose versions are part of what pages are made from."""
_OURS = ("rekb.", "mkdocs.contrib.search", "material.plugins.search")
"""Plugins that are known to change no page by what another page holds."""
_NOT_PRINTED = (
    "config_file_path", "docs_dir", "site_dir", "plugins", "theme", "hooks", "nav", "watch", "dev_addr",
    "markdown_extensions", "mdx_configs", "validation", "exclude_docs", "not_in_nav", "draft_docs", "strict",
)  # fmt: skip
"""Settings that no template reads: what they do shows in bodies, in the navigation, or nowhere."""
Stamp = tuple[int, int, int]
"""Size, time of the last change in nanoseconds and number of a file."""


def digest_of(*parts: str | bytes) -> str:
    """Return what stands for these parts, in this order, and for no others."""
    digest = hashlib.sha256()
    for part in parts:
        content = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        # The length goes first; without it `ab`, `c` and `a`, `bc` would have one digest.
        digest.update(b"%d:" % len(content))
        digest.update(content)
    return digest.hexdigest()[:40]


@dataclass(slots=True)
class Unchanged:
    """The site that a build replaces, and what the files of both are made from."""

    old: Path
    """The site as it is now."""
    new: Path
    """The folder in which the build writes."""
    forgets: bool = False
    """Whether nothing may stay, and what was noted is not read."""
    ground: str = ""
    """Code, templates and versions behind all pages; empty where somebody else may change them."""
    known: dict[str, tuple[str, Stamp]] = field(default_factory=dict)
    """What each file of the old site was made from, and its stamp when it was new."""
    data: str = ""
    """What the data and the settings of the site are, in short; empty where that cannot be said."""
    same_data: bool = False
    """Whether they are those of the last build, so that all bodies and files of ours are, too."""
    bodies: dict[str, str] = field(default_factory=dict)
    """What stands for the body of each page, by its file."""
    works: Mapping[str, str] = field(default_factory=dict)
    """Citation key to what stands for the work."""
    frame: str = ""
    """What stands for all that bodies are made from besides single works; see `frame_of`."""
    readings: Readings = field(default_factory=Readings)
    reads: dict[str, list[str]] = field(default_factory=dict)
    """The works that each body or file was made from, of those that only read while they are made."""
    _known_data: str = ""
    _known_frame: str = ""
    _known_bodies: dict[str, str] = field(default_factory=dict)
    _known_reads: dict[str, list[str]] = field(default_factory=dict)
    _known_works: dict[str, str] = field(default_factory=dict)
    _other_works: frozenset[str] = frozenset()
    """Works that are not as they were when the last build was made."""
    _right: set[str] = field(default_factory=set)
    """Pages that the last build found right, each behind its shape; see `mkdocs.shell`."""
    _found: set[str] = field(default_factory=set)
    """Those that this build found right, or met again."""
    made_from: dict[str, str] = field(default_factory=dict)
    """What each file of the new site is made from."""
    stayed: set[str] = field(default_factory=set)
    """Files that were not made again."""
    _changing: set[str] = field(default_factory=set)
    _folders: set[str] = field(default_factory=set)
    """Folders of the new site that are there: most files stand in a few of them."""

    def begin(self, ground: str) -> None:
        """Recall what the last build noted, where it stood on the same ground."""
        self.ground = ground
        file = self._file()
        if not ground or file is None or self.forgets:
            return
        # Notes that are missing, cut or of another form lead to a build from nothing, and to no fault.
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError, RecursionError):
            noted = json.loads(file.read_bytes())
            if noted["ground"] == ground:
                files = noted["files"].items()
                self.known = {name: (digest, tuple(stamp)) for name, (digest, stamp) in files}
                self._right = set(noted["right"])
                self._known_data, self._known_bodies = str(noted["data"]), dict(noted["bodies"])
                self._known_frame, self._known_works = str(noted["frame"]), dict(noted["works"])
                keys = list(self._known_works)
                self._known_reads = {
                    name: [keys[place] for place in places] for name, places in noted["reads"].items()
                }

    def made_of(self, data: str) -> None:
        """Say what the data and settings of this build are."""
        self.data = data
        self.same_data = bool(data) and data == self._known_data

    def made_of_works(self, frame: str, works: Mapping[str, str]) -> None:
        """Say what bodies are made from: single works, and what stands for all else."""
        self.frame, self.works = frame, works
        before = self._known_works
        self._other_works = frozenset(key for key, digest in works.items() if before.get(key) != digest)

    def known_body(self, name: str) -> str:
        """Return what stands for the body of a page where it is that of the last build; else nothing."""
        found = self._known_bodies.get(name, "")
        if not found or not (self.same_data or self._reads_the_same(name)):
            return ""
        self.bodies[name] = found
        if name in self._known_reads:
            self.reads[name] = self._known_reads[name]
        return found

    def _reads_the_same(self, name: str) -> bool:
        """Whether all works that a body was made from are as they were, and all else is."""
        if name not in self._known_reads or not self.frame or self.frame != self._known_frame:
            return False
        return self._other_works.isdisjoint(self._known_reads[name])

    def made_body(self, name: str, body: str, read: set[str]) -> None:
        """Note a body that was made, and the works that were read for it."""
        self.bodies[name] = body
        self._made_of_these(name, read)

    def made_file(self, name: str, content: bytes, read: set[str]) -> None:
        """Write a file that was made, and note the works that were read for it."""
        self._made_of_these(name, read)
        self.write(name, content)

    def works_of_body(self, name: str) -> set[str]:
        """Return the works that the body of a page is made from; `ALL` where any may be."""
        return set(self.reads.get(name, (ALL,)))

    def _made_of_these(self, name: str, read: set[str]) -> None:
        if ALL in read or not read <= self.works.keys():
            self.reads.pop(name, None)
        else:
            self.reads[name] = sorted(read)

    def take_known(self, name: str) -> bool:
        """Take over a file that all it follows from leaves as it is; whether that was done."""
        if name not in self.known or not (self.same_data or self._reads_the_same(name)):
            return False
        if not self.take(name, self.known[name][0]):
            return False
        if name in self._known_reads:
            self.reads[name] = self._known_reads[name]
        return True

    def changes_later(self, name: str) -> None:
        """Let a file be made each time: something is written into it after it was made."""
        # Such a file is never a link: what is written into it would change the old site, too.
        self._changing.add(name)

    def was_right(self, shape: str, name: str) -> bool:
        """Whether the last build found a page of a shape right."""
        return f"{shape} {name}" in self._right

    def found_right(self, shape: str, name: str) -> None:
        """Note that a page of a shape was found right."""
        self._found.add(f"{shape} {name}")

    def note(self, name: str, digest: str) -> None:
        """Note what a file of the new site is made from."""
        if name not in self._changing:
            self.made_from[name] = digest

    def take(self, name: str, digest: str) -> bool:
        """Take a file over from the old site, where it was made from the same; whether that was done.

        Args:
            name: the file, as a path below the site.
            digest: what it is made from; see `digest_of`.
        """
        if not self.ground or name in self._changing:
            return False
        # Noted in any case: a file that is made now may stay in the next build.
        self.note(name, digest)
        noted = self.known.get(name)
        old = f"{self.old}/{name}"
        if noted is None or noted[0] != digest or stamp_of(old) != noted[1]:
            return False
        target = f"{self.new}/{name}"
        try:
            self._make_folder(target)
            # A second name of the same file: nothing is copied, and it stays when the old site is removed.
            os.link(old, target, follow_symlinks=False)
        except OSError:  # a disk without links, or somebody wrote the file already
            return False
        self.stayed.add(name)
        return True

    def source_of(self, name: str) -> str:
        """Return what a file of the new site is made from; of one that is not noted, its bytes."""
        return self.made_from.get(name) or digest_of((self.new / name).read_bytes())

    def write(self, name: str, content: bytes) -> None:
        """Let a file of the new site hold this; it is written only where it changed."""
        if self.take(name, digest_of(content)):
            return
        target = f"{self.new}/{name}"
        self._make_folder(target)
        with open(target, "wb") as stream:  # noqa: PTH123 - for ten thousand files
            stream.write(content)

    def _make_folder(self, target: str) -> None:
        """Make the folder of a file, unless this build did so before."""
        folder = target.rpartition("/")[0]
        if folder not in self._folders:
            os.makedirs(folder, exist_ok=True)  # noqa: PTH103 - for ten thousand files
            self._folders.add(folder)

    def remember(self) -> None:
        """Note what the new site was made from, now that it is in the place of the old one."""
        file = self._file()
        if not self.ground or file is None:
            return
        stamps = {name: stamp_of(f"{self.old}/{name}") for name in self.made_from}
        files = {}
        for name, stamp in stamps.items():
            if stamp:
                files[name] = (self.made_from[name], stamp)
        noted = {"ground": self.ground, "right": sorted(self._found), "files": files}
        noted |= {"data": self.data, "bodies": self.bodies, "frame": self.frame, "works": self.works}
        # Works are numbers in the notes, since one citation key would be there for every page that reads it.
        places = {key: place for place, key in enumerate(self.works)}
        noted["reads"] = {name: [places[key] for key in keys] for name, keys in self.reads.items()}
        with contextlib.suppress(OSError, CannotWriteError):  # failing to costs time, no more
            file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            write_file(file, json.dumps(noted, separators=(",", ":")).encode(), durable=False)

    def _file(self) -> Path | None:
        folder = cache_folder()
        if folder is None:
            return None
        return folder / "sites" / f"{name_of(self.old.resolve())}.json"


def stamp_of(file: str) -> Stamp | None:
    """Return size, time and number of a file; None for what is none, such as a link."""
    try:
        status = os.lstat(file)
    except OSError:
        return None
    if not stat.S_ISREG(status.st_mode):
        return None
    return status.st_size, status.st_mtime_ns, status.st_ino


def ground_of(config: MkDocsConfig) -> str:
    """Return what all pages are made with: code, templates, versions; empty with plugins of others."""
    if config.hooks or not all(_is_known(plugin) for plugin in config.plugins.values()):
        return ""
    try:
        parts = [repr(sys.version_info[:3]), *map(version, _USED), *config.plugins]
    except PackageNotFoundError:
        return ""
    own = config.theme.custom_dir
    for folder in (_PACKAGE, *(Path(one) for one in config.theme.dirs)):
        # The disk lists files in any order, and the digest depends on theirs.
        for file in sorted(_read_from(folder, hidden=str(folder) == own)):
            parts += [file.relative_to(folder).as_posix(), hashlib.sha256(file.read_bytes()).hexdigest()]
    return digest_of(*parts)


def _is_known(plugin: object) -> bool:
    return f"{type(plugin).__module__}.".startswith(_OURS)


def _read_from(folder: Path, *, hidden: bool) -> Iterable[Path]:
    """Yield the files of a package or theme that say how pages look, without compiled code.

    The ten thousand icons of an installed theme stand in a hidden folder, and its version stands for them.
    """
    for inner in folder.iterdir():
        if inner.name == "__pycache__" or (inner.name.startswith(".") and not hidden):
            continue
        if inner.is_dir():
            yield from _read_from(inner, hidden=hidden)
        elif inner.is_file():
            yield inner


def works_of(base: KnowledgeBase) -> dict[str, str]:
    """Return what stands for each work: its citation key to the digest of its fields."""
    paths = base.entry_paths.items()
    found: dict[str, str] = {}
    for key, path in paths:
        found[key] = digest_of(json_line(base.documents[path].value))
    return found


def frame_of(root: Path, material: Material, settings: SiteSettings) -> str:
    """Return what stands for all that bodies are made from besides single works.

    That is: which works there are and how they are tied, what sources measured alike, topics, vocabularies,
    configuration and settings. Empty where a file cannot be read.
    """
    base = material.base
    printed = (
        replace(settings, commit=""),  # in no body that is kept by its works
        tuple(base.entry_paths.items()),
        base.unread,
        material.index,
        material.tests,
    )
    try:
        files = [root / CONFIG, *sorted((root / TAXONOMY).rglob("*"))]
        contents = [file.read_bytes() for file in files if file.is_file()]
    except OSError:
        return ""
    names = [file.as_posix() for file in files]
    return digest_of(*map(repr, printed), *names, *contents)


def config_digest(config: MkDocsConfig) -> str:
    """Return what templates may read of mkdocs.yml; empty where that cannot be said in words."""
    printed = repr(sorted((name, value) for name, value in config.items() if name not in _NOT_PRINTED))
    theme = repr((config.theme.name, sorted(config.theme.items())))
    # Python prints such an object with its place in memory, which is another one in each run.
    if " object at 0x" in printed + theme:
        return ""
    return digest_of(printed, theme)
