"""The way to other hosts: few tries, patience, deadlines, small answers, no way round."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from fake_hosts import Answer, FakeHosts, fake_hosts
from rekb.errors import LookupFailedError
from rekb.lookup.cache import Cache
from rekb.lookup.transport import Limits, Reply, Transport, agent_name
from rekb.lookup.xmltree import parse_xml


class Clock:
    """A clock that only moves when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def __call__(self) -> float:
        """Return the time."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Pass the time."""
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture
def hosts() -> Iterator[FakeHosts]:
    with fake_hosts() as made:
        yield made


def way(clock: Clock, cache: Cache | None = None, **limits: float) -> Transport:
    settings = Limits(**{"spacing": 0.0, **limits})  # type: ignore[arg-type]
    return Transport(agent_name("a@example.org"), cache, settings, clock, clock.sleep)


def test_a_request_names_the_program_and_whom_to_write_to(hosts: FakeHosts) -> None:
    hosts.routes["/x"] = Answer(b"hello")
    assert way(Clock()).get(f"{hosts.address}/x", "text/plain").body == b"hello"
    headers = hosts.asked[0][2]
    assert headers["User-Agent"].startswith("rekb/")
    assert "mailto:a@example.org" in headers["User-Agent"]
    assert headers["Accept"] == "text/plain"


@pytest.mark.parametrize(
    ("statuses", "slept", "status"),
    [
        ([200], [], 200),
        ([503, 200], [1.0], 200),
        ([500, 429, 200], [1.0, 2.0], 200),
        ([503, 503, 503], [1.0, 2.0], 503),
        ([404, 200], [], 404),
    ],
)
def test_three_tries_with_growing_pauses(
    hosts: FakeHosts, statuses: list[int], slept: list[float], status: int
) -> None:
    hosts.routes["/x"] = lambda before: Answer(status=statuses[before])
    clock = Clock()
    assert way(clock).ask("GET", f"{hosts.address}/x").status == status
    assert clock.slept == slept


def test_a_host_without_an_answer_to_three_questions_is_not_asked_again() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # nobody listens there
        address = f"http://127.0.0.1:{taken.getsockname()[1]}/x"
        asking = way(Clock(), tries=1)
        left_alone = []
        for _ in range(4):
            with pytest.raises(LookupFailedError) as failed:
                asking.ask("GET", address)
            left_alone.append("did not answer before" in str(failed.value))
    assert left_alone == [False, False, False, True]


@pytest.mark.parametrize(
    ("said", "slept"),
    [("7", [7.0]), ("soon", [1.0]), ("-1", [1.0]), ("Wed, 21 Oct 2015 07:28:00 GMT", [1.0])],
)
def test_a_host_that_asks_to_wait_is_heard(hosts: FakeHosts, said: str, slept: list[float]) -> None:
    hosts.routes["/x"] = lambda before: Answer(
        status=200 if before else 429, headers=(("Retry-After", said),)
    )
    clock = Clock()
    way(clock).get(f"{hosts.address}/x")
    assert clock.slept == slept


def test_a_host_that_asks_for_too_much_patience_is_left(hosts: FakeHosts) -> None:
    hosts.routes["/x"] = Answer(status=429, headers=(("Retry-After", "3600"),))
    with pytest.raises(LookupFailedError, match="try again later"):
        way(Clock()).get(f"{hosts.address}/x")
    assert len(hosts.asked) == 1


@pytest.mark.parametrize(
    ("status", "headers", "limits", "why"),
    [
        (429, (("Retry-After", "3600"),), {}, "the host asks to wait 3,600 s, try again later"),
        (503, (), {"deadline": 0.5}, "the host answers 503, try again later"),
        (200, (), {"deadline": 0.5, "spacing": 2.0}, "are spaced, and the time for this one is over"),
    ],
)
def test_why_there_was_no_time(
    hosts: FakeHosts,
    status: int,
    headers: tuple[tuple[str, str], ...],
    limits: dict[str, float],
    why: str,
) -> None:
    hosts.routes["/x"] = Answer(b"x", status=status, headers=headers)
    transport = way(Clock(), None, **limits)
    if status == 200:
        transport.get(f"{hosts.address}/x")
    with pytest.raises(LookupFailedError, match=why):
        transport.get(f"{hosts.address}/x")


def test_requests_to_one_host_are_spaced(hosts: FakeHosts) -> None:
    hosts.routes["/"] = Answer(b"x")
    clock = Clock()
    transport = way(clock, spacing=2.0)
    for name in "abc":
        transport.get(f"{hosts.address}/{name}")
    assert clock.slept == [2.0, 2.0]


def test_an_answer_has_a_largest_size(hosts: FakeHosts) -> None:
    hosts.routes["/x"] = Answer(b"x" * 2000)
    with pytest.raises(LookupFailedError, match="larger than 1,000 bytes"):
        way(Clock(), largest=1000).get(f"{hosts.address}/x")


