"""Bad answers of every service: refused with host and cause, never kept, never the end of a run."""

import contextlib
import copy
import json
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from fake_hosts import Answer, FakeHosts, atom, atom_entry, fake_hosts
from fixture_kb import GUESS, KB, TILE, configured, replaced
from fixture_kb import copy as copy_of_base
from rekb.errors import LookupFailedError, RekbError
from rekb.intake.draft import check_facts, draft, settle
from rekb.intake.venues import venue_names
from rekb.kb import KnowledgeBase
from rekb.loading.loader import load
from rekb.lookup import arxiv, crossref
from rekb.lookup.addresses import checked, redirected
from rekb.lookup.cache import Cache
from rekb.lookup.services import BASES, Services, bases
from rekb.lookup.transport import Limits, Reply, Transport
from rekb.sources.work import FoundWork, Identifier
from rekb.upkeep.watching import look
from test_cli_commands import call
from test_cli_from_issue import body as issue

HOST = "services.example"
BASE: KnowledgeBase = load(KB)[0]
"""The made-up knowledge base; nothing here changes it."""
CSL: dict[str, Any] = {
    "DOI": "10.99999/guess",
    "type": "journal-article",
    "title": ["Guess which words matter"],
    "subtitle": ["A subtitle"],
    "author": [{"family": "Nobody", "given": "N."}, {"literal": "Some Group"}],
    "editor": [{"family": "Lamp", "given": "Jo"}],
    "container-title": ["Journal of Imaginary Results", "JIR"],
    "container-title-short": "JIR",
    "event": {"name": "An event"},
    "publisher": "A press",
    "issued": {"date-parts": [[2022, 6]]},
    "volume": "3",
    "issue": "2",
    "number": "4",
    "article-number": "7",
    "page": "5-9",
    "URL": "https://doi.org/10.99999/guess",
    "abstract": "<p>Words.</p>",
    "note": "A note",
    "archive": "none",
    "genre": "none",
}
FORUM: dict[str, Any] = {
    "notes": [
        {
            "id": "Lantern001",
            "forum": "Lantern001",
            "pdate": 1_650_000_000_000,
            "content": {
                "title": {"value": "Lantern"},
                "authors": {"value": ["Jo Lamp", "Al Wick"]},
                "venue": {"value": "IMC 2022 poster"},
                "venueid": {"value": "IMC.cc/2022/Conference"},
                "abstract": {"value": "Words."},
            },
        }
    ]
}
ENTRY = atom_entry("2401.00001", "A First Work", "Ada Moth")
BIBTEX = (
    "@inproceedings{lamp-2022-lantern, title={Lantern: Attention by Night}, author={Lamp, Jo}, year={2022},"
    " booktitle={Proceedings of the Imaginary Conference}, url={https://aclanthology.org/2022.dim-long.7/}}"
)
LIST = "# Lamps\n\n- [Moths that cache their keys](https://arxiv.org/abs/2403.99992)\n"


@dataclass(frozen=True, slots=True)
class Service:
    """One service: what is asked of it, and what it answers when all is well."""

    ask: Callable[[Services], object]
    good: bytes
    other: bytes
    """A good answer, about another work."""


def looked_up(scheme: str, value: str) -> Callable[[Services], object]:
    return lambda services: services.look_up(Identifier(scheme, value))


def watched(services: Services) -> object:
    """Return what one watched list names; its fault is raised, so that it can be compared with the others."""
    looked = look(watching(), {}, services)
    for fault in looked.faults:
        raise LookupFailedError(fault.message)
    return looked.named


def watching() -> KnowledgeBase:
    """Return the made-up knowledge base with one list to watch."""
    watch = {"lists": [{"id": "lamps", "title": "Lamps", "url": f"https://{HOST}/lamps.md"}]}
    config = type(BASE.config).model_validate(
        {**BASE.config.model_dump(exclude_defaults=True), "watch": watch}
    )
    base = copy.copy(BASE)
    object.__setattr__(base, "config", config)
    return base


