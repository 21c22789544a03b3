"""How far reported results can be joined, and how far their evidence can be opened; counted in one pass."""

import re
from dataclasses import dataclass

from rekb.kb.base import KnowledgeBase
from rekb.kb.primary import is_on_primary, is_primary
from rekb.kb.reproductions import reproductions
from rekb.model.results import Result

# Git's full name of a commit has 40 digits; a branch, a tag or a short name may mean another one later.
_AT_A_COMMIT = re.compile(r"/[0-9a-f]{40}(?:/|\Z)")
_IN_A_REPOSITORY = frozenset({"readme", "model-card", "data"})
_COPY_IN_WORDS = re.compile(r"\bcop(?:y|ies)\b")
"""Some sources say in words that a copy was read, because the address of the copy was not kept."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Counts over all results."""

    results: int
    """Reported results."""
    with_metric: int
    """Those that name a metric by id."""
    with_model: int
    """Those that name a model by id."""
    without_model: int
    """Those that name no model, neither by id nor in words."""
    with_device: int
    """Those that name a device by id."""
    on_primary: int
    """Those whose source is a record of a work, or a page of a publisher, maker or official repository."""
    pinned: int
    """Those pinned to a table, figure, section or abstract, or to a file at a commit."""
    read_in_copies: int
    """Those read in a copy that is no primary page, or whose source is none."""
    moving: int
    """Those whose source is a README or model card at no commit."""
    measured_again: int
    """What others got who measured one of them again."""
    without_primary_page: tuple[str, ...]
    """Entries that were checked on no primary page."""


def evidence(base: KnowledgeBase) -> Evidence:
    """Count the results of `base` by what they name and where they stand."""
    named = []
    for key, entry in base.entries.items():
        for result in entry.results:
            named.append((key, result))
    results = [result for _, result in named]
    return Evidence(
        results=len(results),
        with_metric=sum(result.metric is not None for result in results),
        with_model=sum(result.model is not None for result in results),
        without_model=sum(not (result.model or result.model_wording) for result in results),
        with_device=sum(result.device is not None for result in results),
        on_primary=sum(is_on_primary(base, key, result) for key, result in named),
        pinned=sum(_is_pinned(result) for result in results),
        read_in_copies=sum(_is_read_in_a_copy(base, key, result) for key, result in named),
        moving=sum(_moves(result) for result in results),
        measured_again=sum(1 for _ in reproductions(base)),
        without_primary_page=tuple(key for key in base.entries if not _has_primary_page(base, key)),
    )


def _is_pinned(result: Result) -> bool:
    """Whether a reader is led to the very place: a numbered table, an abstract, a file at a commit."""
    source = result.source
    if source.number is not None:
        return True
    if source.kind == "abstract":
        return True
    address = source.url or ""
    return _AT_A_COMMIT.search(address) is not None


def _moves(result: Result) -> bool:
    """Whether a source is a file of a repository that may say something else tomorrow."""
    source = result.source
    if source.url is None or source.kind not in _IN_A_REPOSITORY:
        return False
    return not _AT_A_COMMIT.search(source.url)


def _is_read_in_a_copy(base: KnowledgeBase, key: str, result: Result) -> bool:
    copy = result.source.read_in
    if copy is not None:
        return not is_primary(base, key, copy)
    if _COPY_IN_WORDS.search(result.source.where or ""):
        return True
    return not is_on_primary(base, key, result)


def _has_primary_page(base: KnowledgeBase, key: str) -> bool:
    checked = base.entries[key].checked
    if checked is None:
        return False
    for page in checked.pages():
        if is_primary(base, key, page):
            return True
    return False
