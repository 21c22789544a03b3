"""From a knowledge base to its site: all pages and assets, as values."""

from collections.abc import Callable
from dataclasses import replace
from functools import cache, partial
from importlib.resources import files

from rekb.kb import KnowledgeBase
from rekb.kb.reproductions import has_reproductions
from rekb.site.calculator.rows import has_models
from rekb.site.outputs.badges import badge_assets
from rekb.site.outputs.dataset import croissant_assets
from rekb.site.outputs.feeds import feed_assets, feed_paths
from rekb.site.outputs.machine import entry_file_assets, guide_assets
from rekb.site.outputs.scripts import CLASSIC, COMMON, page_script
from rekb.site.outputs.search_index import search_assets
from rekb.site.outputs.static_words import with_words
from rekb.site.outputs.styles import STYLES, style_sheet
from rekb.site.page import Alternate, Asset, NavNode, Page, Site, SiteSettings
from rekb.site.pages.bibliography import bibliography_assets, bibliography_page
from rekb.site.pages.changes import changes_page, redirect_pages
from rekb.site.pages.combines import combines_assets, combines_pages, has_combines
from rekb.site.pages.compare import compare_assets, compare_page
from rekb.site.pages.coverage import coverage_page
from rekb.site.pages.downloads import download_assets, downloads_page, topic_downloads
from rekb.site.pages.entry import entry_page
from rekb.site.pages.explore import coins_assets, explore_page
from rekb.site.pages.explore_data import explore_assets
from rekb.site.pages.finder import finder_page
from rekb.site.pages.home import home_page
from rekb.site.pages.learn import learn_pages
from rekb.site.pages.listings import listing_pages
from rekb.site.pages.measured import measured_page
from rekb.site.pages.models import models_assets, models_page
from rekb.site.pages.reproductions import reproductions_page
from rekb.site.pages.statistics import statistics_assets, statistics_page
from rekb.site.pages.topic import topic_page, topics_page
from rekb.site.parts.relations import RelationsView, relations_asset, relations_view, topics_with_ties
from rekb.site.parts.views import LinkView, Material
from rekb.site.urls import COMBINES, LEARN, MEASURED, MODELS, REPRODUCTIONS, topic_path

STATIC = ("rekb.css", "rekb-early.js", COMMON)
"""Style sheet and scripts of every page, in the order in which pages load them."""
PAGE_STATIC = (
    "explore.css", "ranking.js", "explore.js", "exploring.js", "finder.js", "compare.js",
    "bibliography.js", "pick.js",
)  # fmt: skip
"""Files that only some pages load, by `Page.head`, or when they are used first."""
_OF_MODELS = ("planner.css", "models.js")
"""Files of the planner; a knowledge base without models has none of its words."""
_FONT = ("fonts/rekb-sans.woff2", "fonts/rekb-sans-OFL.txt")
"""The font of all text, and its licence."""
_OF_PATHS = ("learn.css", "learn.js")
"""Files of reading paths."""
_WORDED = ("rekb.css", "explore.css", "rekb-early.js")
"""Files that hold words of the configuration; see `words.with_words`."""
OPTIONAL = frozenset({COMBINES, LEARN, MEASURED, MODELS, REPRODUCTIONS})
"""Pages that a knowledge base may do without; the navigation leaves them out where they are not made."""


def build_site(base: KnowledgeBase, settings: SiteSettings, material: Material | None = None) -> Site:
    """Return every page and asset of the site.

    The result depends on `base` and `settings` alone: no clock, no network, no order of the disk.
    `material` is what is derived from `base`, where somebody has it already.
    """
    material = material or Material.of(base)
    downloads = download_assets(material)
    pages: list[Page] = [
        home_page(material, settings),
        explore_page(material, settings),
        topics_page(material),
    ]
    # A topic's page and its file show one drawing; whichever is asked for first makes it.
    graphs = {topic: cache(partial(relations_view, material, topic)) for topic in base.topics}
    pages += [_topic_page(material, settings, topic, graph) for topic, graph in graphs.items()]
    pages += [entry_page(material, key, settings) for key in base.entries]
    pages += [page(material) for page in (finder_page, compare_page, bibliography_page)]
    pages += [statistics_page(material), coverage_page(material)]
    if material.tests:
        pages.append(measured_page(material))
    if has_reproductions(base):
        pages.append(reproductions_page(material))
    if has_models(base):
        pages.append(models_page(material))
    if base.paths:
        pages += learn_pages(material)
    if has_combines(material):
        pages += combines_pages(material)
    pages += [changes_page(material, settings), *listing_pages(material), *redirect_pages(material)]
    pages.append(downloads_page(material, settings, downloads))
    navigation = tuple(_nav_node(base, root) for root in base.children(None))
    assets = (
        *static_assets(base),
        *downloads,
        *croissant_assets(material, settings, downloads),
        *compare_assets(material),
        *bibliography_assets(material),
        *coins_assets(material),
        *explore_assets(material),
        *entry_file_assets(material),
        *badge_assets(material, settings),
        *feed_assets(material, settings),
        *guide_assets(material, settings),
        *statistics_assets(material),
        *models_assets(material),
        *(combines_assets(material) if has_combines(material) else ()),
        *(relations_asset(material, topic, graphs[topic]) for topic in topics_with_ties(material)),
        *search_assets(material, pages),
    )
    return Site(tuple(pages), assets, navigation)


def _topic_page(
    material: Material, settings: SiteSettings, topic: str, graph: Callable[[], RelationsView | None]
) -> Page:
    page = topic_page(material, topic, settings, _downloads(material, settings, topic), graph)
    feed = Alternate("application/atom+xml", page.title, feed_paths(page.path)[0])
    has_feed = settings.url and material.index.under_topic.get(topic)
    return replace(page, alternates=(feed,) if has_feed else ())


def _downloads(material: Material, settings: SiteSettings, topic: str) -> tuple[LinkView, ...]:
    if not material.index.under_topic.get(topic):
        return ()
    feed = (LinkView("Atom feed", feed_paths(topic_path(topic))[0]),) if settings.url else ()
    return (*topic_downloads(topic), *feed)


def static_assets(base: KnowledgeBase) -> tuple[Asset, ...]:
    """Return the style sheets and scripts of the pages, with the words of a knowledge base."""
    names = [*STATIC, *PAGE_STATIC, *_FONT]
    if has_models(base):
        names += _OF_MODELS
    if base.paths:
        names += _OF_PATHS
    assets = {name: _static(name) for name in names}
    for name in _WORDED:
        assets[name] = with_words(assets[name], base)
    found: list[Asset] = []
    for name, content in assets.items():
        found.append(Asset(f"assets/rekb/{name}", content))
    return tuple(found)


def _static(name: str) -> bytes:
    """Return a file as pages load it: sheets and scripts are joined from parts, all but the early script."""
    if name in STYLES:
        return style_sheet(name).encode()
    if name in CLASSIC or name in _FONT:
        return (files("rekb.site") / "static" / name).read_bytes()
    return page_script(name).encode()


def _nav_node(base: KnowledgeBase, topic_id: str) -> NavNode:
    children = tuple(_nav_node(base, child) for child in base.children(topic_id))
    return NavNode(base.topics[topic_id].title, topic_path(topic_id), children)
