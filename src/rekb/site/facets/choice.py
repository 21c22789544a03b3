"""Facets: which works fit a choice. One meaning for explore, the finder and the questions of the home page.

A choice is written as an address, and `static/facets.js` reads the same addresses with the same rules:

- `saves=memory&saves=latency`: words of one facet widen, either will do.
- `saves=memory&code=official`: facets narrow, all must hold.
- `saves` and `phase` are held by one effect of the work, not by two effects that are one each.
- `not-needs=retraining` leaves out every work that the word holds for; `not-saves` and `not-phase` look at
  any effect.
- `topic` names a node of the tree and means all that is below it, too.
- `needs=nothing` means that the authors need nothing of the list, `needs=unknown` that they do not say;
  `hardware` knows the same two words.
- `from` and `to` bound the first public year, both included; `year` sets both.
- Facets that rekb.yaml adds stand behind the others by their own names: `habitat=forest`, `not-habitat=town`.
- What stands in an address beside these is no choice (`sort`, `view`, `group`) or needs the page (`find`).
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode

from rekb.kb import KnowledgeBase

NOTHING, UNKNOWN = "nothing", "unknown"
EFFECT = ("saves", "phase")
"""The facets that one effect must hold together."""
FACETS = (*EFFECT, "needs", "topic", "hardware", "modality", "costs", "venue", "code", "state")
"""Names of the facets of every knowledge base, in the order of an address; own ones come behind them."""

Words = Mapping[str, tuple[str, ...]]
"""Facet to words. Of a work, `effect` stands for `saves` and `phase` and pairs them: ``memory@inference``."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What a reader asks for."""

    wanted: Words = field(default_factory=dict)
    unwanted: Words = field(default_factory=dict)
    first: int | None = None
    """First public year, at least."""
    last: int | None = None
    """First public year, at most."""
    own: tuple[str, ...] = ()
    """Facets that the knowledge base adds."""

    @classmethod
    def parse(cls, query: str, own: tuple[str, ...] = ()) -> "Choice":
        """Read the part of an address behind the question mark; unknown names are passed over."""
        wanted: dict[str, tuple[str, ...]] = {}
        unwanted: dict[str, tuple[str, ...]] = {}
        years: dict[str, int] = {}
        for name, value in parse_qsl(query):
            target, facet = (unwanted, name[4:]) if name.startswith("not-") else (wanted, name)
            if facet in (*FACETS, *own):
                target[facet] = (*target.get(facet, ()), value)
            elif name in ("from", "to", "year") and value.isdecimal():
                years[name] = int(value)
        year = years.get("year")
        return cls(wanted, unwanted, years.get("from", year), years.get("to", year), own)

    def query(self) -> str:
        """Return the choice as an address has it."""
        facets = (*FACETS, *self.own)
        pairs = [(f, word) for f in facets for word in self.wanted.get(f, ())]
        pairs += [(f"not-{f}", word) for f in facets for word in self.unwanted.get(f, ())]
        pairs += [(n, str(y)) for n, y in (("from", self.first), ("to", self.last)) if y is not None]
        return urlencode(pairs, safe="/@")


def words_of(base: KnowledgeBase, key: str) -> dict[str, tuple[str, ...]]:
    """Return the words of every facet that hold for an entry."""
    entry = base.entries[key]
    effects = entry.effects
    lineage = {t for topic in entry.topics for t in (*base.ancestors(topic), topic)}
    code = entry.links.code
    return {
        "effect": tuple(dict.fromkeys(f"{e.resource}@{e.phase}" for e in effects if e.change == "saves")),
        "needs": _told(entry.requires),
        "topic": tuple(sorted(lineage)),
        "hardware": _told(entry.hardware),
        "modality": entry.modalities,
        "costs": tuple(dict.fromkeys(e.resource for e in effects if e.change == "costs")),
        "venue": (base.citations.record(key).venue,),
        "code": ("official" if code and code.official else "none",),
        "state": ("complete" if entry.is_complete else "incomplete",),
        **{facet: entry.tags.get(facet, ()) for facet in base.config.own_facets},
    }


def _told(words: tuple[str, ...] | None) -> tuple[str, ...]:
    """Return the words of a list that may be empty (nothing of it) or absent (not known)."""
    return (UNKNOWN,) if words is None else words or (NOTHING,)


def fits(words: Words, year: int, choice: Choice) -> bool:
    """Whether a work of these words and this first public year fits a choice."""
    wanted = choice.wanted
    if any(facet in wanted for facet in EFFECT) and not any(_effect_fits(e, wanted) for e in words["effect"]):
        return False
    for facet, asked in wanted.items():
        if facet not in EFFECT and not any(holds(words, facet, word) for word in asked):
            return False
    if any(holds(words, facet, word) for facet, asked in choice.unwanted.items() for word in asked):
        return False
    return (choice.first is None or year >= choice.first) and (choice.last is None or year <= choice.last)


def holds(words: Words, facet: str, word: str) -> bool:
    """Whether one word of a facet holds for a work."""
    if facet in EFFECT:
        return any(effect.split("@")[EFFECT.index(facet)] == word for effect in words["effect"])
    return word in words[facet]


def _effect_fits(effect: str, wanted: Words) -> bool:
    parts = zip(EFFECT, effect.split("@"), strict=True)
    return all(facet not in wanted or part in wanted[facet] for facet, part in parts)


def matching(base: KnowledgeBase, choice: Choice, held: Mapping[str, Words] | None = None) -> tuple[str, ...]:
    """Return the keys of the works that fit a choice.

    Args:
        base: the knowledge base.
        choice: what is asked for.
        held: the words of each work, where they are known already; see `words_of`.
    """
    words = held if held is not None else {key: words_of(base, key) for key in base.entries}
    return tuple(key for key, entry in base.entries.items() if fits(words[key], entry.year, choice))


def counts_of(held: Iterable[Words], facet: str) -> Counter[str]:
    """Return in how many works each word of a facet holds."""
    counts: Counter[str] = Counter()
    for words in held:
        if facet in EFFECT:
            place = EFFECT.index(facet)
            counts.update({effect.split("@")[place] for effect in words["effect"]})
        else:
            counts.update(set(words[facet]))
    return counts


def columns(base: KnowledgeBase, keys: Sequence[str]) -> dict[str, object]:
    """Return the facets of these works as `static/facets.js` reads them, one line of numbers a work."""
    held = [words_of(base, key) for key in keys]
    names = tuple(held[0]) if held else ()
    made: dict[str, object] = {name: _column([words[name] for words in held]) for name in names}
    own = {"own": base.config.own_facets} if base.config.own_facets else {}
    return {"year": [base.entries[key].year for key in keys], "facets": made, **own}


def _column(rows: Iterable[tuple[str, ...]]) -> dict[str, object]:
    held = tuple(rows)
    words = tuple(sorted({word for row in held for word in row}))
    places = {word: place for place, word in enumerate(words)}
    return {"words": words, "rows": [[places[word] for word in row] for row in held]}
