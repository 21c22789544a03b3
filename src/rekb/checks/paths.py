"""Rules on taxonomy/paths.yaml: steps in an order that the ties allow, and questions that have an answer."""

from collections.abc import Collection, Iterator, Mapping

from rekb.checks.references import nearest
from rekb.checks.registry import Finding, Reads, rule
from rekb.kb import KnowledgeBase
from rekb.kb.shapes import keeps_cache, variant_of
from rekb.loading.layout import PATHS
from rekb.meant import did_you_mean
from rekb.model.entry import READ_FIRST, Entry
from rekb.model.parts import variants_of
from rekb.model.paths import PathQuestion, Quantity, ReadingPath, Setup
from rekb.model.variant import Variant

_LEVELS = ("beginner", "intermediate", "advanced")
_OF_CARDS = ("cards", "context", "speed")
"""Quantities that depend on a device."""
_OF_CACHE = ("cache", "memory", *_OF_CARDS)
"""Quantities that the cache is part of."""


def _steps(base: KnowledgeBase) -> Iterator[tuple[int, int, str, str]]:
    """Yield the numbers of path and step, whether it is an `entry` or a `topic`, and its key or id."""
    for number, path in enumerate(base.paths):
        for place, step in enumerate(path.steps):
            yield number, place, "entry" if step.entry else "topic", step.goal


@rule("unknown-step", reads=Reads.TAXONOMY)
def unknown_step(base: KnowledgeBase) -> Iterator[Finding]:
    """A step of a reading path leads to a page: to an entry or a topic that is here.

    Example: `{entry: dao2022flashatention, why: "..."}`
    Fix: write the key of an entry or the id of a topic.
    """
    for number, place, kind, goal in _steps(base):
        known: Collection[str]
        if kind == "entry":
            known = base.entries
            is_unread = base.unread.has_entry(goal)
        else:
            known = base.topics
            is_unread = base.unread.has_topic(goal)
        if goal not in known and not is_unread:
            hint = nearest(goal, known, f"write an {kind} that is here")
            yield Finding(
                PATHS, ("paths", number, "steps", place, kind), f"there is no {kind} `{goal}`", hint
            )
    for number, path in enumerate(base.paths):
        if path.topic not in base.topics and not base.unread.has_topic(path.topic):
            hint = nearest(path.topic, base.topics, "write the id of a topic")
            yield Finding(PATHS, ("paths", number, "topic"), f"there is no topic `{path.topic}`", hint)


@rule("repeated-step", reads=Reads.TAXONOMY)
def repeated_step(base: KnowledgeBase) -> Iterator[Finding]:
    """Nobody reads a work twice on one path; what is to be said of it stands at one step.

    Example: the same `entry` at the second and at the fifth step
    Fix: keep the step where the work is needed first.
    """
    seen: dict[tuple[int, str], int] = {}
    for number, place, kind, goal in _steps(base):
        first = seen.setdefault((number, goal), place)
        if first != place:
            message = f"`{goal}` is step {first + 1} of this path already"
            yield Finding(PATHS, ("paths", number, "steps", place, kind), message, "keep one of the two")


def _bases(entry: Entry) -> list[str]:
    """Return the works that an entry rests on."""
    found: list[str] = []
    for relation in entry.relations:
        if relation.type in READ_FIRST:
            found.append(relation.entry)
    return found


@rule("step-before-its-base", facts=_bases)
def step_before_its_base(base: KnowledgeBase) -> Iterator[Finding]:
    """A path follows the ties: who reads a work has read what it builds on, where the path has that, too.

    Example: `dao2023flashattention2` before `dao2022flashattention`
    Fix: move the earlier work before it, or correct the relation that is wrong.
    """
    for number, path in enumerate(base.paths):
        places: dict[str, int] = {}
        for place, step in enumerate(path.steps):
            if step.entry:
                # Of a step that is repeated, the first place counts.
                places.setdefault(step.entry, place)
        for key, place in places.items():
            for other in _rests_on(base, key):
                if places.get(other, -1) > place:
                    where = ("paths", number, "steps", place, "entry")
                    message = f"`{key}` rests on `{other}`, which comes later on this path"
                    yield Finding(PATHS, where, message, f"move `{other}` before it")


