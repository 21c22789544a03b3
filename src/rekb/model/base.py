"""What all models share: frozen, no unknown fields, text and numbers exactly as written."""

import re
import unicodedata
from datetime import date
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictInt,
    StringConstraints,
)
from pydantic_core import PydanticCustomError

SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
TOPIC_ID = rf"{SLUG}(?:/{SLUG})*"
KEY = r"[a-z]+[0-9]{4}[a-z0-9]+"


class Model(BaseModel):
    """Base of all records: immutable, closed, documented by the docstring under each field."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        # Built when they are used first: a command needs few of all the models.
        defer_build=True,
        # YAML reads `.inf` and `.nan` as numbers, which JSON cannot hold.
        allow_inf_nan=False,
        # pydantic's own engine, Rust's, has neither look-around nor Python's `\Z`.
        regex_engine="python-re",
    )


_ORDINARY_LINK = re.compile(r"https?://[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?:/[^\s<>\"'`\\{}|^]*)?\Z")
"""A web address without port, name or password, whose parts need not be looked at."""


def _link(text: str) -> str:
    if _ORDINARY_LINK.match(text):
        return text
    if re.search(r"[\s<>\"'`\\{}|^]", text):
        raise PydanticCustomError("link", "a link holds no spaces, quotes, brackets or backslashes")
    try:
        parts = urlsplit(text)
        host = parts.hostname or ""
        # `urlsplit` takes any port; one that is no number is found only when it is asked for.
        _ = parts.port
    except ValueError as error:
        raise PydanticCustomError("link", "this is not a web address") from error
    # `https://example.org@other.org/` leads to other.org, which a reader does not see.
    if parts.username is not None:
        raise PydanticCustomError("link", "a link holds no name or password before its host")
    is_of_the_web = parts.scheme in ("http", "https")
    if not is_of_the_web or "." not in host:
        raise PydanticCustomError("link", "a link is a web address: http:// or https:// and a host")
    if not all(host.removesuffix(".").split(".")):
        raise PydanticCustomError("link", "a host has letters or digits before, between and behind its dots")
    # Browsers turn full-width and other look-alike letters of a host into plain ones.
    if unicodedata.normalize("NFKC", host) != host:
        raise PydanticCustomError("link", "a host is written in plain letters, as a browser shows it")
    return text


_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def _iso_date(value: object) -> object:
    # YAML 1.1 reads a date as such by itself; what comes as text must have the same form.
    if isinstance(value, date):
        return value
    is_written_so = isinstance(value, str) and _DAY.fullmatch(value)
    if not is_written_so:
        raise PydanticCustomError("iso_date", "a date is written as YYYY-MM-DD")
    return value


def _line(text: str) -> str:
    if "\n" in text:
        raise PydanticCustomError("one_line", "this is one line of text")
    return text


_TEXT = StringConstraints(strict=True, strip_whitespace=True, min_length=1)

Line = Annotated[str, _TEXT, Field(max_length=400), AfterValidator(_line)]
"""One line of plain text."""
Prose = Annotated[str, _TEXT, Field(max_length=4000)]
"""Paragraphs of plain text; a blank line parts them."""
MarkdownText = Annotated[str, _TEXT, Field(max_length=12000)]
"""Paragraphs in the safe subset of Markdown: emphasis, code, lists, links and ``[@key]`` citations."""
# In Python `$` also fits before a last line end, so patterns end with `\Z`.
Slug = Annotated[str, StringConstraints(strict=True, pattern=rf"^{SLUG}\Z")]
"""Lower-case words joined by hyphens: the name of a facet value or venue."""
TopicId = Annotated[str, StringConstraints(strict=True, pattern=rf"^{TOPIC_ID}\Z")]
"""A topic's path in the tree: ``architectures/efficient-attention/sparse-attention``."""
Key = Annotated[str, StringConstraints(strict=True, pattern=rf"^{KEY}\Z")]
"""A citation key: family name, first public year, first word of the title (``dao2022flashattention``)."""
Link = Annotated[str, StringConstraints(strict=True, max_length=500), AfterValidator(_link)]
"""A web address, http or https."""
Date = Annotated[date, BeforeValidator(_iso_date)]
"""A day, written YYYY-MM-DD."""
Year = Annotated[StrictInt, Field(ge=1450, le=2100)]
"""A year of publication; printing began about 1450."""
Count = Annotated[StrictInt, Field(ge=1)]
"""A positive whole number."""
