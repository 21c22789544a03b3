"""What an import did, in a few lines: numbers, doubts by reason, and what settles many at once."""

import re
from collections import Counter
from collections.abc import Sequence

from rekb.intake.importer import Outcome, Status, counts
from rekb.text import amount

_ADVICE = (
    ("is no venue here", "run again with --make-venues, or add them to taxonomy/venues.yaml"),
    ("no topic is near", "run again with --make-topics, or name one with --topic"),
    ("leads to", "correct these links in the list"),
    ("gives no year", "write the year behind the venue in the list"),
    ("knows no", "correct these numbers in the list"),
    ("names no venue", "write the venue in the list, or add these works by hand"),
    ("did not answer", "run again later; what is there is passed over"),
    ("another title", "look at both, correct the wrong identifier"),
    ("would break rules", "correct what the rules name, then run again"),
)
"""A part of a message, and what to do about all that have it."""
_MOST_REASONS = 12


def summary(outcomes: Sequence[Outcome], made: Sequence[str] = ()) -> str:
    """Return the summary of an import.

    Args:
        outcomes: what became of each work.
        made: what was made besides: ``12 topics``.
    """
    numbers = counts(outcomes)
    read = len(outcomes)
    text = ", ".join(f"{number} {status}" for status, number in numbers.items())
    lines = [f"{read} {'work' if read == 1 else 'works'} read: {text}"]
    if made:
        lines.append(f"made: {', '.join(made)}")
    reasons = Counter(_reason(outcome.message) for outcome in outcomes if outcome.status is Status.DOUBTED)
    for reason, number in reasons.most_common(_MOST_REASONS):
        lines.append(f"  {number:4} doubted: {reason}")
        if advice := _advice(reason):
            lines.append(f"       once for all: {advice}")
    if len(reasons) > _MOST_REASONS:
        lines.append(
            f"       and {amount(len(reasons) - _MOST_REASONS, 'more reason')}; each work's own is below"
        )
    return "\n".join(lines) + "\n"


def _reason(message: str) -> str:
    """Return the first clause of a message without what is of one work only."""
    # Titles stand in messages as Python shows texts: in quotes, those inside behind a backslash.
    text = re.sub(r"'(?:[^'\\]|\\.)*'|\"[^\"]*\"|`[^`]*`", "...", message)
    text = re.sub(r"https?://\S+|\b\d{4}\.\d{4,5}\b|\b10\.\d{4,}/[^\s;,:)]+", "...", text)
    if text.startswith("this is ") and (found := re.search(r"; ([^;:]*), \.\.\.(, but[^:;]*|[^:;]*):", text)):
        return f"{found[1]}{found[2]}"[:110]
    if text.startswith("this is ") and (found := re.search(r"; ([^;:]*):", text)):
        return found[1][:110]
    clauses = []
    for clause in re.split(r": |; ", text):
        if clause.strip(" ."):
            clauses.append(clause)
    if (
        clauses
        and re.search(r"that can be written|would break rules|make no entry", clauses[0])
        and len(clauses) > 1
    ):
        return f"{clauses[0].replace('... has', 'there is')}: {clauses[1]}"[:110]
    if clauses:
        return clauses[0][:110]
    return "no reason was given"


def _advice(reason: str) -> str:
    """Return what to do about a reason; nothing where its words say it."""
    for part, advice in _ADVICE:
        if part in reason:
            return advice
    return ""
