"""Headings of a list as topics: the same words as a topic's title, or another name that the survey uses."""

from dataclasses import dataclass

from rekb.kb import KnowledgeBase
from rekb.model.keys import title_fingerprint


@dataclass(frozen=True, slots=True)
class TopicTitles:
    """Titles of topics, as they are compared."""

    ids: dict[str, tuple[str, ...]]
    """Fingerprint of a title to the topics that have it."""

    def find(self, headings: tuple[str, ...]) -> str | None:
        """Return the topic that the innermost heading names, or None when that is not certain.

        Of several topics with one title, that one counts which is below the topic of an outer heading.
        """
        for depth in range(len(headings), 0, -1):
            found = self.ids.get(title_fingerprint(headings[depth - 1]), ())
            if len(found) > 1 and (outer := self.find(headings[: depth - 1])):
                found = tuple(topic for topic in found if topic.startswith(f"{outer}/"))
            if len(found) == 1:
                return found[0]
        return None


def topic_titles(base: KnowledgeBase) -> TopicTitles:
    """Return the titles of a knowledge base's topics."""
    ids: dict[str, list[str]] = {}
    for topic_id, topic in base.topics.items():
        names = (topic.title, *(topic.survey.also_called if topic.survey else ()))
        for mark in dict.fromkeys(title_fingerprint(name) for name in names):
            ids.setdefault(mark, []).append(topic_id)
    return TopicTitles({mark: tuple(found) for mark, found in ids.items()})
