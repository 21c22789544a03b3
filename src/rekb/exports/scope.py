"""What goes along with a set of entries: the topics and venues that they name."""

from collections.abc import Sequence

from rekb.kb import KnowledgeBase


def topics_of(base: KnowledgeBase, keys: Sequence[str]) -> tuple[str, ...]:
    """Return the topics to export with `keys`, in the tree's order.

    All topics go with all entries; with some, the topics that they name and those above.
    """
    if _holds_everything(base, keys):
        return tuple(base.topics)
    needed: set[str] = set()
    for key in keys:
        for topic in base.entries[key].topics:
            needed.add(topic)
            # A topic's place in the tree is its path, so a file with a topic has those above it, too.
            needed.update(base.ancestors(topic))
    return tuple(topic for topic in base.topics if topic in needed)


def venues_of(base: KnowledgeBase, keys: Sequence[str]) -> tuple[str, ...]:
    """Return the venues to export with `keys`: all with all entries, else those of their records."""
    if _holds_everything(base, keys):
        return tuple(sorted(base.venues))
    named: set[str] = set()
    for key in keys:
        named.update(record.venue for record in base.entries[key].records)
    return tuple(sorted(named & base.venues.keys()))


def _holds_everything(base: KnowledgeBase, keys: Sequence[str]) -> bool:
    return len(set(keys)) == len(base.entries)
