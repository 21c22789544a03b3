"""The query language: which works fit a choice of facets. One meaning for pages, commands and the API.

A query is written as an address; `static/facets.js` reads the same addresses by the same rules, and rows of
queries and keys (`tests/query_rows.json`) hold the two to one answer. docs/reference/query.md is for readers:

- `saves=memory&saves=latency`: words of one facet widen, either will do.
- `saves=memory&code=official`: facets narrow, all must hold.
- `saves` and `phase` are held by one effect of the work, not by two effects that are one each.
- `not-needs=retraining` leaves out every work that the word holds for; `not-saves` and `not-phase` look at
  any effect that saves something.
- `topic` names a node of the tree and means all that is below it, too.
- `venue` is that of the record that is cited.
- `needs=nothing` means that the authors need nothing of the list, `needs=unknown` that they do not say;
  `hardware` knows the same two words.
- `from` and `to` bound the first public year, both included; `year` sets both, of several the outermost do.
- Facets that rekb.yaml adds stand behind the others by their own names: `habitat=forest`, `not-habitat=town`.
- What is in an address beside these is no choice (`sort`, `view`, `group`) or needs the page (`find`).
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode

from rekb.errors import QueryError
from rekb.kb.base import KnowledgeBase
from rekb.meant import did_you_mean
from rekb.model import Entry
from rekb.model.facet_table import FACETS, NOTHING, UNKNOWN, aliases, effect_facets

YEARS = {"from": "from", "since": "from", "to": "to", "until": "to", "year": "year"}
"""Names that bound the year, with the bound that each means."""
SHOWN = frozenset({"sort", "view", "group"})
"""Names in an address of the explore page that say how works are shown, not which."""
_NOT = "not-"
_EFFECT = "effect"
"""The column that pairs what one effect saves with its phase: ``memory@inference``."""

Words = Mapping[str, tuple[str, ...]]
"""Facet to words. Of a work, `effect` pairs the facets of one effect: ``memory@inference``."""


@dataclass(frozen=True, slots=True)
class Query:
    """What is asked for."""

    wanted: Words = field(default_factory=dict)
    unwanted: Words = field(default_factory=dict)
    first: int | None = None
    """First public year, at least."""
    last: int | None = None
    """First public year, at most."""
    own: tuple[str, ...] = ()
    """Facets that the knowledge base adds."""

    @classmethod
    def parse(cls, text: str, own: tuple[str, ...] = ()) -> "Query":
        """Read the part of an address behind the question mark; unknown names are passed over."""
        # Names without a word are kept, as `URLSearchParams` in the browser keeps them: both read alike.
        return cls.of(parse_qsl(text.removeprefix("?"), keep_blank_values=True), own)

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]], own: tuple[str, ...] = ()) -> "Query":
        """Return the query of pairs of name and word, as an address has them; unknown names do not count."""
        wanted: dict[str, set[str]] = {}
        unwanted: dict[str, set[str]] = {}
        bounds: dict[str, list[str]] = {}
        for name, word in pairs:
            facet = facet_called(name.removeprefix(_NOT), own)
            if name in YEARS:
                bounds.setdefault(YEARS[name], []).append(word)
            elif facet and word:
                target = unwanted if name.startswith(_NOT) else wanted
                target.setdefault(facet, set()).add(word)
        years = []
        for word in bounds.get("year", ()):
            if _is_year(word):
                years.append(int(word))
        first = _first_year(bounds.get("from", ()))
        last = _first_year(bounds.get("to", ()))
        return cls(
            _ordered(wanted, own),
            _ordered(unwanted, own),
            first if first is not None else min(years, default=None),
            last if last is not None else max(years, default=None),
            own,
        )

    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Return the query as pairs of name and word, in the one order that an address has."""
        found: list[tuple[str, str]] = []
        for facet, words in self.wanted.items():
            found.extend((facet, word) for word in words)
        for facet, words in self.unwanted.items():
            found.extend((f"{_NOT}{facet}", word) for word in words)
        if self.first is not None:
            found.append(("from", str(self.first)))
        if self.last is not None:
            found.append(("to", str(self.last)))
        return tuple(found)

    def address(self) -> str:
        """Return the query as an address has it behind the question mark."""
        # Behind the question mark an address may hold these two as they are (RFC 3986).
        return urlencode(self.pairs(), safe="/@")


def _is_year(word: str) -> bool:
    # In Python `\d` takes digits of every script, which the pattern of the browser does not.
    return bool(re.fullmatch("[0-9]{4}", word))


def _first_year(words: Sequence[str]) -> int | None:
    """Return the first of several years, as addresses are read; nothing where that is none."""
    if not words:
        return None
    if not _is_year(words[0]):
        return None
    return int(words[0])


