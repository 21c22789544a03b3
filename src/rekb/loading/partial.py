"""A knowledge base of a few works and all vocabularies, for what needs no more of it."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any, TypeVar

from rekb.kb import KnowledgeBase
from rekb.kb.base import Unread, facet_values
from rekb.loading.layout import CONFIG, DEVICES, FACETS, METRICS, MODELS, VENUES
from rekb.loading.loader import Loading, measures_of
from rekb.model import Config, DeviceFile, Entry, FacetFile, MetricFile, ModelFile, Topic, VenueFile
from rekb.model.base import Model

M = TypeVar("M", bound=Model)
Values = Mapping[str, Any]
"""Path of a vocabulary, or of rekb.yaml, to its value."""
_VOCABULARIES = (CONFIG, FACETS, VENUES, METRICS, MODELS, DEVICES)


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
    venues = VenueFile.model_validate(values[VENUES]).venues
    measures = measures_of(
        _model(values, METRICS, MetricFile),
        _model(values, MODELS, ModelFile),
        _model(values, DEVICES, DeviceFile),
    )
    return KnowledgeBase(
        entries=entries,
        # Only the ids of topics are asked for; `model_construct` leaves out the checks that empty texts fail.
        topics=dict.fromkeys(topics, Topic.model_construct(title="", order=0, scope="")),
        facets=facet_values(FacetFile.model_validate(values[FACETS])),
        venues={venue.id: venue for venue in venues},
        documents=loading.documents,
        entry_paths=works,
        topic_paths=topics,
        measures=measures,
        unread=Unread(entries=frozenset(keys - entries.keys())),
        config=_model(values, CONFIG, Config) or Config(),
    )


def _model(values: Values, file: str, kind: type[M]) -> M | None:
    if file not in values:
        return None
    return kind.model_validate(values[file])
