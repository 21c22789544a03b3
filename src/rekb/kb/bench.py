"""Which numbers may stand side by side: those that one source measured under the same conditions."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from rekb.kb.base import KnowledgeBase
from rekb.kb.results import ResultWords, result_words
from rekb.model.results import Result
from rekb.model.vocabulary import KnownModel

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
    words: ResultWords


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
        keys = [named.key for named in self.numbers]
        return frozenset(keys)

    def among(self, keys: Collection[str]) -> "Test":
        """Return the part of the test that is of these works."""
        kept: list[Named] = []
        for named in self.numbers:
            if named.key in keys:
                kept.append(named)
        return Test(self.conditions, tuple(kept))

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
            named = Named(key, result, result_words(base, key, result))
            place = _conditions(base, named)
            groups.setdefault((place, _basis(named)), []).append(named)
    found: list[Test] = []
    for (place, _), group in groups.items():
        test = Test(place, tuple(group))
        # Numbers whose conditions are hardly stated look alike without being one test.
        is_stated = _stated(group[0]) >= _STATED
        if is_stated and test.is_comparison:
            found.append(test)
    return tuple(found)


def parts_of(tests: Iterable[Test], keys: Collection[str]) -> tuple[Test, ...]:
    """Return what the tests say of several of these works."""
    found: list[Test] = []
    for test in tests:
        part = test.among(keys)
        if part.is_comparison:
            found.append(part)
    return tuple(found)


def tradeoffs_of(tests: Iterable[Test]) -> tuple[Tradeoff, ...]:
    """Return the pairs of tests that at least two works took both of."""
    by_source: dict[tuple[str, ...], list[Test]] = {}
    for test in tests:
        # Numbers of two sources were never measured under conditions that anybody made the same.
        by_source.setdefault(test.conditions.source, []).append(test)
    found: list[Tradeoff] = []
    for of_source in by_source.values():
        found.extend(_pairs(of_source))
    return tuple(found)


def _pairs(tests: Iterable[Test]) -> Iterator[Tradeoff]:
    for one, other in combinations(tests, 2):
        shared = one.works & other.works
        if len(shared) < _WORKS:
            continue
        if _are_joined(one, other):
            yield Tradeoff(one.among(shared), other.among(shared))


def _are_joined(one: Test, other: Test) -> bool:
    """Whether two tests differ in the measure alone; the quality of answers does not hang on the device."""
    here = one.conditions
    there = other.conditions
    if (here.model, here.setting) != (there.model, there.setting):
        return False
    if one.numbers[0].result.metric == other.numbers[0].result.metric:
        return False
    if here.device == there.device:
        return True
    if _is_quality_anywhere(one):
        return True
    return _is_quality_anywhere(other)


def _is_quality_anywhere(test: Test) -> bool:
    """Whether a test is of quality and names no device."""
    is_quality = test.numbers[0].words.kind == "quality"
    if not is_quality:
        return False
    return not test.conditions.device


def _conditions(base: KnowledgeBase, named: Named) -> Conditions:
    result = named.result
    device = plain(result.hardware)
    if not device:
        # The authors' words say more than the id; the id and the count stand in where there are none.
        parts = [result.device_count, result.device]
        device = " ".join(str(part) for part in parts if part)
    return Conditions(
        source=_source(named),
        model=_model(base, named),
        device=device,
        setting=plain(result.setting),
    )


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
    if known is not None and _is_own(base, named.key, known):
        return _OWN
    words = plain(result.model_wording)
    if words:
        return words
    if result.model:
        return result.model
    return ""


def _is_own(base: KnowledgeBase, key: str, model: KnownModel) -> bool:
    """Whether a model is what a work itself presents: by its card, or by the name of its family."""
    if model.card is not None and model.card.entry == key:
        return True
    if not model.family:
        return False
    return plain(model.family) == plain(base.entries[key].name)


def is_own_model(test: Test) -> bool:
    """Whether each work of a test was measured on the model that it brings."""
    return test.conditions.model == _OWN


def _basis(named: Named) -> tuple[str, ...]:
    """Return what two numbers must share to be of one kind; words that say more than a metric part them.

    What a ratio is measured against is part of it; what was weighed or timed is so many bytes or seconds.
    """
    result = named.result
    what = plain(result.wording) or result.metric or ""
    against = ""
    if named.words.kind in ("", "ratio"):
        against = plain(named.words.baseline)
    return what, plain(result.unit), result.comparator, against


def _stated(named: Named) -> int:
    """Return how many of the four conditions of a number are stated."""
    words = named.words
    conditions = (words.baseline, words.model, words.hardware, words.setting)
    return len([text for text in conditions if text])


def plain(text: str | None) -> str:
    """Return what two spellings of one condition share."""
    if text is None:
        return ""
    return " ".join(text.casefold().split())
