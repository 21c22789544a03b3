"""The table of rules, and the run that applies them all."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum

from rekb.checks.faulty import with_parts
from rekb.diagnostics import MOST_SHOWN, Diagnostic, Place, Severity
from rekb.kb import KnowledgeBase
from rekb.kb.base import Unread
from rekb.model.entry import Entry, Exemption
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
    beside: tuple[str, ...] = ()
    """The same, of files whose exemptions do not count: what is wrong is to be changed in `file`."""
    at: tuple[int, int] | None = None
    """Line and column, where the finding is about no field."""


_AS_BEFORE = "as for the findings before it"
Check = Callable[[KnowledgeBase], Iterator[Finding]]
FileAndRule = tuple[str, str]
"""Path of a file and name of a rule."""
Facts = Callable[[Entry], object]
"""What returns all that a rule takes from an entry: its `repr` holds all of it; it is empty for nothing."""


class Reads(Enum):
    """What a rule looks at, by which is known whether its findings still hold when an entry changes."""

    FILE = "file"
    """Each file by itself, and the vocabularies."""
    NAMES = "names"
    """Each entry by itself, and which keys and topics there are."""
    TAXONOMY = "taxonomy"
    """What is in taxonomy/ and rekb.yaml, and which keys there are; nothing of an entry."""
    ALL = "all"
    """Anything. Its findings are found anew, unless `claims` or `facts` show that they need not be."""


@dataclass(frozen=True, slots=True)
class Claims:
    """What files have for themselves: a rule reports only files that claim the same."""

    of: Callable[[KnowledgeBase], Iterator[tuple[str, str]]]
    """What yields path of a file and a text that it claims, once for each use."""
    crowd: int = 2
    """How many must claim the same before the rule reports them."""


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
    reads: Reads = Reads.ALL
    """What it looks at."""
    claims: Claims | None = None
    """What each file has for itself, where the rule reports only files that claim the same."""
    facts: Facts | None = None
    """All that it takes from an entry: while that is the same, so are its findings."""
    fixable: bool = False
    """Whether `rekb validate --fix` settles some of its findings; a test holds this to `rekb.fixes`."""

    passing: bool = False
    """Whether its findings go away as days go by, so that none may be kept for a later run."""

    @property
    def local(self) -> bool:
        """Whether it checks each file by that file alone, so that it need not be asked about other files."""
        return self.reads is Reads.FILE


RULES: dict[str, Rule] = {}
"""Every rule that is checked on a knowledge base, by name, in the order in which the modules declare them."""


def explained(name: str, severity: Severity, text: str, check: Check | None = None) -> Rule:
    """Return the rule of a text that holds its why, then ``Example:`` and ``Fix:``."""
    why, _, rest = " ".join(text.split()).partition(" Example: ")
    example, _, fix = rest.partition(" Fix: ")
    return Rule(name, severity, why, example, fix, check)


def rule(  # noqa: PLR0913 - one for each field of a rule
    name: str,
    severity: Severity = Severity.ERROR,
    *,
    local: bool = False,
    reads: Reads = Reads.ALL,
    claims: Claims | None = None,
    facts: Facts | None = None,
    fixable: bool = False,
    passing: bool = False,
) -> Callable[[Check], Check]:
    """Declare a rule. The docstring holds its why, then ``Example:`` and ``Fix:``.

    `local` is short for `Reads.FILE`; the other arguments are the fields of `Rule`.
    """

    def declare(check: Check) -> Check:
        declared = explained(name, severity, check.__doc__ or "", check)
        seen = Reads.FILE if local else reads
        RULES[name] = replace(
            declared, reads=seen, claims=claims, facts=facts, fixable=fixable, passing=passing
        )
        return check

    return declare


def narrowed(base: KnowledgeBase, files: Collection[str]) -> KnowledgeBase:
    """Return the part of a knowledge base that is in some files; its vocabularies stay whole."""
    entries = {}
    for key, entry in base.entries.items():
        if base.entry_paths[key] in files:
            entries[key] = entry
    topics = {}
    for topic_id, topic in base.topics.items():
        if base.topic_paths[topic_id] in files:
            topics[topic_id] = topic
    documents = {}
    for file, document in base.documents.items():
        if file in files:
            documents[file] = document
    return replace(base, entries=entries, topics=topics, documents=documents)


def run(
    base: KnowledgeBase,
    only: Collection[str] | None = None,
    note: Callable[[Diagnostic], None] | None = None,
    rules: Collection[Rule] | None = None,
) -> Iterator[Diagnostic]:
    """Apply every rule; findings that a file exempts with a reason are left out.

    Args:
        base: what was read.
        only: the files that matter: rules that check files one by one pass over the others, rules that
            look across files still see all of them and report what they find anywhere.
        note: what is called with each finding that follows from its file (and the vocabularies) alone.
        rules: the rules to apply, where an earlier run applied the others; all when `None`. They must be all
            rules that files among `only` exempt.
    """
    exempt = _exemptions(base)
    used: set[FileAndRule] = set()
    number: Counter[FileAndRule] = Counter()
    part = base if only is None else narrowed(base, only)
    asked = RULES.values() if rules is None else rules
    for rule_ in asked:
        for finding in _findings(rule_, base, part):
            silenced = _exempt_at(finding, rule_.name) & exempt.keys()
            used |= silenced
            if silenced:
                continue
            number[finding.file, rule_.name] += 1
            if number[finding.file, rule_.name] > MOST_SHOWN:
                # A hint compares a word with all words there are, and beyond `MOST_SHOWN` nobody sees it.
                finding = replace(finding, hint=_AS_BEFORE)  # noqa: PLW2901 - one name
            diagnostic = _diagnostic(base, rule_, finding)
            if note and rule_.local:
                note(diagnostic)
            yield diagnostic
    if rules is None:
        yield from _of_parts(base, only)
    # What could not be read may be what an exemption is there for.
    if base.unread == Unread() or rules is not None:
        yield from _needless_ones(base, exempt, used, only, note)


def _needless_ones(
    base: KnowledgeBase,
    exempt: Mapping[FileAndRule, int],
    used: Collection[FileAndRule],
    only: Collection[str] | None,
    note: Callable[[Diagnostic], None] | None,
) -> Iterator[Diagnostic]:
    """Yield the exemptions that silenced nothing, of rules that were asked."""
    for (file, name), position in exempt.items():
        if (file, name) in used or not _was_asked(file, name, only):
            continue
        diagnostic = _needless(base, file, name, position)
        if note and RULES[name].local:
            note(diagnostic)
        yield diagnostic


def _of_parts(base: KnowledgeBase, only: Collection[str] | None) -> Iterator[Diagnostic]:
    """Yield what is found in the parts that fit of entries with faults, so that one run reports all."""
    if not base.unread.entries:
        return
    whole, parts = with_parts(base)
    files = parts.keys() if only is None else parts.keys() & only
    if not files:
        return
    part = narrowed(whole, files)
    bare = narrowed(base, files)
    exempt = _exemptions(part).keys()
    for rule_ in RULES.values():
        # What local rules report of the file itself is reported already, faults or not.
        reported = set(_findings(rule_, base, bare)) if rule_.local else set()
        # What is found with the parts and without them is reported already.
        for finding in _findings(rule_, whole, part):
            if finding in reported:
                continue
            if finding.file not in files or not finding.path:
                # Without a field, it is about something that the entry lacks, and that may only be a gap.
                continue
            if _exempt_at(finding, rule_.name) & exempt:
                continue
            path = parts[finding.file].in_file(finding.path)
            if not parts[finding.file].hides(rule_.name, path):
                yield _diagnostic(whole, rule_, replace(finding, path=path))


def _findings(rule_: Rule, base: KnowledgeBase, part: KnowledgeBase) -> Iterator[Finding]:
    if rule_.check is None:
        return
    # A rule that looks across files has to see all of them, or it misses the other half of a pair.
    yield from rule_.check(part if rule_.local else base)


def _exempt_at(finding: Finding, name: str) -> set[FileAndRule]:
    """Return where an exemption would silence a finding: in any file that it is about."""
    found: set[FileAndRule] = set()
    for file in (finding.file, *finding.also):
        found.add((file, name))
    return found


def _was_asked(file: str, name: str, only: Collection[str] | None) -> bool:
    """Whether a rule was applied to a file in this run, so that an unused exemption is a needless one."""
    if name not in RULES:
        return False
    if only is None:
        return True
    if file in only:
        return True
    return not RULES[name].local


def _exemptions(base: KnowledgeBase) -> dict[FileAndRule, int]:
    """Return the position of each exemption in its file's list, by file and rule."""
    positions: dict[FileAndRule, int] = {}

    def collect(file: str, exemptions: Iterable[Exemption]) -> None:
        for position, exemption in enumerate(exemptions):
            positions[file, exemption.rule] = position

    for key, entry in base.entries.items():
        collect(base.entry_paths[key], entry.exempt)
    for topic_id, topic in base.topics.items():
        collect(base.topic_paths[topic_id], topic.exempt)
    return positions


