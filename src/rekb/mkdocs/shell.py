"""What the theme puts around a page, rendered once for all pages of one shape.

Most pages of a knowledge base differ in a few texts alone: title, description, addresses, body. For each
shape (the same folder, the same parts) the theme's template is rendered once for a page that has marks in
their place; every page of the shape is that text with its own in place of the marks. Nothing is taken on
trust: the first two pages of a shape are rendered by the template as well, and a shape that differs in one
sign goes on as before.
"""

import copy
import re
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click
from jinja2 import Environment, Template
from markupsafe import Markup, escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page as MkDocsPage

from rekb.mkdocs.htmlpage import HtmlPage, body_note
from rekb.mkdocs.passing import pass_over_ours
from rekb.mkdocs.squeeze import squeezed_around
from rekb.mkdocs.unchanged import Unchanged, config_digest, digest_of
from rekb.site.urls import relative

PAGE_TEMPLATE = "main.html"
_KNOWN_PLUGINS = ("rekb.mkdocs.", "mkdocs.contrib.search", "material.plugins.search")
"""Whose changes to a page's context are known: ours makes none, and the search passes over pages of ours."""
_CHECKED = 2
_MARK = "rekbshell"
_AS_HTML, _AS_TEXT, _ESCAPED = "&quot;", "&#34;", "&amp;quot;"
"""What becomes of a quotation mark: kept as HTML, read as text and escaped anew, or escaped twice."""
_FOUND = re.compile(rf"{_MARK}({_AS_HTML}|{_AS_TEXT}|{_ESCAPED})(\w+?)\1|((?:\.\./)*){_MARK}-(\d+)-")
_SPOILT = re.compile(r"edit|blob|raw|view")
"""What templates replace in the address of a page's source."""


@dataclass(frozen=True, slots=True)
class Slots:
    """The texts of one page, by what they are."""

    texts: Mapping[str, str]
    """Front matter that differs from page to page, the body and the addresses; `Markup` is HTML."""
    alternates: tuple[str, ...]
    """Relative links to the page in other formats."""

    def digest(self, body: str) -> str:
        """Return what stands for these texts, and for which of them are HTML; `body` stands for the body."""
        texts = sorted(self.texts.items() - {("content", self.texts["content"])})
        printed = (f"{name} {isinstance(text, Markup)} {text}" for name, text in texts)
        return digest_of(body, *printed, *self.alternates)


@dataclass(slots=True)
class Shape:
    """The pages of one shape."""

    parts: list[str | Callable[[Slots], str]] | None = None
    """What is between the marks, and how each mark is filled; None until it is needed."""
    digest: str = ""
    """What stands for `parts`."""
    checked: int = 0
    trusted: bool = True


