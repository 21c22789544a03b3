"""`rekb fmt`: rewrite data files in the canonical style, or say which would change."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from rekb.cli.shared.difference import unified
from rekb.cli.shared.paths import chosen, limits
from rekb.cli.shared.saving import save
from rekb.diagnostics import Report
from rekb.edit.format import Formatted, FormattingError, format_reading
from rekb.errors import RekbError
from rekb.loading.layout import CONFIG, PAPERS, TAXONOMY, kind_of
from rekb.loading.loader import Loading, read_config
from rekb.model.levels import ReadingLevels
from rekb.reports import render
from rekb.text import amount
from rekb.yamlio.reader import Reading, read


def fmt(root: Path, paths: Sequence[str] = (), *, check: bool = False, diff: bool = False) -> int:
    """Format the data files below the root.

    Args:
        root: the knowledge base's folder.
        paths: files or folders to look at; all when empty.
        check: whether to write nothing and only say what would change.
        diff: with `check`, whether to print the changes as a patch.

    Returns:
        1 when a file has faults, or with `check` would change; else 0. Where rekb.yaml has faults, nothing is
        formatted: it says in which order reading levels are written.
    """
    root = root.resolve()
    loading = Loading(root)
    # First, since the order of the reading levels in every other file is that of rekb.yaml.
    config = read_config(loading)
    if config is None:
        click.echo(render(loading.report, loading.documents, "text"), nl=False, err=True)
        click.echo(f"nothing was formatted: {CONFIG} says how, and it has faults", err=True)
        return 1
    changed, count = 0, 0
    report, refused = Report(), {}
    for path in _files(root, limits(root, paths)):
        count += 1
        reading, result = _formatted(root, path, config.reading)
        document = reading.document
        if result.text is None:
            report.extend(result.faults)
            refused[path] = document
        elif document is None or result.text != document.text:
            changed += 1
            # With `--diff` standard output is a patch for other programs; all else goes to standard error.
            if diff and document:
                click.echo(unified(document.text, result.text, path), nl=False)
            if document and not check:
                save(root, document, result.text)
            click.echo(f"{'would change' if check else 'formatted'} {path}", err=diff)
    if refused:
        documents = {path: document for path, document in refused.items() if document}
        click.echo(render(report, documents, "text"), nl=False, err=True)
        click.echo(f"left as they are, since they have faults: {amount(len(refused), 'file')}", err=True)
    click.echo(f"{amount(count, 'file')}: {changed} {'would change' if check else 'changed'}", err=diff)
    if refused or (check and changed):
        return 1
    return 0


def _files(root: Path, wanted: Sequence[str]) -> Iterator[str]:
    if (root / CONFIG).is_file() and chosen(CONFIG, wanted):
        yield CONFIG
    for folder in (PAPERS, TAXONOMY):
        if not (root / folder).is_dir():
            raise RekbError(f"no knowledge base in {root}: the folder {folder}/ is missing; use --root DIR")
        for path in Loading(root).files(folder):
            if kind_of(path) and chosen(path, wanted):
                yield path


def _formatted(root: Path, path: str, levels: ReadingLevels) -> tuple[Reading, Formatted]:
    reading = read(root / path, path)
    try:
        return reading, format_reading(reading, path, levels)
    except FormattingError as error:
        raise RekbError(str(error)) from error