def _needless(base: KnowledgeBase, file: str, name: str, position: int) -> Diagnostic:
    path = ("exempt", position, "rule")
    finding = Finding(file, path, f"`{name}` has nothing to say here", "delete the exemption")
    return _diagnostic(base, NEEDLESS, finding)


def is_passing(finding: Diagnostic) -> bool:
    """Whether a finding may be gone tomorrow, though nothing was written."""
    found = RULES.get(finding.rule)
    if found is None:
        return False
    return found.passing


NEEDLESS = Rule(
    "needless-exemption",
    Severity.WARNING,
    "An exemption that is no longer needed would hide the next fault of its kind.",
    "`exempt: [{rule: duplicate-title, reason: ...}]` in an entry whose title is its own.",
    "Delete the exemption.",
    fixable=True,
)


def _diagnostic(base: KnowledgeBase, rule_: Rule, finding: Finding) -> Diagnostic:
    if isinstance(finding.hint, str):
        hint = finding.hint
    else:
        hint = finding.hint()
    others = (*finding.also, *finding.beside)
    document = base.documents.get(finding.file)
    if document is None or finding.path is None:
        line, column = finding.at or (1, 1)
        place = Place(finding.file, line, column)
        return Diagnostic(rule_.name, rule_.severity, place, finding.message, hint, also=others)
    place = document.place(finding.path, key=finding.key)
    field = dotted(finding.path) or None
    return Diagnostic(rule_.name, rule_.severity, place, finding.message, hint, field, also=others)
