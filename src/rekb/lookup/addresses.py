"""Which addresses may be asked: the web only, hosts that can be found, never from outside to inside."""

import ipaddress
import re
import socket
from urllib.parse import quote, urljoin, urlsplit

from rekb.errors import LookupFailedError

_LONGEST_SHOWN = 200
"""Characters of a bad address that a message shows."""
_KEPT = "!#$%&'()*+,/:;=?@[]~"
"""Signs of an address that stay as they are; all others beyond letters and digits are percent-encoded."""
_LABEL = re.compile("[A-Za-z0-9_-]{1,63}")
"""One part of a host's name."""


def checked(address: str) -> str:
    """Return an address that may be asked.

    Raises:
        LookupFailedError: for what is no web address or has no host.
    """
    if fault := _fault(address):
        raise LookupFailedError(f"{address[:_LONGEST_SHOWN]}: {fault}")
    return address


def redirected(here: str, target: str) -> str:
    """Return the address that a redirect leads to; a public host cannot send us to a private one.

    Spaces and letters beyond ASCII, which hosts forget to encode, are encoded here.

    Args:
        here: the address whose host redirects.
        target: its ``Location``, as `http.client` decodes headers: Latin-1.

    Raises:
        LookupFailedError: for a target that may not be asked; the message names the address that sent it.
    """
    sent = target.strip().encode("latin-1", "replace")
    name = repr(sent.decode("utf-8", "replace")[:_LONGEST_SHOWN])
    try:
        address = urljoin(here, quote(sent, safe=_KEPT))
    except ValueError as error:
        raise LookupFailedError(f"{here} leads to {name}, which is no web address") from error
    if fault := _fault(address):
        raise LookupFailedError(f"{here} leads to {name}: {fault}")
    # Else a host could make us ask what only this network reaches, such as a router.
    if _is_private(_host(address)) and not _is_private(_host(here)):
        raise LookupFailedError(f"{here} leads to {name}, a private network; it was not followed")
    return address


def _fault(address: str) -> str:
    """Return why an address may not be asked; empty when it may."""
    try:
        parts = urlsplit(address)
        host = parts.hostname
        # `urlsplit` takes any port; one that is no number is found only when it is asked for.
        _ = parts.port
    except ValueError:
        return "this is no web address"
    is_of_the_web = parts.scheme in ("http", "https") and address.isascii()
    if not is_of_the_web or not host:
        return "only http and https addresses are asked"
    if not _is_host(host):
        return f"{host[:_LONGEST_SHOWN]!r} is no name of a host"
    return ""


def _host(address: str) -> str:
    return urlsplit(address).hostname or ""


def _is_host(host: str) -> bool:
    """Whether a host is a number, or a name whose parts the name service can be asked about."""
    if ":" in host:
        return _is_number(host)
    # A name may end with the dot of the root: `example.org.`
    for label in host.removesuffix(".").split("."):
        if not _LABEL.fullmatch(label):
            return False
    return True


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _is_private(host: str) -> bool:
    """Whether a host belongs to this machine or to a network that is not public.

    Short and odd spellings of a number, which connections take for it, count too: ``127.1``, ``0x7f000001``.
    """
    try:
        # Not `is_private`: the shared addresses of providers (100.64.0.0/10) are neither private nor global.
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        pass
    try:
        return not ipaddress.ip_address(socket.inet_aton(host)).is_global
    except OSError:
        # `.local` is for the devices around one, `.internal` for networks of one's own.
        return host == "localhost" or host.endswith((".localhost", ".local", ".internal"))