def as_json(value: object) -> bytes:
    return json.dumps(value).encode()


SERVICES = {
    "arxiv": Service(
        looked_up("arxiv", "2401.00001"), atom(ENTRY), atom(atom_entry("2401.00002", "Another", "Ada Moth"))
    ),
    "arxiv news": Service(
        lambda services: arxiv.newest(
            services.transport, services.bases["REKB_ARXIV_API"], ["cs.LG"], ["moths"], 5
        ),
        atom(ENTRY),
        b"",
    ),
    "doi": Service(
        looked_up("doi", "10.99999/guess"), as_json(CSL), as_json(CSL | {"DOI": "10.99999/other"})
    ),
    "openreview": Service(
        looked_up("openreview", "Lantern001"),
        as_json(FORUM),
        as_json(FORUM).replace(b"Lantern001", b"Lantern002"),
    ),
    "anthology": Service(
        looked_up("acl", "2022.dim-long.7"),
        BIBTEX.encode(),
        BIBTEX.replace("2022.dim-long.7", "2022.dim-long.8").encode(),
    ),
    "crossref": Service(
        lambda services: crossref.publications(
            services.transport, services.bases["REKB_CROSSREF_API"], BASE.entries["nobody2021guess"]
        ),
        as_json({"message": {"items": [CSL | {"subtitle": []}]}}),
        b"",
    ),
    "list": Service(watched, LIST.encode(), b""),
}
JSON_SERVICES = ("doi", "openreview", "crossref")


class Canned(Transport):
    """A transport whose hosts all give one answer; it counts the questions."""

    answer: bytes
    questions: int

    def ask(self, method: str, address: str, accept: str = "*/*", *, read: bool = True) -> Reply:
        """Return the answer."""
        del method, accept, read
        self.questions += 1
        return Reply(address, 200, self.answer)


def canned(answer: bytes, cache: Cache | None = None) -> tuple[Services, Canned]:
    """Return services that all give one answer."""
    transport = Canned("made-up", cache, Limits(spacing=0))
    transport.answer, transport.questions = answer, 0
    return Services(transport, {name: f"https://{HOST}/{name}" for name in BASES}), transport


@pytest.mark.parametrize("name", SERVICES)
def test_a_good_answer_is_taken_and_kept(name: str, tmp_path: Path) -> None:
    services, transport = canned(SERVICES[name].good, Cache(tmp_path))
    assert SERVICES[name].ask(services)
    assert SERVICES[name].ask(services)
    assert transport.questions == 1


BODIES = {
    "nothing": (b"", "nothing"),
    "blanks": (b" \n\t ", "nothing"),
    "HTML": (b"<!DOCTYPE html>\n<html><body><p>Log in first</p></body></html>", "a page of HTML"),
    "XHTML": (b"<html xmlns='http://www.w3.org/1999/xhtml'><body/></html>", "a page of HTML"),
    "other XML": (b"<?xml version='1.0'?><rss><channel/></rss>", "XML"),
    "words": (b"Rate exceeded.", "text"),
    "a list for an object": (b"[]", "JSON"),
    "an empty object": (b"{}", "JSON"),
    "a list of nothing": (b"[null]", "JSON"),
    "null": (b"null", "text"),
    "a number": (b"17", "text"),
    "a string": (b'"words"', "text"),
    "a number of 5,000 digits": (b'{"year": ' + b"1" * 5000 + b"}", "JSON"),
    "100,000 lists in each other": (b"[" * 100_000, "JSON"),
    "100,000 objects in each other": (b'{"a":' * 100_000, "JSON"),
    "UTF-16": ('{"title": "A"}'.encode("utf-16"), "UTF-16"),
    "UTF-16 without a mark": ('{"title": "A moth"}'.encode("utf-16-le"), "UTF-16"),
    "Latin-1": ('{"title": "Théorie"}'.encode("latin-1"), "Latin-1"),
    "gzip": (b"\x1f\x8b\x08\x00\x00\x00\x00\x00", "gzip"),
    "a PDF": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "PDF"),
    "zeros": (b"\0" * 1000, "bytes"),
}
"""Bodies that are of no use to any service, and a word of what is said of them."""
BY_PARSER = frozenset({"arxiv", "arxiv news", "list"})
"""Services whose answers are read by what names its own cause for bytes that are no text."""


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("name", SERVICES)
def test_a_bad_body_is_refused_and_not_kept(name: str, body: str, tmp_path: Path) -> None:
    data, words = BODIES[body]
    cache = Cache(tmp_path / "cache")
    services, transport = canned(data, cache)
    for _ in range(2):
        with pytest.raises(LookupFailedError) as caught:
            SERVICES[name].ask(services)
        message = str(caught.value)
        assert message.startswith(f"{HOST} answers with ")
        assert f"https://{HOST}/" in message
        assert words in message or name in BY_PARSER
        assert len(message) < 700
    assert transport.questions >= 2, "a second run asks again"
    assert not list(cache.folder.glob("*"))
    transport.answer = SERVICES[name].good
    assert SERVICES[name].ask(services)


