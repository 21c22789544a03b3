"""Whether a preprint changed since an entry was read."""

from rekb.model import Entry
from rekb.sources.work import Revision


def newer_version(entry: Entry, newest: Revision) -> str | None:
    """Return what to look at in an entry because of its preprint's newest version; None where nothing is.

    A check after the newest version settles which version a number is in: then an older one that a
    result names was named on purpose.

    Args:
        entry: the entry.
        newest: the newest version of its preprint.
    """
    older, missing = _versions(entry, newest)
    if missing:
        return f"{_list(missing)}, but v{newest.number} is the newest that arXiv has"
    version = f"v{newest.number} of {newest.on}"
    if entry.checked is None:
        if older:
            return f"{version} is newer than what was read: {_list(older)}"
        return None
    if newest.on <= entry.checked.on:
        return None
    found = f"{version} is newer than the check of {entry.checked.on}"
    if older:
        return f"{found}: {_list(older)}"
    return found


def _versions(entry: Entry, newest: Revision) -> tuple[list[str], list[str]]:
    """Return the results that name an older version, and those that name one that does not exist."""
    older: list[str] = []
    missing: list[str] = []
    for result in entry.results:
        source = result.source
        if source.version is None or source.entry is not None:
            # The preprint of another work has versions of its own.
            continue
        number = int(source.version.removeprefix("v"))
        found = f"{result.id} is from {source.version}"
        if number < newest.number:
            older.append(found)
        elif number > newest.number:
            missing.append(found)
    return older, missing


def _list(found: list[str]) -> str:
    return ", ".join(found)
