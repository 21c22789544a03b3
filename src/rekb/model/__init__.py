"""The data contract as pydantic models: no input or output, nothing of ours above them."""

from rekb.model.combines import CombinesFile
from rekb.model.config import Config
from rekb.model.entry import Entry
from rekb.model.facets import Facet, FacetFile, FacetValue, Venue, VenueFile
from rekb.model.paths import PathsFile
from rekb.model.topic import Topic
from rekb.model.vocabulary import DeviceFile, Measures, MetricFile, ModelFile
from rekb.model.watch import CandidateFile, DeclinedFile

__all__ = [
    "CandidateFile",
    "CombinesFile",
    "Config",
    "DeclinedFile",
    "DeviceFile",
    "Entry",
    "Facet",
    "FacetFile",
    "FacetValue",
    "Measures",
    "MetricFile",
    "ModelFile",
    "PathsFile",
    "Topic",
    "Venue",
    "VenueFile",
]
