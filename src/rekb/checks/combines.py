"""Rules on taxonomy/combines.yaml: statements name what is here, and sources that stay what was read."""

from collections.abc import Iterator
from functools import partial

from rekb.checks.references import nearest
from rekb.checks.registry import Finding, Reads, rule
from rekb.kb import KnowledgeBase
from rekb.loading.layout import COMBINES
from rekb.meant import did_you_mean
from rekb.yamlio.document import Path_


def _named_parts(base: KnowledgeBase) -> Iterator[tuple[Path_, str]]:
    """Yield every topic id or citation key of the file with its place."""
    for number, row in enumerate(base.combines.combines):
        for place, part in enumerate(row.pair):
            yield ("combines", number, "pair", place), part
    for number, matrix in enumerate(base.combines.matrices):
        for place, column in enumerate(matrix.parts):
            yield ("matrices", number, "parts", place, "part"), column.part


@rule("unknown-part", reads=Reads.TAXONOMY)
def unknown_part(base: KnowledgeBase) -> Iterator[Finding]:
    """What combines with what is stated of topics and works that are here; others have no page.

    Example: `pair: [algorithms/quantisation, hu2021lora]`
    Fix: write the id of a topic or the key of an entry.
    """
    for path, part in _named_parts(base):
        if part in base.topics or part in base.entries:
            continue
        # A file that could not be read is reported itself; what names it is not at fault.
        if base.unread.has_topic(part) or base.unread.has_entry(part):
            continue
        yield Finding(COMBINES, path, f"there is no topic or entry `{part}`", partial(_like_part, base, part))


def _like_part(base: KnowledgeBase, part: str) -> str:
    known = [*base.topics, *base.entries]
    return did_you_mean(part, known) or "write the id of a topic or the key of an entry"


@rule("pair-with-itself", reads=Reads.TAXONOMY)
def pair_with_itself(base: KnowledgeBase) -> Iterator[Finding]:
    """A pair has two ends; whether a thing combines with itself is no question.

    Example: `pair: [hu2021lora, hu2021lora]`
    Fix: write the other end, or delete the row.
    """
    for number, row in enumerate(base.combines.combines):
        one, other = row.parts
        if one == other:
            hint = "write the other end, or delete the row"
            yield Finding(COMBINES, ("combines", number, "pair"), f"both ends are `{one}`", hint)


@rule("unknown-combines-source", reads=Reads.TAXONOMY)
def unknown_combines_source(base: KnowledgeBase) -> Iterator[Finding]:
    """A statement can be looked up: its source is a page of the file's list, or the paper of an entry.

    Example: `source: vllm-matrx`, where the file's source is `vllm-matrix`.
    Fix: write the id of a source, or add the page to `sources`.
    """
    sources = [source.id for source in base.combines.sources]
    for number, row in enumerate(base.combines.combines):
        if row.source is not None and row.source not in sources:
            hint = nearest(row.source, sources, "add the page to `sources`")
            yield Finding(
                COMBINES, ("combines", number, "source"), f"there is no source `{row.source}`", hint
            )
        if row.paper is not None and row.paper not in base.entries and not base.unread.has_entry(row.paper):
            hint = nearest(row.paper, base.entries, "write the key of an entry that is here")
            yield Finding(COMBINES, ("combines", number, "paper"), f"there is no entry `{row.paper}`", hint)


@rule("unpinned-source", reads=Reads.TAXONOMY)
def unpinned_source(base: KnowledgeBase) -> Iterator[Finding]:
    """A page on a branch changes under the statement that rests on it; at a commit or a release it stays.

    Example: `url: https://github.com/vllm-project/vllm/blob/main/docs/features/README.md`
    Fix: write the address with the commit in place of the branch: press `y` on the page at GitHub.
    """
    for number, source in enumerate(base.combines.sources):
        if not source.pinned:
            hint = "write the address at a commit or a release: .../blob/<commit>/..."
            yield Finding(COMBINES, ("sources", number, "url"), "this address moves with its branch", hint)


@rule("repeated-combination", reads=Reads.TAXONOMY)
def repeated_combination(base: KnowledgeBase) -> Iterator[Finding]:
    """One source says one thing of a pair; a second row of the same source would count as a second witness.

    Example: two rows of one pair, the ends in the other order, with the same `source`.
    Fix: join them into one row; its note states the condition.
    """
    seen: set[tuple[tuple[str, str], str]] = set()
    for number, row in enumerate(base.combines.combines):
        stated = (row.parts, row.source or row.paper or "")
        if stated in seen:
            message = f"`{stated[1]}` speaks of {' and '.join(row.parts)} in an earlier row"
            yield Finding(COMBINES, ("combines", number), message, "join the two rows")
        seen.add(stated)
