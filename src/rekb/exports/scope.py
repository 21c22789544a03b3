"""What goes along with a set of entries: the topics and venues that they name."""

from collections.abc import Sequence

from rekb.kb import KnowledgeBase


def topics_of(base: KnowledgeBase, keys: Sequence[str]) -> tuple[str, ...]:
    """Return the topics to export with `keys`, in the tree's order.

    All topics go with all entries; with some, the topics that they name and those above.
    """
    if len(set(keys)) == len(base.entries):
        return tuple(base.topics)
    named = {topic for key in keys for topic in base.entries[key].topics}
    named |= {above for topic in named for above in base.ancestors(topic)}
    return tuple(topic for topic in base.topics if topic in named)


def venues_of(base: KnowledgeBase, keys: Sequence[str]) -> tuple[str, ...]:
    """Return the venues to export with `keys`: all with all entries, else those of their records."""
    if len(set(keys)) == len(base.entries):
        return tuple(sorted(base.venues))
    named = {record.venue for key in keys for record in base.entries[key].records}
    return tuple(sorted(named & base.venues.keys()))
