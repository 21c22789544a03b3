"""A server on loopback that answers as the services do; all answers are hand-made, no other host is asked."""

import http.server
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server says to one request."""

    body: bytes = b""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()


Route = Answer | Callable[[int], Answer]
"""An answer, or what makes it from how often the path was asked before."""


@dataclass
class FakeHosts:
    """The server's address, what it answers, and what it was asked."""

    address: str = ""
    routes: dict[str, Route] = field(default_factory=dict)
    asked: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    """Method, path with query, headers."""

    @property
    def paths(self) -> list[str]:
        """Method and path of every request so far."""
        return [f"{method} {path}" for method, path, _ in self.asked]

    def answer(self, method: str, path: str) -> Answer:
        """Return the answer to a request; the longest route that the path begins with counts."""
        before = sum(p == path and m == method for m, p, _ in self.asked) - 1
        named = [
            route for route in self.routes if f"{method} {path}".startswith(route) or path.startswith(route)
        ]
        route = self.routes[max(named, key=len)] if named else Answer(status=404)
        return route(before) if callable(route) else route


@contextmanager
def fake_hosts() -> Iterator[FakeHosts]:
    """Serve on loopback until the end of the block."""
    hosts = FakeHosts()

    class Handler(http.server.BaseHTTPRequestHandler):
        def log_message(self, *_: Any) -> None:
            """Say nothing."""

        def _reply(self) -> None:
            hosts.asked.append((self.command, self.path, dict(self.headers)))
            answer = hosts.answer(self.command, self.path)
            self.send_response(answer.status)
            for name, value in answer.headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(answer.body)

        do_GET = do_HEAD = _reply  # noqa: N815 - the names that http.server asks for

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("socket.getaddrinfo", _loopback_only(socket.getaddrinfo))
        yield from _served(hosts, server)


def _loopback_only(resolve: Callable[..., Any]) -> Callable[..., Any]:
    """Return a look-up of names that knows this machine only: a test that asks another host fails."""

    def refuse(host: str, *arguments: Any, **settings: Any) -> Any:
        assert host == "127.0.0.1", f"a test asks {host}"
        return resolve(host, *arguments, **settings)

    return refuse


def _served(hosts: FakeHosts, server: http.server.ThreadingHTTPServer) -> Iterator[FakeHosts]:
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    hosts.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield hosts
    finally:
        server.shutdown()
        server.server_close()


def atom(*entries: str) -> bytes:
    """Return a feed as arXiv's interface gives it."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom">'
        f"<title>made up</title>{''.join(entries)}</feed>"
    ).encode()


def atom_entry(identifier: str, title: str, *authors: str, more: str = "") -> str:
    """Return one work of such a feed."""
    names = "".join(f"<author><name>{name}</name></author>" for name in authors)
    return (
        f"<entry><id>http://arxiv.org/abs/{identifier}v3</id><title>{title}</title>"
        f"<summary>A made-up abstract on attention.</summary>{names}{more}</entry>"
    )
