"""Works as answers: what a search found, one work whole, a reported number."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from rekb.answers.library import Library
from rekb.api import Work
from rekb.kb import KnowledgeBase
from rekb.kb.documents import venue_label
from rekb.kb.numbers import Number
from rekb.kb.results import result_words
from rekb.kb.values import value_words
from rekb.model import Entry
from rekb.model.keys import identifiers
from rekb.model.record import Record
from rekb.model.results import Result

if TYPE_CHECKING:
    from rekb.answers.json_of_works import FoundWork, NumberRow


def found_work(library: Library, work: Work, *, is_whole: bool = True) -> "FoundWork":
    """Return a work as a search lists it."""
    from rekb.answers.json_of_works import FoundWork  # noqa: PLC0415 - only where JSON is wanted

    return FoundWork(
        key=work.key,
        name=work.name,
        title=work.title,
        authors=work.authors,
        year=work.year,
        venue=venue_label(library.base.kb, work.cited),
        venue_year=work.cited.year,
        topics=work.topics,
        holds_every_word=is_whole,
        page=library.page(work.key),
        path=work.path,
        url=work.url or None,
    )


def shown_work(library: Library, work: Work, level: str | None = None) -> dict[str, Any]:
    """Return one work whole, as the schema of `ShownWork` describes it: the fields as the file has them.

    Args:
        library: the knowledge base.
        work: one of its works.
        level: the one reading level that is wanted; all when `None`.
    """
    from rekb.answers.json_of_works import SCHEMA_VERSION  # noqa: PLC0415 - only where JSON is wanted

    fields = dict(library.base.kb.documents[work.path].value)
    if level and "summary" in fields:
        fields["summary"] = {level: work.summary(level)}
    named_by = []
    for key, relation in library.index.cited_by.get(work.key, ()):
        named_by.append({"key": key, "relation": relation.type, "page": library.page(key)})
    return {
        "schema_version": SCHEMA_VERSION,
        "page": library.page(work.key),
        "path": work.path,
        "url": work.url or None,
        "work": {"key": work.key, **fields},
        "named_by": named_by,
    }


def number_row(library: Library, one: Number) -> "NumberRow":
    """Return a result with its ids, its words, and what its metric says of it."""
    from rekb.answers.json_of_works import NumberRow  # noqa: PLC0415 - only where JSON is wanted

    result = one.result
    words = one.words
    return NumberRow(
        entry=one.key,
        id=result.id,
        metric=result.metric,
        metric_words=words.metric,
        resource=words.resource,
        phase=words.phase,
        better=words.better,
        kind=words.kind,
        comparator=result.comparator,
        value=result.value,
        upper=result.upper,
        unit=result.unit,
        baseline=words.baseline,
        baseline_entry=result.baseline_entry,
        baseline_value=result.baseline_value,
        model=result.model,
        model_words=words.model,
        device=result.device,
        device_count=result.device_count,
        hardware_words=words.hardware,
        setting=words.setting,
        measured_by=words.measured_by,
        source=words.where,
        source_url=words.address,
        read_in=words.read_in,
        page=library.page(one.key),
    )


Row = tuple[str, str, str]
"""First public year; name and title; where and when it appeared."""
Section = tuple[str, tuple[str, ...]]
"""A heading and the texts below it."""
Marked = tuple[str, str, tuple[str, ...]]
"""A reading level, or nothing; a heading; the texts below it."""


def sections(library: Library, work: Work, levels: tuple[str, ...]) -> Iterator[Section]:
    """Yield a work as headings with texts, those without a text left out; `rekb show` prints them."""
    for _, label, texts in marked_sections(library, work, levels):
        yield label, texts


def marked_sections(library: Library, work: Work, levels: tuple[str, ...]) -> Iterator[Marked]:
    """Yield the same, each after the reading level that it belongs to; after an empty text where to none."""
    for level, (label, texts) in _sections(library, work, levels):
        found = tuple(filter(str.strip, texts))
        if found:
            yield level, label, found


def row_of(base: KnowledgeBase, work: Work) -> Row:
    """Return a work as a search lists it in a line."""
    # `FlashAttention: FlashAttention: Fast ...` would say the name twice.
    has_name = work.name != work.title and not work.title.startswith(work.name)
    if has_name:
        name = f"{work.name}: "
    else:
        name = ""
    return str(work.year), f"{name}{work.title}", f"{venue_label(base, work.cited)} {work.cited.year}"


def _sections(library: Library, work: Work, levels: tuple[str, ...]) -> Iterator[tuple[str, Section]]:
    base = library.base.kb
    for section in _before(base, work.entry):
        yield "", section
    for level in levels:
        yield level, (base.config.levels[level].label, tuple(work.summary(level).split("\n")))
    for section in _behind(library, work):
        yield "", section


def _before(base: KnowledgeBase, entry: Entry) -> Iterator[Section]:
    """Yield what is before the summary."""
    yield "Records", tuple(_record(base, record) for record in entry.records)
    yield "Topics", entry.topics
    yield "Effects", tuple(f"{e.change} {e.resource} ({e.phase}): {e.how}" for e in entry.effects)
    yield "Requires", _words(entry.requires)
    yield "Hardware", _words(entry.hardware)
    for facet in base.config.own_facets:
        words = ", ".join(entry.tags.get(facet, ()))
        yield base.config.title_of(facet), (words,)


def _behind(library: Library, work: Work) -> Iterator[Section]:
    """Yield what is behind the summary."""
    base = library.base.kb
    entry = work.entry
    yield "Results", tuple(_result(base, work.key, result) for result in entry.results)
    yield "Relations", tuple(f"{r.type} {r.entry}" for r in entry.relations)
    named_by = library.index.cited_by.get(work.key, ())
    yield "Named by", tuple(f"{other} ({relation.type})" for other, relation in named_by)
    if entry.links.code:
        yield "Code", (entry.links.code.url,)
    yield "Checked", _checked(entry)


def _words(words: tuple[str, ...] | None) -> tuple[str, ...]:
    """Return words in a line; not known is no line, and an empty list says that nothing is needed."""
    if words is None:
        return ()
    return (", ".join(words) or "nothing special",)


def _checked(entry: Entry) -> tuple[str, ...]:
    if entry.checked is None:
        return ("not yet",)
    return (str(entry.checked.on), *entry.checked.pages())


def _record(base: KnowledgeBase, record: Record) -> str:
    if record.month:
        month = f"-{record.month:02}"
    else:
        month = ""
    ids = "".join(f", {scheme} {value}" for scheme, value in identifiers(record))
    return f"{record.year}{month}  {venue_label(base, record)}{ids}"


def _result(base: KnowledgeBase, key: str, result: Result) -> str:
    words = result_words(base, key, result)
    conditions = (
        ("vs", words.baseline), ("on", words.model), ("with", words.hardware), ("at", words.setting),
        ("measured by", words.measured_by),
    )  # fmt: skip
    around = "".join(f", {word} {value}" for word, value in conditions if value)
    return f"{words.metric}: {value_words(result)}{around} [{words.where}]"
