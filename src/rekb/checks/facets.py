"""Rules on the facets that a knowledge base adds: declared once, with words, under a name that is free."""

from collections.abc import Iterable, Iterator

from rekb.checks.configuration import asked_words
from rekb.checks.references import nearest
from rekb.checks.registry import Finding, Reads, rule
from rekb.kb import KnowledgeBase
from rekb.loading.layout import CONFIG, FACETS
from rekb.model import Entry, Facet
from rekb.model.config import FacetWords
from rekb.model.facets import RESERVED


def _tags(entry: Entry) -> list[str]:
    """Return the own facets of an entry."""
    return list(entry.tags)


@rule("unknown-facet", facts=_tags)
def unknown_facet(base: KnowledgeBase) -> Iterator[Finding]:
    """A facet is built in, or `rekb.yaml` names it and taxonomy/facets.yaml has its words; no other is shown.

    Example: `facets: {hardwear: {title: Ran on}}` in `rekb.yaml`, `tags: {habitatt: [forest]}` in an entry.
    Fix: write the name of a facet that is there, or name the new one under `facets` in `rekb.yaml` and write
    its words in taxonomy/facets.yaml.
    """
    if base.unread.config:
        # The configuration names the facets, so none can be called unknown.
        return
    own = base.config.own_facets
    built_in = tuple(FacetWords.model_fields)
    if not base.unread.facets:
        yield from _without_words(base, own, built_in)
    for name in base.facets:
        if name not in own and name not in list(Facet):
            hint = nearest(name, (*Facet, *own), f"name it under `facets` in {CONFIG}")
            yield Finding(FACETS, (name,), f"there is no facet `{name}`", hint, key=True)
    yield from _in_entries(base, own)
    yield from _in_questions(base, (*built_in, *own))


def _without_words(base: KnowledgeBase, own: tuple[str, ...], built_in: tuple[str, ...]) -> Iterator[Finding]:
    """Yield the facets that rekb.yaml names and of which no word is known."""
    for name in own:
        if base.facets.get(name) or not _is_free(name):
            # A reserved name has a rule of its own.
            continue
        hint = nearest(name, built_in, f"write its words under `{name}` in {FACETS}")
        yield Finding(CONFIG, ("facets", name), f"there is no facet `{name}`", hint, key=True)


def _in_entries(base: KnowledgeBase, own: tuple[str, ...]) -> Iterator[Finding]:
    for key, entry in base.entries.items():
        for name in entry.tags:
            if name in own:
                continue
            hint = nearest(name, own, _known(own))
            message = f"there is no facet `{name}` for tags"
            yield Finding(base.entry_paths[key], ("tags", name), message, hint, key=True)


def _in_questions(base: KnowledgeBase, known: tuple[str, ...]) -> Iterator[Finding]:
    for place, words in asked_words(base):
        for name in words.words():
            if name in known:
                continue
            hint = nearest(name, known, _known(known))
            yield Finding(CONFIG, (*place, name), f"there is no facet `{name}`", hint, key=True)


def _known(names: Iterable[str]) -> str:
    listed = ", ".join(names)
    if not listed:
        return f"name it under `facets` in {CONFIG}"
    return f"known here: {listed}"


def _is_free(name: str) -> bool:
    # `not-` before the name of a facet leaves its words out, in addresses.
    if name in RESERVED:
        return False
    return not name.startswith("not-")


@rule("reserved-facet", reads=Reads.TAXONOMY)
def reserved_facet(base: KnowledgeBase) -> Iterator[Finding]:
    """The name of an own facet stands in addresses and tables, where some names mean something else.

    Example: `facets: {year: {title: Season}}` in `rekb.yaml`.
    Fix: choose another name; what readers see is its `title`.
    """
    for name in base.config.own_facets:
        if not _is_free(name):
            message = f"no facet can be called `{name}`: addresses or tables use the name"
            yield Finding(CONFIG, ("facets", name), message, "choose another name", key=True)
