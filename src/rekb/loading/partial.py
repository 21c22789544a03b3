"""A knowledge base of a few works and all vocabularies, for what needs no more of it."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any, Generic, TypeVar

from rekb.kb import KnowledgeBase
from rekb.kb.base import Unread, facet_values
from rekb.loading.layout import CONFIG, DEVICES, FACETS, METRICS, MODELS, VENUES
from rekb.loading.loader import Loading
from rekb.model import Config, Entry, FacetFile, Measures, Topic, Venue
from rekb.model.base import Model
from rekb.model.vocabulary import Device, KnownModel, Metric, Unit

M = TypeVar("M", bound=Model)
Values = Mapping[str, Any]
"""Path of a vocabulary, or of rekb.yaml, to its value."""
_VOCABULARIES = (CONFIG, FACETS, VENUES, METRICS, MODELS, DEVICES)


class Words(Mapping[str, M], Generic[M]):
    """The words of a vocabulary by id, each made when it is asked for: a work names few of them."""

    def __init__(self, rows: list[dict[str, Any]], kind: type[M]) -> None:
        """Begin with the values of words that were read without a fault."""
        self._rows = {str(row["id"]): row for row in rows}
        self._kind = kind
        self._made: dict[str, M] = {}

    def __getitem__(self, word: str) -> M:
        if word not in self._made:
            self._made[word] = self._kind.model_validate(self._rows[word])
        return self._made[word]

    def __contains__(self, word: object) -> bool:
        return word in self._rows

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def values_of(base: KnowledgeBase) -> Values:
    """Return the values of the vocabularies that are there."""
    found = {}
    for file in _VOCABULARIES:
        if file in base.documents:
            found[file] = base.documents[file].value
    return found


def partial_base(
    root: Path, works: Mapping[str, str], keys: AbstractSet[str], values: Values, topics: Mapping[str, str]
) -> KnowledgeBase | None:
    """Return a knowledge base that holds some works; None where one of them has faults.

    Args:
        root: the knowledge base's folder.
        works: the keys of these works, each with the path of its file.
        keys: the keys of all works; those that are not among `works` count as not read.
        values: the vocabularies.
        topics: the ids of all topics, each with the path of its file; nothing else of them is known.
    """
    loading = Loading(root)
    entries = {}
    for key, path in works.items():
        entry = loading.model(path, Entry)
        if entry is None or loading.report.diagnostics:
            return None
        entries[key] = entry
    measures = Measures(
        units=_words(values, METRICS, "units", Unit),
        metrics=_words(values, METRICS, "metrics", Metric),
        models=_words(values, MODELS, "models", KnownModel),
        devices=_words(values, DEVICES, "devices", Device),
    )
    return KnowledgeBase(
        entries=entries,
        # Only the ids of topics are asked for; `model_construct` leaves out the checks that empty texts fail.
        topics=dict.fromkeys(topics, Topic.model_construct(title="", order=0, scope="")),
        facets=facet_values(FacetFile.model_validate(values[FACETS])),
        venues=Words(values[VENUES]["venues"], Venue),
        documents=loading.documents,
        entry_paths=works,
        topic_paths=topics,
        measures=measures,
        unread=Unread(entries=frozenset(keys - entries.keys())),
        config=_model(values, CONFIG, Config) or Config(),
    )


def _words(values: Values, file: str, field: str, kind: type[M]) -> Words[M] | None:
    """Return the words of a vocabulary of numbers; None where it has no file, and then any word will do."""
    if file not in values:
        return None
    return Words(values[file][field], kind)


def _model(values: Values, file: str, kind: type[M]) -> M | None:
    if file not in values:
        return None
    return kind.model_validate(values[file])
