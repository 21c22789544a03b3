"""How often Python looks for garbage while a site is made."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_COLLECTED_EVERY = 200_000
"""New objects after which garbage is looked for; Python's own number is 700."""


@contextmanager
def few_collections() -> Iterator[None]:
    """Let Python look for garbage in cycles rarely: a build keeps nearly all that it makes, in no cycles."""
    before = gc.get_threshold()
    gc.set_threshold(_COLLECTED_EVERY, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
