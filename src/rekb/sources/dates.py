"""Years and months as people and programs write them."""

import re

_FIRST, _LAST = 1450, 2100
"""Years in which a work can have been published."""
_YEAR = re.compile(r"(?<!\d)(1[4-9]\d\d|20\d\d|2100)(?!\d)")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_OTHER_MONTHS = {
    "januar": 1, "jänner": 1, "februar": 2, "märz": 3, "maerz": 3, "mai": 5, "juni": 6, "juli": 7, "okt": 10,
    "dez": 12, "janv": 1, "févr": 2, "mars": 3, "avr": 4, "juin": 6, "juil": 7, "août": 8, "déc": 12,
    "ene": 1, "abr": 4, "ago": 8, "dic": 12, "gen": 1, "mag": 5, "giu": 6, "lug": 7, "set": 9, "ott": 10,
}  # fmt: skip
"""Beginnings of months in German, French, Spanish and Italian that no English month has."""
_LAST_MONTH = 12


def year_in(text: str) -> int | None:
    """Return the first year of publication in a text: ``c. 1869``, ``2016/2017``, ``[2001]``."""
    found = (int(match[1]) for match in _YEAR.finditer(text[:200]))
    return next((year for year in found if _FIRST <= year <= _LAST), None)


def month_in(text: str) -> int | None:
    """Return the month that a text names, by name or number: ``may~3``, ``October 25-28``, ``06``."""
    # BibTeX files quote or brace a month in many ways, and a macro comes without either.
    bare = text[:200].strip().strip("{}\"'").strip()
    if re.fullmatch(r"\d{1,2}", bare):
        return _month(int(bare))
    if dated := re.fullmatch(r"\d{4}[-/](\d{1,2})(?:[-/].*)?", bare):
        return _month(int(dated[1]))
    for word in re.findall(r"[^\W\d_]+", bare.lower()):
        if word[:3] in _MONTHS:
            return _MONTHS.index(word[:3]) + 1
        if found := next((n for start, n in _OTHER_MONTHS.items() if word.startswith(start)), None):
            return found
    return None


def month_of(date: str) -> int | None:
    """Return the month of a date, ``2020-03-05`` or ``2020/03``; seasons (21 to 24 in biblatex) are none."""
    match = re.match(r"\s*\d{4}[-/](\d{1,2})(?!\d)", date[:200])
    if match:
        return _month(int(match[1]))
    return None


def _month(number: int) -> int | None:
    if 1 <= number <= _LAST_MONTH:
        return number
    return None
