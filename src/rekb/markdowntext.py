"""Text from outside in Markdown that we write: nothing in it is markup, and nobody is called by it."""

import re

from rekb.text import printable, visible

_MARKUP = re.compile(r"[\\`*_{}\[\]#]")
_BY_ENTITY = re.compile(r"[~|$@<>]|&(?=[#\w])")
"""Signs that some Markdown reads as markup even behind a backslash: tables, formulas, mentions, HTML."""

_BEGINS_BLOCK = re.compile(r"(?:[-+](?=[\s-]|\Z)|=+\Z|\d{1,9}[.)](?:\s|\Z))")
"""The beginning of a line that would be a point of a list, a rule, or the underlining of a heading."""


def plain_in_markdown(text: str) -> str:
    """Return Markdown that shows `text` as it is, whichever Markdown reads it: for documents."""
    shown = visible(text)
    escaped = _MARKUP.sub(lambda match: f"\\{match[0]}", shown)
    plain = _BY_ENTITY.sub(_entity, escaped)
    if _BEGINS_BLOCK.match(shown):
        return f"&#{ord(plain[0])};{plain[1:]}"
    return plain


def _entity(match: re.Match[str]) -> str:
    return f"&#{ord(match[0])};"


def code_in_markdown(text: str, *, in_table: bool = False) -> str:
    """Return `text` as inline code, or nothing where it is empty: for summaries and requests on GitHub.

    GitHub looks for mentions, links and numbers of issues in what the Markdown became, so escapes do not stop
    it; it leaves out code.

    Args:
        text: any text.
        in_table: whether the code is in a cell, which a bar would end even inside code.
    """
    # Two backquotes with nothing between them would begin code that goes on to the next two.
    if not text:
        return ""
    # Inside code there is no escape, so a backquote would end it.
    inert = printable(text).replace("`", "'")
    if in_table:
        # A backslash of the text right before a bar would be read together with the one that we put there.
        inert = inert.replace("\\|", "\\ |").replace("|", "\\|")
    return f"`{inert}`"
