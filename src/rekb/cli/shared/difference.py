"""Two texts of one file as a patch."""

import difflib


def unified(before: str, after: str, path: str) -> str:
    """Return the difference of two texts as `patch` and `git apply` read it."""
    old, new = (text.splitlines(keepends=True) for text in (before, after))
    lines = difflib.unified_diff(old, new, f"a/{path}", f"b/{path}")
    parts = []
    for line in lines:
        # The line is git's own; difflib has none, and two lines of the patch would run together.
        parts.append(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n")
    return "".join(parts)
