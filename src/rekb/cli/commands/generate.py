"""`rekb generate`: write what follows from code, taxonomy and mkdocs.yml, or say which files are stale."""

from pathlib import Path
from typing import Any

import click

from rekb.checks import ALL_RULES
from rekb.cli.shared.addresses import following
from rekb.errors import RekbError
from rekb.exports.layout_page import layout_page
from rekb.files import write_file
from rekb.loading.loader import load
from rekb.reference import GENERATED, answer_schemas, fields_page, query_page, rules_page, schemas

_WIDTH = 88
_REFERENCE = "docs/reference"
"""The folder of the pages on rules, fields and commands; a knowledge base of data alone has none."""


def generate(root: Path, commands: click.Group, *, check: bool = False) -> int:
    """Write the generated files; with `check` only compare, and return 1 when one is stale.

    Raises:
        RekbError: when the taxonomy has faults.
    """
    stale = []
    for path, text in pages(root, commands).items():
        file = root / path
        # A file that would stay the same is left, so that programs that watch it see no change.
        if file.is_file() and file.read_bytes() == text.encode():
            continue
        stale.append(path)
        if not check:
            file.parent.mkdir(parents=True, exist_ok=True)
            write_file(file, text.encode())
        click.echo(f"{'stale' if check else 'wrote'} {path}")
    if stale and check:
        click.echo("run `rekb generate`", err=True)
    if stale and check:
        return 1
    return 0


def pages(root: Path, commands: click.Group) -> dict[str, str]:
    """Return every generated file by path: schemas, and reference pages where a folder is there for them.

    Files that hold addresses of mkdocs.yml are among them as long as an address of theirs is an old one.
    """
    base, _ = load(root)
    if base.unread.facets or base.unread.venues or base.unread.topics:
        raise RekbError(
            "the taxonomy has faults, and the schemas follow from it; see `rekb validate taxonomy`"
        )
    found = {**schemas(base), **following(root)}
    if not (root / _REFERENCE).is_dir():
        return found
    return {
        **found,
        **answer_schemas(),
        "docs/reference/rules.md": rules_page(ALL_RULES.values()),
        "docs/reference/fields.md": fields_page(base.config),
        "docs/reference/query.md": query_page(),
        "docs/reference/tables.md": layout_page(base),
        "docs/reference/commands.md": commands_page(commands),
    }


def commands_page(commands: click.Group) -> str:
    """Return the page that shows the `--help` of every command."""
    width: dict[str, Any] = {"terminal_width": _WIDTH, "max_content_width": _WIDTH}
    settings = {**commands.context_settings, **width}
    above = click.Context(commands, info_name="rekb", **settings)
    parts = [f"# Commands\n\n{GENERATED}", _section("rekb", commands.get_help(above))]
    for name, command in sorted(commands.commands.items()):
        if not command.hidden:
            parts.append(_section(f"rekb {name}", command.get_help(click.Context(command, above, name))))
    return "\n\n".join(parts) + "\n"


def _section(title: str, text: str) -> str:
    return f"## {title}\n\n```text\n{text}\n```"
