"""What a kind of page is: a row of the table in `pages/registry.py`, and what its pages are made from."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from rekb.site.page import Asset, Page, SiteSettings
from rekb.site.parts.relations import RelationsView
from rekb.site.parts.views import Material


@dataclass(frozen=True, slots=True)
class Given:
    """What the pages of every kind are made from."""

    material: Material
    """The knowledge base and what is derived from it."""
    settings: SiteSettings
    """What the site is called, and where it is."""
    downloads: tuple[Asset, ...]
    """The files of the whole knowledge base and of each topic."""
    relations: Mapping[str, Callable[[], RelationsView | None]]
    """What draws who builds on whom in a topic; its page and its file show one drawing, made once."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the navigation has a kind of page."""

    tab: str
    """The tab, one of `TABS`."""
    label: str
    """What the tab calls the page."""
    order: int
    """Its place among the pages of the tab."""


def no_assets(_: Given) -> tuple[Asset, ...]:
    """Return no files: what a kind has that needs none."""
    return ()


def always(_: Material) -> bool:
    """Return true: every knowledge base has what such a kind shows."""
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class PageKind:
    """A kind of page: one row says all that others need to know of it."""

    id: str
    """Its name in lists and reports."""
    path: str | None = None
    """Address of its page, or of the first of them; none where every page belongs to a work or a topic."""
    pages: Callable[[Given], Iterable[Page]]
    """What makes its pages."""
    place: Place | None = None
    """Where the navigation has it; none where other pages lead to it."""
    has: Callable[[Material], bool] = always
    """Whether a knowledge base has anything to show on it; without, neither pages nor files are made."""
    once: str = ""
    """When that is, in words for people who write a `mkdocs.yml`."""
    assets: Callable[[Given], Iterable[Asset]] = no_assets
    """What makes the files that come with it."""
    loads: tuple[str, ...] = ()
    """Scripts and style sheets that only its pages load; see `templating.head_files`."""

    @property
    def src_uri(self) -> str:
        """Path of the Markdown file by which a navigation names its page; see `Page.src_uri`."""
        return f"{self.path}index.md"
