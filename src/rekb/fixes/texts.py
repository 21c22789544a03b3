"""Fixes inside single texts: addresses with what does not belong, spaces too many."""

from collections.abc import Iterator
from typing import Any

from rekb.checks.addresses import links_in, tidied
from rekb.checks.files import loose_lines, single_spaced
from rekb.edit.change import Change, inside
from rekb.fixes.words import Words
from rekb.styled import plain_letters
from rekb.yamlio.reader import strings


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


def letters(value: Any, _: Words, __: str) -> Iterator[Change]:
    """Write plain letters for joined ones, those of formulas and those of double width."""
    for path, text in strings(value, ()):
        plain = plain_letters(text)
        # The name of a field has the path of its value; it is no text that could be written anew.
        if plain != text and inside(value, path) == text:
            yield Change("styled-letter", path, plain)
