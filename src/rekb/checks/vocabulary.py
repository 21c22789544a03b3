"""Rules on the taxonomy's own files: venues, vocabularies, the order of topics."""

from collections.abc import Iterator
from typing import Any

from rekb.checks.registry import Claims, Finding, Reads, rule
from rekb.kb import KnowledgeBase
from rekb.kb.decisions import Decision, decisions
from rekb.loading.layout import (
    CANDIDATES,
    COMBINES,
    DECLINED,
    DEVICES,
    FACETS,
    METRICS,
    MODELS,
    PATHS,
    VENUES,
)
from rekb.meant import did_you_mean
from rekb.model.keys import identifiers, title_fingerprint
from rekb.yamlio.document import Path_

NUMBER_VOCABULARIES = ((METRICS, "units"), (METRICS, "metrics"), (MODELS, "models"), (DEVICES, "devices"))
"""The vocabularies of numbers: file and field."""


def rows(base: KnowledgeBase, file: str, field: str) -> Iterator[tuple[Path_, dict[str, Any]]]:
    """Yield the rows of a vocabulary as written; the models keep one row of each id only.

    A file with faults may hold anything in their place: what is no row with an id is passed over.
    """
    document = base.documents.get(file)
    if document is None or not isinstance(document.value, dict):
        return
    listed = document.value.get(field)
    if not isinstance(listed, list):
        return
    for number, row in enumerate(listed):
        if isinstance(row, dict) and isinstance(row.get("id"), str):
            yield (field, number), row


@rule("repeated-id", reads=Reads.TAXONOMY)
def repeated_id(base: KnowledgeBase) -> Iterator[Finding]:
    """A word of a vocabulary has one meaning.

    Example: two venues with `id: icml`.
    Fix: keep one.
    """
    # A file that could not be read as a vocabulary may hold rows without an id.
    # The models keep one row of each id, so rows are counted as they are written.
    vocabularies: list[tuple[str, str]] = []
    if not base.unread.venues:
        vocabularies.append((VENUES, "venues"))
    if not base.unread.facets:
        vocabularies.extend((FACETS, facet) for facet in base.facets)
    vocabularies.extend(
        (file, field) for file, field in NUMBER_VOCABULARIES if file not in base.unread.measures
    )
    vocabularies.extend(
        ((DECLINED, "reasons"), (DECLINED, "declined"), (COMBINES, "sources"), (PATHS, "paths"))
    )
    for file, field in vocabularies:
        seen: set[str] = set()
        for path, row in rows(base, file, field):
            if row["id"] in seen:
                yield Finding(file, (*path, "id"), f"`{row['id']}` is in `{field}` twice", "keep one")
            seen.add(row["id"])


@rule("ambiguous-venue", reads=Reads.TAXONOMY)
def ambiguous_venue(base: KnowledgeBase) -> Iterator[Finding]:
    """A spelling leads to one venue, or what is read from elsewhere ends up at the wrong one.

    Example: `accepts: [ICML]` at the workshops of ICML.
    Fix: keep the spelling at the venue that it means.
    """
    if base.unread.venues:
        return
    venue_of: dict[str, str] = {}
    for path, row in rows(base, VENUES, "venues"):
        spellings = [row["id"], row["name"], row["short"], *row.get("accepts", ())]
        # A venue may write its short form twice, as id and as name; only another venue's is at fault.
        for spelling in dict.fromkeys(text.casefold() for text in spellings):
            other = venue_of.setdefault(spelling, row["id"])
            if other != row["id"]:
                message = f"`{spelling}` is a spelling of `{other}` too"
                yield Finding(VENUES, path, message, "keep one of them")


@rule("topic-order", reads=Reads.TAXONOMY)
def topic_order(base: KnowledgeBase) -> Iterator[Finding]:
    """Topics below one node stand in an order of their own; two cannot stand in one place.

    Example: `order: 2` in two files of one folder.
    Fix: number them anew.
    """
    seen: dict[tuple[str, int], str] = {}
    for topic_id, topic in base.topics.items():
        place = (topic_id.rpartition("/")[0], topic.order)
        other = seen.setdefault(place, topic_id)
        if other != topic_id:
            message = f"`{other}` has order {topic.order} too"
            beside = (base.topic_paths[other],)
            yield Finding(base.topic_paths[topic_id], ("order",), message, "number them anew", beside=beside)


@rule("unknown-reason", reads=Reads.TAXONOMY)
def unknown_reason(base: KnowledgeBase) -> Iterator[Finding]:
    """A declined work names the question of the scope that it fails, so that anybody can check the decision.

    Example: `because: resourse`, where the reasons are `resource` and `large-models`.
    Fix: write one of the file's reasons, or add the reason first.
    """
    reasons = [reason.id for reason in base.declined.reasons]
    for number, row in enumerate(base.declined.declined):
        if row.because not in reasons:
            hint = did_you_mean(row.because, reasons) or f"write one of {', '.join(reasons)}"
            yield Finding(
                DECLINED, ("declined", number, "because"), f"there is no reason `{row.because}`", hint
            )


@rule("unknown-list", reads=Reads.TAXONOMY)
def unknown_list(base: KnowledgeBase) -> Iterator[Finding]:
    """A candidate names lists that rekb.yaml watches: recall is counted list by list.

    Example: `lists: [awesome-efficent-llm]`
    Fix: write the id of a list under `watch` in rekb.yaml, or add the list there.
    """
    if base.unread.config:
        return
    watched = [row.id for row in base.config.watch.lists]
    for candidate in base.candidates:
        for name in candidate.lists:
            if name not in watched:
                hint = did_you_mean(name, watched) or "add the list to `watch` in rekb.yaml"
                yield Finding(CANDIDATES, None, f"{candidate.id}: no list `{name}` is watched", hint)


def _decided(base: KnowledgeBase) -> Iterator[tuple[str, str]]:
    """Yield the identifiers and titles of entries and of declined works, with their file."""
    for key, entry in base.entries.items():
        known = {title_fingerprint(title) for title in entry.titles}
        for record in entry.records:
            known |= {f"{scheme}:{value}" for scheme, value in identifiers(record)}
        for one in known:
            yield base.entry_paths[key], one
    for row in base.declined.declined:
        yield DECLINED, title_fingerprint(row.title)
        yield DECLINED, row.id


@rule("declined-and-entered", claims=Claims(_decided))
def declined_and_entered(base: KnowledgeBase) -> Iterator[Finding]:
    """A work is declined or entered, never both: `rekb watch` believes the first that it finds.

    Example: an entry with `arxiv: "2401.02669"`, and `id: arxiv:2401.02669` in taxonomy/declined.yaml.
    Fix: delete the line in taxonomy/declined.yaml, or the entry.
    """
    found = decisions(base)
    for number, row in enumerate(base.declined.declined):
        decided = found.of((row.id,), row.title)
        if decided.decision is Decision.ENTERED:
            message = f"`{row.id}` is entered as {decided.key} too"
            beside = (base.entry_paths[str(decided.key)],)
            hint = "delete this line, or the entry"
            yield Finding(DECLINED, ("declined", number, "id"), message, hint, beside=beside)
