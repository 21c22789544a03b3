"""Questions that readers come with: each is a saved state of the explore page with the reason for it."""

from dataclasses import dataclass
from urllib.parse import urlencode

from rekb.kb import KnowledgeBase
from rekb.model.config import Question
from rekb.site.facets.choice import Choice, matching, words_of
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


def choice_of(question: Question, own: tuple[str, ...] = ()) -> Choice:
    """Return the choice that a question of rekb.yaml stands for; `own` are the facets that it adds."""
    return Choice.parse(urlencode(question.pairs()), own)


def question_views(base: KnowledgeBase) -> tuple[QuestionView, ...]:
    """Return the questions that the data answers, each opening explore with the answers grouped by topic."""
    choices = [(question, choice_of(question, base.config.own_facets)) for question in base.config.questions]
    held = {key: words_of(base, key) for key in base.entries}
    found = [(question, choice.query(), len(matching(base, choice, held))) for question, choice in choices]
    return tuple(
        QuestionView(q.title, q.why, query, f"{EXPLORE}?{query}&group=topic", count)
        for q, query, count in found
        if count
    )
