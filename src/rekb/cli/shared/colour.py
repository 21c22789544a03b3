"""Whether to print in colours: the reader's wish first, then what the output is."""

import os
from typing import TextIO


def may_colour(stream: TextIO) -> bool:
    """Whether colours are wanted on a stream: NO_COLOR forbids, FORCE_COLOR asks, else a terminal decides."""
    # The rule of no-color.org: any value forbids but an empty one.
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR", "") not in ("", "0"):
        return True
    if not stream.isatty():
        return False
    # A dumb terminal, such as that of an editor, shows the codes of colours as signs.
    return os.environ.get("TERM") != "dumb"