@dataclass(slots=True)
class Shells:
    """The shapes of one build; `render` gives the same text as the template, sooner."""

    config: MkDocsConfig
    nav: Navigation | None = None
    unchanged: Unchanged | None = None
    """What of the site before can stay; a page that does is rendered as an empty text, never written."""
    icons: Mapping[str, str] = field(default_factory=dict)
    """Drawings around pages to the classes that stand for them."""
    _shapes: dict[Hashable, Shape] = field(default_factory=dict)
    _is_reported: bool = False
    _surroundings: str | None = None
    rendered: int = 0
    """How often the template was rendered; what tests count."""

    def install(self, env: Environment) -> None:
        """Let an environment of MkDocs give out the page template with our way to render it."""
        if reason := strange(self.config):
            self._report(reason)
            return
        pass_over_ours(self.config)
        plain = env.get_template

        def get_template(name: Any, *rest: Any, **more: Any) -> Any:
            found = plain(name, *rest, **more)
            asked_for_a_page = name == PAGE_TEMPLATE and not rest and not more
            return (
                _Joined(self, found) if asked_for_a_page else found
            )  # a template that extends it says its name

        env.get_template = get_template  # type: ignore[method-assign] # MkDocs asks the environment for each page

    def render(self, template: Template, context: Mapping[str, Any]) -> str:
        """Return the finished text of the context's page; nothing where its file stays as it is."""
        page = context.get("page")
        if not isinstance(page, MkDocsPage):
            return self._plain(template, context)
        key = shape_key(page)
        if key is None:
            return self._one(template, context, page)
        shape = self._shapes.setdefault(key, Shape())
        if not shape.trusted:
            return self._one(template, context, page)
        slots = slots_of(page)
        if shape.parts is None:
            text = self._plain(template, {**context, "page": marked(page)})
            shape.parts = parts_of(text, slots)
            shape.digest = digest_of(text, *sorted(slots.texts))
        made_from = digest_of(shape.digest, slots.digest(body_of(page)))
        if self._stays_joined(shape, page.file.dest_uri, made_from):
            return ""
        filled(page)
        slots = slots_of(page)
        joined = "".join(part if isinstance(part, str) else part(slots) for part in shape.parts)
        if shape.checked < _CHECKED:
            return self._check(shape, joined, self._plain(template, context), page.file.dest_uri, made_from)
        return joined

    def _one(self, template: Template, context: Mapping[str, Any], page: MkDocsPage) -> str:
        """Return the text of a page that stands for itself, such as one in the navigation."""
        if self.unchanged:
            around = self._around()
        else:
            around = ""
        if around:
            made_from = digest_of(around, page_digest(page))
        else:
            made_from = ""
        if self.unchanged and around and self.unchanged.take(page.file.dest_uri, made_from):
            return ""
        filled(page)
        return self._plain(template, context)

    def _around(self) -> str:
        """Return what stands for all that templates print around any page; nothing if that cannot be said."""
        if self._surroundings is None:
            config = config_digest(self.config)
            self._surroundings = digest_of(config, nav_digest(self.nav)) if config and self.nav else ""
        return self._surroundings

    def _stays_joined(self, shape: Shape, name: str, made_from: str) -> bool:
        """Whether a page stays; one that has to be checked only if it was found right as it is."""
        if self.unchanged is None:
            return False
        if shape.checked >= _CHECKED:
            return self.unchanged.take(name, made_from)
        if not self.unchanged.was_right(shape.digest, name) or not self.unchanged.take(name, made_from):
            return False
        self._found_right(shape, name)
        return True

    def _found_right(self, shape: Shape, name: str) -> None:
        shape.checked += 1
        if self.unchanged:
            self.unchanged.found_right(shape.digest, name)

    def _plain(self, template: Template, context: Mapping[str, Any]) -> str:
        self.rendered += 1
        page = context.get("page")
        if isinstance(page, MkDocsPage):
            content = page.content or ""
        else:
            content = ""
        return squeezed_around(template.render(context), content, self.icons)

    def _check(self, shape: Shape, joined: str, plain: str, name: str, made_from: str) -> str:
        if joined != plain:
            shape.trusted = False
            self._report("its template does more with a page than is known here")
            return plain
        self._found_right(shape, name)
        if self.unchanged:
            self.unchanged.note(name, made_from)
        return plain

    def _report(self, reason: str) -> None:
        if not self._is_reported:
            click.echo(f"rekb: pages are rendered one by one, which takes longer: {reason}", err=True)
            self._is_reported = True


@dataclass(frozen=True, slots=True)
class _Joined:
    """A template as MkDocs uses it."""

    shells: Shells
    template: Template

    def render(self, context: Mapping[str, Any]) -> str:
        return self.shells.render(self.template, context)


def strange(config: MkDocsConfig) -> str:
    """Return what may change pages in a way that is not known here, or nothing."""
    if config.theme.name != "material":
        return f"the theme is {config.theme.name}"
    own = config.theme.custom_dir
    if own and any(Path(own).rglob("*.html")):
        return "templates of your own stand in theme.custom_dir"
    for change in config.plugins.events.get("page_context", ()):
        module = getattr(change, "__module__", "") or ""
        if not module.startswith(_KNOWN_PLUGINS):
            return f"{module} changes what pages are rendered with"
    return ""


def shape_key(page: MkDocsPage) -> Hashable | None:
    """Return what pages have in common that one text fits; None for a page that stands for itself."""
    if not hasattr(page, "made") or in_nav(page) or page.is_homepage or _SPOILT.search(_origin(page)):
        return None
    fixed = {}
    for name, value in page.meta.items():
        if name not in _VARYING:
            fixed[name] = value
    alternates = fixed.pop("rekb_alternates", [])
    kinds = tuple((one["type"], one["title"]) for one in alternates)
    present = tuple(name for name in _VARYING if page.meta.get(name))
    folder = page.url.rstrip("/").rpartition("/")[0]
    # Material writes a heading of its own above a body that has no `<h1`, so that is a part of the shape.
    ways = (bool(page.canonical_url), bool(page.edit_url), has_heading(page))
    # The theme's links begin with `../` once for each folder above the page, so the depth counts, too.
    return (folder, page.url.count("/"), repr(sorted(fixed.items())), kinds, present, ways)


def in_nav(page: MkDocsPage) -> bool:
    """Whether a page is in the navigation."""
    if page.parent is not None:
        return True
    if page.previous_page is not None:
        return True
    return page.next_page is not None


def body_of(page: MkDocsPage) -> str:
    """Return what stands for the body of a page, which need not be made for that."""
    if isinstance(page, HtmlPage):
        return page.body
    return body_note(page.content or "")


def has_heading(page: MkDocsPage) -> bool:
    """Whether the body of a page brings its own heading."""
    return body_of(page).endswith("True")


