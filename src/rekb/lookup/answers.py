"""Answers of services that are not what was asked for: which host sent them, what they are, what is wrong."""

import json
from typing import Any
from urllib.parse import urlsplit

from rekb.errors import LookupFailedError
from rekb.lookup.transport import Reply

_START = 200
"""Bytes by which an answer is told from another."""


def bad_answer(reply: Reply, wanted: str, cause: object) -> LookupFailedError:
    """Return what to raise for an answer that is of no use.

    Args:
        reply: the answer.
        wanted: what was asked for: ``JSON``, ``the BibTeX of one work``.
        cause: what is wrong with it.
    """
    host = urlsplit(reply.address).hostname
    told = f"{host} answers with {_what(reply.body)} where {wanted} was asked for"
    return LookupFailedError(f"{told} ({cause}): {reply.address}")


def _what(body: bytes) -> str:
    start = body[:_START].lstrip().lower()
    if not start:
        return "nothing"
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body")):
        return "a page of HTML"
    if start.startswith(b"<"):
        return "XML"
    if start.startswith((b"{", b"[")):
        return "JSON"
    return "text" if start.isascii() else "bytes"


def json_in(reply: Reply) -> Any:
    """Return the value of an answer in JSON.

    Raises:
        LookupFailedError: when it is none.
    """
    try:
        return json.loads(reply.body)
    except (ValueError, RecursionError) as error:
        raise bad_answer(reply, "JSON", error) from error
