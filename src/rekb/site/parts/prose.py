"""Prose to HTML: plain paragraphs of entries, and the safe subset of Markdown in topic overviews."""

import re
from collections.abc import Callable
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement

import markdown
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markupsafe import Markup, escape

from rekb.text import intricate

Cite = Callable[[str], tuple[str, str]]
"""Citation key to (label, link)."""

_REMOVED_INLINE = (
    "html",
    "entity",
    "image_link",
    "image_reference",
    "short_image_ref",
    "autolink",
    "automail",
)

_CITED = re.compile(r"\[((?:@[a-z0-9]+(?:;\s*)?)+)\]")
_KEY = re.compile(r"@([a-z0-9]+)")
_SPACE = r"\ (?=[^ \n])|\n(?=[^\W\d_]|\[@)"
_PLAIN = rf"""(?:[^\W_]|[.,;:()/%"'?=+\u2013\u2019-]|{_SPACE}|{_CITED.pattern}(?!:))*"""
ORDINARY = re.compile(rf"\n*[^\W\d_]{_PLAIN}(?:\n\n[^\W\d_]{_PLAIN})*\n*")
"""Paragraphs whose lines begin with a letter and hold no sign that Markdown reads, but citations."""


def paragraphs(text: str) -> Markup:
    """Return plain text as HTML paragraphs; a blank line parts them."""
    html = Markup("")
    for line in text.split("\n"):
        if line.strip():
            html += Markup("<p>{}</p>").format(line.strip())
    return html


def overview(text: str, cite: Cite) -> Markup:
    """Return a topic's overview as HTML.

    Emphasis, code, lists and http(s) links work; raw HTML is shown as text; ``[@key; @key]`` becomes links. A
    text that would keep Markdown busy without end is shown as it is written; a rule reports it, too.
    """
    if ORDINARY.fullmatch(text):
        return _ordinary(text, cite)
    if intricate(text):
        return paragraphs(text)
    converter = markdown.Markdown(output_format="html")
    for name in _REMOVED_INLINE:
        converter.inlinePatterns.deregister(name)
    converter.preprocessors.deregister("html_block")
    # Behind code (190), whose text stays; before links (170, 160), which begin with the same bracket.
    converter.inlinePatterns.register(_Citations(cite), "citation", 175)
    # Behind all others: links are in the tree only when Markdown's inline step (20) has run.
    converter.treeprocessors.register(_SafeLinks(converter), "safe_links", 0)
    return Markup(converter.convert(text))  # noqa: S704 - raw HTML is switched off above


def _ordinary(text: str, cite: Cite) -> Markup:
    """Return a text without markup but citations as Markdown would, which takes fifty times as long."""
    found = []
    for block in text.strip("\n").split("\n\n"):
        html = _CITED.sub(lambda match: _links(match[1], cite), block)
        found.append(f"<p>{html}</p>")
    return Markup("\n".join(found))  # noqa: S704 - no sign of HTML is in it but ours


def _links(keys: str, cite: Cite) -> str:
    links = []
    for key in _KEY.findall(keys):
        label, link = cite(key)
        links.append(f'<a href="{_in_attribute(link)}">{_in_text(label)}</a>')
    return f'<span class="rekb-cite">[{"; ".join(links)}]</span>'


def _in_text(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _in_attribute(text: str) -> str:
    return _in_text(text).replace('"', "&quot;").replace("\n", "&#10;")


class _Citations(InlineProcessor):
    def __init__(self, cite: Cite) -> None:
        super().__init__(_CITED.pattern)
        self.cite = cite

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[Element, int, int]:  # type: ignore[override]  # noqa: ARG002, N802 - the library's own signature
        span = Element("span", {"class": "rekb-cite"})
        span.text = "["
        links: list[Element] = []
        for key in _KEY.findall(m[1]):
            label, link = self.cite(key)
            if links:
                links[-1].tail = "; "
            anchor = SubElement(span, "a", {"href": link})
            anchor.text = label
            links.append(anchor)
        links[-1].tail = "]"
        return span, m.start(0), m.end(0)


class _SafeLinks(Treeprocessor):
    def run(self, root: Element) -> None:
        for element in root.iter("a"):
            if not _may_lead(element.get("href", "")):
                element.attrib.clear()  # a title, too: what follows a bad address is no title


def _may_lead(link: str) -> bool:
    """Whether a link leads to the web or to a page here, and not to a script or a program."""
    return link.startswith(("../", "./", "#")) or _is_web(link)


def _is_web(link: str) -> bool:
    try:
        parts = urlsplit(link)
    except ValueError:
        return False
    if parts.scheme not in ("http", "https"):
        return False
    return bool(parts.netloc)


def text_only(text: str) -> str:
    """Return prose on one line, for descriptions and search."""
    return " ".join(re.sub(r"\[(?:@[a-z0-9]+;?\s*)+\]|[*`_]", "", text).split())


def shortened(text: str, limit: int) -> str:
    """Return `text` cut at a word before `limit` characters, with an ellipsis."""
    if len(text) <= limit:
        return text
    return text[:limit].rsplit(" ", 1)[0].rstrip(",.;:") + "…"


__all__ = ["Cite", "escape", "overview", "paragraphs", "shortened", "text_only"]