@pytest.mark.parametrize("target", ["file:///etc/passwd", "ftp://example.org/x", "gopher://x.example"])
def test_only_the_web_is_asked(hosts: FakeHosts, target: str) -> None:
    hosts.routes["/x"] = Answer(status=302, headers=(("Location", target),))
    with pytest.raises(LookupFailedError, match="only http and https"):
        way(Clock()).get(f"{hosts.address}/x")
    with pytest.raises(LookupFailedError, match="only http and https"):
        way(Clock()).get(target)


def test_a_ring_of_redirects_ends(hosts: FakeHosts) -> None:
    hosts.routes["/x"] = Answer(status=301, headers=(("Location", "/x"),))
    with pytest.raises(LookupFailedError, match="too many redirects"):
        way(Clock()).get(f"{hosts.address}/x")


@pytest.mark.parametrize(("status", "for_good"), [(301, True), (308, True), (302, False), (307, False)])
def test_redirects_are_followed_and_reported(hosts: FakeHosts, status: int, *, for_good: bool) -> None:
    hosts.routes["/old"] = Answer(status=status, headers=(("Location", "/new"),))
    hosts.routes["/new"] = Answer(b"here")
    reply = way(Clock()).get(f"{hosts.address}/old")
    assert (reply.address, reply.body) == (f"{hosts.address}/new", b"here")
    assert reply.moved_for_good is for_good


DRIPS = 3000
"""Letters of a host that sends one at a time: a minute and more, where the test has less than a second."""


@pytest.mark.parametrize("start", [b"", b"HTTP/1.1 200 OK\r\nX-Slow: ", b"HTTP/1.1 200 OK\r\n\r\n"])
def test_a_host_that_drips_is_left_at_the_deadline(start: bytes) -> None:
    left = threading.Event()
    ended = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:

        def drip() -> None:
            with contextlib.suppress(OSError):
                client = server.accept()[0]
                client.sendall(start)
                for _ in range(DRIPS):
                    client.sendall(b"x")
                    if left.wait(0.02):
                        return
                ended.set()

        threading.Thread(target=drip, daemon=True).start()
        transport = Transport("x", limits=Limits(deadline=0.4, wait=5, spacing=0))
        with pytest.raises(LookupFailedError, match=r"in time|did not end"):
            transport.get(f"http://127.0.0.1:{server.getsockname()[1]}/")
        assert not ended.is_set()
        left.set()


def test_nobody_there_is_a_clear_error() -> None:
    with pytest.raises(LookupFailedError, match=r"http://127\.0\.0\.1:9/x: no connection"):
        way(Clock()).get("http://127.0.0.1:9/x")


def test_an_answer_is_kept(hosts: FakeHosts, tmp_path: Path) -> None:
    hosts.routes["/x"] = Answer(b"one\ntwo")
    for _ in range(2):
        assert way(Clock(), Cache(tmp_path / "c")).get(f"{hosts.address}/x").body == b"one\ntwo"
    assert len(hosts.asked) == 1
    way(Clock(), Cache(tmp_path / "c")).get(f"{hosts.address}/x", "text/plain")
    assert len(hosts.asked) == 2


def test_failures_are_not_kept(hosts: FakeHosts, tmp_path: Path) -> None:
    hosts.routes["/x"] = lambda before: Answer(b"y", 200 if before else 404)
    with pytest.raises(LookupFailedError, match="no such work"):
        way(Clock(), Cache(tmp_path)).get(f"{hosts.address}/x")
    assert way(Clock(), Cache(tmp_path)).get(f"{hosts.address}/x").body == b"y"


@pytest.mark.parametrize("mailto", ["nobody", "a@b\nX: y", "a@b (c)"])
def test_a_contact_is_an_address_of_mail(mailto: str) -> None:
    with pytest.raises(LookupFailedError, match="no mail address"):
        agent_name(mailto)


@pytest.mark.parametrize(
    "text",
    [
        '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>',
        '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
        "<a>&undefined;</a>",
        "<a>",
        "",
        "not XML",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_xml_that_could_do_harm_is_refused(text: str, encoding: str) -> None:
    with pytest.raises(
        LookupFailedError, match=r"x\.example answers with .* where a feed in XML was asked for \("
    ):
        parse_xml(text.encode(encoding), "http://x.example")


def test_a_redirect_to_no_address_is_a_fault_of_the_host(hosts: FakeHosts) -> None:
    hosts.routes["/x"] = Answer(status=301, headers=(("Location", "http://[::1"),))
    with pytest.raises(LookupFailedError, match="which is no web address"):
        way(Clock()).ask("GET", f"{hosts.address}/x")


def test_an_answer_of_no_use_is_not_kept(hosts: FakeHosts, tmp_path: Path) -> None:
    hosts.routes["/x"] = Answer(b"wrong")
    transport = way(Clock(), Cache(tmp_path))

    def refuse(reply: Reply) -> bytes:
        raise LookupFailedError(reply.address)

    for _ in range(2):
        with pytest.raises(LookupFailedError):
            transport.read(f"{hosts.address}/x", "*/*", refuse)
    assert len(hosts.asked) == 2
    assert [transport.read(f"{hosts.address}/x", "*/*", lambda r: r.body) for _ in range(2)] == [b"wrong"] * 2
    assert len(hosts.asked) == 3
