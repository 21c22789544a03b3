"""A knowledge base read with what earlier runs remember, for commands that only look."""

from pathlib import Path

from rekb.api import Base
from rekb.loading.cache import cache_of
from rekb.loading.loader import load


def loaded(root: Path) -> Base:
    """Return a knowledge base as `rekb.load` does; files that did not change are not parsed again.

    Raises:
        RekbError: when the folder is no knowledge base.
    """
    cache = cache_of(root.resolve())
    kb, report = load(root, cache)
    cache.keep()
    return Base(kb, root, report)
