"""The Markdown export: references in the style of the APA, under the topics they belong to."""

from collections.abc import Iterator

from rekb.citation.plain import apa_text
from rekb.exports.scope import topics_of
from rekb.kb import KnowledgeBase
from rekb.markdowntext import plain_in_markdown
from rekb.model import Entry

_DEEPEST = 6
"""Markdown has six levels of headings; deeper topics share the last."""


def markdown_file(base: KnowledgeBase, keys: tuple[str, ...]) -> str:
    """Return a list of references grouped by primary topic, in the order of the tree."""
    blocks = ["# References", *_topics(base, keys)]
    loose = []
    for key in keys:
        if base.entries[key].topics[0] not in base.topics:
            loose.append(key)
    if loose:
        blocks += ["## Other", _list(base, loose)]
    return "\n\n".join(blocks) + "\n"


def _topics(base: KnowledgeBase, keys: tuple[str, ...]) -> Iterator[str]:
    works_at = _by_primary_topic(base, keys)
    with_heading: set[str] = set()
    for primary in works_at:
        with_heading.update(base.ancestors(primary))
        with_heading.add(primary)
    for topic in topics_of(base, keys):
        if topic in with_heading:
            yield _heading(base, topic)
        if topic in works_at:
            yield _list(base, works_at[topic])


def _by_primary_topic(base: KnowledgeBase, keys: tuple[str, ...]) -> dict[str, list[str]]:
    # A list of references names each work once, so its further topics are passed over here.
    works_at: dict[str, list[str]] = {}
    for key in keys:
        primary = base.entries[key].topics[0]
        works_at.setdefault(primary, []).append(key)
    return works_at


def _heading(base: KnowledgeBase, topic: str) -> str:
    level = min(topic.count("/") + 2, _DEEPEST)
    title = plain_in_markdown(base.topics[topic].title)
    return f"{'#' * level} {title}"


def _list(base: KnowledgeBase, keys: list[str]) -> str:
    parts = []
    for key in keys:
        parts.append(_reference(base, key))
    return "\n".join(parts)


def _reference(base: KnowledgeBase, key: str) -> str:
    """Return the line of a work, which stands in its own list and in that of all."""
    entry = base.entries[key]
    place = ("line of a list", key)
    if place not in base.texts:
        base.texts[place] = _line(base, key, entry)
    return base.texts[place]


def _line(base: KnowledgeBase, key: str, entry: Entry) -> str:
    work = base.citations.work(key)
    name = plain_in_markdown(entry.display_name)
    reference = f"- **{name}** (`{key}`): {plain_in_markdown(apa_text(work))}"
    if work.link:
        reference += f" <{work.link}>"
    return reference + _tags(base, entry)


def _tags(base: KnowledgeBase, entry: Entry) -> str:
    """Return the words of the facets that the knowledge base adds: `` Habitat: Forest, Town.``."""
    tags = ""
    for facet in base.config.own_facets:
        labels = ", ".join(_labels(base, entry, facet))
        if labels:
            # Between two facets is one space, which making text plain would cut at the start.
            tags += " " + plain_in_markdown(f"{base.config.title_of(facet)}: {labels}.")
    return tags


def _labels(base: KnowledgeBase, entry: Entry, facet: str) -> Iterator[str]:
    values = base.facets.get(facet, {})
    for word in entry.tags.get(facet, ()):
        if word in values:
            yield values[word].label
        else:
            yield word
