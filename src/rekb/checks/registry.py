"""The table of rules, and the run that applies them all."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rekb.diagnostics import Diagnostic, Place, Severity
from rekb.kb import KnowledgeBase
from rekb.yamlio import Path_, dotted


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found: in which file, at which field, and what to write instead."""

    file: str
    path: Path_
    message: str
    hint: str | None = None
    key: bool = False
    """Whether the field's name, not its value, is at fault."""


Check = Callable[[KnowledgeBase], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A named rule; why, example and fix are read from the check's docstring."""

    name: str
    severity: Severity
    check: Check
    why: str
    example: str
    fix: str


RULES: dict[str, Rule] = {}
"""Every rule by name, in the order in which the modules declare them."""


def rule(name: str, severity: Severity = Severity.ERROR) -> Callable[[Check], Check]:
    """Declare a rule. The docstring holds its why, then ``Example:`` and ``Fix:``."""

    def declare(check: Check) -> Check:
        text = " ".join((check.__doc__ or "").split())
        why, _, rest = text.partition(" Example: ")
        example, _, fix = rest.partition(" Fix: ")
        RULES[name] = Rule(name, severity, check, why, example, fix)
        return check

    return declare


def run(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Apply every rule; findings that an entry exempts with a reason are left out."""
    exempt = {
        (base.entry_paths[key], exemption.rule)
        for key, entry in base.entries.items()
        for exemption in entry.exempt
    }
    for name, named in RULES.items():
        for finding in named.check(base):
            if (finding.file, name) not in exempt:
                yield _diagnostic(base, named, finding)


def _diagnostic(base: KnowledgeBase, named: Rule, finding: Finding) -> Diagnostic:
    document = base.documents.get(finding.file)
    place = document.place(finding.path, key=finding.key) if document else Place(finding.file)
    field = dotted(finding.path) or None
    return Diagnostic(named.name, named.severity, place, finding.message, finding.hint, field)
