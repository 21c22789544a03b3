"""A knowledge base that is asked again and again: what is worked out once, and read anew after a change."""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from rekb.answers.named import MOST_NAMED, key_named
from rekb.api import Base
from rekb.errors import RekbError
from rekb.kb.index import Index, build_index
from rekb.loading.addresses import site_address
from rekb.loading.cache import cache_of
from rekb.loading.kept import Kept
from rekb.loading.loader import load
from rekb.meant import did_you_mean
from rekb.model.identifiers import pairs_in_text
from rekb.model.keys import title_fingerprint
from rekb.model.pages import comparison_path, entry_path

if TYPE_CHECKING:
    from rekb.intake.matching import KnownWorks
    from rekb.intake.venues import VenueNames
    from rekb.kb.bench import Test


# Without slots: `cached_property` keeps its value in `__dict__`.
@dataclass(frozen=True)
class Library:
    """A knowledge base, the address of its site, and what answers need of it, made when it is needed."""

    base: Base
    site: str
    """Where the site is, with a slash at the end; empty where mkdocs.yml names none."""
    given: Index | None = None
    """Who names whom, where that is known already."""

    @cached_property
    def index(self) -> Index:
        """Who names whom."""
        if self.given:
            return self.given
        return build_index(self.base.kb)

    @cached_property
    def names(self) -> dict[str, str]:
        """Each citation key with the name that people use of the work, or its title."""
        return {key: entry.display_name for key, entry in self.base.kb.entries.items()}

    @cached_property
    def known(self) -> "KnownWorks":
        """The works by identifier, and what sets one apart from others."""
        from rekb.intake.matching import known_works  # noqa: PLC0415 - most commands match no works

        return known_works(self.base.kb)

    @cached_property
    def by_title(self) -> dict[str, str]:
        """Each title that a work has, or had in one of its records, to the first work of it."""
        found: dict[str, str] = {}
        for key, entry in self.base.kb.entries.items():
            for title in entry.titles:
                # Works come by key, so of two with one title the same one is found in every run.
                found.setdefault(title_fingerprint(title) or title, key)
        return found

    @cached_property
    def venues(self) -> "VenueNames":
        """The spellings of venues."""
        from rekb.intake.venues import venue_names  # noqa: PLC0415 - most commands match no venues

        return venue_names(self.base.kb)

    @cached_property
    def tests(self) -> "tuple[Test, ...]":
        """Numbers that one source measured of several works under the same conditions."""
        from rekb.kb.bench import common_tests  # noqa: PLC0415 - few commands compare numbers

        return common_tests(self.base.kb)

    def page(self, key: str) -> str | None:
        """Return the address of a work's page; `None` where there is no site."""
        return self._on_site(entry_path(key))

    def comparison(self, keys: tuple[str, ...]) -> str | None:
        """Return the address of a comparison; `None` where there is no site."""
        return self._on_site(comparison_path(keys))

    def _on_site(self, path: str) -> str | None:
        if not self.site:
            return None
        return f"{self.site}{path}"

    def key_of(self, text: str) -> str:
        """Return the key of the work that a text means: a citation key, a name, or an identifier.

        Raises:
            RekbError: when no work or several are meant; it names those that are near.
        """
        key = key_named(self.names, text) or self.key_identified(text)
        if key is None:
            raise RekbError(f"there is no work {text!r}: {self._advice(text)}")
        return key

    def key_identified(self, text: str) -> str | None:
        """Return the key of the first work that an identifier in a text is of; None where there is none."""
        for pair in pairs_in_text(text):
            if key := self.known.by_identifier.get(pair):
                return key
        return None

    def _advice(self, text: str) -> str:
        if meant := did_you_mean(text, self.base.keys):
            return meant
        if text.strip():
            near = self.base.find(text).keys[:MOST_NAMED]
        else:
            near = ()
        if near:
            return f"these hold its words: {', '.join(near)}"
        return "find it by words"


@dataclass
class Shelf:
    """The knowledge base in a folder as its files are now."""

    root: Path
    _kept: Kept = field(default_factory=Kept)
    _library: Library | None = None

    def library(self) -> Library:
        """Return the knowledge base; it is put together anew only after one of its files changed.

        Raises:
            RekbError: when the folder is no knowledge base.
        """
        root = self.root.resolve()
        cache = None
        if self._library is None:
            # Only the first reading: later ones take the models that this process holds.
            cache = cache_of(root)
        kb, report = load(root, cache, kept=self._kept)
        if cache is not None:
            cache.keep()
        return self._current(Library(Base(kb, root, report), site_address(root)))

    def _current(self, new: Library) -> Library:
        """Return what was put together before where nothing changed: its look-ups are made already."""
        old = self._library
        if old is not None and new.site == old.site and not self._has_changed(old, new):
            return old
        self._kept.accept()
        self._library = new
        return new

    def _has_changed(self, old: Library, new: Library) -> bool:
        if self._kept.changed():
            return True
        # Files with faults are not kept, so only their findings show that they changed.
        return list(new.base.report) != list(old.base.report)
