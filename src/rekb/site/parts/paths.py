"""Reading paths as other pages name them: those of works that are steps, and of topics."""

from dataclasses import dataclass

from rekb.kb import KnowledgeBase
from rekb.model.paths import ReadingPath
from rekb.site.parts.views import LinkView
from rekb.site.urls import learn_path


@dataclass(frozen=True, slots=True)
class StepLink:
    """A place on a reading path."""

    link: LinkView
    """The path."""
    number: int
    """Which of its steps this is, from 1."""
    count: int
    """How many steps it has."""


def path_link(path: ReadingPath) -> LinkView:
    """Return the link to a reading path."""
    return LinkView(path.title, learn_path(path.id), path.goal)


def steps_at(base: KnowledgeBase, goal: str) -> tuple[StepLink, ...]:
    """Return where a work or topic is on reading paths; `goal` is its citation key or topic id."""
    found = []
    for path in base.paths:
        goals = [step.goal for step in path.steps]
        if goal in goals:
            found.append(StepLink(path_link(path), goals.index(goal) + 1, len(goals)))
    return tuple(found)


def paths_into(base: KnowledgeBase, topic: str) -> tuple[LinkView, ...]:
    """Return the paths that lead into a topic or into one below it."""
    found: list[LinkView] = []
    for path in base.paths:
        # With the slash behind both, a topic is below itself, and `a-b` is not below `a`.
        if f"{path.topic}/".startswith(f"{topic}/"):
            found.append(path_link(path))
    return tuple(found)
