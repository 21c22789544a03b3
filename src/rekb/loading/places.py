"""Where things are: the data of a knowledge base, and what is remembered of it between runs."""

import hashlib
import os
from pathlib import Path

from rekb.errors import RekbError

PAPERS = "papers"
"""The folder of entries."""
TAXONOMY = "taxonomy"
"""The folder of topics, vocabularies and venues."""
CONFIG = "rekb.yaml"
"""What makes a knowledge base that of its own survey."""


def refuse_other_folders(root: Path) -> None:
    """Refuse a folder that is no knowledge base.

    Raises:
        RekbError: it names the folder that is missing.
    """
    for needed in (PAPERS, TAXONOMY):
        if not (root / needed).is_dir():
            raise RekbError(f"no knowledge base in {root}: the folder {needed}/ is missing; use --root DIR")


def cache_folder() -> Path | None:
    """Return the folder of what may be forgotten at any time; None where nobody is at home."""
    # By the XDG rules, a path in this variable that is not absolute is passed over.
    base = os.environ.get("XDG_CACHE_HOME", "")
    try:
        home = Path(base) if base.startswith("/") else Path.home() / ".cache"
    # `Path.home` raises this where neither HOME nor the list of users names a home.
    except RuntimeError:
        return None
    return home / "rekb"


def name_of(root: Path) -> str:
    """Return the name under which things are remembered of a knowledge base."""
    # A path holds slashes, may be longer than a name of a file, and need not be UTF-8.
    return hashlib.sha256(os.fsencode(root)).hexdigest()[:32]
