"""Templates that were compiled once in a process are not compiled again by its next build.

Each build has a new Jinja, which compiles the theme's forty templates anew: a third of the time of a small
site. What comes of a template follows from its text alone, by which it is remembered here.
"""

from contextlib import suppress
from types import CodeType
from typing import Any

from jinja2 import BytecodeCache, Environment, TemplateAssertionError
from jinja2.bccache import Bucket
from mkdocs.theme import Theme

from rekb.site.templating import environment


class _Remembered(BytecodeCache):
    """Compiled templates by kind of Jinja, name, place and text."""

    def __init__(self) -> None:
        self.known: dict[tuple[type[Environment], bool, str, str], CodeType] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what is remembered of a template."""
        bucket.code = self.known.get(_name(bucket))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Remember what came of a template."""
        assert bucket.code is not None
        self.known[_name(bucket)] = bucket.code


def _name(bucket: Bucket) -> tuple[type[Environment], bool, str, str]:
    jinja = bucket.environment
    # What is not escaped compiles to other code.
    return type(jinja), bool(jinja.autoescape), bucket.key, bucket.checksum


def remember_templates() -> None:
    """Have every Jinja of this process remember what it compiles."""
    remembered = _Remembered()
    plain = Environment.__init__

    def made(self: Environment, *given: Any, **more: Any) -> None:
        plain(self, *given, **({"bytecode_cache": remembered} | more))

    Environment.__init__ = made  # type: ignore[method-assign] # each build makes its own


def compile_templates() -> None:
    """Compile the templates of our pages and of the theme, for all copies of this process."""
    for jinja in (environment(), Theme(name="material").get_env()):
        for name in jinja.list_templates(extensions=["html"]):
            # Some of the theme's are for plugins that we do not have.
            with suppress(TemplateAssertionError):
                jinja.get_template(name)
