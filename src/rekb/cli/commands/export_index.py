"""`rekb export markdown --layout index`: a folder of Markdown that a code host shows without a build."""

import shutil
import tempfile
from pathlib import Path

import click

from rekb.cli.commands.site import mkdocs_config, swap
from rekb.errors import RekbError
from rekb.exports.markdown_index import FRONT, MARK, Addresses, index_files
from rekb.kb import KnowledgeBase
from rekb.mkdocs.plugin import RekbPlugin, settings


def write_index(root: Path, base: KnowledgeBase, keys: tuple[str, ...], folder: Path) -> None:
    """Write the index into a folder, which is replaced whole.

    Raises:
        RekbError: when the folder holds anything else, or the site's configuration cannot be read.
    """
    folder = folder.resolve()
    _refuse_foreign(folder)
    files = index_files(base, keys, addresses(root))
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        work = Path(tempfile.mkdtemp(prefix=".rekb-", dir=folder.parent))
    except OSError as error:
        raise RekbError(f"cannot write {folder}: {error.strerror or error}") from error
    try:
        (work / "new").mkdir()
        for name, text in files.items():
            (work / "new" / name).write_text(text, encoding="utf-8", newline="\n")
        swap(work / "new", folder, work / "old")
    finally:
        shutil.rmtree(work, ignore_errors=True)
    click.echo(f"wrote {len(files)} files to {folder}", err=True)


def _refuse_foreign(folder: Path) -> None:
    if folder.is_dir() and any(folder.iterdir()):
        front = folder / FRONT
        if not front.is_file() or not front.read_text(encoding="utf-8", errors="replace").startswith(MARK):
            raise RekbError(f"{folder} is not empty and was not made by this command; name a new folder")
    elif folder.exists() and not folder.is_dir():
        raise RekbError(f"{folder} is no folder; name a new one")


def addresses(root: Path) -> Addresses:
    """Return what mkdocs.yml says of the site and its repository."""
    config = mkdocs_config(root)
    plugin = config.plugins.get("rekb")
    branch = plugin.config.data_branch if isinstance(plugin, RekbPlugin) else "main"
    said = settings(config, branch)
    repository = (config.repo_url or "").rstrip("/")
    files = f"{repository}/blob/{branch}/" if repository else ""
    return Addresses(said.name, said.description, said.url, files)
