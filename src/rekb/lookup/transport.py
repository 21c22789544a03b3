"""The one way to other hosts: deadlines, few tries, patience, small answers, a name to complain to."""

import email.utils
import http.client
import queue
import re
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit

from rekb.about import __version__
from rekb.errors import LookupFailedError
from rekb.lookup.addresses import checked, redirected
from rekb.lookup.cache import Cache

T = TypeVar("T")

_LATER = frozenset({429, 500, 502, 503, 504})
"""Statuses after which a second try is worth it."""
_MOVED = frozenset({301, 302, 303, 307, 308})
_MOST_HOPS = 6
_MOST_SILENCES = 3
"""Questions without any answer after which a host is left alone for the rest of the run."""
_PART = 64 * 1024
# arXiv's terms for its interface ask for three seconds between requests.
_SLOW_HOSTS = {"export.arxiv.org": 3.0}
"""Seconds between requests that a host asks for."""
_SIGNS_OF_HEADERS = frozenset(" ()<>;,")
# HTTP: 404 is not found, 410 is gone for good.
_NOT_FOUND = (404, 410)
_LONGEST_CAUSE = 100
"""Characters of what a host sent in place of HTTP that a message shows."""


def agent_name(mailto: str = "") -> str:
    """Return how requests name the program, and whom to write to about them.

    Raises:
        LookupFailedError: for a contact that is no address of mail.
    """
    # Crossref answers programs that name a contact from its faster pool.
    contact = ""
    if mailto:
        if not _is_mail_address(mailto):
            raise LookupFailedError(f"{mailto!r} is no mail address: write one such as someone@example.org")
        contact = f"; mailto:{mailto}"
    return f"rekb/{__version__} (knowledge base of a survey{contact})"


def _is_mail_address(text: str) -> bool:
    """Whether a text can be an address of mail, and holds no sign that would end the header's comment."""
    if "@" not in text or not text.isprintable():
        return False
    return _SIGNS_OF_HEADERS.isdisjoint(text)


@dataclass(frozen=True, slots=True)
class Limits:
    """What a request may cost."""

    deadline: float = 60.0
    """Seconds for one question, all tries and pauses included."""
    wait: float = 20.0
    """Seconds without an answer after which a try is given up."""
    tries: int = 3
    pause: float = 1.0
    """Seconds before the second try; doubled before the third."""
    spacing: float = 1.0
    """Seconds between two requests to one host."""
    largest: int = 8 * 1024 * 1024
    """Bytes of an answer."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer."""

    address: str
    """Where it came from, after all redirects."""
    status: int
    body: bytes = b""
    hops: tuple[tuple[int, str], ...] = ()
    """Each redirect: its status and the address it led to."""
    retry_after: str | None = None

    @property
    def moved_for_good(self) -> bool:
        """Whether there were redirects, and all of them said that they stay."""
        if not self.hops:
            return False
        # HTTP has two statuses for a move that stays; 302, 303 and 307 are for now.
        return all(status in (301, 308) for status, _ in self.hops)


class _Stay(urllib.request.HTTPRedirectHandler):
    """Follow nothing: the transport looks at every step itself."""

    def http_error_302(self, *_: Any) -> None:
        """Return no answer, without a look at where it leads: that may be no address at all."""

    def http_error_301(self, *_: Any) -> None:
        """Return no answer."""

    def http_error_303(self, *_: Any) -> None:
        """Return no answer."""

    def http_error_307(self, *_: Any) -> None:
        """Return no answer."""

    def http_error_308(self, *_: Any) -> None:
        """Return no answer."""


