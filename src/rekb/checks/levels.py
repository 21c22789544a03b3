"""Rules on reading levels: texts are written for those of rekb.yaml, each of them, and no other."""

from collections.abc import Iterator

from rekb.checks.references import nearest
from rekb.checks.registry import Finding, rule
from rekb.kb import KnowledgeBase


def _summaries(base: KnowledgeBase) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield the file of every summary, and the levels that are written in it."""
    if base.unread.config:
        # The configuration names the levels, so none can be called unknown.
        return
    for key, entry in base.entries.items():
        if entry.summary:
            yield base.entry_paths[key], tuple(entry.summary.root)
    for topic_id, topic in base.topics.items():
        if topic.summary:
            yield base.topic_paths[topic_id], tuple(topic.summary.root)


@rule("unknown-level", local=True)
def unknown_level(base: KnowledgeBase) -> Iterator[Finding]:
    """A text for a level that `rekb.yaml` does not name is shown nowhere.

    Example: `summary: {experts: ...}`
    Fix: write a name under `levels` in `rekb.yaml`; where it has none: plain, practitioner or expert. After
    a change of the levels, `rekb levels OLD=NEW` renames one in every file.
    """
    levels = base.config.reading
    known = f"known here: {', '.join(levels.hardest_first)}"
    for file, written in _summaries(base):
        for level in written:
            if level in levels.ids:
                continue
            hint = nearest(level, levels.ids, f"{known}; `rekb levels {level}=NAME` renames it in all files")
            message = f"there is no reading level `{level}`"
            yield Finding(file, ("summary", level), message, hint, key=True)


@rule("missing-level", local=True)
def missing_level(base: KnowledgeBase) -> Iterator[Finding]:
    """A reader who chose a level finds every work and topic explained at it, or not explained yet.

    Example: `summary:` with `expert` and `plain` only, where `rekb.yaml` names three levels.
    Fix: write the missing text, or leave the whole summary out until it is written.
    """
    for file, written in _summaries(base):
        for level in base.config.reading.hardest_first:
            if level in written:
                continue
            message = f"`summary.{level}` is missing"
            yield Finding(file, ("summary",), message, f"add `{level}:`", key=True)
