"""The data contract as pydantic models: no input or output, nothing of ours above them."""

from rekb.model.config import Config
from rekb.model.entry import Entry
from rekb.model.facets import Facet, FacetFile, FacetValue, Venue, VenueFile
from rekb.model.topic import Topic

__all__ = ["Config", "Entry", "Facet", "FacetFile", "FacetValue", "Topic", "Venue", "VenueFile"]
