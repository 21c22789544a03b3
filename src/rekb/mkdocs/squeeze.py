"""The theme's templates leave a tenth of a page as line ends and indents; browsers show none of them."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from rekb.mkdocs.icons import with_classes

_KEPT = re.compile(r"(<(script|style|pre|textarea)\b.*?</\2\s*>)", re.DOTALL | re.IGNORECASE)
"""Elements in which white space says something."""
_BEHIND = re.compile(r">\s*\n\s*")
_BUNDLE = re.compile(r'<script( src="[^"]*assets/javascripts/bundle\.[\w.]+\.js"></script>)\s*(?=</body>)')
"""The theme's script where no other comes behind it that may need it."""
_OURS = re.compile(r'<script src="[^"]*assets/rekb/rekb\.js" defer></script>')
"""The first of our scripts that waits until the page is read."""
_BEFORE = re.compile(r"\s*\n\s*<")


def squeezed(text: str) -> str:
    """Return the theme's part of a page with one line end for any white space with a line end beside a tag.

    One line end stays, so words that stood apart still do.
    """
    parts = _KEPT.split(text)
    # `re.split` gives both groups of the pattern: text, element, the element's name, text, and so on.
    parts[::3] = [_BEFORE.sub("\n<", _BEHIND.sub(">\n", part)) for part in parts[::3]]
    del parts[2::3]  # the names of the elements that are kept
    return "".join(parts)


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
    return f"{before}{found}{after}"


def _with_waiting_bundle(before: str, after: str) -> tuple[str, str]:
    """Return both parts of a page with the theme's script among ours that wait until the page is read.

    Nothing is painted before scripts at the end of a page have come. It stands before ours, because the last script
    that waits runs in one go with what the theme does once the page is read.
    """
    bundle = _BUNDLE.search(after)
    ours = _OURS.search(before)
    if not bundle or not ours:
        return before, after
    tag = f"<script defer{bundle[1]}\n"
    return before[: ours.start()] + tag + before[ours.start() :], after[: bundle.start()] + after[bundle.end() :]
