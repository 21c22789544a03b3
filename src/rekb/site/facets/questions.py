"""Questions that readers come with: each is a saved state of the explore page with the reason for it."""

from dataclasses import dataclass

from rekb.kb import KnowledgeBase
from rekb.kb.query import Query, matching
from rekb.model.config import Question
from rekb.site.urls import EXPLORE


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question with its address and the number of works that answer it."""

    text: str
    reason: str
    query: str
    """The state without the order in which it is shown."""
    path: str
    count: int


@dataclass(frozen=True, slots=True)
class PresetView:
    """Filters that people mean by one word."""

    title: str
    why: str
    query: str


def preset_views(base: KnowledgeBase) -> tuple[PresetView, ...]:
    """Return the presets that some work answers."""
    found = []
    for preset in base.config.presets:
        query = Query.of(preset.pairs(), base.config.own_facets)
        if matching(base, query):
            found.append(PresetView(preset.title, preset.why, query.address()))
    return tuple(found)


def query_of(question: Question, own: tuple[str, ...] = ()) -> Query:
    """Return the query that a question of rekb.yaml means; `own` are the facets that it adds."""
    return Query.of(question.pairs(), own)


def question_views(base: KnowledgeBase) -> tuple[QuestionView, ...]:
    """Return the questions that the data answers, each opening explore with the answers grouped by topic."""
    found: list[QuestionView] = []
    for question in base.config.questions:
        query = query_of(question, base.config.own_facets)
        count = len(matching(base, query))
        if count:
            address = query.address()
            path = f"{EXPLORE}?{address}&group=topic"
            found.append(QuestionView(question.title, question.why, address, path, count))
    return tuple(found)