@pytest.mark.parametrize("name", SERVICES)
def test_an_answer_that_breaks_off_is_refused_or_whole(name: str, tmp_path: Path) -> None:
    """Cut at any byte, an answer is refused, or what is read of it is what it says."""
    good = SERVICES[name].good
    cache = Cache(tmp_path)
    refused = 0
    for end in range(1, len(good), 7):
        services, _ = canned(good[:end], cache)
        try:
            SERVICES[name].ask(services)
        except LookupFailedError:
            refused += 1
            assert not list(cache.folder.glob("*"))
        for kept in cache.folder.glob("*"):
            kept.unlink()
    assert refused > 0


@pytest.mark.parametrize("name", [name for name, service in SERVICES.items() if service.other])
def test_an_answer_about_another_work_is_refused(name: str, tmp_path: Path) -> None:
    services, transport = canned(SERVICES[name].other, Cache(tmp_path / "cache"))
    for _ in range(2):
        with pytest.raises(LookupFailedError, match=rf"^{HOST} answers with .*it is about "):
            SERVICES[name].ask(services)
    assert transport.questions >= 2
    assert not list((tmp_path / "cache").glob("*"))


@pytest.mark.parametrize(
    ("doi", "words"),
    [
        (7, "it is about 7"),
        (["10.99999/guess", "10.99999/other"], "it is about "),
        ({"value": "10.99999/other"}, "it is about "),
        ("10.99999/guess/more", "it is about 10.99999/guess/more"),
        ("no DOI", "it is about no DOI"),
        ("10.99999/\u202eGUESS", "it is about 10.99999/"),
    ],
)
def test_a_doi_of_another_form_is_another_doi(doi: object, words: str) -> None:
    services, _ = canned(as_json(CSL | {"DOI": doi}))
    with pytest.raises(LookupFailedError) as caught:
        services.by_doi("10.99999/guess")
    assert words in str(caught.value)
    assert "\u202e" not in str(caught.value)


@pytest.mark.parametrize("doi", ["10.99999/GUESS", "https://doi.org/10.99999/guess", "doi:10.99999/Guess"])
def test_a_doi_in_another_spelling_is_the_same(doi: str) -> None:
    assert canned(as_json(CSL | {"DOI": doi}))[0].by_doi("10.99999/guess").title.startswith("Guess which")


@pytest.mark.parametrize("doi", [None, "", [], 0])
def test_a_record_without_a_doi_is_taken_with_a_doubt(doi: object) -> None:
    work = canned(as_json(CSL | {"DOI": doi}))[0].by_doi("10.99999/guess")
    assert ("doi", "10.99999/guess") in work.identifiers()
    assert [d.text for d in work.doubts if d.field == "records"] == [
        "the answer names no DOI: look whether it is about this work"
    ]


