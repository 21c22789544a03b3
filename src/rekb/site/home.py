"""The home page: what this is, the tree at a glance, questions to start from, what came last."""

from dataclasses import dataclass

from rekb.model import Facet
from rekb.site.page import Page, SearchText, SiteSettings
from rekb.site.templating import render
from rekb.site.topic import ChildView, child_view
from rekb.site.urls import EXPLORE, HOME
from rekb.site.views import LinkView, Material, RowView

_NEWEST = 6


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question that is a saved state of the explore page."""

    text: str
    path: str
    count: int
    reason: str


@dataclass(frozen=True, slots=True)
class ResourceView:
    """A resource with the number of works that save it."""

    label: str
    help: str
    count: int
    share: int
    """Of 100, against the resource that most works save."""
    path: str


@dataclass(frozen=True, slots=True)
class HomeContext:
    """What home.html is given."""

    name: str
    description: str
    works: int
    topics: int
    venues: int
    results: int
    relations: int
    roots: tuple[ChildView, ...]
    questions: tuple[QuestionView, ...]
    resources: tuple[ResourceView, ...]
    newest: tuple[RowView, ...]
    first_year: int
    last_year: int


@dataclass(frozen=True, slots=True)
class Question:
    """What a work must save, when, and what it must not need."""

    text: str
    reason: str
    saves: tuple[str, ...]
    phase: tuple[str, ...]
    not_needs: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()

    def query(self) -> str:
        """Return the explore page's address for it."""
        parts = [f"{name}={word}" for name in ("saves", "phase", "topic") for word in getattr(self, name)]
        parts += [f"not-needs={word}" for word in self.not_needs]
        return f"{EXPLORE}?{'&'.join(parts)}"


_TRAINING_NEEDS = ("pre-training", "retraining", "fine-tuning")
QUESTIONS = (
    Question(
        "One GPU, a model that does not fit: what works without retraining?",
        "Methods that lower memory at inference and ask for no training of any kind.",
        ("memory",),
        ("inference",),
        not_needs=(*_TRAINING_NEEDS, "several-devices"),
    ),
    Question(
        "How do I fine-tune on little memory?",
        "Methods that lower memory while a trained model is adapted.",
        ("memory",),
        ("fine-tuning",),
    ),
    Question(
        "How do I answer faster with the weights I have?",
        "Methods that shorten the wait at inference and leave the weights untrained.",
        ("latency",),
        ("inference",),
        not_needs=_TRAINING_NEEDS,
    ),
    Question(
        "How do I serve more requests on the same machines?",
        "Methods that raise throughput at inference.",
        ("throughput",),
        ("inference",),
    ),
    Question(
        "How do I train across slow or few links?",
        "Methods that move fewer bytes between machines while training.",
        ("communication",),
        ("training", "pre-training", "fine-tuning"),
    ),
    Question(
        "What makes image generation quicker?",
        "Diffusion methods that shorten sampling.",
        ("latency",),
        ("inference",),
        topic=("architectures/diffusion",),
    ),
)
"""Questions to start from; the home page leaves out those without an answer in the data."""


def answers(material: Material, question: Question) -> tuple[str, ...]:
    """Return the keys of the works that answer a question, by the rules of the explore page."""
    keys = []
    for key, entry in material.base.entries.items():
        saved = any(
            e.change == "saves" and e.resource in question.saves and e.phase in question.phase
            for e in entry.effects
        )
        needs = entry.requires if entry.requires is not None else ("unknown",)
        placed = not question.topic or any(t.startswith(w) for t in entry.topics for w in question.topic)
        if saved and placed and not set(needs) & set(question.not_needs):
            keys.append(key)
    return tuple(keys)


def home_page(material: Material, settings: SiteSettings) -> Page:
    """Return the home page."""
    base = material.base
    entries = base.entries
    newest = sorted(entries, key=lambda key: (entries[key].added, entries[key].year, key), reverse=True)
    years = [entry.year for entry in entries.values()] or [0]
    context = HomeContext(
        name=settings.name,
        description=settings.description,
        works=len(entries),
        topics=len(base.topics),
        venues=len(material.index.by_venue),
        results=sum(len(entry.results) for entry in entries.values()),
        relations=sum(len(entry.relations) for entry in entries.values()),
        roots=tuple(child_view(material, root) for root in base.children(None)),
        questions=_questions(material),
        resources=_resources(material),
        newest=tuple(material.rows[key] for key in newest[:_NEWEST]),
        first_year=min(years),
        last_year=max(years),
    )
    return Page(
        path=HOME,
        title=settings.name,
        body=render("home.html", HOME, context),
        description=settings.description,
        search=SearchText(settings.name, settings.description),
        wide=True,
    )


def _questions(material: Material) -> tuple[QuestionView, ...]:
    found = [(question, len(answers(material, question))) for question in QUESTIONS]
    return tuple(QuestionView(q.text, q.query(), count, q.reason) for q, count in found if count)


def _resources(material: Material) -> tuple[ResourceView, ...]:
    entries = material.base.entries.values()
    counts = {
        word: sum(any(e.change == "saves" and e.resource == word for e in entry.effects) for entry in entries)
        for word in material.base.facets.get(Facet.RESOURCE, {})
    }
    most = max(counts.values(), default=0) or 1
    words = material.base.facets.get(Facet.RESOURCE, {})
    return tuple(
        ResourceView(words[w].label, words[w].description, n, round(100 * n / most), f"{EXPLORE}?saves={w}")
        for w, n in sorted(counts.items(), key=lambda pair: -pair[1])
        if n
    )


__all__ = ["QUESTIONS", "LinkView", "answers", "home_page"]
