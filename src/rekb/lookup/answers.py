"""Answers of services that are not what was asked for: which host sent them, what they are, what is wrong."""

import json
from typing import Any
from urllib.parse import urlsplit

from rekb.encoding import NotUtf8, decoded
from rekb.errors import LookupFailedError
from rekb.lookup.transport import Reply

_START = 200
"""Bytes by which an answer shows of which kind it is."""
_MARK = "\ufeff"
"""The byte order mark, which some hosts put before a text in UTF-8."""


def bad_answer(reply: Reply, wanted: str, cause: object) -> LookupFailedError:
    """Return what to raise for an answer that is of no use.

    Args:
        reply: the answer.
        wanted: what was asked for: ``JSON``, ``the BibTeX of one work``.
        cause: what is wrong with it; empty where that says all.
    """
    host = urlsplit(reply.address).hostname
    why = f" ({cause})" if str(cause) else ""
    return LookupFailedError(
        f"{host} answers with {_kind(reply.body)} where {wanted} was asked for{why}: {reply.address}"
    )


def _kind(body: bytes) -> str:
    start = body.removeprefix(_MARK.encode())[:_START].lstrip().lower()
    if not start:
        return "nothing"
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body")):
        return "a page of HTML"
    if start.startswith(b"<"):
        return "XML"
    if start.startswith((b"{", b"[")):
        return "JSON"
    if start.isascii() and b"\0" not in start:
        return "text"
    return "bytes"


def text_in(reply: Reply, wanted: str) -> str:
    """Return the text of an answer in UTF-8.

    Args:
        reply: the answer.
        wanted: what was asked for, for the message.

    Raises:
        LookupFailedError: for another encoding, which the message names, and for bytes that are no text.
    """
    text = decoded(reply.body)
    if isinstance(text, NotUtf8):
        raise bad_answer(reply, wanted, text.message)
    return text.removeprefix(_MARK)


def json_in(reply: Reply, wanted: str) -> Any:
    """Return the value of an answer in JSON.

    Args:
        reply: the answer.
        wanted: what was asked for, for the message.

    Raises:
        LookupFailedError: when it is none; a number of thousands of digits counts as none.
    """
    text = text_in(reply, wanted)
    try:
        return json.loads(text)
    # Thousands of brackets in each other end Python's decoder with RecursionError.
    except (ValueError, RecursionError) as error:
        is_json = _kind(reply.body) == "JSON"
        raise bad_answer(reply, wanted, f"it cannot be read: {error}" if is_json else "") from error
