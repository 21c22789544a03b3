"""A library of the works that a command speaks of: while no file changed, those of the others stay unread.

What needs models is imported where they are needed: most answers are printed from what is kept, and importing
the models takes longer than that.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rekb.answers.kept_texts import Texts, keep_texts, read_texts
from rekb.diagnostics import Report
from rekb.loading.addresses import site_address
from rekb.loading.glance import Glance, keep, keep_glance, read_glance, read_kept
from rekb.loading.verdicts import Seen, look, look_again

if TYPE_CHECKING:
    from rekb.answers.library import Library
    from rekb.answers.works import Row
    from rekb.kb.document import Kind
    from rekb.kb.index import Index

_RANKINGS = "rankings"


@dataclass(frozen=True, slots=True)
class FoundKey:
    """A work that a search found."""

    key: str
    is_whole: bool
    """Whether it holds every word that was asked for."""


@dataclass(slots=True)
class Glanced:
    """A knowledge base of which no more is read than is asked for."""

    root: Path
    seen: Seen
    _kept: dict[str, Any] = field(default_factory=dict)
    """What was read of what is kept, by kind."""
    _whole: "Library | None" = None
    _is_right: bool = False
    """Whether `_whole` has no faults, and its files are as they were seen."""

    @property
    def glance(self) -> Glance | None:
        """What is known of all works; None where files changed since it was kept."""
        if "glance" not in self._kept:
            self._kept["glance"] = read_glance(self.root, self.seen)
        found: Glance | None = self._kept["glance"]
        return found

    @property
    def texts(self) -> Texts | None:
        """What is printed of each work; None where files changed since it was kept."""
        if "texts" not in self._kept:
            self._kept["texts"] = read_texts(self.root, self.seen)
        found: Texts | None = self._kept["texts"]
        return found

    @property
    def whole(self) -> "Library":
        """The library of all works, read now; what is known of them is kept for the next run."""
        if self._whole is None:
            from rekb.answers.library import Library  # noqa: PLC0415 - only where all works are read
            from rekb.api import load  # noqa: PLC0415 - the same

            base = load(self.root, cached=True)
            self._whole = Library(base, site_address(self.root))
            # A file that was written while all were read would be kept under the stamps of its old text.
            self._is_right = not list(base.report) and look_again(self.root, self.seen)
            if self._is_right:
                keep_glance(self.root, self.seen, base.kb)
                keep_texts(self.root, self.seen, self._whole)
        return self._whole

    def find(self, words: str) -> list[FoundKey]:
        """Return the works that a question means, best first, as `kb.search.search` does."""
        known = self._rankings() if words.strip() else None
        if known is not None:
            from rekb.kb.ranking import Ranking  # noqa: PLC0415 - only `rekb search` ranks

            kinds: tuple[Kind, ...] = ("work",)
            found: list[FoundKey] = []
            try:
                for hit in Ranking.of_kept(known["ranking"]).find(words, kinds):
                    found.append(FoundKey(hit.document.id, hit.is_whole))
            # What is kept may be damaged, or of another version: then all works are read.
            except (KeyError, TypeError, ValueError):
                return self._found(words)
            return found
        return self._found(words)

    def _found(self, words: str) -> list[FoundKey]:
        """Return the works that a question means from all works, read now; their ranking is kept."""
        from rekb.answers.works import row_of  # noqa: PLC0415 - only where all works are read
        from rekb.kb.search import ranking, search  # noqa: PLC0415 - the same

        library = self.whole
        found = [FoundKey(hit.key, hit.is_whole) for hit in search(library.base.kb, words)]
        if self._is_right and words.strip():
            rows = {work.key: row_of(library.base.kb, work) for work in library.base}
            held = {"ranking": ranking(library.base.kb).kept(), "rows": rows}
            keep(self.root, self.seen, _RANKINGS, held)
        return found

    def rows(self, keys: Iterable[str]) -> "list[tuple[str, Row]]":
        """Return works with their lines in a list of hits."""
        wanted = list(keys)
        known = self._rankings()
        try:
            if known is not None:
                return [(key, _row(known["rows"][key])) for key in wanted]
        except (KeyError, TypeError, ValueError):
            pass
        from rekb.answers.works import row_of  # noqa: PLC0415 - only where nothing is kept

        library = self.library(wanted, is_listed=True)
        return [(key, row_of(library.base.kb, library.base[key])) for key in wanted]

    def _rankings(self) -> Any:
        """Return what is kept of the ranking of all works; None where files changed since."""
        if _RANKINGS not in self._kept:
            self._kept[_RANKINGS] = read_kept(self.root, self.seen, _RANKINGS)
        return self._kept[_RANKINGS]

    def library(self, keys: Iterable[str], *, is_listed: bool = False) -> "Library":
        """Return a library that holds at least these works, and says of them what the whole one says.

        Args:
            keys: the works.
            is_listed: whether they are only listed, so that the works that they name need not be known.
        """
        wanted = list(keys)
        if self.glance is None or not all(key in self.glance.paths for key in wanted):
            return self.whole
        return self._part(self.glance, wanted, is_listed=is_listed) or self.whole

    def _part(self, glance: Glance, keys: list[str], *, is_listed: bool) -> "Library | None":
        from rekb.answers.library import Library  # noqa: PLC0415 - only where models are needed
        from rekb.api import Base  # noqa: PLC0415 - the same
        from rekb.loading.partial import partial_base  # noqa: PLC0415 - the same

        needed = dict.fromkeys(keys)
        if not is_listed:
            for key in keys:
                needed.update(dict.fromkeys(glance.cites.get(key, ())))
        works = {}
        for key in needed:
            if key in glance.paths:
                works[key] = glance.paths[key]
        kb = partial_base(self.root, works, glance.paths.keys(), glance.values, glance.topics)
        if kb is None:
            return None
        library = Library(Base(kb, self.root, Report()), site_address(self.root))
        return replace(library, given=_index(glance, keys))


def glance_at(root: Path) -> Glanced:
    """Return a knowledge base of which no more is read than is asked for."""
    root = root.resolve()
    return Glanced(root, look(root))


def _row(kept: Any) -> "Row":
    year, title, where = kept
    return year, title, where


def _index(glance: Glance, keys: Iterable[str]) -> "Index":
    """Return who names these works; the other views are empty."""
    from rekb.kb.index import Index  # noqa: PLC0415 - only where models are needed
    from rekb.model.entry import Relation  # noqa: PLC0415 - the same

    cited_by = {}
    for key in keys:
        named = glance.named_by.get(key, ())
        cited_by[key] = tuple((other, Relation(type=kind, entry=key)) for other, kind in named)
    return Index({}, {}, {}, {}, {}, cited_by)
