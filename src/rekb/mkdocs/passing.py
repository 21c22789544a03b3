"""The theme's search plugin passes over pages of ours: it indexes none of them, and looks through each.

They are excluded from its index. Still it cuts the marks that are meant for it from every body, sign by sign,
which took a tenth of a build. Pages without such marks are the same without that.
"""

from collections.abc import Callable
from typing import Any

from mkdocs.config.defaults import MkDocsConfig

from rekb.mkdocs.htmlpage import HtmlPage

_SEARCH = "material.plugins.search"
_MARK = "data-search-"
"""How the attributes begin that the plugin reads and cuts."""


def pass_over_ours(config: MkDocsConfig) -> None:
    """Let the search plugin see only pages that people write, and those of ours that hold a mark for it."""
    handlers = config.plugins.events["page_context"]
    for place, handler in enumerate(handlers):
        owner = type(getattr(handler, "__self__", None)).__module__
        if owner.startswith(_SEARCH):
            # Handlers run by priority, then as mkdocs.yml lists them: a wrapper takes its handler's place.
            handlers[place] = _for_others(handler)


def _for_others(handler: Callable[..., Any]) -> Callable[..., Any]:
    def on_page_context(context: Any, *, page: Any, **given: Any) -> Any:
        if isinstance(page, HtmlPage) and _MARK not in (page.content or ""):
            return context
        return handler(context, page=page, **given)

    return on_page_context
