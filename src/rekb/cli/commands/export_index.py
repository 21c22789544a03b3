"""`rekb export markdown --layout index`: a folder of Markdown that a code host shows without a build."""

from pathlib import Path

import click

from rekb.cli.commands.site import mkdocs_config
from rekb.errors import RekbError
from rekb.exports.markdown_index import FRONT, MARK, Addresses, index_files
from rekb.folders import beside, put_in_place, refuse_sources
from rekb.kb import KnowledgeBase
from rekb.mkdocs.plugin import RekbPlugin, sources
from rekb.mkdocs.settings import settings
from rekb.text import amount, printable


def write_index(root: Path, base: KnowledgeBase, keys: tuple[str, ...], folder: Path) -> None:
    """Write the index into a folder, which is replaced whole.

    Raises:
        RekbError: when the folder holds anything else, or the site's configuration cannot be read.
    """
    refuse_sources(folder, sources(mkdocs_config(root)))
    _refuse_foreign(folder)
    folder = folder.resolve()
    files = index_files(base, keys, addresses(root))
    with beside(folder) as work:
        (work / "new").mkdir()
        for name, text in files.items():
            # With `newline` the same on Windows: else each commit from there would change every line.
            (work / "new" / name).write_text(text, encoding="utf-8", newline="\n")
        put_in_place(work / "new", folder, work)
    click.echo(f"wrote {amount(len(files), 'file')} to {folder}", err=True)


def _refuse_foreign(folder: Path) -> None:
    """Raise when a folder is not one of this command's: its front begins with a mark, and all is Markdown."""
    if folder.is_dir():
        there = sorted(folder.iterdir())
    else:
        there = []
    if not there:
        return
    front = folder / FRONT
    if not front.is_file() or not front.read_bytes().startswith(MARK.encode()):
        name = printable(str(folder))
        raise RekbError(f"{name} is not empty and was not made by this command; name a new folder")
    if strange := [path.name for path in there if path.suffix != ".md" or not path.is_file()]:
        fault = f"{printable(str(folder))} holds `{printable(strange[0])}`"
        raise RekbError(f"{fault}, which this command did not write; move it away, or name a new folder")


def addresses(root: Path) -> Addresses:
    """Return what mkdocs.yml says of the site and its repository."""
    config = mkdocs_config(root)
    plugin = config.plugins.get("rekb")
    if isinstance(plugin, RekbPlugin):
        branch = plugin.config.data_branch
    else:
        branch = "main"
    site = settings(config, branch)
    repository = (config.repo_url or "").rstrip("/")
    files = f"{repository}/blob/{branch}/" if repository else ""
    return Addresses(site.name, site.description, site.url, files)
