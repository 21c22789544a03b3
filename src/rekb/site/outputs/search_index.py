"""What the header's search knows: a document for each page and for each author of several works."""

import re

from rekb.citation.names import name_of
from rekb.model import Entry
from rekb.site.page import Page, SearchText
from rekb.site.parts.levels import easiest_text
from rekb.site.parts.views import Material, formal_record, short_authors, venue_label
from rekb.site.urls import author_path

_SMALL = frozenset({"of", "and", "in", "the", "for", "to"})


Document = tuple[str, SearchText]
"""An address and how it is found."""


def documents(material: Material, pages: tuple[Page, ...]) -> tuple[Document, ...]:
    """Return every document of the header's search, those of pages first."""
    found = [(page.path, page.search) for page in pages if page.search]
    return (*found, *_authors(material))


def entry_search(material: Material, key: str) -> SearchText:
    """Return how one work is found: by its name, title, authors, and the words of its easiest summary."""
    entry = material.base.entries[key]
    named = entry.name and entry.name.casefold() not in entry.title.casefold()
    record = formal_record(material.base, key)
    tags = (badge.label for found in material.rows[key].own.values() for badge in found)
    text = (easiest_text(material.base.config, entry.summary, ""), *_code(entry), *tags)
    return SearchText(
        title=f"{entry.name}: {entry.title}" if named else entry.title,
        text=" ".join(text).strip(),
        names=tuple(dict.fromkeys((*_called(entry), *entry.titles, key))),
        people=", ".join(name_of(author).natural for author in entry.authors),
        note=f"{short_authors(entry)} · {venue_label(material.base, record)} {record.year}",
        links=len(material.index.cited_by.get(key, ())),
    )


def topic_search(material: Material, topic_id: str) -> SearchText:
    """Return how a topic is found: by its title, its short forms, and what the survey's list calls it."""
    topic = material.base.topics[topic_id]
    also = topic.survey.also_called if topic.survey else ()
    plain = easiest_text(material.base.config, topic.summary, "")
    count = len(material.index.under_topic.get(topic_id, ()))
    parent = material.base.topics.get(topic_id.rpartition("/")[0])
    within = f" in {parent.title}" if parent else ""
    return SearchText(
        title=f"{topic.title} (topic)",
        text=f"{topic.scope} {plain}".strip(),
        names=tuple(dict.fromkeys((topic.title, *also, *short_forms(topic.title)))),
        note=f"Topic{within} · {count} {'work' if count == 1 else 'works'}",
        links=count,
    )


def short_forms(title: str) -> tuple[str, ...]:
    """Return what readers shorten a title to: ``MoE``, ``KV Cache`` for Key-Value Cache."""
    words = title.split()
    joined = [_initials(word.split("-")) if word.count("-") else word for word in words]
    forms = [" ".join(joined)] if joined != words else []
    parts = re.findall(r"[^\s-]+", title)
    if len(parts) > 2:  # noqa: PLR2004 - two letters stand for too much
        large = [part for part in parts if part.lower() not in _SMALL]
        forms += [_initials(parts), _initials(large)]
    return tuple(dict.fromkeys(form for form in forms if form.strip()))


def _initials(parts: list[str]) -> str:
    return "".join(part[0] for part in parts if part)


def _code(entry: Entry) -> tuple[str, ...]:
    """Return the name of the authors' repository; readers often know the code better than the title."""
    code = entry.links.code
    return (code.url.rstrip("/").rpartition("/")[2],) if code and code.official else ()


def _called(entry: Entry) -> tuple[str, ...]:
    """Return the name of a work, and the part of its title before a colon where that is one."""
    head, colon, _ = entry.title.partition(":")
    return tuple(name for name in (entry.name or "", head if colon else "") if name)


def _authors(material: Material) -> list[Document]:
    found = []
    for name, keys in material.index.by_author.items():
        if len(keys) > 1:
            family, _, given = name.partition(", ")
            natural = f"{given} {family}".strip()
            works = ", ".join(material.rows[key].name for key in keys)
            text = SearchText(f"{natural} (author)", "", (natural, name), note=f"Author · {works}")
            found.append((author_path(name), text))
    return found
