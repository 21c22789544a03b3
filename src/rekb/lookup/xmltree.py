"""XML from outside: a document that declares a type or an entity is refused before it can do harm."""

from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from rekb.lookup.answers import bad_answer
from rekb.lookup.transport import Reply

_MOST_ELEMENTS = 200_000


class _RefusedError(Exception):
    """The document holds what no answer of a service needs."""


def parse_xml(data: bytes, address: str) -> Element:
    """Return the root element; names are ``{namespace}name``.

    Raises:
        LookupFailedError: for what is not well-formed, or declares a document type or entities.
    """
    builder = TreeBuilder()
    # ElementTree writes `{namespace}name`; with this separator only the first sign is missing.
    parser = expat.ParserCreate(namespace_separator="}")
    count = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal count
        count += 1
        if count > _MOST_ELEMENTS:
            raise _RefusedError("it holds too many elements")
        builder.start(_name(name), {_name(n): value for n, value in attributes.items()})

    def refuse(*_: Any) -> None:
        raise _RefusedError("it declares a document type")

    parser.StartElementHandler = start
    parser.EndElementHandler = lambda name: builder.end(_name(name))
    parser.CharacterDataHandler = builder.data
    # A few entities, each made of the one before twice, become more text than memory holds.
    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    try:
        parser.Parse(data, True)  # noqa: FBT003 - expat takes it by place only
        return builder.close()
    except (expat.ExpatError, _RefusedError) as error:
        raise bad_answer(Reply(address, 200, data), "a feed in XML", error) from error


def _name(name: str) -> str:
    if "}" in name:
        return f"{{{name}"
    return name
