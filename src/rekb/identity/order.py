"""Where two lists of authors part: names are compared one by one, whatever their spelling."""

from collections.abc import Sequence

from rekb.identity.people import is_one_author
from rekb.model.entry import Author


def first_difference(one: Sequence[Author], other: Sequence[Author]) -> int | None:
    """Return the place, from 0, of the first author that is another; `None` where the lists agree.

    A list that ends early differs at the place behind its end.
    """
    for place, (author, counterpart) in enumerate(zip(one, other, strict=False)):
        if not is_one_author(author, counterpart):
            return place
    if len(one) == len(other):
        return None
    return min(len(one), len(other))
