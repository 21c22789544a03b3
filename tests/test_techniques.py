"""What makes a term smaller: only factors of that term, and none as the range without its condition."""

import pytest

from rekb.kb import KnowledgeBase
from rekb.site.calculator.techniques import GroupView, techniques
from rekb.site.parts.views import Material


@pytest.fixture(scope="module")
def groups(base: KnowledgeBase) -> dict[tuple[str, str], GroupView]:
    """Return every group by its term and its topic's title."""
    found: dict[tuple[str, str], GroupView] = {}
    for term in techniques(Material.of(base)):
        for group in term.groups:
            found[term.id, group.topic.label] = group
    return found


@pytest.mark.parametrize(
    ("term", "work"),
    [
        ("weights", "BitDelta"),  # copies of tuned weights that many users share
        ("cache", "BitDelta"),
        ("cache", "Memory-efficient attention"),  # scores of self-attention
        ("cache", "Infini-attention"),  # against another work with a memory of its own
    ],
)
def test_what_is_no_saving_of_the_term_is_not_shown(
    groups: dict[tuple[str, str], GroupView], term: str, work: str
) -> None:
    for (of, _), group in groups.items():
        shown = [*group.savings, *([group.most] if group.most else [])]
        if of == term:
            assert work not in {saving.work.label for saving in shown}


def test_an_extreme_stands_with_its_condition(groups: dict[tuple[str, str], GroupView]) -> None:
    group = groups["cache", "Key-Value Cache: Number Formats"]
    assert group.most is not None
    assert (group.most.factor, group.most.work.label) == ("410×", "SVDq")
    assert "keys used in attention only, together with key sparsity" in group.most.conditions
    assert "SVDq" not in {saving.work.label for saving in group.savings}


def test_the_works_that_are_shown_are_around_the_middle(groups: dict[tuple[str, str], GroupView]) -> None:
    for group in groups.values():
        factors = [saving.factor for saving in group.savings]
        assert (group.middle in factors) or not group.reported
        assert len(factors) == min(3, group.reported)
        if group.most and group.reported > 3:
            assert group.most.factor not in factors
