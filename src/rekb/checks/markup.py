"""The rule on markup that a browser would obey, were it not for the escaping of each page."""

import re
from collections.abc import Iterator
from functools import cache
from html import unescape

from rekb.checks.registry import Finding, rule
from rekb.checks.texts import lines_by_file
from rekb.hidden import is_ordinary
from rekb.kb import KnowledgeBase
from rekb.yamlio.document import dotted
from rekb.yamlio.reader import strings

_RUNS = ("script", "iframe", "applet", "frameset", "noscript", "style")
"""Elements that do something by themselves."""
_OBEYED = (
    # An SVG animation sets any attribute that `attributeName` names, `href` included.
    "on[a-z]+", "href", "xlink:href", "src", "srcset", "srcdoc", "data", "action", "formaction", "style",
    "http-equiv", "poster", "background", "ping", "codebase", "classid", "attributename", "content",
)  # fmt: skip
"""Attributes by which an element does something."""
_EVENTS = (
    "abort", "animation[a-z]+", "auxclick", "before[a-z]+", "begin", "blur", "canplay[a-z]*", "cancel",
    "change", "click", "close", "contextmenu", "copy", "cut", "dblclick", "drag[a-z]*", "drop", "ended",
    "error", "focus[a-z]*", "formdata", "fullscreen[a-z]+", "hashchange", "input", "invalid",
    "key(?:down|up|press)", "load[a-z]*", "message", "mouse[a-z]+", "page(?:show|hide)", "paste",
    "play(?:ing)?", "pointer[a-z]+", "popstate", "progress", "readystatechange", "repeat", "reset",
    "resize", "scroll[a-z]*", "search", "seek(?:ed|ing)", "select[a-z]*", "show", "submit", "suspend",
    "timeupdate", "toggle", "touch[a-z]+", "transition[a-z]+", "unload", "volumechange", "waiting",
    "wheel",
)  # fmt: skip
"""Events whose handlers are attributes. `once =` and `only =` are words, so the names are listed."""
_PASSED = "[\\x00-\\x20\u00ad\u200b-\u200f\u2060\ufeff]*"
_UNSEEN = _PASSED.replace("\\x20", "\\x1f")
"""What browsers, or the programs before them, pass over inside the name of a scheme."""
_SCHEMES = "|".join(_UNSEEN.join(name) for name in ("javascript", "vbscript", "livescript"))
_ADDRESS = re.compile(r"https?://[^\s\"'<>]+\Z")
# `vbscript:` and `livescript:` ran in old browsers, and programs that show the data may be such.
_SCRIPTS = ("javascript", "vbscript", "livescript")
_PARTS = ("text/", "image/svg", "application/")
_DATA = re.compile(r"data[\x00-\x20]*:")
_HANDLER = re.compile("(?:[oO][nN][a-zA-Z]{2,40}|[eE][qQ][uU][iI][vV])\\s*=")
"""What each attribute that acts outside an element looks like; the names of events are shorter than that."""
_FOLDED = re.compile("[\\x00-\\x09\\x0b-\\x1f\u017f\u212a\u0130\u0131\u00ad\u200b-\u200f\u2060\ufeff]")
"""Signs that the pattern takes for letters or passes over, so that parts cannot be looked for as they are."""
_MOST_SHOWN = 40


@cache
def _active() -> re.Pattern[str]:
    """Return the pattern of what a browser obeys; to make it takes longer than most works need it."""
    return re.compile(
        rf"""
        </?(?:{"|".join(_RUNS)})(?![\w-])                                  # <script
        | <[a-z!?/][^<>]*?[\s/"'](?:{"|".join(_OBEYED)})\s*=                # <img src=
        | (?<![\w-])on(?:{"|".join(_EVENTS)})\s*=                            # onerror=
        | (?<![\w-])http-equiv\s*=
        | (?:{_SCHEMES}){_PASSED}:(?:\S|\s+\S*[(\[`=;])                      # javascript:x, not JavaScript: x
        | (?<![\w-])data{_PASSED}:\s*
            (?:text/(?:html|xml|javascript)|image/svg|application/(?:x|java|ecma)[a-z]*)
        """,
        re.IGNORECASE | re.VERBOSE,
    )


def active(text: str) -> str:
    """Return the first part of a text that a browser would obey; empty when there is none.

    What names a sign by an HTML entity is looked at as if it were written out.
    """
    # Addresses have a rule of their own, also one that has a line to itself.
    others = "\n".join("" if _ADDRESS.match(line) else line for line in text.split("\n"))
    found = _active().search(others) or _active().search(unescape(others))
    if found is None:
        return ""
    return found[0]


@rule("active-markup", local=True)
def active_markup(base: KnowledgeBase) -> Iterator[Finding]:
    """Text that a browser would run or load has no place in data, though every page of ours shows it as text.

    Others read the data too, and may be less careful. Signs are welcome: `a < b`, `R&D`, `vector<T>`.

    Example: `title: "x<script>alert(1)</script>"`, `[more](javascript:alert(1))`
    Fix: say it in words, or leave the part out.
    """
    lines = lines_by_file(base)
    for file, document in base.documents.items():
        if not _may_be_active(lines[file]):
            continue
        for path, text in strings(document.value, ()):
            part = active(text)
            if part:
                excerpt = " ".join(part.split())[:_MOST_SHOWN]
                message = f"`{dotted(path)}` holds markup that a browser would obey: `{excerpt}`"
                yield Finding(file, path, message, "say it in words, or leave it out")


def _may_be_active(lines: str) -> bool:
    """Whether one of the texts of a file may be found; an entity hides what it shows."""
    if _is_found(lines):
        return True
    return "&" in lines and _is_found(unescape(lines))


def _is_found(lines: str) -> bool:
    if not _looks_active(lines):
        return False
    return _active().search(lines) is not None


def _looks_active(lines: str) -> bool:
    """Whether the slow pattern can match at all: each way to be found needs one of these parts."""
    if "<" in lines or (_assigns(lines) and _HANDLER.search(lines)):
        return True
    if not is_ordinary(lines) and _FOLDED.search(lines):
        return True
    joined = lines.replace("\n", "").lower()
    if "script" in joined and any(name in joined for name in _SCRIPTS):
        return True
    if not any(part in joined for part in _PARTS):
        return False
    return _DATA.search(joined) is not None


def _assigns(lines: str) -> bool:
    """Whether an equals sign is anywhere but in an address."""
    at = lines.find("=")
    while at >= 0:
        end = lines.find("\n", at)
        if end < 0:
            end = len(lines)
        if not _ADDRESS.match(lines[lines.rfind("\n", 0, at) + 1 : end]):
            return True
        at = lines.find("=", end)
    return False
