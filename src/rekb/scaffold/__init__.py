"""A new knowledge base for another survey: its files as values, and the writing of them."""

from rekb.scaffold.plan import LICENCES, REQUIREMENT, Plan, default_requirement
from rekb.scaffold.render import scaffold_files
from rekb.scaffold.writing import write_scaffold

__all__ = [
    "LICENCES",
    "REQUIREMENT",
    "Plan",
    "default_requirement",
    "scaffold_files",
    "write_scaffold",
]
