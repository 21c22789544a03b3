"""The knowledge base in memory: its parts by id, what follows from them, search and counts.

Importing this package is cheap: the ranking of a search needs no models.
"""

from typing import TYPE_CHECKING

from rekb.later import later

if TYPE_CHECKING:
    from rekb.kb.base import KnowledgeBase

__all__ = ["KnowledgeBase"]

__getattr__ = later(globals(), {"KnowledgeBase": "rekb.kb.base"})
