"""Where a number is, as people write it: ``Table 2, row LoRA`` becomes kind, number and row."""

import re

from rekb.model.results import Source

_ONE = r"(?:[0-9]+(?:\.[0-9]+)*[a-z]?|[A-Z](?:\.?[0-9]+)*(?:\.[0-9]+)*)"
_NUMBERED = re.compile(
    r"(?P<kind>(?i:table|figure|fig\.|section|sec\.|appendix|§))(?:(?<=e)s|(?<=n)s)?\s*"
    rf"(?P<number>{_ONE}(?: and {_ONE})?)(?=[,;:()]|\s|\Z)"
)
_NUMBERED_KINDS = {"fig.": "figure", "sec.": "section", "§": "section"}
_NAMED = (
    ("abstract", re.compile(r"abstract\b", re.IGNORECASE)),
    ("readme", re.compile(r"readme(?:\.md)?\b", re.IGNORECASE)),
    ("model-card", re.compile(r"model card\b", re.IGNORECASE)),
    ("documentation", re.compile(r"(?:documentation|docs)\b", re.IGNORECASE)),
    ("supplement", re.compile(r"supplement(?:ary material)?\b", re.IGNORECASE)),
    ("section", re.compile(r"(?=(?:section|introduction|conclusions?|experiments)\b)", re.IGNORECASE)),
    ("table", re.compile(r"(?=tables?\b)", re.IGNORECASE)),
    ("figure", re.compile(r"(?=(?:figures?|caption)\b)", re.IGNORECASE)),
    ("appendix", re.compile(r"(?=(?:appendix|appendices)\b)", re.IGNORECASE)),
    ("blog", re.compile(r"(?=.*\b(?:blog|post|announcement)\b)", re.IGNORECASE)),
    ("issue", re.compile(r"(?=issue\b)", re.IGNORECASE)),
    ("slides", re.compile(r"(?=(?:slides|poster)\b)", re.IGNORECASE)),
    ("news", re.compile(r"(?=(?:news|article)\b)", re.IGNORECASE)),
    ("leaderboard", re.compile(r"(?=.*\b(?:leaderboard|benchmark)\b)", re.IGNORECASE)),
    ("data", re.compile(r"(?=.*\b(?:result file|notebook|csv)\b)", re.IGNORECASE)),
    ("page", re.compile(r"(?=.*\b(?:page|website|repository)\b)", re.IGNORECASE)),
)
"""Kinds by their words, the surest first; what a pattern only looks at stays in `where`."""
_ROW = re.compile(r"\brow (?P<row>[^,;]+)")


def place_of(text: str) -> dict[str, str]:
    """Return the fields of a source that say where on its page a number is."""
    text = " ".join(text.split())
    if match := _NUMBERED.match(text):
        word = match["kind"].lower()
        kind = _NUMBERED_KINDS.get(word, word)
        return {"kind": kind, "number": match["number"], **_rest(text[match.end() :])}
    for kind, pattern in _NAMED:
        if match := pattern.match(text):
            rest = text[match.end() :]
            return {"kind": kind, **({} if rest.lower() == kind else _rest(rest))}
    return {"kind": "text", **_rest(text)}


def _rest(text: str) -> dict[str, str]:
    """Return the row and the other words that follow what was understood."""
    found = {}
    if match := _ROW.search(text):
        found["row"] = match["row"].strip()
        text = text[: match.start()] + text[match.end() :]
    words = re.sub(r"(?:[,;:]\s*){2,}", ", ", text).strip(" ,;:")
    if words:
        found["where"] = words
    return found


def source_at(where: str, address: str) -> Source:
    """Return the source of a number that is somewhere on a page."""
    return Source.model_validate({"url": address, **place_of(where)})
