"""Writing a new knowledge base: beside its place first, then renamed; it is there whole or not at all."""

import shutil
import tempfile
from pathlib import Path

from rekb.errors import RekbError
from rekb.loading.layout import PAPERS, TOPICS
from rekb.loading.loader import load
from rekb.reference import schemas
from rekb.scaffold.plan import Plan
from rekb.scaffold.render import scaffold_files


def refuse_occupied(target: Path) -> None:
    """Raise unless a folder can be made at a place.

    Raises:
        RekbError: when something is there that is no empty folder.
    """
    is_file = target.exists() and not target.is_dir()
    if is_file or target.is_symlink():
        raise RekbError(f"{target} is there already and is no folder; name a new one")
    if target.is_dir() and any(target.iterdir()):
        raise RekbError(f"{target} is not empty; name a new folder")


def write_scaffold(target: Path, plan: Plan, *, samples: bool = True) -> tuple[str, ...]:
    """Write a new knowledge base and return the paths of its files.

    Args:
        target: its folder.
        plan: what it is made of.
        samples: whether it begins with sample topics and a sample entry.

    Raises:
        RekbError: when the place is taken or cannot be written; nothing is left behind then.
    """
    refuse_occupied(target)
    made = scaffold_files(plan.checked(), samples=samples)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        # Beside its place: only within one file system a rename puts a whole folder in place at once.
        work = Path(tempfile.mkdtemp(prefix=".rekb-making-", dir=target.parent))
    except OSError as error:
        raise RekbError(f"cannot make {target}: {error.strerror or error}") from error
    try:
        _fill(work, made)
        for folder in (PAPERS, TOPICS):
            (work / folder).mkdir(parents=True, exist_ok=True)
        # Schemas name the words of the taxonomy, so the data is written first and then read.
        following = schemas(load(work)[0])
        _fill(work, following)
        # `mkdtemp` makes a folder that only its owner can open.
        work.chmod(0o755)
        # A folder may take the place of an empty one.
        work.replace(target)
    except OSError as error:
        raise RekbError(f"cannot make {target}: {error.strerror or error}") from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return tuple(sorted((*made, *following)))


def _fill(folder: Path, texts: dict[str, str]) -> None:
    for path, text in texts.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8", newline="\n")
