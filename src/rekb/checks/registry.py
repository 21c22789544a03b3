"""The table of rules, and the run that applies them all."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace

from rekb.diagnostics import MOST_SHOWN, Diagnostic, Place, Severity
from rekb.kb import KnowledgeBase
from rekb.kb.base import Unread
from rekb.yamlio.document import Path_, dotted


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found: in which file, at which field, and what to write instead."""

    file: str
    path: Path_ | None
    """The field; `None` for the file as a whole."""
    message: str
    hint: str | Callable[[], str]
    """What to write instead, or what works it out, where that costs time: a file may have many findings."""
    key: bool = False
    """Whether the field's name, not its value, is at fault."""
    also: tuple[str, ...] = ()
    """Other files that the finding is about; an exemption in any of them counts."""
    at: tuple[int, int] | None = None
    """Line and column, where the finding is about no field."""


_AS_BEFORE = "as for the findings before it"
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
    local: bool = False
    """Whether it judges each file by that file alone, so that it need not be asked about other files."""
    fixable: bool = False
    """Whether `rekb validate --fix` mends some of its findings; a test holds this to `rekb.fixes`."""


RULES: dict[str, Rule] = {}
"""Every rule that is checked on a knowledge base, by name, in the order in which the modules declare them."""


def explained(
    name: str,
    severity: Severity,
    text: str,
    check: Check | None = None,
    *,
    local: bool = False,
    fixable: bool = False,
) -> Rule:
    """Return the rule of a text that holds its why, then ``Example:`` and ``Fix:``."""
    why, _, rest = " ".join(text.split()).partition(" Example: ")
    example, _, fix = rest.partition(" Fix: ")
    return Rule(name, severity, why, example, fix, check, local, fixable)


def rule(
    name: str, severity: Severity = Severity.ERROR, *, local: bool = False, fixable: bool = False
) -> Callable[[Check], Check]:
    """Declare a rule. The docstring holds its why, then ``Example:`` and ``Fix:``."""

    def declare(check: Check) -> Check:
        RULES[name] = explained(name, severity, check.__doc__ or "", check, local=local, fixable=fixable)
        return check

    return declare


def narrowed(base: KnowledgeBase, files: Collection[str]) -> KnowledgeBase:
    """Return the part of a knowledge base that stands in some files; its vocabularies stay whole."""
    paths = base.entry_paths, base.topic_paths
    return replace(
        base,
        entries={key: entry for key, entry in base.entries.items() if paths[0][key] in files},
        topics={topic_id: topic for topic_id, topic in base.topics.items() if paths[1][topic_id] in files},
        documents={file: document for file, document in base.documents.items() if file in files},
    )


def run(base: KnowledgeBase, only: Collection[str] | None = None) -> Iterator[Diagnostic]:
    """Apply every rule; findings that a file exempts with a reason are left out.

    Args:
        base: what was read.
        only: the files that matter: rules that judge files one by one pass over the others, rules that
            look across files still see all of them and report what they find anywhere.
    """
    exempt = _exemptions(base)
    used: set[tuple[str, str]] = set()
    told: Counter[tuple[str, str]] = Counter()
    part = base if only is None else narrowed(base, only)
    for name, named in RULES.items():
        for finding in named.check(part if named.local else base) if named.check else ():
            silenced = {(file, name) for file in (finding.file, *finding.also)} & exempt.keys()
            used |= silenced
            if silenced:
                continue
            told[finding.file, name] += 1
            if told[finding.file, name] > MOST_SHOWN:
                finding = replace(finding, hint=_AS_BEFORE)  # noqa: PLW2901 - nobody will see it
            yield _diagnostic(base, named, finding)
    if base.unread == Unread():  # what could not be read may be what an exemption is there for
        asked = {at: n for at, n in exempt.items() if at[1] in RULES and at not in used}
        seen = {at: n for at, n in asked.items() if only is None or at[0] in only or not RULES[at[1]].local}
        yield from _needless(base, seen)


def _exemptions(base: KnowledgeBase) -> dict[tuple[str, str], int]:
    """Return where each exemption stands in its file's list, by file and rule."""
    holders = [(base.entry_paths[key], entry.exempt) for key, entry in base.entries.items()]
    holders += [(base.topic_paths[topic_id], topic.exempt) for topic_id, topic in base.topics.items()]
    return {(file, e.rule): number for file, exempt in holders for number, e in enumerate(exempt)}


def _needless(base: KnowledgeBase, unused: dict[tuple[str, str], int]) -> Iterator[Diagnostic]:
    for (file, name), number in unused.items():
        path = ("exempt", number, "rule")
        finding = Finding(file, path, f"`{name}` has nothing to say here", "delete the exemption")
        yield _diagnostic(base, NEEDLESS, finding)


NEEDLESS = Rule(
    "needless-exemption",
    Severity.WARNING,
    "An exemption that is no longer needed would hide the next fault of its kind.",
    "`exempt: [{rule: duplicate-title, reason: ...}]` in an entry whose title is its own.",
    "Delete the exemption.",
    fixable=True,
)


def _diagnostic(base: KnowledgeBase, named: Rule, finding: Finding) -> Diagnostic:
    hint = finding.hint if isinstance(finding.hint, str) else finding.hint()
    document = base.documents.get(finding.file)
    if document is None or finding.path is None:
        place = Place(finding.file, *(finding.at or (1, 1)))
        return Diagnostic(named.name, named.severity, place, finding.message, hint)
    place = document.place(finding.path, key=finding.key)
    field = dotted(finding.path) or None
    return Diagnostic(named.name, named.severity, place, finding.message, hint, field)
