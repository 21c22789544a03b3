"""One page of each kind, by the name that reports give it."""

from rekb.site.pages.registry import PAGE_KINDS

ENTRY = "papers/dao2022flashattention/"
_COMPARED = "dao2022flashattention,vaswani2017attention"
_OF_THE_SURVEY = {
    "inner topic": "topics/architectures/efficient-attention/",
    "leaf topic": "topics/architectures/efficient-attention/exact-attention/",
    "entry": ENTRY,
    "entry of a model": "papers/touvron2023llamac/",
    "axis": "venues/",
    "path": "learn/attention/",
    "listing": "resources/memory/",
    "authors": "authors/d/",
    "prose": "about/",
    "reference": "reference/commands/",
    "lost": "404.html",
}
"""Pages of works, of topics and of words, which the table has no address for, and pages that are not ours."""


def page_kinds() -> dict[str, str]:
    """Return the address of a page of each kind."""
    found: dict[str, str] = {}
    for kind in PAGE_KINDS.values():
        if kind.path is not None:
            found[kind.id] = kind.path
    found["compare"] += f"?papers={_COMPARED}"
    return found | _OF_THE_SURVEY


KINDS = page_kinds()
STATES = {
    "topic with rivals": "topics/algorithms/inference/key-value-cache/",
    "explore in groups": "explore/?saves=memory&phase=inference&not-needs=retraining&group=topic",
    "explore as cards": "explore/?saves=memory&find=quantization&view=cards",
}
"""Pages of kinds that are there already, which show something else."""
