"""A reported result that others measured again: what they got, and why it is another number."""

from typing import Literal

from rekb.model.base import Date, Line, Model, Slug
from rekb.model.results import Number, Source

Outcome = Literal["confirmed", "differs", "explained"]
"""The same number within what the authors call noise; another one; another one whose cause was found."""


class Reproduction(Model):
    """What others got who measured one of the work's results again."""

    result: Slug
    """The result that was measured again: its id in this entry."""
    outcome: Outcome
    """`confirmed`, `differs`, or `explained`: it differed, and the cause was found."""
    value: Number | None = None
    """What they got, where it is another number or is stated."""
    unit: Line | None = None
    """Its unit, where it is not that of the result."""
    why: Line | None = None
    """What makes the difference: context length, calibration set, kernel, seed; in one's own words."""
    source: Source
    """Where it is reported: an issue, a page, or a record of the work that measured again."""
    on: Date
    """The day it was reported, or first became public."""
