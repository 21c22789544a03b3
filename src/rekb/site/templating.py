"""Jinja as the site uses it: autoescape, strict about names, one documented dataclass per template."""

import re
from collections.abc import Callable
from dataclasses import fields
from functools import cache
from types import FunctionType
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Call, Expr, Name
from jinja2.runtime import Context
from markupsafe import Markup

from rekb.site.themetext import printed
from rekb.site.urls import relative
from rekb.text import amount

_INDENT = re.compile(r"^[ \t]+", re.MULTILINE)
_LINK = "url"
"""What templates call to make a link relative to their page."""
_CHIP = re.compile(
    r'(<span class="rekb-chip[^"]*") title="[^"]*"(>(?:<span aria-hidden="true">[^<]*</span> )?[^<]*</span>)'
)


class _Flush(PackageLoader):
    """Templates without the indents of their lines, which would be a twentieth of a page."""

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool] | None]:
        """Return a template's text, its file, and whether it is still the same."""
        text, file, same = super().get_source(environment, template)
        return _INDENT.sub("", text), file, same


class _Calling(Context):
    """A context that calls functions of ours, such as `url`, at once.

    Jinja first asks of each, a quarter of a million times in a build, whether it wants the context. Functions
    that do have a mark of Jinja among their attributes; macros are no functions. Both go the usual way.
    """

    def call(self, called: Any, /, *given: Any, **named: Any) -> Any:
        """Return what a function gives that a template calls."""
        if type(called) is not FunctionType or called.__dict__:
            return super().call(called, *given, **named)
        # What Jinja adds for functions that want the context.
        named.pop("_loop_vars", None)
        named.pop("_block_vars", None)
        return called(*given, **named)


class _Printing(CodeGenerator):
    """Jinja's compiler, with a way of ours to escape what is printed.

    Jinja makes an object of each text, half a million times in a build, and joins them to one text at once.
    """

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: Any) -> None:
        context = frame.eval_ctx
        if context.volatile or not context.autoescape or finalize.src is not None:
            super()._output_child_pre(node, frame, finalize)
        else:
            self.write("environment.printed(")

    def visit_Call(self, node: Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: FBT001, FBT002, N802 - Jinja's own signature
        """Write a call; `url`, the most frequent, is a function of ours that wants no context."""
        if isinstance(node.node, Name) and node.node.name == _LINK and not forward_caller:
            self.visit(node.node, frame)
            self.write("(")
            self.visit(node.args[0], frame)
            self.write(")")
        else:
            super().visit_Call(node, frame, forward_caller=forward_caller)


class _Quick(Environment):
    """An environment that looks a template up by its name alone: none changes while this runs."""

    context_class = _Calling
    code_generator_class = _Printing
    printed = staticmethod(printed)

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
        loader=_Flush("rekb.site"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        auto_reload=False,
    )
    # Jinja's own setting sorts keys and writes spaces. Letters may stay as they are: `tojson` itself
    # escapes the signs that mean something in HTML.
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


def render_list(template: str, path: str, context: Any) -> Markup:
    """Fill a template that shows many works; the first chip of each word alone says what the word means.

    A script gives the meaning to the others; see `meanings` in rekb.js.
    """
    said: set[tuple[str, str]] = set()

    def once(chip: re.Match[str]) -> str:
        word = (chip[1], chip[2])
        if word in said:
            return chip[1] + chip[2]
        said.add(word)
        return chip[0]

    return Markup(_CHIP.sub(once, render(template, path, context)))  # noqa: S704 - nothing is filled in


def links_from(path: str) -> Callable[[str], str]:
    """Return what makes relative links on the page at `path`, as `relative` does."""
    up = "../" * path.count("/")
    folder = path.partition("/")[0]
    known: dict[str, str] = {}

    def link(target: str) -> str:
        # Addresses in two folders of the root share nothing: the way is all up, then all down.
        if not target.startswith(("?", "#")) and target.partition("/")[0] not in ("", folder):
            return up + target
        found = known.get(target)
        if found is None:
            found = known[target] = relative(path, target)
        return found

    return link


def head_files(path: str, *names: str) -> Markup:
    """Return the tags that load style sheets and scripts which only the page at `path` needs."""
    return Markup().join(_head_tag(relative(path, f"assets/rekb/{name}")) for name in names)


def _head_tag(link: str) -> Markup:
    if link.endswith(".css"):
        return Markup('<link rel="stylesheet" href="{}">').format(link)
    # A deferred script runs when the page is read, so the elements that it looks for are there.
    return Markup('<script src="{}" defer></script>').format(link)
