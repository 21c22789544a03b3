"""The pages of a knowledge base as values; what writes them to a site is above."""

from rekb.site.build import build_site
from rekb.site.page import Asset, NavNode, Page, SearchText, Site, SiteSettings

__all__ = ["Asset", "NavNode", "Page", "SearchText", "Site", "SiteSettings", "build_site"]
