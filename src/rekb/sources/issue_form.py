"""What a person filled into the issue form "Suggest a work", as GitHub writes it down: untrusted text.

The body is a heading of level three for each field, in the form's order, with the answer below it. An answer
may hold anything, headings included, so each of the form's own headings has to stand exactly once.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from rekb.errors import SourceError
from rekb.model.results import Result
from rekb.sources.clean import cleaned, safe_link
from rekb.sources.places import place_of
from rekb.sources.work import Doubt
from rekb.text import printable

FIELDS = {
    "work": "The work",
    "why": "Why it belongs here",
    "topics": "Topics",
    "code": "Code",
    "results": "Results",
    "terms": "Terms",
}
"""Ids of the form's fields and their headings, as in ``.github/ISSUE_TEMPLATE/suggest-work.yml``."""
# GitHub's issues have at most 65,536 characters; a longer text did not come from its form.
_LARGEST = 128 * 1024
_MOST_RESULTS = 20
# GitHub writes this in place of an answer that was left empty.
_NO_ANSWER = "_No response_"
# Python's `float` also takes `nan`, `inf` and `1_000`.
_NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,10})?\Z")
_NEEDED = ("metric", "where", "url")
_WORDS = {"metric": "wording", "model": "model_wording"}
"""Parts of a line that are words, by the field that holds words."""
_NUMBERS = ("value", "upper")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A work that somebody suggests."""

    work: str
    """An identifier, an address or BibTeX."""
    why: str
    """Why it belongs here; for people, never written into an entry."""
    topics: tuple[str, ...] = ()
    """Words that may be topic ids."""
    code: str | None = None
    """Where its code is said to be."""
    results: tuple[dict[str, Any], ...] = ()
    """Results that have every part a result needs but its id; what was measured and the model are words."""
    doubts: tuple[Doubt, ...] = ()
    """What the form says and could not be taken over."""


def read_suggestion(body: str) -> Suggestion:
    """Return what the body of an issue suggests.

    Raises:
        SourceError: when the body is not that of the form, or names no work.
    """
    answers = _answers(body)
    if not answers["work"]:
        raise SourceError(f"the form's field `{FIELDS['work']}` is empty")
    code = safe_link(answers["code"])
    results, doubts = _results(answers["results"])
    if answers["code"] and code is None:
        doubts.append(
            Doubt("links", f"the form names no web address as code: {cleaned(answers['code'], 80)}")
        )
    topics = tuple(dict.fromkeys(re.findall(r"[a-z0-9/-]+", answers["topics"])))
    return Suggestion(answers["work"], answers["why"], topics, code, results, tuple(doubts))


def _answers(body: str) -> dict[str, str]:
    if len(body) > _LARGEST:
        raise SourceError(f"the issue is longer than {_LARGEST:,} characters")
    # Browsers send the line ends of a form as CRLF.
    lines = body.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    headings = [f"### {label}" for label in FIELDS.values()]
    places = []
    for number, line in enumerate(lines):
        if line.rstrip() in headings:
            places.append(number)
    found = [lines[number].rstrip() for number in places]
    if found != headings or any(line.strip() for line in lines[: places[0]]):
        raise SourceError(_not_the_form(found, headings))
    ends = [*places[1:], len(lines)]
    texts = ("\n".join(lines[a + 1 : b]) for a, b in zip(places, ends, strict=True))
    kept: dict[str, str] = {}
    for name, text in zip(FIELDS, texts, strict=True):
        kept[name] = _answer(text)
    return kept


def _not_the_form(found: list[str], headings: list[str]) -> str:
    why = "its headings are not in order, or have text before them"
    for heading in headings:
        name = heading.removeprefix("### ")
        times = found.count(heading)
        if times == 0:
            why = f"its heading `{name}` is missing"
            break
        if times > 1:
            why = f"its heading `{name}` is there {times} times, not once"
            break
    return f"this is not the form `Suggest a work`: {why}"


def _answer(text: str) -> str:
    """Return an answer without the fence that GitHub puts around code, or nothing for no answer."""
    lines = text.strip().split("\n")
    if len(lines) > 1 and re.fullmatch(r"```[a-z]*", lines[0]) and lines[-1] == "```":
        lines = lines[1:-1]
    answer = "\n".join(lines).strip()
    if answer == _NO_ANSWER:
        return ""
    return answer


def _results(text: str) -> tuple[tuple[dict[str, Any], ...], list[Doubt]]:
    results, doubts = [], []
    lines = []
    for line in text.split("\n"):
        if line.strip():
            lines.append(line)
    for line in lines[:_MOST_RESULTS]:
        try:
            results.append(_result(cleaned(line, 1000)))
        except SourceError as error:
            doubts.append(Doubt("results", f"not taken from the form, {error}: {cleaned(line, 160)}"))
    if len(lines) > _MOST_RESULTS:
        doubts.append(Doubt("results", f"the form has {len(lines)}; the first {_MOST_RESULTS} were read"))
    if results:
        doubts.append(Doubt("results", "from the form; look each up where it says that it is"))
    return tuple(results), doubts


def _result(line: str) -> dict[str, Any]:
    """Return the result in a line such as ``metric: speed-up; value: 2; unit: x; where: abstract; url: ...``.

    Raises:
        SourceError: when a part is missing, unknown or of the wrong form.
    """
    named = dict(_parts(line))
    numbers = _numbers(named)
    for name in _NEEDED:
        if not named.get(name):
            raise SourceError(f"{name}: Field required")
    source = {"url": named.pop("url"), **place_of(named.pop("where"))}
    # Whoever fills in a form writes words; ids are put in their place when the draft is made.
    words = {_WORDS.get(name, name): text for name, text in named.items()}
    value: dict[str, Any] = {**words, **numbers, "source": source}
    try:
        # A result needs an id; the draft gives it one, so any will do for the check.
        Result.model_validate({"id": "result", **value})
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise SourceError(f"{where[:40]}: {first['msg']}") from error
    return value


def _parts(line: str) -> Iterator[tuple[str, str]]:
    seen = set()
    # People write several results as a list.
    for part in line.removeprefix("- ").split(";"):
        name, colon, text = (piece.strip() for piece in part.partition(":"))
        if not (name or text):
            continue
        if not colon or name.lower() in seen:
            raise SourceError("write `name: value` parts with `;` between them, each name once")
        seen.add(name.lower())
        yield name.lower(), text


def _numbers(named: Mapping[str, str]) -> dict[str, float]:
    found: dict[str, float] = {}
    for name in _NUMBERS:
        if name in named:
            if not _NUMBER.match(named[name]):
                raise SourceError(f"{name} is no number")
            found[name] = float(named[name]) if "." in named[name] else int(named[name])
    return found


def fenced(text: str) -> str:
    """Return untrusted text as a Markdown block in which nothing is markup, a mention or a command."""
    runs = re.findall(r"`{3,}", text)
    # A fence of Markdown ends at as many backticks as it began with, so no run inside may be as long.
    fence = "`" * (max(map(len, runs), default=2) + 1)
    shown = "\n".join(printable(line) for line in text.split("\n"))
    return f"{fence}text\n{shown}\n{fence}"
