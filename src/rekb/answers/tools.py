"""What the tools of `rekb mcp` answer: functions from a knowledge base and arguments to a small text."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from pydantic import ValidationError

from rekb.answers.arguments import (
    TOOLS,
    Arguments,
    CiteArguments,
    CompareArguments,
    FindArguments,
    NumbersArguments,
    ShowArguments,
    VerifyArguments,
)
from rekb.answers.fitting import LINE, Answer, grouped, listed, pieces, shortened
from rekb.answers.library import Library
from rekb.answers.verify import by_citation, verdicts
from rekb.answers.works import sections
from rekb.api import Work
from rekb.errors import RekbError
from rekb.exports.selection import unknown_words
from rekb.kb.bench import Test, parts_of
from rekb.kb.documents import venue_label
from rekb.kb.numbers import Asked, Number, numbers, refuse_unknown
from rekb.kb.search import search
from rekb.kb.values import value_words
from rekb.meant import did_you_mean
from rekb.text import visible

_CELL = 110
"""Bytes of a cell, so that a row of six works fits."""
_NAME = 60
_MOST_NAMED = 8
_WORDS = 100
_LONGEST_ADDRESS = 200


def answer(library: Library, name: str, arguments: Mapping[str, Any]) -> str:
    """Return what a tool answers: JSON of at most 1,500 bytes.

    Args:
        library: the knowledge base.
        name: the tool.
        arguments: what the client sent, not checked yet.

    Raises:
        RekbError: for a tool, an argument or a word that does not exist; the message says what to write.
    """
    if name not in TOOLS:
        # The name is the client's: of any length, and perhaps with signs that a terminal obeys.
        raise RekbError(f"there is no tool `{visible(name)[:_NAME]}`; there are {', '.join(TOOLS)}")
    kind = TOOLS[name].arguments
    try:
        asked = kind.model_validate(arguments)
    except ValidationError as error:
        raise RekbError("\n".join(_faults(name, kind, error))) from None
    return _TOOLS[name](library, asked).text()


def _faults(name: str, kind: type[Arguments], error: ValidationError) -> Iterator[str]:
    known = list(kind.model_fields)
    for fault in error.errors(include_url=False):
        argument = visible(".".join(map(str, fault["loc"])))[:_NAME]
        if fault["type"] != "extra_forbidden":
            yield f"{name}: `{argument}`: {fault['msg']}"
            continue
        advice = did_you_mean(argument, known) or f"there are {', '.join(known)}"
        yield f"{name}: there is no argument `{argument}`; {advice}"


def _find(library: Library, asked: FindArguments) -> Answer:
    if not asked.words.strip() and not asked.query:
        raise RekbError("find: nothing to search for; give `words`, `query` or both")
    base = library.base
    fitting = frozenset(base.select(asked.query).keys)
    hits = [hit for hit in search(base.kb, asked.words) if hit.key in fitting]
    head: dict[str, Any] = {"total": len(hits)}
    if hits and not hits[0].is_whole:
        head["note"] = "no work holds every word; these hold most of them"
    works = [_found(library, base[hit.key]) for hit in hits]
    return Answer(head, works, listed("works"), asked.offset)


def _found(library: Library, work: Work) -> dict[str, Any]:
    fields: dict[str, Any] = {"key": work.key}
    if work.name != work.title:
        fields["name"] = shortened(work.name, _NAME)
    fields["title"] = shortened(work.title)
    fields["year"] = work.year
    fields["venue"] = shortened(f"{venue_label(library.base.kb, work.cited)} {work.cited.year}", _NAME)
    return fields | _page(library, work)


def _page(library: Library, work: Work) -> dict[str, str]:
    """Return where a work can be read: its page, else its file."""
    page = library.page(work.key)
    if page is None:
        return {"file": work.path}
    return {"page": page}


def _show(library: Library, asked: ShowArguments) -> Answer:
    work = library.base[library.key_of(asked.work)]
    levels = library.base.kb.config.reading.ids
    parts: dict[str, tuple[str, ...]] = {"authors": work.authors}
    for label, texts in sections(library, work, levels):
        parts[label.casefold()] = texts
    if work.url:
        parts["address"] = (work.url,)
    counts = {part: len(texts) for part, texts in parts.items()}
    if asked.part:
        part = asked.part.casefold()
        if fault := unknown_words("part", [part], parts):
            raise RekbError(f"{fault}\nthere are: {', '.join(parts)}")
        parts = {part: parts[part]}
    lines: list[tuple[str, str]] = []
    for part, texts in parts.items():
        lines.extend((part, line) for line in _lines(texts))
    head = {
        "key": work.key,
        "title": shortened(work.title),
        **_page(library, work),
        "parts": counts,
    }
    return Answer(head, lines, grouped, asked.offset)


def _lines(texts: Sequence[str]) -> Iterator[str]:
    for text in texts:
        yield from pieces(visible(text))


def _numbers(library: Library, asked: NumbersArguments) -> Answer:
    base = library.base.kb
    key = library.key_of(asked.work) if asked.work else None
    wanted = Asked(asked.metric, asked.model, asked.device, asked.resource, asked.phase, key)
    refuse_unknown(base, wanted)
    found = numbers(base, wanted)
    head = {"total": len(found)}
    return Answer(head, [_number(library, one) for one in found], listed("numbers"), asked.offset)


def _number(library: Library, one: Number) -> dict[str, Any]:
    """Return a result; what is not known is left out."""
    words = one.words
    texts = {
        "value": value_words(one.result),
        "metric": words.metric,
        "against": words.baseline,
        "model": words.model,
        "hardware": words.hardware,
        "setting": words.setting,
        "measured_by": words.measured_by,
        "source": words.where,
    }
    fields = {}
    for name, text in texts.items():
        if text:
            fields[name] = shortened(text, _WORDS)
    # An address that is cut leads nowhere, so a long one is left out.
    if 0 < len(words.address) <= _LONGEST_ADDRESS:
        fields["source_url"] = words.address
    return {"work": one.key, **fields, **_page(library, library.base[one.key])}


def _compare(library: Library, asked: CompareArguments) -> Answer:
    keys = _keys(library, asked.works)
    if len(keys) == 1:
        raise RekbError(f"compare: all of these are {keys[0]}; give two works or more")
    head: dict[str, Any] = {"works": list(keys)}
    page = library.comparison(keys)
    if page:
        head["page"] = page
    facts = [_facts(library, library.base[key]) for key in keys]
    rows = []
    for name in facts[0]:
        rows.append(_row(name, [of_work[name] for of_work in facts]))
    for test in parts_of(library.tests, keys):
        rows.append(_row(_conditions(test), [_value(test, key) for key in keys]))
    return Answer(head, rows, listed("rows"), asked.offset)


def _keys(library: Library, works: Sequence[str]) -> tuple[str, ...]:
    """Return the keys of works, each once."""
    return tuple(dict.fromkeys(map(library.key_of, works)))


def _facts(library: Library, work: Work) -> dict[str, str | None]:
    """Return what is compared of a work; `None` is not known."""
    base = library.base.kb
    entry = work.entry
    facts = {
        "name": work.name,
        "venue": f"{venue_label(base, work.cited)} {work.cited.year}",
        "topic": work.topics[0],
        "saves": _effects(work, "saves"),
        "costs": _effects(work, "costs"),
        "needs": _words(entry.requires),
        "hardware": _words(entry.hardware),
        "modalities": _words(entry.modalities or None),
    }
    for facet in base.config.own_facets:
        facts[base.config.title_of(facet)] = _words(entry.tags.get(facet))
    facts["code"] = None
    if entry.links.code:
        facts["code"] = entry.links.code.url
    facts["results"] = str(len(entry.results))
    return facts


def _row(name: str, cells: Sequence[str | None]) -> dict[str, Any]:
    """Return a row with a cell for each work, in the order of the works."""
    return {
        "row": shortened(name),
        "cells": [_cell(cell) for cell in cells],
    }


def _cell(text: str | None) -> str | None:
    if text is None:
        return None
    return shortened(text, _CELL)


def _effects(work: Work, change: str) -> str | None:
    """Return what a work saves or costs; `None` where no effect of the work is known at all."""
    effects = work.entry.effects
    if not effects:
        return None
    found = [f"{effect.resource} ({effect.phase})" for effect in effects if effect.change == change]
    return ", ".join(dict.fromkeys(found)) or "nothing stated"


def _words(words: Sequence[str] | None) -> str | None:
    # An empty list says that nothing is needed; an absent one that nobody knows.
    if words is None:
        return None
    if not words:
        return "nothing"
    return ", ".join(words)


def _conditions(test: Test) -> str:
    words = test.numbers[0].words
    return ", ".join(filter(None, (words.metric, words.model, words.hardware, words.setting)))


def _value(test: Test, key: str) -> str | None:
    """Return what a work reached in a test; `None` where it was not in it."""
    values = []
    for number in test.numbers:
        if number.key == key:
            values.append(value_words(number.result))
    return "; ".join(values) or None


def _cite(library: Library, asked: CiteArguments) -> Answer:
    keys = _keys(library, asked.works)
    citations = [library.base[key].cite(asked.style) for key in keys]
    if asked.style == "csl-json" and len(citations) > 1:
        # Objects one behind the other are no JSON: several works are a list of them.
        citations = ["[" + ",\n".join(citations) + "]"]
    lines: list[str] = []
    for citation in citations:
        lines.extend(_citation_pieces(citation))
    return Answer({"style": asked.style, "works": list(keys[:_MOST_NAMED])}, lines, _joined, asked.offset)


def _citation_pieces(citation: str) -> Iterator[str]:
    """Yield a citation in pieces that give the whole when they are put one behind the other."""
    for line in citation.splitlines(keepends=True):
        yield from pieces(line, LINE)
    if not citation.endswith("\n"):
        yield "\n"


def _joined(lines: Sequence[str]) -> Mapping[str, str]:
    return {"citation": "".join(lines)}


def _verify(library: Library, asked: VerifyArguments) -> Answer:
    return Answer({}, list(verdicts(library, asked)), by_citation, asked.offset)


_TOOLS: dict[str, Callable[[Library, Any], Answer]] = {
    "find": _find,
    "show": _show,
    "numbers": _numbers,
    "compare": _compare,
    "cite": _cite,
    "verify_citation": _verify,
}
