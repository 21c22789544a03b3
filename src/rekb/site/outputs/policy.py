"""The content security policy of a page, as a meta element: the host need not send any header.

Scripts that stand in a page run only if the theme ships them: they are known from the theme's own templates,
never from the finished page, which may hold what somebody put there.
"""

import base64
import hashlib
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script\s*>", re.DOTALL | re.IGNORECASE)
_TYPE = re.compile(r"""\btype\s*=\s*["']?([^"'\s>]*)""", re.IGNORECASE)
_RUN = ("", "module", "text/javascript", "application/javascript")
# Browsers look for the character set in the first 1,024 bytes alone, so it stays before the policy.
_PLACES = (
    re.compile(r"""<meta charset=["']?utf-8["']?\s*/?>""", re.IGNORECASE),
    re.compile(r"<head\b[^>]*>", re.IGNORECASE),
    re.compile(r"\A\s*<!doctype[^>]*>", re.IGNORECASE),
    re.compile(r"\A"),
)
"""Where the policy may stand, the best place first: before anything is loaded."""
_FILLED = re.compile(r"\{\{.*?\}\}")
_IN_ITS_PLACE = r"[\w./:~%-]*"
"""What a template may fill into a script: signs of addresses, with which no string is ended."""
_SHOWN = 80
_ALIGN = ' style="text-align: '
_ALIGNED = re.compile(rf'(<t[hd]\b[^>]*?){_ALIGN}(left|center|right);"')
"""A cell of a Markdown table whose column is aligned: the policy allows no style in an element."""
_FIXED = (
    "default-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self'",
    "frame-src 'none'",
    "object-src 'none'",
    # `default-src` does not speak for these two: without them, any host would be allowed.
    "base-uri 'self'",
    "form-action 'self'",
)


class UnknownScriptError(ValueError):
    """A page holds a script that the theme does not ship."""


def inline_scripts(html: str) -> tuple[str, ...]:
    """Return the text of each script that is in the page and runs; data blocks do not run."""
    found = []
    for attributes, text in _SCRIPT.findall(html):
        kind = _TYPE.search(attributes)
        runs = (kind[1].lower() if kind else "") in _RUN
        # A browser never runs what is inside a script element that has a `src`.
        if runs and not re.search(r"\bsrc\s*=", attributes, re.IGNORECASE):
            found.append(text)
    return tuple(dict.fromkeys(found))


@cache
def theme_scripts(folder: Path) -> tuple[str, ...]:
    """Return the inline scripts in the templates of an installed theme, as they stand there, sorted.

    Left out are those that a template makes up from parts (``{% ... %}``).
    """
    pages = [file.read_text(encoding="utf-8") for file in sorted(folder.rglob("*.html"))]
    found = {text for page in pages for text in inline_scripts(page) if "{%" not in text}
    return tuple(sorted(found))


@cache
def _known(templates: tuple[str, ...]) -> re.Pattern[str]:
    """Return what matches the scripts that these templates make."""
    made = (_IN_ITS_PLACE.join(re.escape(part) for part in _FILLED.split(text)) for text in templates)
    # `(?!)` matches nothing; an empty pattern would allow an empty script.
    return re.compile("|".join(f"(?:{script})" for script in made) or r"(?!)")


@cache
def script_hash(text: str) -> str:
    """Return a script's hash as a policy names it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def policy_for_any_theme() -> str:
    """Return the policy of pages that another engine finishes: its theme's own scripts may stand in them.

    What a page loads, asks, sends and embeds is held to its own host as in ours.
    """
    return "; ".join((*_FIXED, "script-src 'self' 'unsafe-inline'"))


def policy(scripts: Iterable[str]) -> str:
    """Return the policy that lets a page load from its own host only, and run only these scripts in it."""
    hashes = [script_hash(text) for text in scripts]
    return "; ".join((*_FIXED, " ".join(("script-src 'self'", *hashes))))


def with_policy(html: str, templates: tuple[str, ...]) -> str:
    """Return a finished page with its policy, before anything is loaded.

    Args:
        html: the page.
        templates: the theme's scripts; see `theme_scripts`.

    Raises:
        UnknownScriptError: when the page holds another script.
    """
    if _ALIGN in html:
        html = _ALIGNED.sub(r'\1 data-rekb-align="\2"', html)
    known = _known(templates)
    scripts = inline_scripts(html)
    for text in scripts:
        if not known.fullmatch(text):
            shown = " ".join(text.split())[:_SHOWN]
            raise UnknownScriptError(f"an inline script that the theme does not ship: `{shown}`")
    place = next(found for place in _PLACES if (found := place.search(html)))
    tag = f'\n      <meta http-equiv="Content-Security-Policy" content="{policy(scripts)}">'
    return html[: place.end()] + tag + html[place.end() :]
