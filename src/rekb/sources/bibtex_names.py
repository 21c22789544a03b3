"""The names of an author field of BibTeX: parted by ``and``; in braces a body; in biblatex by their parts."""

import re
from collections.abc import Iterator

from rekb.model.entry import Author, Group
from rekb.sources.clean import cleaned
from rekb.sources.latex import plain
from rekb.sources.names import person

# BibTeX parts names at `and` in any case, but only outside of braces.
_PIECE = re.compile(r"\\.|[{}]| and ", re.DOTALL | re.IGNORECASE)
# A part such as `given-i` holds initials only; biber makes them itself where they are missing.
_PART = re.compile(r"\s*([a-z]+)(?:-i)?\s*=\s*(?:\"([^\"]*)\"|\{([^{}]*)\}|([^,]*?))\s*(?:,|\Z)", re.DOTALL)
_EXTENDED = re.compile(r"\s*(?:family|given|prefix|suffix|useprefix)(?:-i)?\s*=", re.IGNORECASE)
_FAMILY_IN_BRACES = re.compile(r"([^{},]+?)\s+\{([^{}]+\s[^{}]+)\}")
"""``Ada {De Berg}``: braces hold the words of a family name together."""
_FEWEST_COMMAS = 2


def names_in(text: str) -> list[Author | str]:
    """Return the names of an author or editor field in order."""
    return [read for name in _parted(text) if (read := _name(name))]


def _parted(text: str) -> Iterator[str]:
    """Yield the names as written; ``;`` and commas between whole names part them where ``and`` does not."""
    bare = " ".join(text.split())
    names = _split(bare)
    if len(names) > 1 or _is_body(bare):
        if len(names) == 1 and (inside := _people_in_braces(bare)):
            yield from inside
        else:
            yield from names
    # An HTML reference such as `&amp;` ends with a semicolon, too.
    elif ";" in bare and not re.search(r"&\w+;", bare):
        yield from (name for name in bare.split(";") if name.strip())
    else:
        parts = bare.split(",")
        # `Berg, Jr., Ada` is one person, so commas part a list only where each part has two words.
        is_list = len(parts) > _FEWEST_COMMAS and all(len(part.split()) > 1 for part in parts)
        yield from parts if is_list and "=" not in bare else [bare]


def _split(text: str) -> list[str]:
    parts, depth, start = [], 0, 0
    for match in _PIECE.finditer(text):
        depth += (match[0] == "{") - (match[0] == "}")
        if len(match[0]) > 2 and depth == 0:  # noqa: PLR2004 - neither a brace nor an escaped sign
            parts.append(text[start : match.start()])
            start = match.end()
    parts.append(text[start:])
    return parts


def _people_in_braces(text: str) -> list[str]:
    """Return people that stand together in one pair of braces, each as `Family, Given`; none for a body."""
    names = text.strip()[1:-1].split(" and ")
    if len(names) > 1 and all("," in name for name in names):
        return names
    return []


def _is_body(text: str) -> bool:
    """Whether a name stands in braces as a whole."""
    bare = text.strip()
    # `{\'E}` is one letter to BibTeX: a brace that a command follows protects no name.
    if not (bare.startswith("{") and bare.endswith("}")) or bare.startswith("{\\"):
        return False
    depth = 0
    for match in re.finditer(r"\\.|[{}]", bare, re.DOTALL):
        depth += (match[0] == "{") - (match[0] == "}")
        if depth == 0 and match.end() < len(bare):
            return False
    return True


def _name(text: str) -> Author | str | None:
    if _EXTENDED.match(text) and (read := _extended(text)):
        return read
    grouped = _FAMILY_IN_BRACES.fullmatch(text.strip())
    if grouped and not grouped[2].startswith("\\"):
        return person(plain(grouped[2]), plain(grouped[1]))
    name = plain(text)
    if _is_body(text):
        body = cleaned(name)
    else:
        body = ""
    if body:
        return Group(group=body)
    return name


def _extended(text: str) -> Author | None:
    """Return a name that biblatex spells out: ``family=Berg, given=Ada, prefix=van, useprefix=true``."""
    parts = {m[1]: plain(m[2] or m[3] or m[4] or "") for m in _PART.finditer(text)}
    family = " ".join(part for part in (parts.get("prefix", ""), parts.get("family", "")) if part)
    return person(family, parts.get("given", ""), parts.get("suffix", ""))