def test_an_anthology_answer_without_its_number_is_taken_with_a_doubt() -> None:
    text = BIBTEX.replace(" url={https://aclanthology.org/2022.dim-long.7/}", "")
    work = canned(text.encode())[0].look_up(Identifier("acl", "2022.dim-long.7"))
    assert isinstance(work, FoundWork)
    assert "the answer names no Anthology id: look whether it is about this work" in [
        d.text for d in work.doubts
    ]


@pytest.mark.parametrize(
    ("feed", "words"),
    [
        (atom(), "arXiv knows no 2401.00001"),
        (atom(ENTRY.replace("<title>A First Work</title>", "")), "arXiv knows no 2401.00001"),
        (atom(ENTRY.replace("http://arxiv.org/abs/2401.00001v3", "http://[::1")), "arXiv knows no"),
        (
            atom(
                "<entry><id>http://arxiv.org/api/errors#incorrect_id</id><title>Error</title>"
                "<summary>incorrect id format for 2401.1</summary></entry>"
            ),
            "arXiv reports: incorrect id format for 2401.1",
        ),
        (b"<a>" * 150_000, "a feed in XML was asked for (no element found"),
        (b"<a>" * 150_000 + b"</a>" * 150_000, "an Atom feed was asked for (its outermost element is a)"),
        (b"<a/>" * 2, "a feed in XML was asked for (junk after document element"),
        (b"<a b='1' b='2'/>", "(duplicate attribute"),
        (atom("<entry/>" * 200_001), "it holds too many elements"),
    ],
)
def test_feeds_of_another_shape(feed: bytes, words: str, tmp_path: Path) -> None:
    services, _ = canned(feed, Cache(tmp_path / "cache"))
    with pytest.raises(LookupFailedError) as caught:
        services.look_up(Identifier("arxiv", "2401.00001"))
    assert words in str(caught.value)
    assert not list((tmp_path / "cache").glob("*"))


SHAPES = [
    "null",
    "true",
    "0",
    "-1",
    "1e400",
    "NaN",
    "1" * 4000,
    '""',
    '"words"',
    '"2022"',
    f'"{"x" * 100_000}"',
    '"\\ud800"',
    '"\\u0000\\u202e"',
    '"<b>x</b>"',
    '"http://[::1"',
    "[]",
    "{}",
    "[null]",
    "[[]]",
    "[[null]]",
    "[{}]",
    '["x", 1, null]',
    '{"a": null}',
    '{"value": null}',
    '{"value": {"value": 1}}',
    '{"date-parts": null}',
    '{"date-parts": [null]}',
    '{"date-parts": [[null, null]]}',
    '{"date-parts": [["2022", "x"]]}',
    '{"date-parts": [[2022, 99]]}',
    f'{{"date-parts": [[{"1" * 4000}]]}}',
    '{"raw": 5}',
    '{"family": 5, "given": []}',
    "[" * 200 + "]" * 200,
]
"""JSON that takes the place of each value of a good answer in turn."""
_MARK = "a value to replace"


def changed(value: Any, path: tuple[Any, ...] = ()) -> Iterator[Any]:
    """Yield a value as often as it has parts, each time with another part marked."""
    yield _MARK
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, part in parts:
        for inner in changed(part, (*path, name)):
            whole = copy.deepcopy(value)
            whole[name] = inner
            yield whole


def drafted(base: KnowledgeBase, work: FoundWork) -> None:
    """Draft the entry of a work; that it may be refused is no fault."""
    settled = settle(work, venue_names(base))
    check_facts(work, settled)
    draft(base, work, settled, ("architectures/attention",), today=date(2026, 1, 1))


