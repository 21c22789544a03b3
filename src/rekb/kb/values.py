"""How a reported value is written: words of its comparator, digits of numbers, sign of its unit."""

from collections.abc import Mapping
from dataclasses import dataclass

from rekb.model.results import Result

_COMPARATORS = {
    "exact": "",
    "about": "about ",
    "up-to": "up to ",
    "at-least": "at least ",
    "more-than": "more than ",
    "less-than": "less than ",
}
"""Words, not signs: `~` and `>=` are read aloud badly, and mean other things in shells and tables."""


@dataclass(frozen=True, slots=True)
class Signs:
    """What is written otherwise on a page than where only plain letters are sure to be there."""

    between: str
    """What parts the lower value of a span from the upper."""
    units: Mapping[str, str]
    """Units that do not stand behind a space, or under another sign than their own."""


PLAIN = Signs(" to ", {"x": "x", "%": "%"})
"""For terminals, files and programs."""
PRINTED = Signs("–", {"x": "×", "%": " %"})
"""For pages."""


def number_text(value: float) -> str:
    """Write a number as people do: thousands parted, no trailing zeros."""
    # `g` would write the whole number 175,000,000,000 as 1.75e+11.
    if isinstance(value, int):
        return f"{value:,}"
    # By itself `g` keeps six digits, and writes 1,234,567.5 as 1.23457e+06.
    return f"{value:,.10g}"


def span_text(result: Result, signs: Signs = PLAIN) -> str:
    """Return a result's value with its comparator, without its unit: ``up to 10 to 20.5``."""
    text = f"{_COMPARATORS[result.comparator]}{number_text(result.value)}"
    if result.upper is None:
        return text
    return f"{text}{signs.between}{number_text(result.upper)}"


def value_words(result: Result, signs: Signs = PLAIN) -> str:
    """Return a result's value with comparator and unit: ``up to 10 to 20.5x``."""
    unit = signs.units.get(result.unit, f" {result.unit}")
    return f"{span_text(result, signs)}{unit}"