def filled(page: MkDocsPage) -> None:
    """Make the body of a page that is rendered after all."""
    if isinstance(page, HtmlPage):
        page.fill()


def page_digest(page: MkDocsPage) -> str:
    """Return what stands for all that the theme's templates read of a page itself."""
    printed = (page.title, page.url, page.canonical_url, page.edit_url, page.file.src_uri, page.is_homepage)
    return digest_of(repr(printed), repr(sorted(page.meta.items())), str(page.toc), body_of(page))


def nav_digest(nav: Navigation) -> str:
    """Return what stands for all that the theme's templates read of the navigation."""
    return digest_of(*(_in_words(part) for part in nav.items))


def _in_words(part: object) -> str:
    if isinstance(part, Section):
        return repr((part.title, [_in_words(child) for child in part.children]))
    if isinstance(part, MkDocsPage):
        shown = () if hasattr(part, "made") else sorted(part.meta.items())  # ours have no icon and no status
        return repr((part.title, part.url, part.is_homepage, shown))
    return repr((getattr(part, "title", ""), getattr(part, "url", "")))


_VARYING = ("title", "description", "rekb_head", "rekb_card", "rekb_changed")
"""Front matter whose text differs from page to page."""


def slots_of(page: MkDocsPage) -> Slots:
    """Return the texts of a page."""
    texts = {}
    for name in _VARYING:
        if page.meta.get(name):
            texts[name] = page.meta[name]
    texts["name"] = page.title or ""
    texts["content"] = page.content or ""
    texts["canonical"] = page.canonical_url or ""
    texts["origin"] = _origin(page)
    paths = (one["path"] for one in page.meta.get("rekb_alternates", ()))
    return Slots(texts, tuple(relative(page.url, path) for path in paths))


def marked(page: MkDocsPage) -> MkDocsPage:
    """Return a page of the same shape with marks in place of its texts."""
    # Copies: MkDocs writes the page itself afterwards, under the address that its file has.
    stand_in = copy.copy(page)
    stand_in.file = copy.copy(page.file)
    folder = page.url.rstrip("/").rpartition("/")[0]
    stand_in.file.url = f"{folder}/{_MARK}/" if folder else f"{_MARK}/"
    stand_in.meta = dict(page.meta)
    for name in _VARYING:
        if page.meta.get(name):
            stand_in.meta[name] = _mark(name, html=isinstance(page.meta[name], Markup))
    alternates = page.meta.get("rekb_alternates", ())
    stand_in.meta["rekb_alternates"] = [
        {**one, "path": f"{_MARK}-{number}-"} for number, one in enumerate(alternates)
    ]
    stand_in.title = _mark("name", html=isinstance(page.title, Markup))
    heading = "<h1" if has_heading(page) else ""
    stand_in.content = f"{_mark('content', html=False)}{heading}"
    stand_in.canonical_url = _mark("canonical", html=False) if page.canonical_url else page.canonical_url
    if page.edit_url:  # templates look into what is before the file, and replace a word of it
        stand_in.edit_url = page.edit_url.removesuffix(_origin(page)) + _mark("origin", html=False)
    return stand_in


def _origin(page: MkDocsPage) -> str:
    """Return the data file behind a page of ours, or nothing."""
    return getattr(getattr(page, "made", None), "source", None) or ""


def _mark(name: str, *, html: bool) -> str:
    text = f"{_MARK}{_AS_HTML}{name}{_AS_HTML}"
    return Markup(text) if html else text  # noqa: S704 - a fixed text of ours


def parts_of(text: str, slots: Slots) -> list[str | Callable[[Slots], str]]:
    """Return the text of a marked page as what is between the marks, and how each mark is filled.

    A mark of which the shape's pages have no text stays where it is; such a shape is not joined.
    """
    parts: list[str | Callable[[Slots], str]] = []
    end = 0
    for found in _FOUND.finditer(text):
        if not found[4] and found[2] not in slots.texts:
            continue
        parts.append(text[end : found.start()])
        parts.append(_filling(found))
        end = found.end()
        # This heading was only in the mark for the theme to see; each body brings its own.
        if found[2] == "content" and text.startswith("<h1", end):
            end += len("<h1")
    return [*parts, text[end:]]


def _filling(found: re.Match[str]) -> Callable[[Slots], str]:
    if found[4]:
        number = int(found[4])
        return lambda slots: slots.alternates[number]
    name = found[2]
    if found[1] == _AS_HTML:
        return lambda slots: str(slots.texts[name])
    if found[1] == _AS_TEXT:
        return lambda slots: str(escape(Markup(slots.texts[name]).striptags()))  # noqa: S704 - what the template does
    return lambda slots: str(escape(slots.texts[name]))
