"""The knowledge base in memory: its parts by id, what follows from them, search and counts.

Importing this package is cheap: the ranking of a search needs no models.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rekb.kb.base import KnowledgeBase

__all__ = ["KnowledgeBase"]


def __getattr__(name: str) -> Any:
    """Import the knowledge base once it is asked for."""
    if name not in __all__:
        raise AttributeError(f"module 'rekb.kb' has no attribute {name!r}")
    from rekb.kb import base  # noqa: PLC0415 - only where it is used

    return base.KnowledgeBase
