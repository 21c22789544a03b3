"""The Markdown export: references in the style of the APA, under the topics they belong to."""

import re
from collections.abc import Iterator

from rekb.citation.names import one_line
from rekb.citation.plain import apa_text
from rekb.exports.scope import topics_of
from rekb.kb import KnowledgeBase
from rekb.model import Entry

_DEEPEST = 6
_MARKUP = re.compile(r"[\\`*_{}\[\]#]")
_BY_ENTITY = re.compile(r"[~|$@<>]|&(?=[#\w])")


def markdown_file(base: KnowledgeBase, keys: tuple[str, ...]) -> str:
    """Return a list of references grouped by primary topic, in the order of the tree."""
    blocks = ["# References", *_topics(base, keys)]
    loose = [key for key in keys if base.entries[key].topics[0] not in base.topics]
    if loose:
        blocks += ["## Other", _list(base, loose)]
    return "\n\n".join(blocks) + "\n"


def plain_in_markdown(text: str) -> str:
    """Return Markdown that shows `text` as it is, whichever Markdown reads it."""
    escaped = _MARKUP.sub(lambda match: f"\\{match[0]}", one_line(text))
    return _BY_ENTITY.sub(lambda match: f"&#{ord(match[0])};", escaped)


def _topics(base: KnowledgeBase, keys: tuple[str, ...]) -> Iterator[str]:
    below: dict[str, list[str]] = {}
    for key in keys:
        below.setdefault(base.entries[key].topics[0], []).append(key)
    shown = {topic for primary in below for topic in (*base.ancestors(primary), primary)}
    for topic in topics_of(base, keys):
        if topic not in shown:
            continue
        level = min(topic.count("/") + 2, _DEEPEST)
        yield f"{'#' * level} {plain_in_markdown(base.topics[topic].title)}"
        if topic in below:
            yield _list(base, below[topic])


def _list(base: KnowledgeBase, keys: list[str]) -> str:
    return "\n".join(_reference(base, key) for key in keys)


def _reference(base: KnowledgeBase, key: str) -> str:
    entry = base.entries[key]
    work = base.citations.work(key)
    link = f" <{work.link}>" if work.link else ""
    name, text = plain_in_markdown(entry.display_name), plain_in_markdown(apa_text(work))
    return f"- **{name}** (`{key}`): {text}{link}{_tags(base, entry)}"


def _tags(base: KnowledgeBase, entry: Entry) -> str:
    """Return the words of the facets that the knowledge base adds: `` Habitat: Forest, Town.``."""
    told = []
    for facet in base.config.own_facets:
        values = base.facets.get(facet, {})
        labels = [values[word].label if word in values else word for word in entry.tags.get(facet, ())]
        told += [f" {base.config.title_of(facet)}: {', '.join(labels)}."] if labels else []
    return plain_in_markdown("".join(told)) if told else ""
