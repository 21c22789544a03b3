"""Rules on the vocabularies of numbers: units, metrics, models and devices."""

from collections.abc import Iterator, Sequence

from rekb.checks.references import nearest
from rekb.checks.registry import Finding, Reads, rule
from rekb.checks.vocabulary import NUMBER_VOCABULARIES, rows
from rekb.kb import KnowledgeBase
from rekb.loading.layout import DEVICES, METRICS, MODELS
from rekb.model import Facet
from rekb.model.parts import variants_of
from rekb.yamlio.document import Path_


@rule("ambiguous-spelling", reads=Reads.TAXONOMY)
def ambiguous_spelling(base: KnowledgeBase) -> Iterator[Finding]:
    """A spelling leads to one unit, metric, model or device, or numbers end up under the wrong one.

    Example: `aliases: [A100]` at two devices
    Fix: keep the spelling at the word that it means.
    """
    for file, field in NUMBER_VOCABULARIES:
        if file in base.unread.measures:
            continue
        word_of: dict[str, str] = {}
        for path, row in rows(base, file, field):
            for spelling in dict.fromkeys((row["id"], row["label"], *row.get("aliases", ()))):
                # Units differ in capitals: Mb are no MB.
                mark = spelling if field == "units" else spelling.casefold()
                other = word_of.setdefault(mark, row["id"])
                if other != row["id"]:
                    message = f"`{spelling}` is a spelling of `{other}` too"
                    yield Finding(file, path, message, "keep one of them")


@rule("vocabulary-reference", facts=variants_of)
def vocabulary_reference(base: KnowledgeBase) -> Iterator[Finding]:
    """What metrics, models and devices name exists: a facet's word, a unit, a size of a model here.

    Example: `resource: ram` at a metric; `card: {entry: touvron2023llamac, variant: Llama 2 8B}` at a model
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
