"""The data contract as pydantic models: no input or output, nothing of ours above them.

Importing this package is cheap: tables beside the models, such as that of identifiers, are read alone.
"""

from typing import TYPE_CHECKING

from rekb.later import later

if TYPE_CHECKING:
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
_HOMES = {
    "CombinesFile": "rekb.model.combines",
    "Config": "rekb.model.config",
    "Entry": "rekb.model.entry",
    "Facet": "rekb.model.facets",
    "FacetFile": "rekb.model.facets",
    "FacetValue": "rekb.model.facets",
    "Venue": "rekb.model.facets",
    "VenueFile": "rekb.model.facets",
    "PathsFile": "rekb.model.paths",
    "Topic": "rekb.model.topic",
    "DeviceFile": "rekb.model.vocabulary",
    "Measures": "rekb.model.vocabulary",
    "MetricFile": "rekb.model.vocabulary",
    "ModelFile": "rekb.model.vocabulary",
    "CandidateFile": "rekb.model.watch",
    "DeclinedFile": "rekb.model.watch",
}
"""Where each name is made."""

__getattr__ = later(globals(), _HOMES)
