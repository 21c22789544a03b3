"""What the site part yields: pages, assets and the settings they depend on."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """What a site is called and where it and its source live; all of it comes from mkdocs.yml."""

    name: str
    """The site's name, as the header shows it."""
    description: str
    """One sentence about the site."""
    url: str
    """Absolute address of the site, ending in ``/``; empty when not known."""
    edit_base: str
    """Address before which a data file's path makes an edit link; empty without a repository."""
    offline: bool = False
    """Whether an offline copy is packed beside the site."""
    report_base: str = ""
    """Address of the form by which mistakes are reported, to which fields are added; empty without one."""
    commit: str = ""
    """Short name of the commit of the data; empty where there is no git."""


@dataclass(frozen=True, slots=True)
class SearchText:
    """How the search boxes find a page that is neither a work nor a topic."""

    title: str
    """What a hit shows first."""
    text: str
    """What a hit shows below it, whose words lead here too."""
    name: str = ""
    """What readers call it, where that is not the title."""
    lists_works: bool = False
    """Whether it lists works: hits of these are called pages, all others help."""


@dataclass(frozen=True, slots=True)
class Alternate:
    """A page's content in another format."""

    media_type: str
    """Such as ``application/x-bibtex``."""
    label: str
    """What readers call the format."""
    path: str
    """Address below the site's root."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page: where it is, and its finished HTML body."""

    path: str
    """Address below the site's root, ending in ``/``; the home page is the empty string."""
    title: str
    """Title of the page, plain text."""
    made: str | Callable[[], str]
    """HTML of the page, or what makes it: a page that nobody asks for is not made."""
    reads: bool = False
    """Whether `made` reads all that it needs of works when it is called, so that it can be noted."""
    description: str = ""
    """For search engines and previews, plain text."""
    head: str = ""
    """HTML for the document's head, such as citation tags."""
    source: str | None = None
    """The data file behind the page, relative to the root."""
    search: SearchText | None = None
    """What the search boxes find it by; works and topics are found by their own words."""
    sidebar: bool = False
    """Whether the navigation is shown beside it."""
    wide: bool = False
    """Whether the page uses the full width."""
    alternates: tuple["Alternate", ...] = ()
    """The same content in other formats."""
    article: bool = False
    """Whether previews call it an article."""
    changed: str = ""
    """The day on which its data changed last, as ``2026-11-24``."""
    moved: bool = False
    """Whether it only leads on to another page."""

    @property
    def body(self) -> str:
        """HTML of the page; it never passes through Markdown."""
        if isinstance(self.made, str):
            return self.made
        return self.made()

    @property
    def src_uri(self) -> str:
        """Path of the Markdown file that this page has in a docs folder."""
        # MkDocs gives `a/index.md` the address `a/`.
        return f"{self.path}index.md"


@dataclass(frozen=True, slots=True)
class Asset:
    """A file that is not a page: style sheet, script, download."""

    path: str
    """Address below the site's root."""
    made: bytes | Callable[[], bytes]
    """Its bytes, or what makes them."""
    work: str = ""
    """The work that it is of, and by which it can stay: its bytes follow from that work, from works that are
    read while it is made, and from what is no work. Empty for a file that may follow from any."""
    page: str = ""
    """Address of a page whose body is made from the same works, or more, and by which the file can stay; the
    two may share what was worked out. Empty where there is none."""

    @property
    def content(self) -> bytes:
        """Its bytes."""
        if isinstance(self.made, bytes):
            return self.made
        return self.made()


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that is derived from a knowledge base."""

    pages: tuple[Page, ...]
    """All pages, home first."""
    assets: tuple[Asset, ...]
    """All other files."""
    navigation: tuple["NavNode", ...]
    """The topic tree, for the sidebar."""


@dataclass(frozen=True, slots=True)
class NavNode:
    """A topic in the navigation."""

    title: str
    """Its name."""
    path: str
    """Address of its page."""
    children: tuple["NavNode", ...] = ()
    """Topics below it."""