def _ordered(found: Mapping[str, set[str]], own: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """Return the words of each facet sorted, the facets in the order of their table."""
    ordered: dict[str, tuple[str, ...]] = {}
    for facet in (*FACETS, *own):
        if facet in found:
            ordered[facet] = tuple(sorted(found[facet]))
    return ordered


def facet_called(name: str, own: tuple[str, ...] = ()) -> str | None:
    """Return the facet of a name or of one of its other names; `None` where there is none."""
    name = aliases().get(name, name)
    if name in FACETS:
        return name
    if name in own:
        return name
    return None


def names(own: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return every name that a query may use, without `not-` before it."""
    return (*FACETS, *aliases(), *own, *YEARS)


def vocabulary(base: KnowledgeBase, facet: str) -> tuple[str, ...]:
    """Return the words of a facet, those for an empty and an absent list included."""
    row = FACETS.get(facet)
    if row is None:
        return tuple(base.facets.get(facet, {}))
    if row.words_from == "topics":
        return tuple(base.topics)
    if row.words_from == "venues":
        return tuple(base.venues)
    words: list[str] = []
    if row.vocabulary:
        words.extend(base.facets.get(row.vocabulary, {}))
    words.extend(word for word, _ in row.words)
    if row.may_be_silent:
        words.extend((NOTHING, UNKNOWN))
    return tuple(words)


def checked(base: KnowledgeBase, pairs: Iterable[tuple[str, str]]) -> Query:
    """Return the query of pairs of name and word, for those who write it by hand.

    Raises:
        QueryError: for names and words that do not exist, each with the nearest that do.
    """
    given = [(name, word) for name, word in pairs if name not in SHOWN]
    if faults := list(_faults(base, given)):
        raise QueryError("\n".join(dict.fromkeys(faults)))
    return Query.of(given, base.config.own_facets)


def _faults(base: KnowledgeBase, pairs: Iterable[tuple[str, str]]) -> Iterator[str]:
    own = base.config.own_facets
    for name, word in pairs:
        bare = name.removeprefix(_NOT)
        facet = facet_called(bare, own)
        if name == "find":
            yield "`find` is a search for words, not a facet: rekb search WORDS --query ..."
        elif name in YEARS:
            yield from _year_faults(base, name, word)
        elif facet is None:
            yield _unknown("facet", name if bare in YEARS else bare, names(own))
        elif word not in (known := vocabulary(base, facet)):
            yield _unknown(f"word of {bare}", word, known)


def _year_faults(base: KnowledgeBase, name: str, word: str) -> Iterator[str]:
    years = {str(entry.year) for entry in base.entries.values()}
    if not _is_year(word):
        yield f"`{word}` is no year; write {name}=2022"
    elif name == "year" and word not in years:
        yield _unknown("word of year", word, ())


def _unknown(what: str, word: str, known: Iterable[str]) -> str:
    fault = f"unknown {what} `{word}`"
    meant = did_you_mean(word, known)
    if not meant:
        return fault
    return f"{fault}; {meant}"


def words_of(base: KnowledgeBase, entry: Entry) -> dict[str, tuple[str, ...]]:
    """Return the words of every facet that hold for an entry."""
    found = {_EFFECT: _saving_effects(entry)}
    for facet, row in FACETS.items():
        if not row.effect_part:
            found[facet] = row.words_in(entry, base.venues)
    for facet in base.config.own_facets:
        found[facet] = entry.tags.get(facet, ())
    return found


def _saving_effects(entry: Entry) -> tuple[str, ...]:
    """Return what an entry saves, each effect as one word: what and when belong together in a question."""
    parts = [FACETS[facet].effect_part for facet in effect_facets()]
    # A dictionary keeps the order and drops what is there twice.
    words: dict[str, None] = {}
    for effect in entry.effects:
        if effect.change != "saves":
            continue
        values = [str(getattr(effect, part)) for part in parts]
        words["@".join(values)] = None
    return tuple(words)


def fits(words: Words, year: int, query: Query) -> bool:
    """Whether a work of these words and this first public year fits a query."""
    if query.first is not None and year < query.first:
        return False
    if query.last is not None and year > query.last:
        return False
    together = effect_facets()
    effect: dict[str, tuple[str, ...]] = {}
    for facet, asked in query.wanted.items():
        if facet in together:
            effect[facet] = asked
        elif not _holds_any(words, facet, asked):
            return False
    # What is saved and in which phase must hold of one and the same effect.
    if effect and not _any_effect_fits(words, effect):
        return False
    for facet, asked in query.unwanted.items():
        if _holds_any(words, facet, asked):
            return False
    return True


def _holds_any(words: Words, facet: str, asked: Iterable[str]) -> bool:
    """Whether any of some words of a facet holds for a work."""
    for word in asked:
        if holds(words, facet, word):
            return True
    return False


def _any_effect_fits(words: Words, wanted: Words) -> bool:
    for effect in words[_EFFECT]:
        if _effect_fits(effect, wanted):
            return True
    return False


def holds(words: Words, facet: str, word: str) -> bool:
    """Whether one word of a facet holds for a work."""
    if facet not in effect_facets():
        return word in words[facet]
    wanted = {facet: (word,)}
    return _any_effect_fits(words, wanted)


def _effect_fits(effect: str, wanted: Words) -> bool:
    """Whether an effect, written as one word, has a wanted part wherever one is wanted."""
    parts = zip(effect_facets(), effect.split("@"), strict=True)
    for facet, part in parts:
        if facet in wanted and part not in wanted[facet]:
            return False
    return True


def matching(base: KnowledgeBase, query: Query) -> tuple[str, ...]:
    """Return the keys of the works that fit a query, sorted."""
    held = held_words(base)
    found: list[str] = []
    for key, entry in base.entries.items():
        if fits(held[key], entry.year, query):
            found.append(key)
    return tuple(found)


def held_words(base: KnowledgeBase) -> Mapping[str, Words]:
    """Return the words of every facet that hold for each work, by citation key; worked out once."""
    # They follow from a knowledge base that never changes, so they do not become old.
    if not base.words:
        for key, entry in base.entries.items():
            base.words[key] = words_of(base, entry)
    return base.words


def count_words(held: Iterable[Words], facet: str) -> Counter[str]:
    """Return how many works each word of a facet holds for; see `holds`."""
    counts: Counter[str] = Counter()
    together = effect_facets()
    for words in held:
        if facet in together:
            place = together.index(facet)
            counts.update({effect.split("@")[place] for effect in words[_EFFECT]})
        else:
            counts.update(set(words[facet]))
    return counts
