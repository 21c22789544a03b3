"""Facets on pages: what they are called, which works fit a choice, questions that are choices."""
