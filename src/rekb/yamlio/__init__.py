"""Strict YAML with positions: the reader, the tree it builds from events, and the document it gives."""
