"""How a reported value is written: words of its comparator, digits of numbers, sign of its unit."""

import re
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


_SEVERAL = re.compile(r"^([A-Za-z][\w-]*[a-rt-z]|[A-Z]{2,4})s(?=\Z|/| per | of )")
"""A unit in the plural: ``GPUs``, ``bits per value``. `1 million tokens` keeps it, and `ms` is none."""


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
    unit = result.unit
    if result.value == 1 and result.upper is None:
        unit = _SEVERAL.sub(r"\1", unit.replace("ies", "ys"))
    return f"{span_text(result, signs)}{signs.units.get(unit, f' {unit}')}"
