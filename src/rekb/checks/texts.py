"""The texts of files as several rules look through them, gathered once."""

from collections.abc import Mapping

from rekb.kb import KnowledgeBase
from rekb.yamlio.reader import lines_of


def lines_by_file(base: KnowledgeBase) -> Mapping[str, str]:
    """Return all texts of each file, on lines of their own."""
    found: dict[str, str] | None = base.views.get("lines")
    if found is None:
        found = {file: lines_of(document.value) for file, document in base.documents.items()}
        base.views["lines"] = found
    return found
