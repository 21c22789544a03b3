"""The knowledge base in memory: its parts by id, what follows from them, search and counts."""

from rekb.kb.base import KnowledgeBase

__all__ = ["KnowledgeBase"]
