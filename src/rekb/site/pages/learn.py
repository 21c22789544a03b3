"""Reading paths: a page of all of them, and one for each with its steps and its questions."""

from dataclasses import dataclass

from markupsafe import Markup

from rekb.kb import KnowledgeBase
from rekb.model.paths import PathStep, ReadingPath
from rekb.site.calculator.quiz import Asked, asked
from rekb.site.calculator.rows import has_models
from rekb.site.page import Page, SearchText
from rekb.site.pages.compare import MOST
from rekb.site.parts.levels import easiest_text
from rekb.site.parts.paths import path_link
from rekb.site.parts.prose import paragraphs
from rekb.site.parts.views import LinkView, Material, topic_link
from rekb.site.templating import head_files, render
from rekb.site.urls import COMPARE, LEARN, MODELS, entry_path, learn_path

_LEVELS = {
    "beginner": ("Begin here", "You need nothing but curiosity, and what each path says of itself."),
    "intermediate": ("Go on", "You know the basics; each path names the one that is best read before."),
    "advanced": ("Go deep", "You have worked in the area."),
}
"""Levels in their order, with their headings."""
_ALL = LinkView("Learn", LEARN)


@dataclass(frozen=True, slots=True)
class StepView:
    """One step."""

    goal: str
    """Citation key or topic id, by which progress is kept."""
    link: LinkView
    note: str
    """Authors and year, or that it is an overview."""
    why: str
    text: Markup
    """The easiest text about the work; empty where none is written."""


@dataclass(frozen=True, slots=True)
class PathView:
    """A path as a card on the page of all."""

    id: str
    link: LinkView
    whom: str
    area: LinkView
    """The root of the tree that it is in."""
    goals: tuple[str, ...]
    questions: int


@dataclass(frozen=True, slots=True)
class LevelOfPaths:
    """The paths of one level."""

    id: str
    title: str
    help: str
    paths: tuple[PathView, ...]


@dataclass(frozen=True, slots=True)
class LearnContext:
    """What learn.html is given."""

    levels: tuple[LevelOfPaths, ...]
    count: int
    """How many paths there are."""
    steps: int
    """Works and overviews on all paths, each counted once."""
    planner: str
    """Address of the planner, whose formulas answer the questions; empty without models."""


@dataclass(frozen=True, slots=True)
class PathContext:
    """What path.html is given."""

    id: str
    title: str
    trail: tuple[LinkView, ...]
    level: str
    goal: str
    whom: str
    topic: LinkView
    before: tuple[LinkView, ...]
    """Paths that are best read before."""
    steps: tuple[StepView, ...]
    questions: tuple[Asked, ...]
    next: tuple[LinkView, ...]
    """Paths that go on from here."""
    planner: str
    """Address of the planner, where there is one."""
    compare: str
    """Address of the works side by side, as many as fit."""


def learn_pages(material: Material) -> tuple[Page, ...]:
    """Return the page of all paths, and the page of each."""
    files = head_files(LEARN, "learn.css", "learn.js")
    hub = Page(
        path=LEARN,
        title="Learn",
        made=lambda: render("learn.html", LEARN, _learn_context(material.base)),
        description="Reading paths through the field: what to read first, what next, and why.",
        head=files,
        search=SearchText("Learn: reading paths", "Where to begin, course, tutorial, what to read first"),
        wide=True,
    )
    return (hub, *(_path_page(material, path) for path in material.base.paths))


def _path_page(material: Material, path: ReadingPath) -> Page:
    address = learn_path(path.id)

    def body() -> Markup:
        return render("path.html", address, _path_context(material, path))

    return Page(
        path=address,
        title=path.title,
        made=body,
        description=path.goal,
        head=head_files(address, "learn.css", "learn.js"),
        search=SearchText(f"{path.title} (reading path)", path.goal, path.title, lists_works=True),
        wide=True,
    )


def _learn_context(base: KnowledgeBase) -> LearnContext:
    by_level: dict[str, list[PathView]] = {}
    goals: set[str] = set()
    for path in base.paths:
        by_level.setdefault(path.level, []).append(_path_view(base, path))
        goals.update(step.goal for step in path.steps)
    levels = []
    for level, (title, help_) in _LEVELS.items():
        if level in by_level:
            levels.append(LevelOfPaths(level, title, help_, tuple(by_level[level])))
    return LearnContext(tuple(levels), len(base.paths), len(goals), _planner(base))


def _path_view(base: KnowledgeBase, path: ReadingPath) -> PathView:
    area = path.topic.partition("/")[0]
    return PathView(
        id=path.id,
        link=path_link(path),
        whom=path.whom,
        area=topic_link(base, area),
        goals=tuple(step.goal for step in path.steps),
        questions=len(path.questions),
    )


def _path_context(material: Material, path: ReadingPath) -> PathContext:
    base = material.base
    answered = (asked(base, question) for question in path.questions)
    by_id = {other.id: other for other in base.paths}
    works = []
    for step in path.steps:
        if step.entry in base.entries:
            works.append(step.entry)
    compare = ""
    if len(works) > 1:
        compare = f"{COMPARE}?papers={','.join(map(str, works[:MOST]))}"
    return PathContext(
        id=path.id,
        title=path.title,
        trail=(_ALL,),
        level=path.level,
        goal=path.goal,
        whom=path.whom,
        topic=topic_link(base, path.topic),
        before=tuple(path_link(by_id[other]) for other in path.after if other in by_id),
        steps=tuple(_step(material, step) for step in path.steps),
        questions=tuple(question for question in answered if question),
        next=tuple(path_link(other) for other in base.paths if path.id in other.after),
        planner=_planner(base),
        compare=compare,
    )


def _planner(base: KnowledgeBase) -> str:
    if has_models(base):
        return MODELS
    return ""


def _step(material: Material, step: PathStep) -> StepView:
    base = material.base
    if step.entry and step.entry in base.entries:
        entry = base.entries[step.entry]
        row = material.rows[step.entry]
        text = easiest_text(base.config, entry.summary, "")
        link = LinkView(row.name, entry_path(step.entry), row.title)
        return StepView(step.goal, link, f"{row.authors}, {row.venue}", step.why, paragraphs(text))
    return StepView(step.goal, topic_link(base, step.goal), "Overview of a topic", step.why, Markup())