def _rests_on(base: KnowledgeBase, key: str) -> list[str]:
    if key not in base.entries:
        return []
    return _bases(base.entries[key])


@rule("path-after-itself", reads=Reads.TAXONOMY)
def path_after_itself(base: KnowledgeBase) -> Iterator[Finding]:
    """What is read before a path is a path that is here, no harder than it, and leads to an end.

    Example: `after: [attention]` at the path `attention`, or at one that `attention` comes after
    Fix: name an easier path, or delete the word.
    """
    paths = {path.id: path for path in base.paths}
    for number, path in enumerate(base.paths):
        for place, other in enumerate(path.after):
            where = ("paths", number, "after", place)
            if other not in paths:
                hint = did_you_mean(other, paths) or "write the id of a path, or delete it"
                yield Finding(PATHS, where, f"there is no path `{other}`", hint)
            elif path.id in _before(paths, other):
                message = f"`{other}` comes after `{path.id}` by its own words"
                yield Finding(PATHS, where, message, "delete one of the two")
            elif _LEVELS.index(paths[other].level) > _LEVELS.index(path.level):
                message = f"`{other}` is {paths[other].level}, this path {path.level}"
                yield Finding(PATHS, where, message, "correct a level, or delete the word")


def _before(paths: Mapping[str, ReadingPath], start: str) -> set[str]:
    """Return a path and all that are read before it."""
    found = {start}
    waiting = [start]
    while waiting:
        path = paths.get(waiting.pop())
        if path is None:
            continue
        # Paths that name each other would be walked in a circle without end.
        further = set(path.after) - found
        found |= further
        waiting.extend(further)
    return found


@rule("question-without-answer", facts=variants_of)
def question_without_answer(base: KnowledgeBase) -> Iterator[Finding]:
    """The answer of a question is worked out, so every figure that its formula takes must be known.

    Example: `asks: cache` of an encoder, or without a `context`
    Fix: name a model whose shape is published here, and the context or device that the formula takes.
    """
    # The shape or device that seems to be missing may be in a file that could not be read.
    if base.unread.measures or base.unread.entries or base.unread.folders:
        return
    for number, path in enumerate(base.paths):
        for place, question in enumerate(path.questions):
            for side, setup in _sides(question):
                where = ("paths", number, "questions", place, side)
                for missing in _missing(base, question.asks, setup):
                    yield Finding(PATHS, where, *missing)


def _sides(question: PathQuestion) -> Iterator[tuple[str, Setup]]:
    yield "of", question.of
    if question.against:
        yield "against", question.against


def _missing(base: KnowledgeBase, asks: Quantity, setup: Setup) -> Iterator[tuple[str, str]]:
    """Yield what is missing for a quantity, each with what to write."""
    variant = variant_of(base, setup.model)
    if variant is None:
        message = f"no published shape of `{setup.model}` is here"
        yield message, "write the id of a model of taxonomy/models.yaml that has a `card`"
        return
    yield from _missing_figures(asks, setup, variant)
    if setup.device:
        device = base.measures.device(setup.device)
    else:
        device = None
    if asks in _OF_CARDS and (device is None or device.memory is None):
        yield "the memory of the device is not known", "name a device of taxonomy/devices.yaml that has one"
    if asks == "speed" and device is not None and not device.bandwidth:
        yield f"the bandwidth of `{setup.device}` is not known", "name a device that has one"


def _missing_figures(asks: Quantity, setup: Setup, variant: Variant) -> Iterator[tuple[str, str]]:
    if asks != "cache" and not variant.parameters:
        yield f"the parameters of `{setup.model}` are not known", "name a model that has them"
    if asks == "training-flops" and not variant.training_tokens:
        yield f"the training tokens of `{setup.model}` are not known", "name a model that has them"
    if asks in _OF_CACHE and not keeps_cache(variant):
        yield f"what the cache of `{setup.model}` depends on is not known", "name a decoder whose heads are"
    if asks in _OF_CACHE and setup.context is None:
        yield "the cache depends on the context, which is missing", "write `context`, in tokens"
