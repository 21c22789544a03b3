"""Data files written with their comments kept: the canonical form, and changes of single values."""
