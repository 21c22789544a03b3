"""Where a new work belongs: topics that a person names or chooses, or those that its words suggest."""

import click

from rekb.errors import RekbError, SourceError
from rekb.intake.topics import Suggestion, topic_finder
from rekb.kb import KnowledgeBase
from rekb.meant import did_you_mean, did_you_mean_leaf
from rekb.sources.work import FoundWork
from rekb.text import printable

_FEW_LEAVES = 6
"""Up to how many topics a message names."""


def check_words(base: KnowledgeBase, topics: tuple[str, ...], venue: str | None = None) -> None:
    """Check that topics are leaves of the tree and a venue is known.

    Raises:
        RekbError: for one that is not; the message names what was perhaps meant.
    """
    for topic in topics:
        if topic not in base.topics:
            raise RekbError(f"there is no topic `{topic}`; {_leaves_like(base, topic)}")
        if not base.is_leaf(topic):
            below = ", ".join(base.children(topic))
            raise RekbError(f"`{topic}` is not a leaf of the tree; below it: {below}")
    if venue is not None and venue not in base.venues:
        advice = did_you_mean(venue, base.venues) or "write an id from that file"
        raise RekbError(f"there is no venue `{venue}` in taxonomy/venues.yaml: {advice}")


def _leaves(base: KnowledgeBase) -> list[str]:
    found: list[str] = []
    for topic in base.topics:
        if base.is_leaf(topic):
            found.append(topic)
    return found


def _leaves_like(base: KnowledgeBase, word: str) -> str:
    """Return the leaves that a word may mean, in a sentence; all of a small tree."""
    leaves = _leaves(base)
    if len(leaves) <= _FEW_LEAVES:
        return f"the leaves are: {', '.join(leaves)}"
    return did_you_mean_leaf(word, base.topics) or "`rekb stats` lists the tree"


def _meant(base: KnowledgeBase, word: str, found: tuple[Suggestion, ...]) -> str:
    """Return the topic that an answer means: a suggestion by its number, a leaf by the end of its id."""
    if word.isdecimal():
        if not 0 < int(word) <= len(found):
            raise RekbError(f"there is no number {word} above; write one from 1 to {len(found)}")
        return found[int(word) - 1].topic
    ending = []
    for leaf in _leaves(base):
        if leaf.endswith(f"/{word}"):
            ending.append(leaf)
    if len(ending) == 1:
        return ending[0]
    return word


def choose_topics(
    base: KnowledgeBase, work: FoundWork, given: tuple[str, ...], *, asks: bool
) -> tuple[tuple[str, ...], tuple[str, ...] | None]:
    """Return the topics of a work and, unless a person chose them, the next best."""
    if given:
        return given, None
    found = topic_finder(base).suggest(work.title, work.abstract)
    if asks:
        return _asked(base, work, found), None
    if not found:
        raise SourceError(
            f"no topic is near {work.title!r}: name one with --topic, a leaf below taxonomy/topics"
        )
    return (found[0].topic,), tuple(suggestion.topic for suggestion in found[1:3])


def _asked(base: KnowledgeBase, work: FoundWork, found: tuple[Suggestion, ...]) -> tuple[str, ...]:
    click.echo(f"{printable(work.title)}\nWhere does it belong?", err=True)
    for number, suggestion in enumerate(found, 1):
        if suggestion.like:
            like = f"  (like {', '.join(suggestion.like[:2])})"
        else:
            like = ""
        click.echo(f"  {number}  {suggestion.topic}{like}", err=True)
    while True:
        answer = click.prompt(
            "Numbers or names of topics, the primary one first", default="1" if found else None, err=True
        )
        words = []
        # People part their answers with commas or spaces; an id has neither.
        for w in str(answer).replace(",", " ").split():
            if w:
                words.append(w)
        try:
            named = [_meant(base, word, found) for word in words]
            check_words(base, tuple(named))
        except RekbError as error:
            click.echo(printable(str(error)), err=True)
        else:
            if named:
                # The first one is the primary topic, so the order of the answer stays.
                return tuple(dict.fromkeys(named))
