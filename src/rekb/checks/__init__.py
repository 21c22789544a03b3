"""The rules that a knowledge base is held to; each is a function with its why, example and fix."""

from rekb.checks import content, identity, references
from rekb.checks.registry import RULES, Rule, run

__all__ = ["RULES", "Rule", "content", "identity", "references", "run"]
