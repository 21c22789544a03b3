"""A library of the works that a command speaks of: while no file changed, those of the others stay unread."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from rekb.answers.library import Library
from rekb.api import Base, load
from rekb.diagnostics import Report
from rekb.kb.documents import Kind
from rekb.kb.index import Index
from rekb.kb.ranking import Ranking
from rekb.kb.search import ranking, search
from rekb.loading.addresses import site_address
from rekb.loading.glance import Glance, keep, keep_glance, read_glance, read_kept
from rekb.loading.partial import partial_base
from rekb.loading.verdicts import Seen, look, look_again
from rekb.model.entry import Relation

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
    glance: Glance | None
    """What is known of all works; None where files changed since it was kept."""
    _whole: Library | None = None
    _is_right: bool = False
    """Whether `_whole` has no faults, and its files are as they were seen."""

    @property
    def whole(self) -> Library:
        """The library of all works, read now; what is known of them is kept for the next run."""
        if self._whole is None:
            base = load(self.root, cached=True)
            self._whole = Library(base, site_address(self.root))
            self._is_right = not list(base.report) and look_again(self.root, self.seen)
            if self._is_right:
                keep_glance(self.root, self.seen, base.kb)
        return self._whole

    def find(self, words: str) -> list[FoundKey]:
        """Return the works that a question means, best first, as `kb.search.search` does."""
        if words.strip():
            known = self._ranking()
        else:
            known = None
        if known is not None:
            kinds: tuple[Kind, ...] = ("work",)
            kept: list[FoundKey] = []
            for hit in known.find(words, kinds):
                kept.append(FoundKey(hit.document.id, hit.is_whole))
            return kept
        found = [FoundKey(hit.key, hit.is_whole) for hit in search(self.whole.base.kb, words)]
        if self._is_right and words.strip():
            keep(self.root, self.seen, _RANKINGS, ranking(self.whole.base.kb).kept())
        return found

    def _ranking(self) -> Ranking | None:
        """Return what is kept of the ranking of all works; None where files changed since."""
        if self.glance is None:
            return None
        kept = read_kept(self.root, self.seen, _RANKINGS)
        try:
            return Ranking.of_kept(kept) if kept else None
        except (KeyError, TypeError, ValueError):
            return None

    def library(self, keys: Iterable[str], *, is_listed: bool = False) -> Library:
        """Return a library that holds at least these works, and says of them what the whole one says.

        Args:
            keys: the works.
            is_listed: whether they are only listed, so that the works that they name need not be known.
        """
        wanted = list(keys)
        if self.glance is None or not all(key in self.glance.paths for key in wanted):
            return self.whole
        return self._part(self.glance, wanted, is_listed=is_listed) or self.whole

    def _part(self, glance: Glance, keys: list[str], *, is_listed: bool) -> Library | None:
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
    seen = look(root)
    return Glanced(root, seen, read_glance(root, seen))


def _index(glance: Glance, keys: Iterable[str]) -> Index:
    """Return who names these works; the other views are empty."""
    cited_by = {}
    for key in keys:
        named = glance.named_by.get(key, ())
        cited_by[key] = tuple((other, Relation(type=kind, entry=key)) for other, kind in named)
    return Index({}, {}, {}, {}, {}, cited_by)
