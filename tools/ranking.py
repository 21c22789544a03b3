"""Measure the order of `rekb watch` on works whose decision is known: half of them are hidden and ranked.

usage: python tools/ranking.py [SEED]

Prints the share of entered works among the first 50, by the whole score and by each of its parts alone.
What is hidden is taken out of entries and declined works first: the ranking does not know the answer.
"""

import random
import sys
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

from rekb.kb import KnowledgeBase
from rekb.kb.decisions import Decided, Decision, decisions
from rekb.loading.loader import load
from rekb.model.keys import title_fingerprint
from rekb.model.watch import Candidate
from rekb.upkeep import ranking

SEED = 20261130
FIRST = 50
PARTS = {
    "all": {},
    "lists alone": {"_NEARNESS": 0.0, "_FARNESS": 0.0, "_YEAR": 0.0},
    "near entered alone": {"_MOST_LISTS": 0, "_FARNESS": 0.0, "_YEAR": 0.0},
    "far from declined alone": {"_MOST_LISTS": 0, "_NEARNESS": 0.0, "_YEAR": 0.0},
    "both kinds of nearness": {"_MOST_LISTS": 0, "_YEAR": 0.0},
    "age alone": {"_MOST_LISTS": 0, "_NEARNESS": 0.0, "_FARNESS": 0.0},
}
"""Name of a measurement to the weights that it changes."""

Known = tuple[Candidate, Decided]


def decided(base: KnowledgeBase) -> list[Known]:
    """Return the candidates that were entered or declined, by id."""
    found = decisions(base)
    pairs = [(row, found.of((row.id,), row.title)) for row in base.candidates]
    known = [pair for pair in pairs if pair[1].decision is not Decision.UNDECIDED]
    return sorted(known, key=lambda pair: pair[0].id)


def without(base: KnowledgeBase, hidden: Iterable[Known]) -> KnowledgeBase:
    """Return the knowledge base as it was before these decisions."""
    hidden = list(hidden)
    keys = {decision.key for _, decision in hidden}
    ids = {row.id for row, _ in hidden}
    titles = {title_fingerprint(row.title) for row, _ in hidden}
    entries = {key: entry for key, entry in base.entries.items() if key not in keys}
    left = []
    for row in base.declined.declined:
        if row.id not in ids and title_fingerprint(row.title) not in titles:
            left.append(row)
    return replace(base, entries=entries, declined=base.declined.model_copy(update={"declined": tuple(left)}))


def share(base: KnowledgeBase, rows: list[Known]) -> float:
    """Return the share of entered works among the first ones."""
    answers = {row.id: decision.decision is Decision.ENTERED for row, decision in rows}
    order = ranking.ranked(base, [row for row, _ in rows])[:FIRST]
    return sum(answers[ranked.candidate.id] for ranked in order) / len(order)


def main(seed: int) -> None:
    """Print the shares for one seed."""
    base, _ = load(Path())
    rows = decided(base)
    random.Random(seed).shuffle(rows)  # noqa: S311 - a recorded seed, no secret
    hidden = rows[: len(rows) // 2]
    before = without(base, hidden)
    pools = {"all hidden": hidden, "of one list": [pair for pair in hidden if len(pair[0].lists) == 1]}
    for name, pool in pools.items():
        entered = sum(decision.decision is Decision.ENTERED for _, decision in pool)
        print(f"{name}: {len(pool)} works, {entered / len(pool):.0%} entered")
        for part, weights in PARTS.items():
            with patch.multiple(ranking, **weights) if weights else patch.dict({}):
                print(f"  {part}: {share(before, pool):.0%} of the first {FIRST}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else SEED)
