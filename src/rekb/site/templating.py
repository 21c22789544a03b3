"""Jinja as the site uses it: autoescape, strict about names, one documented dataclass per template."""

from collections.abc import Callable
from dataclasses import fields
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from rekb.site.urls import relative
from rekb.text import amount


class _Quick(Environment):
    """An environment that looks a template up by its name alone: none changes while this runs."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.known: dict[str, Template] = {}

    def get_template(self, name: Any, *rest: Any, **more: Any) -> Template:
        """Return a template; rows and macros ask for theirs ten thousand times."""
        found = self.known.get(name)
        if found is None:
            found = super().get_template(name, *rest, **more)
            self.known[name] = found
        return found


@cache
def environment() -> Environment:
    """Return the one environment of all page templates."""
    loaded = _Quick(
        loader=PackageLoader("rekb.site"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    loaded.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
    loaded.filters["thousands"] = lambda number: f"{number:,}"
    loaded.filters["amount"] = amount
    return loaded


def render(template: str, path: str, context: Any) -> Markup:
    """Fill a template.

    Args:
        template: file name below ``templates/``.
        path: address of the page that is made; links are relative to it.
        context: the template's dataclass; its fields are the names the template knows.
    """
    names = {field.name: getattr(context, field.name) for field in fields(context)}
    filled = environment().get_template(template).render(**names, url=links_from(path))
    return Markup(filled)  # noqa: S704 - the environment escapes everything it fills in


def links_from(path: str) -> Callable[[str], str]:
    """Return what makes relative links on the page at `path`, as `relative` does."""
    up = "../" * path.count("/")
    folder = path.partition("/")[0]

    def link(target: str) -> str:
        if not target.startswith(("?", "#")) and target.partition("/")[0] not in ("", folder):
            return up + target
        return relative(path, target)

    return link


def head_files(path: str, *names: str) -> Markup:
    """Return the tags that load style sheets and scripts which only the page at `path` needs."""
    return Markup().join(_head_tag(relative(path, f"assets/rekb/{name}")) for name in names)


def _head_tag(link: str) -> Markup:
    if link.endswith(".css"):
        return Markup('<link rel="stylesheet" href="{}">').format(link)
    return Markup('<script src="{}" defer></script>').format(link)
