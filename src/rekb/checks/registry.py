"""The table of rules, and the run that applies them all."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rekb.diagnostics import Diagnostic, Place, Severity
from rekb.document import Path_, dotted
from rekb.kb import KnowledgeBase, Unread


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found: in which file, at which field, and what to write instead."""

    file: str
    path: Path_ | None
    """The field; `None` for the file as a whole."""
    message: str
    hint: str | None = None
    key: bool = False
    """Whether the field's name, not its value, is at fault."""
    also: tuple[str, ...] = ()
    """Other files that the finding is about; an exemption in any of them counts."""


Check = Callable[[KnowledgeBase], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A named rule and its explanation."""

    name: str
    severity: Severity
    why: str
    """Why the rule exists."""
    example: str
    """What breaks it."""
    fix: str
    """How to satisfy it."""
    check: Check | None = None
    """What applies it to a knowledge base; `None` for rules of reading a file."""


RULES: dict[str, Rule] = {}
"""Every rule that is checked on a knowledge base, by name, in the order in which the modules declare them."""


def explained(name: str, severity: Severity, text: str, check: Check | None = None) -> Rule:
    """Return the rule of a text that holds its why, then ``Example:`` and ``Fix:``."""
    why, _, rest = " ".join(text.split()).partition(" Example: ")
    example, _, fix = rest.partition(" Fix: ")
    return Rule(name, severity, why, example, fix, check)


def rule(name: str, severity: Severity = Severity.ERROR) -> Callable[[Check], Check]:
    """Declare a rule. The docstring holds its why, then ``Example:`` and ``Fix:``."""

    def declare(check: Check) -> Check:
        RULES[name] = explained(name, severity, check.__doc__ or "", check)
        return check

    return declare


def run(base: KnowledgeBase) -> Iterator[Diagnostic]:
    """Apply every rule; findings that an entry exempts with a reason are left out."""
    exempt = {
        (base.entry_paths[key], exemption.rule): number
        for key, entry in base.entries.items()
        for number, exemption in enumerate(entry.exempt)
    }
    used: set[tuple[str, str]] = set()
    for name, named in RULES.items():
        for finding in named.check(base) if named.check else ():
            silenced = {(file, name) for file in (finding.file, *finding.also)} & exempt.keys()
            used |= silenced
            if not silenced:
                yield _diagnostic(base, named, finding)
    whole = base.unread == Unread()  # what could not be read may be what an exemption is there for
    for (file, name), number in exempt.items():
        if whole and name in RULES and (file, name) not in used:
            path = ("exempt", number, "rule")
            finding = Finding(file, path, f"`{name}` has nothing to say here", "delete the exemption")
            yield _diagnostic(base, NEEDLESS, finding)


NEEDLESS = Rule(
    "needless-exemption",
    Severity.WARNING,
    "An exemption that is no longer needed would hide the next fault of its kind.",
    "`exempt: [{rule: duplicate-title, reason: ...}]` in an entry whose title is its own.",
    "Delete the exemption.",
)


def _diagnostic(base: KnowledgeBase, named: Rule, finding: Finding) -> Diagnostic:
    document = base.documents.get(finding.file)
    if document is None or finding.path is None:
        return Diagnostic(named.name, named.severity, Place(finding.file), finding.message, finding.hint)
    place = document.place(finding.path, key=finding.key)
    field = dotted(finding.path) or None
    return Diagnostic(named.name, named.severity, place, finding.message, finding.hint, field)
