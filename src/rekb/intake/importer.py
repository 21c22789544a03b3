"""Files of works become entries: each work is added, merged, skipped or doubted, and never hides the next."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import partial

from rekb.checks.addresses import entry_identifiers
from rekb.edit.edits import Edit, edited
from rekb.errors import (
    CannotWriteError,
    LookupFailedError,
    NoServiceError,
    NoWorkError,
    RekbError,
    SourceError,
    UnknownWorkError,
)
from rekb.identity.verdict import facts_of
from rekb.intake import listed
from rekb.intake.draft import draft, settle
from rekb.intake.headings import TopicTitles, topic_titles
from rekb.intake.matching import KnownWorks, Match, known_works
from rekb.intake.merge import additions
from rekb.intake.topics import TopicFinder, topic_finder
from rekb.intake.validity import checked
from rekb.intake.venues import VenueNames, venue_names
from rekb.kb import KnowledgeBase
from rekb.model import Entry
from rekb.sources.formats import Read
from rekb.sources.identifiers import preferred
from rekb.sources.work import FoundWork, Identifier
from rekb.yamlio.document import Document
from rekb.yamlio.reader import parse

LookUp = Callable[[Identifier], FoundWork]
Writer = Callable[[Document | None, str, str], None]
"""Writes a file: the file as it was read, or `None` for a new one, its path below the root and its text."""


class Status(StrEnum):
    """What became of a work."""

    ADDED = "added"
    MERGED = "merged"
    SKIPPED = "skipped"
    DOUBTED = "doubted"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one work of a file."""

    line: int
    """Where it is in the file."""
    status: Status
    title: str
    message: str
    """Why, and what to do."""
    path: str | None = None
    """The path of its entry."""
    source: Read | None = None


class _NoTopicError(RekbError):
    """No topic is near a work as yet."""


