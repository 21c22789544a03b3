"""Text and addresses from outside, made fit for an entry: one line, no markup, no hidden characters."""

import html
import re
import unicodedata

from pydantic import TypeAdapter, ValidationError

from rekb.errors import SourceError
from rekb.model.base import Link
from rekb.styled import plain_letters

LONGEST_LINE = 400
"""Characters that a line of an entry may have."""
# Unicode's categories: control, format, surrogate, private use, not assigned.
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_ELEMENTS = (
    "a abbr alternatives annotation b bdi bdo big blockquote body bold br center cite code del dd div "
    "dl dt em font form h[1-6] head hr html i iframe img inline-formula input ins italic kbd label li "
    "link mark math meta mfenced mfrac mi mn mo mover mrow mspace msqrt mstyle msub msubsup msup "
    "mtext munder munderover object ol p pre q roman s samp sans-serif sc scp script sec section "
    "semantics small span strike strong style sub sup svg table tbody td tex-math th title tr tt u ul "
    "underline var xref"
)
"""What registries write into titles and abstracts; `<T>` of `vector<T>` is no markup."""
_TAG = re.compile(rf"</?(?:[a-z]+:[a-z0-9-]+|{_ELEMENTS.replace(' ', '|')})(?:\s[^<>]*)?/?>", re.IGNORECASE)
_PLACEHOLDER = re.compile(
    r"[\W_]*(?:unav|unas|unal|unkn|null|none|tba|tbd|n/?a|no title|untitled|title|\[?missing title\]?)[\W_]*",
    re.IGNORECASE,
)
"""What registries and programs write where they know no title; the first four are DataCite's."""
_MEDIUM = re.compile(r"\s*\[(?:internet|electronic resource|online)\]\.?\Z", re.IGNORECASE)
"""What libraries of medicine write behind a title: it says how the work can be read."""
_LAST_STOP = re.compile(r"(?<=[^\W\d_]{4})\.\Z|(?<=[)\]])\.\Z")
"""The stop that DBLP and PubMed write behind each title; behind a short word it may belong to it: `Inc.`."""
_LINK: TypeAdapter[str] = TypeAdapter(Link)


def cleaned(text: object, longest: int = LONGEST_LINE) -> str:
    """Return text on one line: tags, character references and hidden characters gone, composed (NFC).

    Letters of a form of their own, such as the joined `\ufb01` of PDFs, are written plainly.

    Anything that is not text gives the empty text.
    """
    if not isinstance(text, str) or not text:
        return ""
    # Registries escape markup once more: `&lt;i&gt;` becomes a tag only when it is unescaped.
    # Cut first: a search over text of any length would take as long as a stranger likes.
    plain = _TAG.sub("", html.unescape(_TAG.sub("", text[: 20 * longest])))
    # Letters of English on one line, which most titles are, hold none of what is left out below.
    if plain.isascii() and plain.isprintable():
        return " ".join(plain.split())[:longest].rstrip()
    # A line break is a control character: dropped as one, it would join two words.
    seen = (" " if c.isspace() else c for c in plain)
    kept = "".join(c for c in seen if unicodedata.category(c) not in _DROPPED)
    composed = unicodedata.normalize("NFC", " ".join(kept.split()))
    return plain_letters(composed)[:longest].rstrip()


def is_markup(tag: str) -> bool:
    """Whether a text such as ``<b>`` is markup that sources write, and not words such as `<T>`."""
    return _TAG.fullmatch(tag) is not None


def safe_link(text: object) -> str | None:
    """Return a web address as entries write it, or None for anything else (``javascript:``, ``file:``)."""
    if not isinstance(text, str):
        return None
    try:
        # BibTeX files escape `_` and `%` in addresses, as LaTeX asks.
        return _LINK.validate_python(text.strip().replace("\\_", "_").replace("\\%", "%"))
    except ValidationError:
        return None


def fitting_title(title: str) -> str:
    """Return a title that fits an entry.

    Raises:
        SourceError: for one that is longer than a line may be, or that a registry puts where it knows none.
    """
    title = _MEDIUM.sub("", title)
    title = _LAST_STOP.sub("", title)
    if _PLACEHOLDER.fullmatch(title):
        raise SourceError(f"{title!r} is in the place of the title: give its title")
    if len(title) > LONGEST_LINE:
        raise SourceError(
            f"the title {title[:60]!r} ... has {len(title)} characters, more than {LONGEST_LINE}"
        )
    return title
