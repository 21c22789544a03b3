"""Fixes inside single texts: addresses with what does not belong, spaces too many."""

from collections.abc import Iterator
from typing import Any

from rekb.checks.addresses import links_in, tidied
from rekb.checks.files import loose_lines, single_spaced
from rekb.edit.change import Change
from rekb.fixes.words import Words


def links(value: Any, _: Words, __: str) -> Iterator[Change]:
    """Take tracking parameters and the like out of addresses."""
    for path, address in links_in(value):
        tidy = tidied(address)
        if tidy != address:
            yield Change("untidy-link", path, tidy)


def spaces(value: Any, _: Words, __: str) -> Iterator[Change]:
    """Leave one space between words, and none around a text."""
    for path, text in loose_lines(value):
        yield Change("surplus-space", path, single_spaced(text))