@dataclass(slots=True)
class Importing:
    """A knowledge base that grows while works come in."""

    base: KnowledgeBase
    today: date
    write: Writer
    look_up: LookUp | None = None
    """Asks a service about an identifier; None when no host may be asked."""
    topics: tuple[str, ...] = ()
    """Topics of every new entry; when empty, headings and words decide."""
    places: Mapping[tuple[str, ...], str] = field(default_factory=dict)
    """Headings to the topic that was made for the works below them."""
    added: set[str] = field(default_factory=set)
    """Keys of the works that came in new."""
    known: KnownWorks = field(init=False)
    venues: VenueNames = field(init=False)
    finder: TopicFinder = field(init=False)
    titles: TopicTitles = field(init=False)

    def __post_init__(self) -> None:
        """Build the look-ups."""
        self.known = known_works(self.base)
        self.venues = venue_names(self.base)
        self.finder = topic_finder(self.base)
        self.titles = topic_titles(self.base)

    def run(self, works: Iterable[Read]) -> Iterator[Outcome]:
        """Take in works one by one and yield what became of each; some that wait for a topic come last."""
        waiting: list[Read] = []
        for read in works:
            outcome = self._outcome(read)
            if outcome is None:
                waiting.append(read)
            else:
                yield outcome
        yield from self._again(waiting)

    def _again(self, waiting: list[Read]) -> Iterator[Outcome]:
        """Try works without a near topic anew: the works that came in meanwhile may be near."""
        while waiting:
            # The finder weighs the words of all works at once, so it is made anew here only.
            self.finder = topic_finder(self.base)
            tried = [(read, self._outcome(read)) for read in waiting]
            yield from (outcome for _, outcome in tried if outcome)
            left = []
            for read, outcome in tried:
                if outcome is None:
                    left.append(read)
            # A round that settles no work would be followed by the same round for ever.
            if len(left) == len(waiting):
                why = "no topic is near it: name one with --topic, for this work or the whole file"
                yield from (Outcome(r.line, Status.DOUBTED, _title(r), why, source=r) for r in left)
                return
            waiting = left

    def _outcome(self, read: Read) -> Outcome | None:
        """Return what became of a work; None when no topic is near it."""
        try:
            return replace(self._one(read), source=read)
        except _NoTopicError:
            return None
        # A disk that takes no file takes none of the next works either.
        except CannotWriteError:
            raise
        except RekbError as error:
            return Outcome(read.line, Status.DOUBTED, _title(read), str(error), source=read)

    def _one(self, read: Read) -> Outcome:
        work = read.work
        if isinstance(work, SourceError):
            if isinstance(work, NoWorkError):
                status = Status.SKIPPED
            else:
                status = Status.DOUBTED
            return Outcome(read.line, status, "", str(work))
        if match := self.known.find(work):
            return self._matched(match, self._as_listed(work, read, match))
        if not work.authors:
            work = self._looked_up(work, read)
            if match := self.known.find(work):
                # Without authors, the merge sees that only a list named the work, and writes nothing.
                return self._matched(match, replace(work, authors=()))
        return self._add(work)

    def _as_listed(self, work: FoundWork, read: Read, match: Match) -> FoundWork:
        """Return a work that this run has drafted already with all that the list says of it here.

        One line of a list may know the preprint only, and another one where the work was published. The
        records of such a draft are the list's own anyway, and marked so.
        """
        is_lists_own = self.look_up is None and match.key in self.added
        if read.item is None or match.is_doubt or not is_lists_own:
            return work
        return listed.by_the_list(work, read.item, self.venues, why="", today=self.today)

    def _matched(self, match: Match, work: FoundWork) -> Outcome:
        """Return what becomes of a work that is there, or may be: of a doubt nothing is written."""
        if match.is_doubt:
            path = self.base.entry_paths[match.key]
            return Outcome(work.line, Status.DOUBTED, work.title, match.why, path)
        return self._merge(match.key, match.why, work)

    def _looked_up(self, work: FoundWork, read: Read) -> FoundWork:
        """Return what a service says of a work that its list only names, else what the list says.

        Raises:
            SourceError: for a record without authors, and for a link that leads to another work.
        """
        item = read.item
        if item is None:
            raise SourceError("the record names no author: give its arXiv id, DOI or a record with authors")
        found = dict(sorted(work.identifiers()))
        alone = partial(listed.by_the_list, work, item, self.venues, today=self.today)
        if self.look_up is None:
            return alone(why="no other host was asked")
        if not found:
            return alone(why="its link holds no number to ask about")
        try:
            answer = self.look_up(preferred(found))
        # A number that its own service does not know is a slip of the list: no draft is made of it.
        except UnknownWorkError:
            raise
        except (LookupFailedError, SourceError) as error:
            return alone(why=_short(error))
        if not listed.leads_to(answer, work, item):
            raise SourceError(
                f"its link leads to {answer.title!r}: correct the list, or add the right one by its id"
            )
        return listed.with_list(answer, work, item, self.venues)

    def _merge(self, key: str, why: str, work: FoundWork) -> Outcome:
        entry = self.base.entries[key]
        place = self.places.get(work.headings)
        if place and key in self.added and place not in entry.topics:
            moved = self._at_another_topic(key, why, work, place)
            if not work.authors:
                return moved
            try:
                more = self._with_more(key, moved.message, work)
            except SourceError as error:
                # Its second topic is kept all the same.
                return replace(moved, message=f"{moved.message}; {error}")
            return moved if more.status is Status.SKIPPED else more
        return self._with_more(key, why, work)

    def _with_more(self, key: str, why: str, work: FoundWork) -> Outcome:
        """Bring an entry what a source has more, where that is certain."""
        entry = self.base.entries[key]
        path = self.base.entry_paths[key]
        edits = additions(entry, work, settle(work, self.venues), self.base.venues)
        # A list names a work and proves nothing of it, so it changes no entry; what it has more is reported.
        if not edits or not work.authors:
            if edits:
                more = f"; the list has more, to be looked at: {'; '.join(map(str, edits))}"
            else:
                more = ""
            return Outcome(work.line, Status.SKIPPED, work.title, f"it is there already: {why}{more}", path)
        text = edited(self.base, path, edits)
        before, document = self.base.documents[path], _document(text, path)
        changed = Entry.model_validate(document.value)
        # A key names the first public year, and it never changes once it is published.
        if changed.year != entry.year:
            older = f"its record of {changed.year} is older than all of {key}, whose key names the year"
            raise SourceError(f"{why}; {older}: add the record and rename the file by hand")
        beside = self.known.beside(facts_of(changed, entry_identifiers(changed)))
        checked(self.base, key, path, changed, document, beside)
        self.write(before, path, text)
        self._take(key, path, changed, document)
        message = f"{why}; {'; '.join(str(edit) for edit in edits)}"
        return Outcome(work.line, Status.MERGED, work.title, message, path)

    def _at_another_topic(self, key: str, why: str, work: FoundWork, topic: str) -> Outcome:
        """Put a work that a list has twice at its second topic, too."""
        entry, path = self.base.entries[key], self.base.entry_paths[key]
        text = edited(self.base, path, [Edit(("topics", len(entry.topics)), topic, insert=True)])
        document = _document(text, path)
        self.write(self.base.documents[path], path, text)
        self._take(key, path, Entry.model_validate(document.value), document)
        return Outcome(work.line, Status.MERGED, work.title, f"{why}; add to topics: {topic}", path)

    def _add(self, work: FoundWork) -> Outcome:
        settled = settle(work, self.venues)
        topics, near = self._topics(work)
        beside = self.known.beside(work.facts())
        made = draft(self.base, work, settled, topics, today=self.today, near=near, beside=beside)
        self.write(None, made.path, made.text)
        self._take(made.key, made.path, made.entry, _document(made.text, made.path))
        self.added.add(made.key)
        message = "; ".join(doubt.text for doubt in (*work.doubts, *settled.doubts, *made.unread))
        return Outcome(work.line, Status.ADDED, work.title, message, made.path)

    def _topics(self, work: FoundWork) -> tuple[tuple[str, ...], tuple[str, ...] | None]:
        """Return the topics of a work and, unless a person named them, the next best."""
        if self.topics:
            return self.topics, None
        if place := self.places.get(work.headings):
            return (place,), None
        named = self.titles.find(work.headings)
        if named and self.base.is_leaf(named):
            return (named,), None
        found = self.finder.suggest(work.title, work.abstract, 3, below=named) or self.finder.suggest(
            work.title, work.abstract, 3
        )
        if not found:
            raise _NoTopicError
        return (found[0].topic,), tuple(suggestion.topic for suggestion in found[1:])

    def _take(self, key: str, path: str, entry: Entry, document: Document) -> None:
        """Make an entry part of the knowledge base in memory."""
        # A knowledge base never changes once it is made, so each work that comes in makes a new one.
        self.known.add(key, entry)
        self.base = replace(
            self.base,
            entries={**self.base.entries, key: entry},
            documents={**self.base.documents, path: document},
            entry_paths={**self.base.entry_paths, key: path},
        )


def _short(error: RekbError) -> str:
    """Return why nobody described a work, without advice for one who asked for it by its number."""
    if isinstance(error, NoServiceError):
        return f"nobody can be asked about {error.identifier}"
    return str(error)


def _title(read: Read) -> str:
    if isinstance(read.work, FoundWork):
        return read.work.title
    return ""


def _document(text: str, path: str) -> Document:
    document = parse(text.encode(), path).document
    if document is None:
        raise AssertionError(path)
    return document


def wanted_preprints(works: Iterable[Read], known: KnownWorks) -> list[str]:
    """Return the arXiv identifiers that an import will ask about, so that they can be asked at once."""
    # A dict and no set: numbers are asked about in the order of the file, in every run.
    found: dict[str, None] = {}
    for read in works:
        work = read.work
        if isinstance(work, FoundWork) and not work.authors and not known.find(work):
            found |= dict.fromkeys(value for scheme, value in sorted(work.identifiers()) if scheme == "arxiv")
    return list(found)


def counts(outcomes: Iterable[Outcome]) -> Mapping[str, int]:
    """Return how many works of each status there are."""
    found = dict.fromkeys((status.value for status in Status), 0)
    for outcome in outcomes:
        found[outcome.status.value] += 1
    return found
