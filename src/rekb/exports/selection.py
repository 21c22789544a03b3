"""Which entries an export holds: by topic, by key, narrowed by a query."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl

from rekb.errors import RekbError
from rekb.kb import KnowledgeBase
from rekb.kb.query import checked, matching
from rekb.meant import did_you_mean


@dataclass(frozen=True, slots=True)
class Selection:
    """What was asked for; nothing asked for is everything."""

    topics: tuple[str, ...] = ()
    """Topic ids; each brings the topics below it."""
    keys: tuple[str, ...] = ()
    """Citation keys, beside the topics."""
    facets: tuple[str, ...] = ()
    """``name=word``: words of one name widen, different names narrow; see `rekb.kb.query`."""
    query: str = ""
    """The same as one address has it: ``saves=memory&not-needs=retraining``."""

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Yield the names and words of the facets.

        Raises:
            RekbError: for a facet without its word.
        """
        for facet in self.facets:
            name, equals, word = facet.partition("=")
            if not equals:
                raise RekbError(f"`{facet}` is no facet; write name=word, such as saves=memory")
            yield name, word
        # People paste the whole address of the explore page, whose query begins behind the `?`.
        # A name without a word stays, so that it is reported and not passed over.
        yield from parse_qsl(self.query.partition("?")[2] or self.query, keep_blank_values=True)


def select(base: KnowledgeBase, selection: Selection) -> tuple[str, ...]:
    """Return the keys of the selected entries, sorted.

    Args:
        base: the knowledge base.
        selection: entries named by key or standing under a topic, all where neither is given; of these,
            those that fit the query.

    Raises:
        RekbError: for words that do not exist, each with the nearest that do.
    """
    _refuse_unknown("topic", selection.topics, base.topics)
    _refuse_unknown("key", selection.keys, base.entries)
    fitting = matching(base, checked(base, selection.pairs()))
    if not selection.topics and not selection.keys:
        return fitting
    chosen = set(selection.keys)
    for topic in selection.topics:
        chosen.update(key for key, _ in base.entries_under(topic))
    return tuple(key for key in fitting if key in chosen)


def unknown_words(what: str, words: Iterable[str], known: Iterable[str]) -> str:
    """Return what is wrong with words that are not among the known ones, or nothing."""
    names = list(known)
    faults: list[str] = []
    for word in dict.fromkeys(words):
        if word not in names:
            fault = f"unknown {what} `{word}`"
            meant = did_you_mean(word, names)
            if meant:
                fault = f"{fault}; {meant}"
            faults.append(fault)
    return "\n".join(faults)


def _refuse_unknown(what: str, words: Iterable[str], known: Iterable[str]) -> None:
    fault = unknown_words(what, words, known)
    if fault:
        raise RekbError(fault)
