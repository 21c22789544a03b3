"""The content security policy of a page, as a meta element: the host need not send any header."""

import base64
import hashlib
import re
from functools import cache

_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.DOTALL | re.IGNORECASE)
_TYPE = re.compile(r"""\btype\s*=\s*["']?([^"'\s>]*)""", re.IGNORECASE)
_RUN = ("", "module", "text/javascript", "application/javascript")
_CHARSET = re.compile(r"""<meta charset=["']?utf-8["']?\s*/?>""", re.IGNORECASE)
_FIXED = (
    "default-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "worker-src 'self'",
    "frame-src 'none'",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
)


def inline_scripts(html: str) -> tuple[str, ...]:
    """Return the text of each script that stands in the page and runs; data blocks do not run."""
    found = []
    for attributes, text in _SCRIPT.findall(html):
        kind = _TYPE.search(attributes)
        runs = (kind[1].lower() if kind else "") in _RUN
        if runs and not re.search(r"\bsrc\s*=", attributes, re.IGNORECASE):
            found.append(text)
    return tuple(dict.fromkeys(found))


@cache
def script_hash(text: str) -> str:
    """Return a script's hash as a policy names it."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def policy(html: str) -> str:
    """Return the policy that lets a page load from its own host only, and run only the scripts in it now."""
    hashes = [script_hash(text) for text in inline_scripts(html)]
    return "; ".join((*_FIXED, " ".join(("script-src 'self'", *hashes))))


def with_policy(html: str) -> str:
    """Return a finished page with its policy right after the character set, before anything is loaded."""
    place = _CHARSET.search(html)
    if place is None:
        return html
    tag = f'\n      <meta http-equiv="Content-Security-Policy" content="{policy(html)}">'
    return html[: place.end()] + tag + html[place.end() :]
