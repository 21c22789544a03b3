"""The work that people mean by a name, for commands and for tools alike."""

from collections.abc import Mapping

from rekb.errors import RekbError

MOST_NAMED = 6
"""Works that a message names."""


def key_named(names: Mapping[str, str], text: str) -> str | None:
    """Return the key of the work that a text names; None where no work has that key or name.

    Args:
        names: citation key to the name that people use, of all works.
        text: a citation key, or a name in any mix of small and large letters.

    Raises:
        RekbError: when several works have the name; it says their keys.
    """
    if text in names:
        return text
    wanted = text.casefold()
    keys = [key for key, name in names.items() if name.casefold() == wanted]
    if len(keys) > 1:
        chosen = ", ".join(keys[:MOST_NAMED])
        raise RekbError(f"several works are called {text!r}; give the key of one: {chosen}")
    if keys:
        return keys[0]
    return None
