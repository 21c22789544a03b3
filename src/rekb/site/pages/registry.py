"""The kinds of pages: one row for each. Build, navigation, new surveys, tests and audits read this table."""

from rekb.kb.reproductions import has_reproductions
from rekb.site.calculator.rows import has_models
from rekb.site.kind import PageKind, Place
from rekb.site.pages.bibliography import bibliography_assets, bibliography_page
from rekb.site.pages.changes import changes_page, redirect_pages
from rekb.site.pages.combines import combines_assets, combines_pages, has_combines
from rekb.site.pages.compare import compare_assets, compare_page
from rekb.site.pages.coverage import coverage_page
from rekb.site.pages.downloads import downloads_page
from rekb.site.pages.entry import entry_pages
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
from rekb.site.pages.topic import relations_assets, topic_pages, topics_page
from rekb.site.parts.views import Material
from rekb.site.urls import (
    BIBLIOGRAPHY,
    BROWSE,
    CHANGES,
    COMBINES,
    COMPARE,
    COVERAGE,
    DOWNLOADS,
    EXPLORE,
    FINDER,
    HOME,
    LEARN,
    MEASURED,
    MODELS,
    REPRODUCTIONS,
    STATISTICS,
    TOPICS,
)

TABS = ("Home", "Explore", "Topics", "Numbers", "Learn", "About")
"""The tabs of the navigation, in order."""


# The order is that of the sitemap and of pages in the search.
_ROWS = (
    PageKind(
        id="home",
        path=HOME,
        place=Place("Home", "Home", 1),
        pages=lambda given: (home_page(given.material, given.settings),),
    ),
    PageKind(
        id="explore",
        path=EXPLORE,
        place=Place("Explore", "All works", 1),
        pages=lambda given: (explore_page(given.material, given.settings),),
        assets=lambda given: (*coins_assets(given.material), *explore_assets(given.material)),
        loads=("explore.css", "explore.js", "exploring.js"),
    ),
    PageKind(
        id="topics",
        path=TOPICS,
        place=Place("Topics", "Topics", 1),
        pages=lambda given: (topics_page(given.material),),
    ),
    PageKind(id="topic", pages=topic_pages, assets=relations_assets, loads=("pick.js",)),
    PageKind(id="entry", pages=entry_pages),
    PageKind(
        id="finder",
        path=FINDER,
        place=Place("Explore", "Finder", 2),
        pages=lambda given: (finder_page(given.material),),
        loads=("finder.js",),
    ),
    PageKind(
        id="compare",
        path=COMPARE,
        place=Place("Explore", "Compare", 4),
        pages=lambda given: (compare_page(given.material),),
        assets=lambda given: compare_assets(given.material),
        loads=("compare.js",),
    ),
    PageKind(
        id="bibliography",
        path=BIBLIOGRAPHY,
        place=Place("Explore", "Bibliography", 5),
        pages=lambda given: (bibliography_page(given.material),),
        assets=lambda given: bibliography_assets(given.material),
        loads=("bibliography.js",),
    ),
    PageKind(
        id="statistics",
        path=STATISTICS,
        place=Place("Numbers", "Statistics", 5),
        pages=lambda given: (statistics_page(given.material),),
        assets=lambda given: statistics_assets(given.material),
    ),
    PageKind(
        id="coverage",
        path=COVERAGE,
        place=Place("About", "Coverage", 1),
        pages=lambda given: (coverage_page(given.material),),
    ),
    PageKind(
        id="measured",
        path=MEASURED,
        place=Place("Numbers", "Measured", 2),
        has=lambda material: bool(material.tests),
        once="one source put several works to the same test",
        pages=lambda given: (measured_page(given.material),),
    ),
    PageKind(
        id="reproductions",
        path=REPRODUCTIONS,
        place=Place("Numbers", "Measured again", 3),
        has=lambda material: has_reproductions(material.base),
        once="somebody measured a number again",
        pages=lambda given: (reproductions_page(given.material),),
    ),
    PageKind(
        id="models",
        path=MODELS,
        place=Place("Numbers", "Planner", 1),
        has=lambda material: has_models(material.base),
        once="an entry has the figures of a model",
        pages=lambda given: (models_page(given.material),),
        assets=lambda given: models_assets(given.material),
        loads=("planner.css", "planner.js", "models.js", "config.js"),
    ),
    PageKind(
        id="learn",
        path=LEARN,
        place=Place("Learn", "Reading paths", 1),
        has=lambda material: bool(material.base.paths),
        once="taxonomy/paths.yaml has a reading path",
        pages=lambda given: learn_pages(given.material),
        loads=("learn.css", "learn.js"),
    ),
    PageKind(
        id="combines",
        path=COMBINES,
        place=Place("Numbers", "What combines", 4),
        has=has_combines,
        once="taxonomy/combines.yaml says what combines",
        pages=lambda given: combines_pages(given.material),
        assets=lambda given: combines_assets(given.material),
    ),
    PageKind(
        id="changes",
        path=CHANGES,
        place=Place("About", "Changes", 2),
        pages=lambda given: (changes_page(given.material, given.settings),),
    ),
    PageKind(
        id="browse",
        path=BROWSE,
        place=Place("Explore", "Browse", 3),
        pages=lambda given: listing_pages(given.material),
    ),
    PageKind(id="moved", pages=lambda given: redirect_pages(given.material)),
    PageKind(
        id="downloads",
        path=DOWNLOADS,
        place=Place("About", "Downloads", 3),
        pages=lambda given: (downloads_page(given.material, given.settings, given.downloads),),
        assets=lambda given: given.downloads,
    ),
)
PAGE_KINDS: dict[str, PageKind] = {}
for _row in _ROWS:
    PAGE_KINDS[_row.id] = _row


def kinds_of(material: Material) -> tuple[PageKind, ...]:
    """Return the kinds of pages for which a knowledge base has something to show."""
    return tuple(kind for kind in PAGE_KINDS.values() if kind.has(material))


def pages_of_tab(tab: str) -> list[tuple[Place, PageKind]]:
    """Return the kinds of a tab of the navigation, with their places, in order."""
    found: list[tuple[Place, PageKind]] = []
    for kind in PAGE_KINDS.values():
        if kind.place and kind.place.tab == tab:
            found.append((kind.place, kind))
    return sorted(found, key=lambda pair: pair[0].order)
