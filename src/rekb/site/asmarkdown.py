"""A page as a file for any engine that reads Markdown: front matter, and the body as a block of raw HTML."""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import yaml

from rekb.site.themetext import theme_meta

_NAME = re.compile(r"[A-Za-z][\w./-]*", re.ASCII)
"""What is written without quotes, as people write it: names of settings and files."""
_SIMPLE = re.compile(r"[\n -~\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]*")
"""Text of which PyYAML writes every sign as it is, but for what `_ESCAPES` has."""
_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n"})
_VERBATIM = re.compile(r"<(pre|textarea)\b.*?</\1>", re.DOTALL)
# MkDocs takes `...` for the end of a front matter, too, as YAML does for the end of a document.
_FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(.*?\n)(?:---|\.\.\.)[ \t]*\r?\n", re.DOTALL)
_TO_MARKDOWN_FILE = re.compile(r'(href="[^":]+\.md)"')


class _Dumper(yaml.SafeDumper):
    """Writes text in double quotes on one line: none then begins a line or ends the front matter."""


def _quoted(dumper: yaml.SafeDumper, text: str) -> yaml.Node:
    if _NAME.fullmatch(text):
        style = None
    else:
        style = '"'
    # Even without a style, PyYAML quotes what YAML 1.1 reads as another type, such as `no` or `null`.
    return dumper.represent_scalar("tag:yaml.org,2002:str", str(text), style=style)


_Dumper.add_representer(str, _quoted)
_Dumper.add_multi_representer(str, _quoted)


def settings_text(value: Mapping[str, Any]) -> str:
    """Return a mapping as YAML that any reader takes for the same value."""
    return "".join(_setting(name, part) for name, part in value.items()) or dumped({})


def _setting(name: str, value: Any) -> str:
    """Return one setting of a mapping as YAML.

    PyYAML looks at text sign by sign, in Python: of the pages of a site that took longer than making them.
    """
    is_text = isinstance(value, str)
    if is_text and not _NAME.fullmatch(value) and _SIMPLE.fullmatch(value):
        return f'{_dumped_name(name)}: "{value.translate(_ESCAPES)}"\n'
    if is_text or isinstance(value, bool):
        return _dumped_short(name, value)
    if isinstance(value, list) and value and all(map(_is_flat, value)):
        items = "".join(_as_item(settings_text(part)) for part in value)
        return f"{_dumped_name(name)}:\n{items}"
    return dumped({name: value})


def _is_flat(value: Any) -> bool:
    """Whether a value is a mapping to texts, such as a link to a page in another format."""
    if not isinstance(value, dict) or not value:
        return False
    return all(isinstance(part, str) for part in value.values())


def _as_item(lines: str) -> str:
    """Return a mapping of one-line settings as an item of a list."""
    return "- " + lines.removesuffix("\n").replace("\n", "\n  ") + "\n"


@lru_cache(maxsize=256)
def _dumped_name(name: str) -> str:
    """Return a name of a setting as YAML writes it."""
    return dumped({name: True}).removesuffix(": true\n")


@lru_cache(maxsize=256, typed=True)
def _dumped_short(name: str, value: str | bool) -> str:  # noqa: FBT001 - a value of any page
    return dumped({name: value})


def dumped(value: Mapping[str, Any]) -> str:
    """Return the same as PyYAML writes it."""
    # PyYAML folds at 80 columns unless a width is given, and a folded line may begin with any sign.
    text: str = yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=float("inf"))
    return text


def markdown_file(meta: Mapping[str, Any], body: str) -> str:
    """Return the Markdown file of a page whose `body` is one HTML element.

    Engines look for Markdown before they look for HTML, at the beginnings of lines; so every line begins with
    an element, and the lines of a preformatted text are parted by character references.
    """
    return f"---\n{settings_text(meta)}---\n\n{_in_safe_lines(_with_plain_links(body))}\n"


def with_theme_meta(page: str) -> str:
    """Return a hand-written page with what the theme prints of its front matter as HTML."""
    found = _FRONT_MATTER.match(page)
    try:
        if found:
            meta = yaml.safe_load(found[1])
        else:
            meta = None
    except yaml.YAMLError:
        return page  # the engine will say so
    # A front matter that is written anew loses its comments, so one that stays the same is left alone.
    if not found or not isinstance(meta, dict) or theme_meta(meta) == meta:
        return page
    return f"---\n{settings_text(theme_meta(meta))}---\n{page[found.end() :]}"


def _with_plain_links(body: str) -> str:
    return _TO_MARKDOWN_FILE.sub(r'\1.txt"', body)  # a link to a .md file is taken for one to a page


def _in_safe_lines(body: str) -> str:
    whole = _VERBATIM.sub(lambda match: match[0].replace("\n", "&#10;"), body)
    lines: list[str] = []
    for line in filter(str.strip, whole.split("\n")):
        if lines and not line.lstrip().startswith("<"):
            lines[-1] += f" {line.strip()}"
        else:
            lines.append(line)
    return "\n".join(lines)
