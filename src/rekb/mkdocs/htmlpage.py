"""A page of ours as MkDocs sees it."""

from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import TableOfContents

from rekb.mkdocs.unchanged import Unchanged, digest_of
from rekb.site import Page
from rekb.site.outputs.cards import card_path
from rekb.site.parts.reading import ALL
from rekb.site.themetext import theme_meta, theme_text


class HtmlPage(MkDocsPage):
    """A page whose body is finished HTML: neither Markdown nor front matter is looked for in it."""

    def __init__(
        self,
        made: Page,
        file: File,
        config: MkDocsConfig,
        edit_address: str | None,
        *,
        cards: bool,
        label: str = "",
    ) -> None:
        super().__init__(label or theme_text(made.title if made.path else "Home"), file, config)
        self.made = made
        self.cards = cards
        self.edit_url = edit_address
        self.present_anchor_ids = set()
        self.unchanged: Unchanged | None = None
        self.body = ""

    @property
    def is_index(self) -> bool:
        """Whether a heading of the navigation leads here: its first page, though all files are called so."""
        if self.parent is None:
            return super().is_index
        return self.parent.children[0] is self

    def read_source(self, config: MkDocsConfig) -> None:  # noqa: ARG002 - MkDocs' own signature
        """Take the page's metadata from the value it was made of."""
        self.markdown = ""
        self.meta = page_meta(self.made, cards=self.cards)

    def render(self, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002 - MkDocs' own signature
        """Take the body as it is; one that is that of the last build is made only where it is needed."""
        self.toc = TableOfContents([])
        self.body = self.unchanged.known_body(self.file.dest_uri) if self.unchanged else ""
        self.content = ""
        if not self.body:
            self.fill()

    def fill(self) -> None:
        """Make the body, unless it is there."""
        if self.content:
            return
        if self.unchanged is None:
            self.content = str(self.made.body)
            self.body = body_note(self.content)
            return
        with self.unchanged.readings.noted() as read:
            self.content = str(self.made.body)
        self.body = body_note(self.content)
        self.unchanged.made_body(self.file.dest_uri, self.body, read if self.made.reads else {ALL})


def body_note(content: str) -> str:
    """Return what stands for a body: its digest, and whether it has a heading, which the theme asks."""
    return f"{digest_of(content)} {'<h1' in content}"


def page_meta(page: Page, *, cards: bool = False) -> dict[str, Any]:
    """Return the front matter that the theme reads for one of our pages; what it prints of it is HTML."""
    if page.sidebar:
        hidden = ["toc"]
    else:
        hidden = ["navigation", "toc"]
    meta: dict[str, Any] = {
        "description": page.description,
        "hide": hidden,
        "search": {"exclude": True},
    }
    if page.path:  # the home page is called by the site's name alone
        meta["title"] = page.title
    if page.head:
        meta["rekb_head"] = str(page.head)
    if page.alternates:
        meta["rekb_alternates"] = [
            {"type": a.media_type, "title": a.label, "path": a.path} for a in page.alternates
        ]
    marks = {"rekb_article": page.article, "rekb_moved": page.moved, "rekb_changed": page.changed}
    marks |= {"rekb_card": card_path(page.path) if cards else ""}
    folder, mark, _ = page.path.partition("/")
    marks["rekb_folder"] = folder + mark
    return theme_meta(meta | {name: value for name, value in marks.items() if value})
