"""The theme's templates leave a tenth of a page as line ends and indents; browsers show none of them."""

import re
from collections.abc import Mapping
from string import whitespace
from types import MappingProxyType

from rekb.mkdocs.icons import with_classes
from rekb.site.outputs.policy import script_hash

_KEPT = re.compile(r"(<(script|style|pre|textarea)\b.*?</\2\s*>)", re.DOTALL | re.IGNORECASE)
"""Elements in which white space says something."""
_BEHIND = re.compile(r">\s*\n\s*")
_BUNDLE = re.compile(r'<script( src="[^"]*assets/javascripts/bundle\.[\w.]+\.js"></script>)\s*(?=</body>)')
"""The theme's script where no other comes behind it that may need it."""
_COLOURS = (
    '<form class="md-header__option" data-md-component="palette">',
    '<form class="md-header__option" data-rekb-colours>',
)
"""The switch of colours, which the theme's script drives, or palette.js."""
_OURS = re.compile(r'<script src="[^"]*assets/rekb/rekb\.js" defer></script>')
"""The first of our scripts that waits until the page is read."""
_SCRIPT = re.compile(r"<script>(.*?)</script>\n?", re.DOTALL)
_BASE = re.compile(r'(?<=^__md_scope=new URL\(")\.{1,2}(?:/\.\.)*(?=",location\))')
"""How a page leads to the root of its site, where the theme's first script begins with it."""
_SCOPE = "'sha256-frNoT9rNKIH2e5QomDJzop2HdNi8gmIq+bZajsEDKpA='"
_COLOURS_KEPT = "'sha256-DrEMJJ29sL7vIloQzly+VUGMxKcBTMII+OfW7Y8AkG4='"
_TABS = "'sha256-/8wPdzX9q0NNJXyA5lzsLojXFpkeaXVxhbfkUOQaWy8='"
"""Scripts that the theme writes into each page: where things are kept, the colours that are kept, and the tab
that an address names. The first is without the way to the root. One that the theme writes otherwise stays."""
_NAMES_OF_THEME = "__md_"
_RUN = re.compile(r"<script\b(?![^>]*\btype=\"?application/(?:ld\+)?json)[^>]*>(.*?)</script>", re.DOTALL)
"""A script that runs. Texts of the data stand in scripts of JSON and beside them, and may hold any name."""
_TAB = 'name="__tabbed_'
_OPTION = re.compile(r'(<input class="md-option") (?:data-md-color-[a-z]+="[^"]*"\s+)+')
"""An input of the switch of colours, whose values stand at `rekb-early.js` too."""
_DESCRIBED = re.compile(r'<meta name="description" content="[^"]*">\n')
_PREVIEWED = '<meta property="og:description" content="'
_BEFORE = re.compile(r"\n\s*<")
_SPACES = re.compile(r"\s+\n<")


def squeezed(text: str) -> str:
    """Return the theme's part of a page with one line end for any white space with a line end beside a tag.

    One line end stays, so words that stood apart still do.
    """
    parts = _KEPT.split(text)
    # `re.split` gives both groups of the pattern: text, element, the element's name, text, and so on.
    parts[::3] = map(_squeezed, parts[::3])
    del parts[2::3]  # the names of the elements that are kept
    return "".join(parts)


def _squeezed(text: str) -> str:
    # A pattern that begins with a sign is looked for quickly; one that begins with spaces is tried at each.
    text = _BEFORE.sub("\n<", _BEHIND.sub(">\n", text))
    if any(f"{sign}\n<" in text for sign in whitespace):
        return _SPACES.sub("\n<", text)
    return text


def squeezed_around(text: str, content: str, icons: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return a finished page squeezed, but for its body, which is as its own template wrote it.

    Args:
        text: the page.
        content: its body.
        icons: drawings to the classes that stand for them; see `rekb.mkdocs.icons`.
    """
    before, found, after = text.partition(content) if content else (text, "", "")
    before, after = (with_classes(squeezed(part), icons) for part in (before, after))
    before, after = _with_waiting_bundle(before, after)
    if _OURS.search(before):
        before, after = _without_scripts(before.replace(*_COLOURS), after, has_tabs=_TAB in found)
        before = _described_once(before)
    return f"{before}{found}{after}"


def _without_scripts(before: str, after: str, *, has_tabs: bool) -> tuple[str, str]:
    """Return both parts of a page without the theme's scripts for which `rekb-early.js` stands."""
    before = _without(before, _COLOURS_KEPT)
    if _COLOURS[1] in before and _COLOURS_KEPT not in map(script_hash, _SCRIPT.findall(before)):
        before = _OPTION.sub(r"\1 ", before)
    if not has_tabs:
        after = _without(after, _TABS)
    alone = _without(before, _SCOPE)
    # Somebody else's script, or another one of the theme, may need its names before ours has run.
    if not any(_NAMES_OF_THEME in run for run in _RUN.findall(alone + after)):
        before = alone
    return before, after


def _without(text: str, unneeded: str) -> str:
    def kept(script: re.Match[str]) -> str:
        if script_hash(_BASE.sub("", script[1])) == unneeded:
            return ""
        return script[0]

    return _SCRIPT.sub(kept, text)


def _described_once(before: str) -> str:
    """Return what is before the body with one element for both descriptions, which say the same."""
    described = _DESCRIBED.search(before)
    if not described or _PREVIEWED not in before:
        return before
    both = _PREVIEWED.replace("<meta ", '<meta name="description" ')
    return before.replace(described[0], "", 1).replace(_PREVIEWED, both, 1)


def _with_waiting_bundle(before: str, after: str) -> tuple[str, str]:
    """Return both parts of a page with the theme's script among ours that wait until the page is read.

    Nothing is painted before scripts at the end of a page have come. It stands before ours, because the last
    script that waits runs in one go with what the theme does once the page is read.
    """
    bundle = _BUNDLE.search(after)
    ours = _OURS.search(before)
    if not bundle or not ours:
        return before, after
    tag = f"<script defer{bundle[1]}\n"
    before = before[: ours.start()] + tag + before[ours.start() :]
    after = after[: bundle.start()] + after[bundle.end() :]
    return before, after
