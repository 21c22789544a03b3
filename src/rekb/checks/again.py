"""A check of only the works that changed since the last one, where the others cannot matter.

Each rule says what it looks at (`registry.Reads`). Those that check a work by itself are applied about the
changed works. Of the others, what they take from a work was kept in short: claims that should be its own,
and facts. While the changed works claim nothing that another claims, and their facts are the same, these
rules find what they found. Wherever that is not certain, `check_again` gives up, and everything is
checked.
"""

import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from hashlib import blake2b
from pathlib import Path, PurePosixPath

from rekb.checks import ALL_RULES
from rekb.checks.registry import RULES, Claims, Facts, Reads, Rule, is_passing, run
from rekb.diagnostics import Diagnostic, Report
from rekb.kb import KnowledgeBase
from rekb.kb.base import Unread
from rekb.loading.layout import kind_of
from rekb.loading.partial import partial_base, values_of
from rekb.loading.record import Record, Stamps, Stated
from rekb.loading.verdicts import Verdict, lines_of
from rekb.model import Entry
from rekb.readability import COUNTED

_OWN = (Reads.FILE, Reads.NAMES)
"""What rules look at that check a work by itself."""


def record_of(base: KnowledgeBase, verdict: Verdict, stamps: Stamps, key: str) -> Record | None:
    """Return what is kept of a complete check; None where something could not be read."""
    # A file that was not read may claim anything, so a part of the claims would be missing.
    if base.unread != Unread():
        return None
    return Record(
        stamps=stamps,
        verdict=verdict,
        values=values_of(base),
        topics=dict(base.topic_paths),
        stated=_stated(base),
        syllables=COUNTED,
        key=key,
    )


def check_again(root: Path, record: Record, stamps: Stamps) -> Verdict | None:
    """Return what a check of the files as they are now finds; None where everything must be checked.

    Args:
        root: the knowledge base's folder.
        record: what the last complete check left.
        stamps: what the disk shows of the files now.
    """
    changed = record.few_changed(stamps)
    if not changed or not _are_works(record, changed, stamps):
        return None
    base = _base_of(root, record, changed)
    if base is None:
        return None
    stated = _stated(base)
    if not _same_for_others(record, changed, stated):
        return None
    # Words repeat from text to text, so most syllables were counted in an earlier run.
    COUNTED.update(record.syllables)
    found = list(run(base, changed, rules=_own_rules()))
    if any(one.rule in RULES and RULES[one.rule].reads is Reads.NAMES for one in found):
        # Its hint names words that are spelled alike, and these are in files that were not read.
        return None
    if any(map(is_passing, found)):
        # What is found here is kept, and this may be gone tomorrow.
        return None
    return _verdict(record.verdict, base, found, changed)


def _are_works(record: Record, changed: AbstractSet[str], stamps: Stamps) -> bool:
    """Whether the changed files are works that are there, and new ones change nothing for the others."""
    new = changed - record.stamps.keys()
    for path in changed:
        if path not in stamps or kind_of(path) is not Entry:
            return False
    for path in new:
        if _key(path) in record.keys:
            # One key in two files is a fault of both.
            return False
    if not new:
        return True
    # A new key may be the one that an earlier finding missed, or a better one for its hint.
    return not any(_names_keys(found) for found in record.verdict.report)


def _names_keys(found: Diagnostic) -> bool:
    """Whether a finding depends on which keys there are."""
    rule = RULES.get(found.rule)
    if rule is None:
        return False
    return rule.reads in (Reads.NAMES, Reads.TAXONOMY)


def _looks_further(name: str) -> bool:
    """Whether a rule looks at more than a work by itself."""
    rule = RULES.get(name)
    if rule is None:
        return False
    return rule.reads not in _OWN


def _key(path: str) -> str:
    return PurePosixPath(path).stem


def _own_rules() -> list[Rule]:
    """Return the rules that check a work by itself."""
    own = []
    for rule in RULES.values():
        if rule.reads in _OWN:
            own.append(rule)
    return own


