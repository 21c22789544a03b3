"""From a knowledge base to its site: all pages and assets, as values."""

from importlib.resources import files

from rekb.kb import KnowledgeBase
from rekb.site.changes import changes_page, redirect_pages
from rekb.site.compare import compare_assets, compare_page
from rekb.site.coverage import coverage_page
from rekb.site.downloads import download_assets, downloads_page, topic_downloads
from rekb.site.entry import entry_page
from rekb.site.explore import explore_page
from rekb.site.feeds import feed_assets, feed_paths
from rekb.site.home import home_page
from rekb.site.listings import listing_pages
from rekb.site.machine import entry_file_assets, guide_asset
from rekb.site.models import has_models, models_page
from rekb.site.page import Asset, NavNode, Page, Site, SiteSettings
from rekb.site.statistics import statistics_page
from rekb.site.topic import topic_page, topics_page
from rekb.site.urls import MODELS, topic_path
from rekb.site.views import LinkView, Material

STATIC = ("rekb.css", "rekb-early.js", "rekb.js", "explore.js", "compare.js", "models.js")
"""Style sheet and scripts, in the order in which pages load them."""
OPTIONAL = frozenset({MODELS})
"""Pages that a knowledge base may do without; the navigation leaves them out where they are not made."""


def build_site(base: KnowledgeBase, settings: SiteSettings) -> Site:
    """Return every page and asset of the site.

    The result depends on `base` and `settings` alone: no clock, no network, no order of the disk.
    """
    material = Material.of(base)
    downloads = download_assets(material)
    pages: list[Page] = [home_page(material, settings), explore_page(material), topics_page(material)]
    pages += [
        topic_page(material, topic, settings.edit_base, _downloads(material, settings, topic))
        for topic in base.topics
    ]
    pages += [entry_page(material, key, settings.edit_base) for key in base.entries]
    pages += [page(material) for page in (compare_page, statistics_page, coverage_page)]
    if has_models(base):
        pages.append(models_page(material))
    pages += [changes_page(material, settings), *listing_pages(material), *redirect_pages(material)]
    pages.append(downloads_page(material, downloads))
    navigation = tuple(_nav_node(base, root) for root in base.children(None))
    assets = (
        *static_assets(),
        *downloads,
        *compare_assets(material),
        *entry_file_assets(material),
        *feed_assets(material, settings),
        guide_asset(material, settings),
    )
    return Site(tuple(pages), assets, navigation)


def _downloads(material: Material, settings: SiteSettings, topic: str) -> tuple[LinkView, ...]:
    if not material.index.under_topic.get(topic):
        return ()
    feed = (LinkView("Atom feed", feed_paths(topic_path(topic))[0]),) if settings.url else ()
    return (*topic_downloads(topic), *feed)


def static_assets() -> tuple[Asset, ...]:
    """Return the style sheet and scripts of the pages."""
    folder = files("rekb.site") / "static"
    return tuple(Asset(f"assets/rekb/{name}", (folder / name).read_bytes()) for name in STATIC)


def _nav_node(base: KnowledgeBase, topic_id: str) -> NavNode:
    children = tuple(_nav_node(base, child) for child in base.children(topic_id))
    return NavNode(base.topics[topic_id].title, topic_path(topic_id), children)
