"""Which numbers may stand side by side: those that one source measured under the same conditions."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from rekb.kb.base import KnowledgeBase
from rekb.kb.results import Told, told
from rekb.model.results import Result

_WORKS = 2
"""Fewest works of a test."""
_STATED = 2
"""Fewest conditions that its results state: what nobody states is not known to be the same."""
_IN_REPOSITORY = re.compile(r"https://github\.com/([^/]+/[^/]+)/(?:blob|tree|raw)/[^/]+/(.*?)[^/]*")
"""A file in a repository: owner and name, and its folder, whatever the commit."""
_OWN = "the work's own model"


@dataclass(frozen=True, slots=True)
class Named:
    """One result of a work, as its file has it and in words."""

    key: str
    result: Result
    words: Told


@dataclass(frozen=True, slots=True)
class Conditions:
    """What numbers share that were measured together; ids where there are some, else plain words."""

    source: tuple[str, ...]
    """The record or page, the part of it, and its number."""
    model: str
    device: str
    setting: str


@dataclass(frozen=True, slots=True)
class Test:
    """Numbers of one kind that one source measured of several works under the same conditions."""

    conditions: Conditions
    numbers: tuple[Named, ...]

    @property
    def works(self) -> frozenset[str]:
        """The keys of its works."""
        return frozenset(named.key for named in self.numbers)

    def among(self, keys: Collection[str]) -> "Test":
        """Return the part of the test that is of these works."""
        return Test(self.conditions, tuple(named for named in self.numbers if named.key in keys))

    @property
    def is_comparison(self) -> bool:
        """Whether it holds numbers of several works."""
        return len(self.works) >= _WORKS


@dataclass(frozen=True, slots=True)
class Tradeoff:
    """Two tests that one source put the same works to under the same conditions."""

    one: Test
    other: Test

    @property
    def works(self) -> frozenset[str]:
        """The works that took both."""
        return self.one.works & self.other.works


def common_tests(base: KnowledgeBase) -> tuple[Test, ...]:
    """Return the tests that several works were put to, in the order of the works."""
    groups: dict[tuple[Conditions, tuple[str, ...]], list[Named]] = {}
    for key, entry in base.entries.items():
        for result in entry.results:
            named = Named(key, result, told(base, key, result))
            place = _conditions(base, named)
            groups.setdefault((place, _basis(named)), []).append(named)
    tests = (Test(place, tuple(group)) for (place, _), group in groups.items())
    return tuple(test for test in tests if test.is_comparison and _stated(test.numbers[0]) >= _STATED)


def parts_of(tests: Iterable[Test], keys: Collection[str]) -> tuple[Test, ...]:
    """Return what the tests say of several of these works."""
    parts = (test.among(keys) for test in tests)
    return tuple(part for part in parts if part.is_comparison)


def tradeoffs_of(tests: Iterable[Test]) -> tuple[Tradeoff, ...]:
    """Return the pairs of tests that at least two works took both of."""
    by_source: dict[tuple[str, ...], list[Test]] = {}
    for test in tests:
        by_source.setdefault(test.conditions.source, []).append(test)
    return tuple(pair for of_source in by_source.values() for pair in _pairs(of_source))


def _pairs(tests: Iterable[Test]) -> Iterator[Tradeoff]:
    for one, other in combinations(tests, 2):
        shared = one.works & other.works
        if len(shared) >= _WORKS and _are_joined(one, other):
            yield Tradeoff(one.among(shared), other.among(shared))


def _are_joined(one: Test, other: Test) -> bool:
    """Whether two tests differ in the measure alone; the quality of answers does not hang on the device."""
    if (one.conditions.model, one.conditions.setting) != (other.conditions.model, other.conditions.setting):
        return False
    if one.numbers[0].result.metric == other.numbers[0].result.metric:
        return False
    if one.conditions.device == other.conditions.device:
        return True
    quality = [test for test in (one, other) if test.numbers[0].words.kind == "quality"]
    return any(not test.conditions.device for test in quality)


def _conditions(base: KnowledgeBase, named: Named) -> Conditions:
    result = named.result
    device = plain(result.hardware) or f"{result.device_count or ''} {result.device or ''}".strip()
    return Conditions(_source(named), _model(base, named), device, plain(result.setting))


def _source(named: Named) -> tuple[str, ...]:
    """Return what makes a source one: others' benchmarks may be one file a work in the same folder."""
    source = named.result.source
    place = named.words.address or f"{source.entry or named.key} {source.record}"
    within = _IN_REPOSITORY.fullmatch(place)
    if within and named.result.measured_by:
        place = f"{within[1]}/{within[2]}"
    return place, source.kind, source.number or ""


def _model(base: KnowledgeBase, named: Named) -> str:
    """Return the model that was measured; that a work brings its own is the same for all that do."""
    result = named.result
    known = base.measures.model(result.model)
    if known is not None and known.card is not None and known.card.entry == named.key:
        return _OWN
    if known is not None and known.family and plain(known.family) == plain(base.entries[named.key].name):
        return _OWN
    words = plain(result.model_wording)
    return words or result.model or ""


def is_own_model(test: Test) -> bool:
    """Whether each work of a test was measured on the model that it brings."""
    return test.conditions.model == _OWN


def _basis(named: Named) -> tuple[str, ...]:
    """Return what two numbers must share to be of one kind; words that say more than a metric part them.

    Against what a ratio stands is part of it; what was weighed or timed is so many bytes or seconds anyway.
    """
    result = named.result
    what = plain(result.wording) or result.metric or ""
    against = ""
    if named.words.kind in ("", "ratio"):
        against = plain(named.words.baseline)
    return what, plain(result.unit), result.comparator, against


def _stated(named: Named) -> int:
    words = named.words
    return sum(bool(text) for text in (words.baseline, words.model, words.hardware, words.setting))


def plain(text: str | None) -> str:
    """Return what two spellings of one condition share."""
    return " ".join((text or "").casefold().split())