@pytest.mark.parametrize("name", JSON_SERVICES)
def test_json_of_another_shape_never_ends_a_run(name: str) -> None:
    asked = 0
    for whole in changed(json.loads(SERVICES[name].good)):
        text = json.dumps(whole)
        for shape in SHAPES:
            services, _ = canned(text.replace(f'"{_MARK}"', shape).encode())
            asked += 1
            with contextlib.suppress(RekbError):
                found = SERVICES[name].ask(services)
                for work in found if isinstance(found, list) else [found]:
                    assert isinstance(work, FoundWork)
                    drafted(BASE, work)
    assert asked >= 15 * len(SHAPES)


def test_an_answer_of_an_earlier_version_is_asked_for_anew(tmp_path: Path) -> None:
    """What was kept before an answer had to be of use first is no reason to fail for seven days."""
    services, transport = canned(SERVICES["doi"].good, Cache(tmp_path))
    SERVICES["doi"].ask(services)
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(b"https://doi.org/x\n<html>")
    SERVICES["doi"].ask(services)
    assert transport.questions == 2


@contextlib.contextmanager
def raw_host(sent: bytes) -> Iterator[str]:
    """Yield the address of a host that sends these bytes to whoever asks, and closes."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            with contextlib.suppress(OSError):
                while True:
                    with contextlib.closing(server.accept()[0]) as link, contextlib.suppress(OSError):
                        link.recv(4096)
                        link.sendall(sent)

        threading.Thread(target=serve, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}/x"


def quick() -> Transport:
    return Transport("made-up", limits=Limits(spacing=0, pause=0, wait=20))


OK = b"HTTP/1.1 200 OK\r\nConnection: close\r\n"
ENDED = "the answer ended before the length that its host announced"


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (b"", "no connection (Remote end closed"),
        (b"garbage\r\n\r\n", "the answer is no HTTP (garbage)"),
        (b"HTTP/1.1 two OK\r\n\r\n", "the answer is no HTTP (HTTP/1.1 two OK)"),
        (b"HTTP/1.1 99999 OK\r\n\r\n", "the answer is no HTTP (HTTP/1.1 99999 OK)"),
        (OK + b"Content-Length: 50\r\n\r\nhalf", ENDED),
        (OK + b"Content-Length: 999999999999999999999\r\n\r\nhalf", ENDED),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n5\r\nab", ENDED),
        (OK + b"Transfer-Encoding: chunked\r\n\r\nZZ\r\n", ENDED),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n" + b"5" * 70_000, "the answer is no HTTP (got more than"),
        (OK + b"X: y\r\n" * 500 + b"\r\n", "the answer is no HTTP (got more than 100 headers)"),
        (OK + b"X: " + b"y" * 100_000 + b"\r\n\r\n", "the answer is no HTTP (got more than"),
        (b"HTTP/1.1 204 None\r\n\r\n", "127.0.0.1 answers 204"),
        (b"HTTP/1.1 401 No\r\nWWW-Authenticate: Digest x\r\nContent-Length: 0\r\n\r\n", "answers 401"),
        (b"HTTP/1.1 301 Moved\r\nContent-Length: 0\r\n\r\n", "127.0.0.1 answers 301"),
    ],
)
def test_an_answer_that_is_no_whole_answer(sent: bytes, words: str) -> None:
    with raw_host(sent) as address, pytest.raises(LookupFailedError) as caught:
        quick().get(address)
    assert words in str(caught.value)
    assert address in str(caught.value)


@pytest.mark.parametrize(
    "wait",
    [b"\xb2", b"nan", b"inf", b"-5", b"", b"9" * 5000, b"Mon, 01 Jan 0001 00:00:00 -0000",
     b"Mon, 31 Dec 9999 23:59:59 -2359", b"Mon, 31 Dec 99999999999999999999 23:59:59 GMT", b"31 \xff 2022"],
)  # fmt: skip
def test_no_request_for_patience_ends_a_run(wait: bytes) -> None:
    head = b"HTTP/1.1 429 Slow\r\nContent-Length: 0\r\nRetry-After: " + wait + b"\r\n\r\n"
    with raw_host(head) as address, pytest.raises(LookupFailedError, match=r"answers 429|try again later"):
        quick().get(address)


NOWHERE = [
    (b"http://[::1", "which is no web address"),
    (b"//[", "which is no web address"),
    (b"http://[::1]:x/", "this is no web address"),
    (b"http://a.example:99999999/", "this is no web address"),
    (b"http://a.example:-1/", "this is no web address"),
    (b"http://ex ample/", "is no name of a host"),
    (b"http://..example/", "is no name of a host"),
    (b"http://.example/", "is no name of a host"),
    (b"http://%31/", "is no name of a host"),
    (b"http://" + b"a" * 70 + b".example/", "is no name of a host"),
    (b"http://\xc3\xa9.example/", "is no name of a host"),
    (b"http://\xe2\x80\xae.example/", "is no name of a host"),
    (b"javascript:alert(1)", "only http and https addresses are asked"),
    (b"data:text/html,x", "only http and https addresses are asked"),
    (b"mailto:a@b.example", "only http and https addresses are asked"),
    (b"file:///etc/passwd", "only http and https addresses are asked"),
    (b"", "too many redirects"),
    (b"   ", "too many redirects"),
    (b"http://", "too many redirects"),
    (b"//", "too many redirects"),
    (b"?", "too many redirects"),
    (b"#", "too many redirects"),
    (b"\xff\xfe", "too many redirects"),
    (b"/a b/\xc3\xa9", "too many redirects"),
]


@pytest.mark.parametrize(("target", "words"), NOWHERE)
def test_a_redirect_to_nowhere_is_a_fault_of_its_host(target: bytes, words: str) -> None:
    head = b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + target + b"\r\n\r\n"
    with raw_host(head) as address, pytest.raises(LookupFailedError) as caught:
        quick().ask("HEAD", address, read=False)
    assert words in str(caught.value)
    assert address in str(caught.value)


@pytest.mark.parametrize(("target", "asked"), [("/a b", "/a%20b"), ("/caf\xe9", "/caf%E9"), ("/%41", "/%41")])
def test_what_a_host_forgot_to_encode_is_encoded(target: str, asked: str) -> None:
    with fake_hosts() as hosts:
        hosts.routes["/x"] = Answer(status=301, headers=(("Location", target),))
        hosts.routes[asked] = Answer(b"here")
        assert quick().get(f"{hosts.address}/x").body == b"here"


@pytest.mark.parametrize(
    "inside",
    ["http://127.0.0.1/", "http://127.1/", "http://0x7f.1/", "http://2130706433/", "http://0177.0.0.1/",
     "http://[::1]/", "http://[::ffff:127.0.0.1]/", "http://10.0.0.1/", "http://169.254.169.254/latest",
     "http://localhost/", "http://a.internal/", "http://0/"],
)  # fmt: skip
def test_a_public_host_leads_to_no_private_one(inside: str) -> None:
    with pytest.raises(LookupFailedError, match="a private network; it was not followed"):
        redirected("https://public.example/", inside)
    assert redirected("http://127.0.0.1/", inside) == inside


@pytest.mark.parametrize("address", ["http://[::1", "ftp://a.example/", "http://", "http://a..b/", "x"])
def test_the_address_of_a_service_is_a_web_address(address: str) -> None:
    with pytest.raises(LookupFailedError, match=r"REKB_DOI_API is .*: write a web address"):
        bases({"REKB_DOI_API": address})
    with pytest.raises(LookupFailedError):
        checked(address)


FAULTS = {
    "a redirect to no address": Answer(status=301, headers=(("Location", "http://[::1"),)),
    "a redirect to no host": Answer(status=301, headers=(("Location", "http://..example/"),)),
    "a request for odd patience": Answer(status=429, headers=(("Retry-After", "\xb2"),)),
    "a page": Answer(b"<!DOCTYPE html><html></html>"),
    "a number": Answer(b'{"year": ' + b"1" * 5000 + b"}"),
    "no such thing": Answer(status=404),
    "a failure": Answer(status=500),
}
FORMS = {
    "arxiv": "2401.00001",
    "doi": "10.99999/x",
    "openreview": "https://openreview.net/forum?id=Abcdefghi1",
    "anthology": "2022.dim-long.7",
}


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("service", FORMS)
def test_every_form_gets_its_report(
    tmp_path: Path, hosts: FakeHosts, capsys: pytest.CaptureFixture[str], service: str, fault: str
) -> None:
    hosts.routes["/"] = FAULTS[fault]
    root = copy_of_base(tmp_path)
    form, report = tmp_path / "form.md", tmp_path / "report.md"
    form.write_text(issue(work=FORMS[service]), encoding="utf-8")
    options = ("--root", str(root), "--report", str(report), "--today", "2026-11-24")
    status, _, error = call("from-issue", str(form), *options, capsys=capsys)
    assert status == 2
    assert "Traceback" not in error
    text = report.read_text(encoding="utf-8")
    assert text.startswith("No entry could be drafted from this form.\n\n```text\n")
    assert "127.0.0.1" in text


@pytest.mark.parametrize("error", [RuntimeError("a fault of ours"), OSError(28, "No space left on device")])
def test_a_fault_of_ours_is_reported_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object) -> None:
        raise error

    root = copy_of_base(tmp_path)
    monkeypatch.setattr("rekb.cli.commands.from_issue.read_suggestion", fail)
    form, report = tmp_path / "form.md", tmp_path / "report.md"
    form.write_text(issue(), encoding="utf-8")
    with contextlib.suppress(RuntimeError):
        call("from-issue", str(form), "--root", str(root), "--report", str(report), capsys=capsys)
    text = report.read_text(encoding="utf-8")
    assert text.startswith("No entry could be drafted from this form: the program failed.")
    assert str(error) in text


def test_a_base_that_cannot_be_read_is_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = copy_of_base(tmp_path)
    form, report = tmp_path / "missing.md", tmp_path / "report.md"
    options = ("--root", str(root), "--report", str(report))
    assert call("from-issue", str(form), *options, capsys=capsys)[0] == 2
    assert "cannot read" in report.read_text(encoding="utf-8")


@pytest.mark.parametrize("fault", FAULTS)
def test_one_bad_host_never_ends_the_weekly_run(
    tmp_path: Path, hosts: FakeHosts, capsys: pytest.CaptureFixture[str], fault: str
) -> None:
    """`refresh`, `check-links` and `watch` go on, and name what failed."""
    hosts.routes["/"] = FAULTS[fault]
    lists = f"watch:\n  lists:\n    - {{id: lamps, title: Lamps, url: {hosts.address}/lamps.md}}\n"
    arxiv_too = "  arxiv: {categories: [cs.LG], words: [moths], most: 5}\n"
    code = replaced(TILE, "https://git.example.org/tile/code", f"{hosts.address}/code")
    root = copy_of_base(tmp_path, configured(lists + arxiv_too), code)
    place = ("--root", str(root), "--format", "json")
    status, output, error = call("refresh", *place, "nobody2021guess", "moth2022tile", capsys=capsys)
    assert "Traceback" not in error
    assert status == 1
    unanswered = [p for p in json.loads(output)["proposals"] if p["kind"] == "unanswered"]
    assert GUESS in [proposal["file"] for proposal in unanswered]
    assert all("127.0.0.1" in proposal["source"] for proposal in unanswered)
    status, output, error = call("watch", *place, "--today", "2026-11-24", capsys=capsys)
    assert (status, "Traceback" in error) == (1, False)
    assert [fault["source"] for fault in json.loads(output)["faults"]] == ["lamps", "arxiv"]
    assert all("127.0.0.1" in fault["message"] for fault in json.loads(output)["faults"])
