"""Rules on rekb.yaml: what it names must be there."""

from collections.abc import Collection, Iterator
from functools import partial

from rekb.checks.references import nearest
from rekb.checks.registry import Finding, Reads, rule
from rekb.kb import KnowledgeBase
from rekb.kb.query import vocabulary
from rekb.loading.layout import CONFIG
from rekb.meant import did_you_mean
from rekb.model.config import FacetWords
from rekb.model.facet_table import FACETS
from rekb.yamlio.document import Path_


@rule("unknown-word-in-question", reads=Reads.TAXONOMY)
def unknown_word_in_question(base: KnowledgeBase) -> Iterator[Finding]:
    """A question of the home page asks with the words of the taxonomy; another word is never answered.

    Example: `state: {saves: [memroy]}` in `rekb.yaml`.
    Fix: write a word of taxonomy/facets.yaml, a topic or a venue that is there.
    """
    for place, words in asked_words(base):
        for path, word, known in _unknown(base, words):
            hint = partial(_like_word, word, known)
            yield Finding(CONFIG, (*place, *path), f"there is no `{word}` in the facet `{path[0]}`", hint)


def asked_words(base: KnowledgeBase) -> Iterator[tuple[Path_, FacetWords]]:
    """Yield the words of each question and each preset, with their place."""
    for number, question in enumerate(base.config.questions):
        yield ("questions", number, "state"), question.state
        yield ("questions", number, "without"), question.without
    for number, preset in enumerate(base.config.presets):
        yield ("presets", number, "state"), preset.state
        yield ("presets", number, "without"), preset.without


def _like_word(word: str, known: Collection[str]) -> str:
    return did_you_mean(word, known) or f"known here: {', '.join(sorted(known)[:12])}"


def _unknown(base: KnowledgeBase, words: FacetWords) -> Iterator[tuple[Path_, str, Collection[str]]]:
    for name, found in words.words().items():
        known = _vocabulary(base, name)
        for number, word in enumerate(found):
            if known is not None and word not in known:
                yield (name, number), word, known


def _vocabulary(base: KnowledgeBase, name: str) -> Collection[str] | None:
    """Return the words of a facet; `None` where the model holds them, or they could not be read."""
    row = FACETS.get(name)
    source = row.words_from if row else "vocabulary"
    unread = base.unread
    # A word that may be in a file that was not read is never called unknown.
    is_read = {
        "topics": not (unread.topics or unread.folders),
        "venues": not unread.venues,
        "vocabulary": not unread.facets,
        # These words are in the model, which refuses all others.
        "row": False,
    }
    is_known = row is not None or name in base.config.own_facets
    if is_known and is_read[source]:
        return vocabulary(base, name)
    return None


@rule("unknown-default-level", reads=Reads.TAXONOMY)
def unknown_default_level(base: KnowledgeBase) -> Iterator[Finding]:
    """Pages begin with the level that `default_level` names; one that is not there is never shown.

    Example: `default_level: experts` in `rekb.yaml`.
    Fix: write one of the names under `levels`, or leave it out: pages then begin with the middle one.
    """
    levels = base.config.reading
    if levels.chosen is not None and levels.chosen not in levels.ids:
        hint = nearest(levels.chosen, levels.ids, f"known here: {', '.join(levels.ids)}")
        yield Finding(CONFIG, ("default_level",), f"there is no reading level `{levels.chosen}`", hint)


@rule("unknown-work-in-comparison", reads=Reads.TAXONOMY)
def unknown_work_in_comparison(base: KnowledgeBase) -> Iterator[Finding]:
    """A comparison that names a work without an entry cannot be shown.

    Example: `papers: [knuth1984literate, nobody1900nothing]` in `rekb.yaml`.
    Fix: write citation keys of entries.
    """
    for number, comparison in enumerate(base.config.comparisons):
        for place, key in enumerate(comparison.papers):
            if key not in base.entries and not base.unread.has_entry(key):
                hint = nearest(key, base.entries, "write the citation key of an entry")
                path = ("comparisons", number, "papers", place)
                yield Finding(CONFIG, path, f"there is no entry `{key}`", hint)