@dataclass(slots=True)
class Transport:
    """Asks other hosts. One object serves a whole run, so that it can keep the spacing."""

    agent: str
    cache: Cache | None = None
    limits: Limits = field(default_factory=Limits)
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    asked: dict[str, float] = field(default_factory=dict)
    """Host to the time of the last request."""
    silent: dict[str, int] = field(default_factory=dict)
    """Host to how many questions it gave no answer to at all."""

    def get(self, address: str, accept: str = "*/*") -> Reply:
        """Return the answer to a question, from the cache where it is there.

        Raises:
            LookupFailedError: when there is none: no connection, too late, too large, or a status of failure.
        """
        return self.read(address, accept, lambda reply: reply)

    def read(self, address: str, accept: str, reader: Callable[[Reply], T]) -> T:
        """Return what `reader` makes of an answer; only an answer that it can use is kept in the cache.

        A kept answer that it cannot use, from an earlier version, is asked for anew.

        Raises:
            LookupFailedError: when there is no answer, or `reader` reports that it is of no use.
        """
        # doi.org answers one address in several formats, by what is accepted.
        question = f"{accept} {address}"
        if self.cache and (kept := self.cache.get(question)):
            try:
                return reader(Reply(kept[0], 200, kept[1]))
            except LookupFailedError:
                self.cache.forget(question)
        reply = self._found(address, accept)
        result = reader(reply)
        if self.cache:
            self.cache.put(question, reply.address, reply.body)
        return result

    def _found(self, address: str, accept: str) -> Reply:
        """Return an answer of status 200."""
        reply = self.ask("GET", address, accept)
        if reply.status == http.HTTPStatus.OK:
            return reply
        if reply.status in _NOT_FOUND:
            why = "knows no such work"
        else:
            why = f"answers {reply.status}"
        raise LookupFailedError(f"{urlsplit(address).hostname} {why}: {address}")

    def ask(self, method: str, address: str, accept: str = "*/*", *, read: bool = True) -> Reply:
        """Return whatever is answered, failures such as 404 included; redirects are followed.

        Args:
            method: ``GET`` or ``HEAD``.
            address: the address.
            accept: the kinds of answer that are of use.
            read: whether the body is of interest.

        Raises:
            LookupFailedError: when nothing is answered in time, or more than the limit.
        """
        host = urlsplit(checked(address)).hostname or ""
        if self.silent.get(host, 0) >= _MOST_SILENCES:
            raise LookupFailedError(f"{address}: {host} did not answer before")
        until = self.clock() + self.limits.deadline
        pause = self.limits.pause
        for left in range(self.limits.tries - 1, -1, -1):
            try:
                reply = self._follow(method, address, accept, until, read=read)
            # All errors of sockets, TLS and urllib are an OSError; only broken HTTP is not.
            except (OSError, http.client.HTTPException) as error:
                if not left:
                    self.silent[host] = self.silent.get(host, 0) + 1
                    raise LookupFailedError(f"{address}: {_cause(error)}") from error
                self._wait(pause, until, f"{address}: {_cause(error)}; there is no time to ask again")
            else:
                if reply.status not in _LATER or not left:
                    return reply
                asked = _seconds(reply.retry_after)
                if asked > pause:
                    why = f"no answer in time; the host asks to wait {asked:,.0f} s, try again later"
                else:
                    why = f"no answer in time; the host answers {reply.status}, try again later"
                self._wait(max(pause, asked), until, f"{address}: {why}")
            pause *= 2
        raise AssertionError("unreachable")

    def _wait(self, seconds: float, until: float, why: str) -> None:
        """Wait, or give up with a message where the deadline comes first."""
        if self.clock() + seconds >= until:
            raise LookupFailedError(why)
        self.sleep(seconds)

    def _follow(self, method: str, address: str, accept: str, until: float, *, read: bool) -> Reply:
        hops: list[tuple[int, str]] = []
        here = checked(address)
        while True:
            reply, target = self._once(method, here, accept, until, read=read)
            if target is None:
                return Reply(here, reply.status, reply.body, tuple(hops), reply.retry_after)
            if len(hops) >= _MOST_HOPS:
                raise LookupFailedError(f"{address}: too many redirects")
            here = redirected(here, target)
            hops.append((reply.status, here))

    def _once(
        self, method: str, address: str, accept: str, until: float, *, read: bool
    ) -> tuple[Reply, str | None]:
        """Ask one host once; return its answer and where it sends us."""
        self._space(urlsplit(address).hostname or "", until, address)
        request = urllib.request.Request(  # noqa: S310 - the scheme was checked
            address, method=method, headers={"User-Agent": self.agent, "Accept": accept}
        )
        # A time limit of 0 means `do not wait` to a socket, and one below 0 is refused.
        rest = max(0.1, until - self.clock())
        return _within(rest, lambda: self._answered(request, min(self.limits.wait, rest), until, read=read))

    def _answered(
        self, request: urllib.request.Request, wait: float, until: float, *, read: bool
    ) -> tuple[Reply, str | None]:
        address = request.full_url
        try:
            answer = urllib.request.build_opener(_Stay).open(request, timeout=wait)
        # urllib raises an error for every status but 2xx; the error is the answer, too.
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            status, headers = answer.status, answer.headers
            target = headers.get("Location") if status in _MOVED else None
            body = self._body(answer, address, until) if read and status == http.HTTPStatus.OK else b""
        return Reply(address, status, body, retry_after=headers.get("Retry-After")), target

    def _space(self, host: str, until: float, address: str) -> None:
        if self.limits.spacing:
            spacing = max(self.limits.spacing, _SLOW_HOSTS.get(host, 0.0))
        else:
            spacing = 0.0
        before = self.asked.get(host)
        if before is not None and (rest := before + spacing - self.clock()) > 0:
            why = f"requests to {host} are spaced, and the time for this one is over"
            self._wait(rest, until, f"{address}: {why}")
        self.asked[host] = self.clock()

    def _body(self, answer: Any, address: str, until: float) -> bytes:
        parts, size = [], 0
        # `read` waits until a part is full; `read1` returns what is there, so the deadline is looked at.
        while part := answer.read1(_PART):
            size += len(part)
            if size > self.limits.largest:
                raise LookupFailedError(f"{address}: the answer is larger than {self.limits.largest:,} bytes")
            if self.clock() > until:
                raise LookupFailedError(f"{address}: the answer did not end in {self.limits.deadline:.0f} s")
            parts.append(part)
        # Unlike `read`, `read1` says nothing of a body that ends before its announced length.
        if answer.length:
            raise http.client.IncompleteRead(b"", answer.length)
        return b"".join(parts)


