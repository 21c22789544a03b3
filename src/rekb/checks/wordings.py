"""Rule on the words of results: those that stand for a metric's label say which way the number goes."""

import re
from collections.abc import Iterator

from rekb.checks.registry import Finding, rule
from rekb.diagnostics import Severity
from rekb.kb import KnowledgeBase
from rekb.model.results import Result
from rekb.model.vocabulary import Metric

_SAVING = re.compile(r"\b(reduction|fewer|smaller|less|speed-up)\b", re.IGNORECASE)
"""In labels of metrics: a factor or a share of these says how much was saved."""
_CHANGE = re.compile(r"\b(gain|drop|increase)\b|\bloss$", re.IGNORECASE)
"""In labels of metrics: a share or points of these say how much changed."""
_SAYS_LESS = re.compile(
    r"\b(fewer|less|lower|smaller|shorter|faster|lighter|cheaper|tighter|better|cut|saved|savings?|removed|pruned"
    r"|skipped|rejected|decrease|gain|advantage|margin|per second)\b"
    r"|reduc|speed|accelerat|compression|improve|efficien|density",
    re.IGNORECASE,
)
"""In wordings: less was spent, or more was got for the same."""
_SAYS_CHANGE = re.compile(
    r"\b(more|higher|larger|longer|greater|above|additional|drop|loss|lost|gap)\b|increase|raise|degrad",
    re.IGNORECASE,
)
"""In wordings: something rose or fell."""


@rule("wording-without-direction", Severity.WARNING, local=True)
def wording_without_direction(base: KnowledgeBase) -> Iterator[Finding]:
    """The words of a result stand in place of its metric: "4x model size" reads as four times as large.

    Example: `{metric: model-size-reduction, wording: model size, value: 4, unit: x}`
    Fix: say which way it goes: `smaller model`, `lower latency`, `faster softmax`, `gain in accuracy`.
    """
    for key, entry in base.entries.items():
        for number, result in enumerate(entry.results):
            metric = base.measures.metric(result.metric)
            if metric and result.wording and not _says_direction(base, metric, result):
                message = f"`{result.wording}` does not say which way the number of `{metric.id}` goes"
                hint = "begin with `less`, `fewer`, `lower`, `smaller`, `shorter`, `faster` or `gain in`"
                yield Finding(base.entry_paths[key], ("results", number, "wording"), message, hint)


def _says_direction(base: KnowledgeBase, metric: Metric, result: Result) -> bool:
    """Whether the words of a result say as much of its direction as the label of its metric does."""
    words = result.wording or ""
    if _SAVING.search(metric.label):
        return bool(_SAYS_LESS.search(words))
    if not _CHANGE.search(metric.label):
        return True
    unit = base.measures.unit(result.unit)
    # "2x throughput" says it; "20 % throughput" and "3 points accuracy" do not.
    if unit is None or unit.dimension == "ratio":
        return True
    return bool(_SAYS_LESS.search(words) or _SAYS_CHANGE.search(words))
