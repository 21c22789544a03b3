"""From a knowledge base to its site: all pages and assets, as values."""

from collections.abc import Iterable
from functools import cache, partial
from importlib.resources import files

from rekb.kb import KnowledgeBase
from rekb.site.kind import Given, PageKind
from rekb.site.outputs.badges import badge_assets
from rekb.site.outputs.dataset import croissant_assets
from rekb.site.outputs.feeds import feed_assets
from rekb.site.outputs.machine import entry_file_assets, guide_assets
from rekb.site.outputs.scripts import CLASSIC, COMMON, page_script
from rekb.site.outputs.search_index import search_assets
from rekb.site.outputs.static_words import with_words
from rekb.site.outputs.styles import STYLES, style_sheet
from rekb.site.page import Asset, NavNode, Page, Site, SiteSettings
from rekb.site.pages.downloads import download_assets
from rekb.site.pages.registry import kinds_of
from rekb.site.parts.relations import relations_view
from rekb.site.parts.views import Material
from rekb.site.urls import topic_path

STATIC = ("rekb.css", "rekb-early.js", COMMON)
"""Style sheet and scripts of every page, in the order in which pages load them."""
SEARCH_SCRIPT = "ranking.js"
"""What every search box fetches when it is used first."""
_FONT = ("fonts/rekb-sans.woff2", "fonts/rekb-sans-OFL.txt")
"""The font of all text, and its licence."""
_WORDED = ("rekb.css", "explore.css", "rekb-early.js")
"""Files that hold words of the configuration; see `words.with_words`."""


def build_site(base: KnowledgeBase, settings: SiteSettings, material: Material | None = None) -> Site:
    """Return every page and asset of the site.

    The result depends on `base` and `settings` alone: no clock, no network, no order of the disk.
    `material` is what is derived from `base`, where somebody has it already.
    """
    material = material or Material.of(base)
    given = _given(material, settings)
    kinds = kinds_of(material)
    pages: list[Page] = []
    of_kinds: list[Asset] = []
    for kind in kinds:
        pages += kind.pages(given)
        of_kinds += kind.assets(given)
    assets = (
        *static_assets(base, kinds),
        *of_kinds,
        *croissant_assets(material, settings, given.downloads),
        *entry_file_assets(material),
        *badge_assets(material, settings),
        *feed_assets(material, settings),
        *guide_assets(material, settings, frozenset(page.path for page in pages)),
        *search_assets(material, pages),
    )
    navigation = tuple(_nav_node(base, root) for root in base.children(None))
    return Site(tuple(pages), assets, navigation)


def _given(material: Material, settings: SiteSettings) -> Given:
    relations = {}
    for topic in material.base.topics:
        # A topic's page and its file show one drawing; whichever is asked for first makes it.
        relations[topic] = cache(partial(relations_view, material, topic))
    return Given(material, settings, download_assets(material), relations)


def static_assets(base: KnowledgeBase, kinds: Iterable[PageKind]) -> tuple[Asset, ...]:
    """Return the style sheets and scripts of these kinds of pages, with the words of a knowledge base."""
    names = [*STATIC, SEARCH_SCRIPT, *_FONT]
    for kind in kinds:
        names += kind.loads
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
