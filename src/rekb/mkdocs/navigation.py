"""The navigation of mkdocs.yml with the topic tree in it, and without pages that are not made."""

from collections.abc import Iterable, Iterator
from typing import Any

from mkdocs.structure.files import Files, InclusionLevel

from rekb.site import NavNode, Page, Site
from rekb.site.outputs.sitemap import Place
from rekb.site.pages.registry import PAGE_KINDS

_TOPICS_PAGE = "topics/index.md"


def made(nav: list[Any], site: Site) -> list[Any]:
    """Return the navigation without pages that this knowledge base does without, such as the models page."""
    there = {page.src_uri for page in site.pages}
    missing = {kind.src_uri for kind in PAGE_KINDS.values() if kind.path is not None} - there
    return _without(nav, missing)


def _without(nav: list[Any], missing: set[str]) -> list[Any]:
    """Return a navigation without the pages that are missing, those below a heading included."""
    kept: list[Any] = []
    for part in nav:
        if isinstance(part, dict) and missing & _named(part):
            continue
        if isinstance(part, dict):
            kept.append(
                {
                    title: _without(below, missing) if isinstance(below, list) else below
                    for title, below in part.items()
                }
            )
        else:
            kept.append(part)
    return kept


def _named(part: dict[str, Any]) -> set[str]:
    found: set[str] = set()
    for value in part.values():
        if isinstance(value, str):
            found.add(value)
    return found


def labels(nav: list[Any]) -> dict[str, str]:
    """Return what the navigation calls each page, by its file; pages of ours have titles of their own."""
    found: dict[str, str] = {}
    for part in nav:
        if not isinstance(part, dict):
            continue
        for title, below in part.items():
            if isinstance(below, str):
                found[below] = title
            else:
                found |= labels(below)
    return found


def with_topics(nav: list[Any], tree: Iterable[NavNode]) -> list[Any]:
    """Return the navigation with the topic tree below the entry that points at topics/index.md."""

    def node(topic: NavNode) -> dict[str, Any]:
        page = f"{topic.path}index.md"
        return {topic.title: [page, *(node(child) for child in topic.children)] if topic.children else page}

    found = []
    for part in nav:
        if isinstance(part, dict) and _TOPICS_PAGE in part.values():
            title = next(iter(part))
            found.append({title: [_TOPICS_PAGE, *(node(topic) for topic in tree)]})
        else:
            found.append(part)
    return found


def places_of(files: Files) -> Iterator[Place]:
    """Yield the pages as the sitemap names them, without drafts and those that only lead on."""
    for file in files:
        if file.page is None or file.inclusion.value <= InclusionLevel.DRAFT.value:
            continue
        made = getattr(file.page, "made", None)
        if not isinstance(made, Page):
            # MkDocs calls the home page `./`; in a sitemap it is the site's address with nothing behind it.
            yield Place("" if file.url == "./" else file.url)
        elif not made.moved:
            yield Place(made.path, made.changed)
