"""Rules on the taxonomy's own files: venues, vocabularies, the order of topics."""

from collections.abc import Iterator, Sequence
from typing import Any

from rekb.checks.references import nearest
from rekb.checks.registry import Finding, rule
from rekb.kb import KnowledgeBase
from rekb.loading.layout import DEVICES, FACETS, METRICS, MODELS, VENUES
from rekb.model import Facet
from rekb.model.parts import variants_of
from rekb.yamlio.document import Path_

_NUMBERS = ((METRICS, "units"), (METRICS, "metrics"), (MODELS, "models"), (DEVICES, "devices"))
"""The vocabularies of numbers: file and field."""


def _rows(base: KnowledgeBase, file: str, field: str) -> Iterator[tuple[Path_, dict[str, Any]]]:
    """Yield the rows of a vocabulary as written; the models keep one row of each id only."""
    document = base.documents.get(file)
    if document is None:
        return
    for number, row in enumerate(document.value.get(field, ())):
        yield (field, number), row


@rule("repeated-id")
def repeated_id(base: KnowledgeBase) -> Iterator[Finding]:
    """A word of a vocabulary has one meaning.

    Example: two venues with `id: icml`.
    Fix: keep one.
    """
    # A file that could not be read as a vocabulary may hold rows without an id.
    vocabularies: list[tuple[str, str]] = []
    if not base.unread.venues:
        vocabularies.append((VENUES, "venues"))
    if not base.unread.facets:
        vocabularies.extend((FACETS, facet) for facet in base.facets)
    vocabularies.extend((file, field) for file, field in _NUMBERS if file not in base.unread.measures)
    for file, field in vocabularies:
        seen: set[str] = set()
        for path, row in _rows(base, file, field):
            if row["id"] in seen:
                yield Finding(file, (*path, "id"), f"`{row['id']}` is in `{field}` twice", "keep one")
            seen.add(row["id"])


@rule("ambiguous-venue")
def ambiguous_venue(base: KnowledgeBase) -> Iterator[Finding]:
    """A spelling leads to one venue, or what is read from elsewhere ends up at the wrong one.

    Example: `accepts: [ICML]` at the workshops of ICML.
    Fix: keep the spelling at the venue that it means.
    """
    if base.unread.venues:
        return
    venue_of: dict[str, str] = {}
    for path, row in _rows(base, VENUES, "venues"):
        spellings = [row["id"], row["name"], row["short"], *row.get("accepts", ())]
        # A venue may write its short form twice, as id and as name; only another venue's is at fault.
        for spelling in dict.fromkeys(text.casefold() for text in spellings):
            other = venue_of.setdefault(spelling, row["id"])
            if other != row["id"]:
                message = f"`{spelling}` is a spelling of `{other}` too"
                yield Finding(VENUES, path, message, "keep one of them")


@rule("topic-order")
def topic_order(base: KnowledgeBase) -> Iterator[Finding]:
    """Topics below one node stand in an order of their own; two cannot stand in one place.

    Example: `order: 2` in two files of one folder.
    Fix: number them anew.
    """
    seen: dict[tuple[str, int], str] = {}
    for topic_id, topic in base.topics.items():
        place = (topic_id.rpartition("/")[0], topic.order)
        other = seen.setdefault(place, topic_id)
        if other != topic_id:
            message = f"`{other}` has order {topic.order} too"
            yield Finding(base.topic_paths[topic_id], ("order",), message, "number them anew")


@rule("ambiguous-spelling")
def ambiguous_spelling(base: KnowledgeBase) -> Iterator[Finding]:
    """A spelling leads to one unit, metric, model or device, or numbers end up under the wrong one.

    Example: `aliases: [A100]` at two devices
    Fix: keep the spelling at the word that it means.
    """
    for file, field in _NUMBERS:
        if file in base.unread.measures:
            continue
        word_of: dict[str, str] = {}
        for path, row in _rows(base, file, field):
            for spelling in dict.fromkeys((row["id"], row["label"], *row.get("aliases", ()))):
                # Units differ in capitals: Mb are no MB.
                mark = spelling if field == "units" else spelling.casefold()
                other = word_of.setdefault(mark, row["id"])
                if other != row["id"]:
                    message = f"`{spelling}` is a spelling of `{other}` too"
                    yield Finding(file, path, message, "keep one of them")


@rule("vocabulary-reference")
def vocabulary_reference(base: KnowledgeBase) -> Iterator[Finding]:
    """What metrics, models and devices name exists: a facet's word, a unit, a size of a model here.

    Example: `resource: ram` at a metric; `card: {entry: touvron2023llama, variant: Llama 2 8B}` at a model
    Fix: write a word of taxonomy/facets.yaml, a unit of taxonomy/metrics.yaml, or the size as its entry
    names it.
    """
    for file, path, word, known in _references(base):
        if word not in known:
            hint = nearest(word, known, f"known: {', '.join(known)}" if known else "it has none")
            yield Finding(file, path, f"there is no `{word}`", hint)


def _references(base: KnowledgeBase) -> Iterator[tuple[str, Path_, str, Sequence[str]]]:
    """Yield what the vocabularies of numbers name elsewhere: file, field, word, and the words there are."""
    facets = {facet: tuple(base.facets.get(facet, {})) for facet in Facet}
    for number, metric in enumerate((base.measures.metrics or {}).values()):
        if not base.unread.facets:
            yield METRICS, ("metrics", number, "resource"), metric.resource, facets[Facet.RESOURCE]
        if metric.phase and not base.unread.facets:
            yield METRICS, ("metrics", number, "phase"), metric.phase, facets[Facet.PHASE]
    units = base.measures.units
    for number, device in enumerate((base.measures.devices or {}).values()):
        if not base.unread.facets:
            yield DEVICES, ("devices", number, "kind"), device.kind, facets[Facet.HARDWARE]
        if device.memory and units is not None:
            yield DEVICES, ("devices", number, "memory", "unit"), device.memory.unit, tuple(units)
    for number, model in enumerate((base.measures.models or {}).values()):
        if model.card is None or base.unread.has_entry(model.card.entry):
            continue
        path: Path_ = ("models", number, "card")
        if model.card.entry not in base.entries:
            yield MODELS, (*path, "entry"), model.card.entry, tuple(base.entries)
        else:
            variants = variants_of(base.entries[model.card.entry])
            yield MODELS, (*path, "variant"), model.card.variant, tuple(v.name for v in variants)
