"""Rules on the names of authors: one person in each, and nothing that is no part of a name."""

import re
from collections.abc import Iterator

from rekb.checks.files import FORMATTING
from rekb.checks.registry import Finding, rule
from rekb.diagnostics import Severity
from rekb.kb import KnowledgeBase
from rekb.model.entry import Group, Mononym

_OTHERS = re.compile(r"\bet\.? al\b|\band others\b|, others\.?\Z", re.IGNORECASE)
_JOINED = re.compile(r"(?<=[\w.]) (?:and|&) |;")
"""What stands between two people. `y` and `e` are parts of Spanish and Portuguese names."""
_SUFFIX = re.compile(r"(?:[JS]r|[IVX]+|[2-9](?:nd|rd|th)|Filho|Neto|fils)\.?", re.IGNORECASE)
"""What may stand between or behind family and given name."""
_ADDRESS = re.compile(r"\S*@\S*|https?:\S*")
_SIGN = re.compile(r"[0-9\u00b9\u00b2\u00b3\u2070-\u2079*\u2020\u2021\u00a7\u00b6#=|_/\\<>\[\]{}]+")
"""Digits, marks of footnotes, and signs that only machines write."""
_BRACKETS = re.compile(r"\(([^()]*)\)")
"""A name in brackets is welcome: ``Chen, Chun-Fu (Richard)``."""
_PLACE = re.compile(
    r"[A-Z]{2,}|.*\b(?:Univ\w*|Inst\w*|College|Labs?|Laborator\w*|Research|Google|Microsoft|Meta|Inc|AI)\b.*"
)
"""Where somebody works, not what they are called."""
_TITLE = re.compile(r"\b(?:Dr|Prof|Professor|Ph\. ?D|PhD|M\.?Sc|Mr|Mrs|Ms)\b\.?")
_QUOTES = '"\u201c\u201d\u201e\u00ab\u00bb'
_FEWEST = 3
"""Letters from which on a given name in capitals is no row of initials."""
Fault = tuple[str, str]
"""What is wrong with a name, and what to write instead."""


def _people(base: KnowledgeBase) -> Iterator[tuple[str, int, str]]:
    """Yield each person's name, with its file and place among the authors."""
    for key, entry in base.entries.items():
        for number, author in enumerate(entry.authors):
            if isinstance(author, str):
                yield base.entry_paths[key], number, author
            elif isinstance(author, Mononym):
                yield base.entry_paths[key], number, author.mononym


@rule("several-people", local=True)
def several_people(base: KnowledgeBase) -> Iterator[Finding]:
    """Each author has a line: two in one line are cited as one person, and `et al.` hides who wrote the work.

    Example: `- "Noether, Emmy and Hilbert, David"`, `- "Noether, Emmy et al."`
    Fix: write one author a line, all of them.
    """
    for file, number, name in _people(base):
        if _OTHERS.search(name):
            message = f"`{name}` leaves authors out"
            yield Finding(file, ("authors", number), message, "list every author, one a line")
        elif _JOINED.search(name):
            message = f"`{name}` is more than one person"
            yield Finding(file, ("authors", number), message, f"write one author a line: {_parted(name)}")
    for key, entry in base.entries.items():
        for number, author in enumerate(entry.authors):
            # Firms and teams have `and` and `&` in their names.
            if isinstance(author, Group) and _OTHERS.search(author.group):
                message = f"`{author.group}` leaves authors out"
                hint = "list every author, one a line"
                yield Finding(base.entry_paths[key], ("authors", number), message, hint)


def _parted(name: str) -> str:
    people = [person.strip() for person in _JOINED.split(name)]
    return ", ".join(f'"{person}"' for person in people if person)


@rule("not-a-name", Severity.WARNING, local=True)
def not_a_name(base: KnowledgeBase) -> Iterator[Finding]:
    """A name is what a person signs with: no address, number, footnote mark, title or place of work.

    Example: `"Noether, Emmy1"`, `"Noether, Emmy (MIT)"`, `"Noether, Prof. Emmy"`, `"NOETHER, EMMY"`
    Fix: write the name alone, as the hint shows; exempt a name that is right as it stands.
    """
    for file, number, name in _people(base):
        if _is_reported(name):
            continue
        fault = fault_of(name)
        if fault:
            message, hint = fault
            yield Finding(file, ("authors", number), f"`{name}` {message}", hint)


def _is_reported(name: str) -> bool:
    """Whether another rule says what is wrong with a name: two people in it, or markup."""
    if _OTHERS.search(name) or _JOINED.search(name):
        return True
    if FORMATTING.search(name):
        return True
    # What is in angle brackets is an address, or markup.
    return "<" in name and "@" not in name


def fault_of(name: str) -> Fault | None:
    """Return what is in a name that is no part of one."""
    parts = [part.strip() for part in name.split(",")]
    parts = [part for part in parts if not _SUFFIX.fullmatch(part)] or parts
    bare = ", ".join(parts)
    for found in (_quotes(name), _address(bare), _sign(bare), _place_of_work(bare), _title(bare)):
        if found:
            return found
    if len(parts) > 2:  # noqa: PLR2004 - family and given name
        return "has three parts", 'write "Family, Given"; only Jr., Sr., III and the like may stand between'
    for part in parts:
        if not any(map(str.isalpha, part)):
            return f"has a part without a letter: `{part}`", "write the name as the work prints it"
    return _capitals(name, parts)


def _quotes(name: str) -> Fault | None:
    # Quotes inside a name are round what somebody is called: `Gil, Ana "Annie"`.
    if name[0] not in _QUOTES:
        return None
    return "begins with quotes that are part of the text", f'write "{name.strip(_QUOTES)}"'


def _address(name: str) -> Fault | None:
    found = _ADDRESS.search(name)
    if not found:
        return None
    return "holds an address", f'write "{_without(name, found[0])}"'


def _sign(name: str) -> Fault | None:
    found = _SIGN.search(name)
    if not found:
        return None
    return f"holds `{found[0]}`, which is in no name", f'write "{_tidied(_SIGN.sub(" ", name))}"'


def _place_of_work(name: str) -> Fault | None:
    for found in _BRACKETS.finditer(name):
        if _PLACE.fullmatch(found[1]):
            return f"holds a place of work: `{found[0]}`", f'write "{_without(name, found[0])}"'
    return None


def _title(name: str) -> Fault | None:
    found = _TITLE.search(name)
    if not found:
        return None
    return f"holds a title: `{found[0]}`", f'write "{_without(name, found[0])}"'


def _capitals(name: str, parts: list[str]) -> Fault | None:
    """Return what is wrong with a name in capitals; initials and short names such as `GV, K. K.` are none."""
    if not name.isupper():
        return None
    longest = max(len(word) for word in re.split(r"[\W_]+", parts[-1]))
    if longest < _FEWEST:
        return None
    return "is all in capitals", f'write it as the work prints it, such as "{name.title()}"'


def _without(name: str, part: str) -> str:
    """Return a name without a part."""
    return _tidied(name.replace(part, " "))


def _tidied(name: str) -> str:
    """Return a name without what a part that was taken out leaves: empty brackets, spaces before a comma."""
    left = name.replace("<>", " ").replace("()", " ")
    return " ".join(left.split()).replace(" ,", ",").strip(" ,<>")
