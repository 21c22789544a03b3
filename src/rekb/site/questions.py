"""Questions of the home page: which works answer one, and the state of the explore page that shows them."""

from urllib.parse import urlencode

from rekb.model.config import Question
from rekb.site.explore import facet_tokens
from rekb.site.urls import EXPLORE
from rekb.site.views import Material

Words = dict[str, tuple[str, ...]]


def question_path(question: Question) -> str:
    """Return the explore page's address for a question."""
    return f"{EXPLORE}?{urlencode(question.pairs(), safe='/@')}"


def answers(material: Material, question: Question) -> tuple[str, ...]:
    """Return the keys of the works that answer a question, by the rules of the explore page."""
    entries = material.base.entries.items()
    return tuple(
        key
        for key, entry in entries
        if (question.since or 0) <= entry.year <= (question.until or entry.year)
        and _fits(facet_tokens(material, entry), question)
    )


def _fits(held: Words, question: Question) -> bool:
    wanted, unwanted = question.state.words(), question.without.words()
    saves, phase = wanted.pop("saves", ()), wanted.pop("phase", ())
    effects = [token.split("@") for token in held["saves"]]
    timely = any((not saves or s in saves) and (not phase or p in phase) for s, p in effects)
    if (saves or phase) and not timely:
        return False
    if any(set(words).isdisjoint(held[name]) for name, words in wanted.items()):
        return False
    flat = held | {"saves": tuple(s for s, _ in effects), "phase": tuple(p for _, p in effects)}
    return all(set(words).isdisjoint(flat[name]) for name, words in unwanted.items())