def _base_of(root: Path, record: Record, changed: AbstractSet[str]) -> KnowledgeBase | None:
    """Return a knowledge base of the changed works and the vocabularies; None where a work has faults."""
    works = {_key(path): path for path in sorted(changed)}
    return partial_base(root, works, record.keys, record.values, record.topics)


def _stated(base: KnowledgeBase) -> Stated:
    """Return what rules take from the files of a knowledge base."""
    claims = {}
    for name, rule in RULES.items():
        if rule.claims:
            claims[name] = _claimed(rule.claims, base)
    takers = _takers()
    facts = {}
    exempt = {}
    for key, entry in base.entries.items():
        file = base.entry_paths[key]
        facts[file] = _facts(entry, takers)
        if entry.exempt:
            exempt[file] = [one.rule for one in entry.exempt]
    return Stated(claims, facts, exempt)


def _claimed(claims: Claims, base: KnowledgeBase) -> dict[str, list[int]]:
    """Return the claims of each file as numbers; two that share one cost time, no more."""
    found: dict[str, list[int]] = {}
    for file, claim in claims.of(base):
        # Python's own `hash` of a text is another one in every run, so it cannot be kept.
        found.setdefault(file, []).append(zlib.crc32(claim.encode()))
    return found


def _takers() -> dict[str, Facts]:
    """Return what takes facts from entries, each once, by its name."""
    takers: dict[str, Facts] = {}
    for rule in RULES.values():
        if rule.facts:
            takers[f"{rule.facts.__module__}.{rule.facts.__qualname__}"] = rule.facts
    return takers


def _facts(entry: Entry, takers: Mapping[str, Facts]) -> dict[str, str]:
    """Return the facts of an entry, as short as they can be compared; what is empty is left out."""
    found = {}
    for name, taker in takers.items():
        facts = taker(entry)
        if facts:
            found[name] = blake2b(repr(facts).encode(), digest_size=16).hexdigest()
    return found


def _same_for_others(record: Record, changed: AbstractSet[str], new: Stated) -> bool:
    """Whether rules that look across files find what they found, though these files changed."""
    old = record.stated
    for path in changed:
        if new.facts[path] != old.facts.get(path, {}):
            return False
        exempt = [*old.exempt.get(path, ()), *new.exempt.get(path, ())]
        if any(map(_looks_further, exempt)):
            return False
    for found in record.verdict.report:
        if found.place.path in changed and _looks_further(found.rule):
            # The file changed, so the line of the finding may be another now.
            return False
    for name, rule in RULES.items():
        if rule.claims and not _is_alone(rule.claims.crowd, old.claims[name], changed, new.claims[name]):
            return False
    return True


def _is_alone(
    crowd: int, old: Mapping[str, list[int]], changed: AbstractSet[str], new: Mapping[str, list[int]]
) -> bool:
    """Whether a rule that needs a crowd finds nothing in what changed files claimed, or claim now."""
    mine: set[int] = set()
    for path in changed:
        mine.update(old.get(path, ()))
        mine.update(new.get(path, ()))
    before = Counter[int]()
    now = Counter[int]()
    for path, claims in old.items():
        if mine.isdisjoint(claims):
            continue  # as nearly always
        before.update(claims)
        if path not in changed:
            now.update(claims)
    for claims in new.values():
        now.update(claims)
    for claim in mine:
        # Before counts as well: where a crowd is gone, a finding goes with it.
        if not (before[claim] < crowd and now[claim] < crowd):
            return False
    return True


def _verdict(
    before: Verdict, base: KnowledgeBase, found: Iterable[Diagnostic], changed: AbstractSet[str]
) -> Verdict:
    """Return a verdict in which what was found in the changed files takes the place of what was."""
    report = Report(list(found))
    lines: dict[str, Mapping[int, str]] = dict(lines_of(report, base.documents))
    for one in before.report:
        if one.place.path not in changed:
            report.add(one)
    for path, rows in before.lines.items():
        if path not in changed:
            lines[path] = rows
    found_rules = {one.rule for one in report}
    fixable = {name for name, rule in ALL_RULES.items() if rule.fixable}
    files = dict.fromkeys((*before.files, *sorted(changed)))
    return Verdict(report, tuple(files), frozenset(fixable & found_rules), lines)
