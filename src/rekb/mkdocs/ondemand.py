"""Pages and files that are made one by one: while a site is served, when a browser asks; in a build, in turn.

What is asked for is made from the knowledge base as it is then, so after a change nothing else is made again
and nothing can be stale. MkDocs knows every page as before, for the navigation and for links; only its loop
over pages passes over ours. In a build, no page is held longer than it takes to write it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock

from jinja2 import Environment
from mkdocs.commands.build import _build_page, _populate_page
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage

from rekb.mkdocs.unchanged import Unchanged
from rekb.site import Asset, Site
from rekb.site.parts.reading import ALL


class WaitingFile(File):
    """A page or file of ours that MkDocs knows and does not write."""

    waits = False
    """Whether the loops over pages pass over it."""

    def wait(self) -> None:
        """Be passed over from now on; where it will stand is worked out before."""
        # MkDocs works these out once, on first use, and asks then whether the file is a page.
        _ = self.dest_uri, self.url
        self.waits = True

    def is_documentation_page(self) -> bool:
        """Whether it is a page that MkDocs is to make."""
        if self.waits:
            return False
        return super().is_documentation_page()

    def copy_file(self, dirty: bool = False) -> None:  # noqa: FBT001, FBT002 - MkDocs' own signature
        """Write nothing: the file is made when it is asked for."""


@dataclass(slots=True)
class OnDemand:
    """The pages and files of one state of the knowledge base; those that were asked for stand on the disk."""

    config: MkDocsConfig
    env: Environment
    nav: Navigation
    files: Files
    pages: Mapping[str, MkDocsPage]
    """Pages by the file that a browser asks for: ``papers/x/index.html``."""
    assets: Mapping[str, Asset]
    """Other files, likewise."""
    made: set[str] = field(default_factory=set)
    """What was asked for, and is there; what tests count."""
    _lock: Lock = field(default_factory=Lock)

    def make(self, name: str) -> None:
        """Make a page or file of ours, unless it is there already; other names are passed over."""
        if name not in self.pages and name not in self.assets:
            return
        # A browser asks for several files at once, and the server answers each request in its own thread.
        with self._lock:
            if name in self.made:
                return
            if name in self.pages:
                self._make_page(self.pages[name])
            else:
                target = Path(self.config.site_dir) / name
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(self.assets[name].content)
            self.made.add(name)

    def make_all(self, unchanged: Unchanged) -> None:
        """Make all pages and files that cannot stay as they are."""
        for page in self.pages.values():
            self._make_page(page)
        for name, asset in self.assets.items():
            if unchanged.take_known(name):
                continue
            with unchanged.readings.noted() as read:
                content = asset.content
            unchanged.made_file(name, content, _works_behind(asset, read, unchanged))

    def _make_page(self, page: MkDocsPage) -> None:
        _populate_page(page, self.config, self.files)
        _build_page(page, self.config, [], self.nav, self.env)
        page.content = None


def _works_behind(asset: Asset, read: set[str], unchanged: Unchanged) -> set[str]:
    """Return the works that a file is made from; `ALL` where any may be behind it."""
    if asset.work:
        return {asset.work, *read}
    if asset.page:
        return unchanged.works_of_body(f"{asset.page}index.html")
    return {ALL}


def same_places(one: Site, two: Site) -> bool:
    """Whether two states have the same pages at the same places, under the same navigation."""
    if one.navigation != two.navigation:
        return False
    return [p.path for p in one.pages] == [p.path for p in two.pages]