def _within(seconds: float, work: Callable[[], T]) -> T:
    """Return what `work` gives; a host that sends one letter at a time cannot hold us longer than this.

    Raises:
        TimeoutError: when it takes longer; it is left to itself then.
    """
    results: queue.SimpleQueue[tuple[T | None, Exception | None]] = queue.SimpleQueue()

    def run() -> None:
        try:
            results.put((work(), None))
        except Exception as error:  # noqa: BLE001 - it is raised again where somebody waits for it
            results.put((None, error))

    # Python waits at its end for every thread but daemons, and this one may wait for a silent host.
    threading.Thread(target=run, daemon=True).start()
    try:
        result, error = results.get(timeout=seconds)
    except queue.Empty:
        raise TimeoutError("no answer in time") from None
    if error is not None:
        raise error
    return cast("T", result)


def _cause(error: Exception) -> str:
    """Return why there is no answer, or none that can be read."""
    reason = getattr(error, "reason", error)
    if isinstance(reason, TimeoutError):
        return "no answer in time"
    if isinstance(reason, http.client.IncompleteRead):
        return "the answer ended before the length that its host announced"
    if isinstance(reason, http.client.HTTPException) and not isinstance(reason, OSError):
        return f"the answer is no HTTP ({str(reason).strip()[:_LONGEST_CAUSE]})"
    if str(reason):
        return f"no connection ({reason})"
    return f"no connection ({type(reason).__name__})"


def _seconds(text: str | None) -> float:
    """Return the seconds that a host asks to wait; both forms of ``Retry-After`` are read."""
    if not text:
        return 0.0
    if re.fullmatch(r"\s*[0-9]+\s*", text):
        # Six digits are days, longer than any deadline; a number of a thousand digits would be infinite.
        return float(text.strip()[:6])
    try:
        date = email.utils.parsedate_to_datetime(text)
        return max(0.0, date.timestamp() - time.time())
    except (ValueError, OverflowError):
        return 0.0
