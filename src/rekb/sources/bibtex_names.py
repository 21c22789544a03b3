"""The names of an author field of BibTeX: parted by ``and``; in braces a body; in biblatex by their parts."""

import re
from collections.abc import Iterator

from rekb.model.entry import Author, Group
from rekb.sources.clean import cleaned
from rekb.sources.latex import plain
from rekb.sources.names import is_suffix, person
from rekb.sources.work import Doubt

# BibTeX parts names at `and` in any case, but only outside of braces.
_PIECE = re.compile(r"\\.|[{}]| and ", re.DOTALL | re.IGNORECASE)
# A part such as `given-i` holds initials only; biber makes them itself where they are missing.
_PART = re.compile(r"\s*([a-z]+)(?:-i)?\s*=\s*(?:\"([^\"]*)\"|\{([^{}]*)\}|([^,]*?))\s*(?:,|\Z)", re.DOTALL)
_EXTENDED = re.compile(r"\s*(?:family|given|prefix|suffix|useprefix)(?:-i)?\s*=", re.IGNORECASE)
_FAMILY_IN_BRACES = re.compile(r"([^{},]+?)\s+\{([^{}]+\s[^{}]+)\}")
"""``Ada {De Berg}``: braces hold the words of a family name together."""
_INITIALS = re.compile(r"[^\W\d_]\.(?:-?[^\W\d_]\.)*|[^\W\d_]")
_MOST_SHOWN = 5
_MOST_PARTS = 3
"""Parts that BibTeX parts a name into at its commas: family name, suffix and given names."""


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
        yield from _parted_by_commas(bare)


def _parted_by_commas(text: str) -> list[str]:
    """Return the people of a list by commas; what BibTeX reads as one person stays whole."""
    parts = [part.strip() for part in text.split(",")]
    if "=" in text:
        return [text]
    if all(len(part.split()) > 1 for part in parts):
        # `Berg, Jr., Ada` is one person, as is `Lund Berg, Ada Marie`; no family name begins with an initial.
        if len(parts) >= _MOST_PARTS or all(_INITIALS.fullmatch(part.split()[0]) for part in parts):
            return parts
        return [text]
    # `Berg, A., Roth, B.` alternates family names and initials.
    families, initials = parts[::2], parts[1::2]
    is_in_pairs = len(parts) > _MOST_PARTS and len(families) == len(initials)
    if is_in_pairs and all(map(_are_initials, initials)) and not any(map(_are_initials, families)):
        return [f"{family}, {given}" for family, given in zip(families, initials, strict=True)]
    return [text]


def _are_initials(text: str) -> bool:
    words = text.split()
    return bool(words) and all(_INITIALS.fullmatch(word) for word in words)


def doubted(text: str) -> tuple[Doubt, ...]:
    """Return what a person should look at: names whose commas may part people instead of names."""
    names = list(_parted(text))
    several = [name for name in names if _may_be_several(name, is_alone=len(names) == 1)]
    turned = [name for name in names if _ends_in_initials(name)]
    asked = (("one person or several, parted by commas?", several), ("which is the family name?", turned))
    return tuple(
        Doubt("authors", f"{question} {'; '.join(plain(name) for name in shown[:_MOST_SHOWN])}")
        for question, shown in asked
        if shown
    )


def _ends_in_initials(name: str) -> bool:
    """Whether a name may be turned round without a comma: ``Berg A.``."""
    words = name.split()
    return "," not in name and len(words) > 1 and _are_initials(words[-1])


def _may_be_several(name: str, *, is_alone: bool) -> bool:
    if _EXTENDED.match(name) or _is_body(name):
        return False
    # What braces protect holds no comma of BibTeX.
    parts = [part.split() for part in _braceless(name).split(",")]
    if len(parts) == _MOST_PARTS:
        return not any(is_suffix(" ".join(part)) for part in parts)
    if len(parts) > _MOST_PARTS:
        return True
    # Of several names parted by `and`, each is one; alone, `Ada Berg, Li Chen` may be two.
    return is_alone and all(_is_whole_name(part) for part in parts)


def _is_whole_name(words: list[str]) -> bool:
    """Whether words may be given and family name: at least two, the last no initial, none a particle."""
    if len(words) < len(("given", "family")) or _INITIALS.fullmatch(words[-1]):
        return False
    return all(word[0].isupper() or not word[0].isalpha() for word in words)


def _braceless(text: str) -> str:
    """Return a text with a letter in the place of what is in braces."""
    kept: list[str] = []
    depth = 0
    for sign in text:
        if sign == "{" and depth == 0:
            kept.append("X")
        depth += (sign == "{") - (sign == "}")
        if depth == 0 and sign != "}":
            kept.append(sign)
    return "".join(kept)


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
    """Whether a name is in braces as a whole."""
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
    parts: dict[str, str] = {}
    for match in _PART.finditer(text):
        # A value is in braces, in quotes or bare: one of the three groups has it.
        parts[match[1]] = plain(match[2] or match[3] or match[4] or "")
    family = f"{parts.get('prefix', '')} {parts.get('family', '')}".strip()
    return person(family, parts.get("given", ""), parts.get("suffix", ""))
