"""`rekb add`: one work becomes an entry file."""

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import click

from rekb.cli.shared.choosing import check_words, choose_topics
from rekb.cli.shared.inputs import text_of_file, without_mark
from rekb.errors import RekbError, SourceError
from rekb.files import write_file
from rekb.intake.draft import Draft, check_facts, draft, settle
from rekb.intake.matching import KnownWorks, Match, known_works
from rekb.intake.venues import venue_names
from rekb.kb import KnowledgeBase
from rekb.loading.loader import load
from rekb.lookup.services import Services
from rekb.sources.bibtex import read_bibtex
from rekb.sources.identifiers import ACCEPTED, is_bibtex, read_identifier
from rekb.sources.work import Doubt, FoundWork, appearance_of
from rekb.text import amount, printable

_LARGEST = 1024 * 1024
_LONGEST_PATH = 1000
_FILE_ENDINGS = (".bib", ".bibtex", ".txt")
"""How names end that are meant as files of BibTeX."""
NOTHING = FoundWork("")
"""A work of which nothing is known."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person decided about a new entry."""

    today: date
    """The day that it enters the knowledge base."""
    topics: tuple[str, ...] = ()
    """Its topics; when empty, they are suggested."""
    venue: str | None = None
    """The venue's id, where the source's spelling is not known."""
    yes: bool = False
    """Whether nothing is asked."""
    dry_run: bool = False
    """Whether to print the file instead of writing it."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a work: a draft, or the reason why there is none."""

    made: Draft | None = None
    refusal: str = ""
    """That it is there already, and in which file."""
    doubts: tuple[Doubt, ...] = ()
    """What a person should look at."""


def add(root: Path, source: str | None, choices: Choices, asked: Callable[[], Services]) -> int:
    """Draft the entry of one work and write it.

    Args:
        root: the knowledge base's folder.
        source: an identifier, an address, BibTeX, a file of it, or ``-``.
        choices: what was decided.
        asked: gives the services, when they are needed.

    Returns:
        1 when the work is there already, else 0.
    """
    root = root.resolve()
    base, _ = load(root)
    check_words(base, choices.topics, choices.venue)
    text = _given(source, asks=not choices.yes)
    # Where the work comes on standard input, no answer can come from there.
    asks = not choices.yes and source != "-" and sys.stdin.isatty()
    taken = take_in(base, text, replace(choices, yes=not asks), asked)
    if taken.made is None:
        click.echo(f"rekb: {printable(taken.refusal)}", err=True)
        return 1
    if choices.dry_run:
        click.echo(taken.made.text, nl=False)
    else:
        write_entry(root / taken.made.path, taken.made.text)
    _say_next(taken.made, taken.doubts, dry_run=choices.dry_run)
    return 0


def take_in(
    base: KnowledgeBase, text: str, choices: Choices, asked: Callable[[], Services], more: FoundWork = NOTHING
) -> Taken:
    """Return what becomes of a work; nothing is written, and only with `choices.yes` nothing is asked.

    Args:
        base: the knowledge base that it will join.
        text: an identifier, an address or BibTeX; never the name of a file.
        choices: what was decided.
        asked: gives the services, when they are needed.
        more: what is known besides.
    """
    known = known_works(base)
    work, match = _work(text, known, asked)
    # A doubt ends here, too: an identifier or a title alone proves nothing, and a person has to look.
    if match or work is None:
        return Taken(refusal=_refusal(base, match))
    work = work.joined(more)
    settled = settle(work, venue_names(base), choices.venue)
    check_facts(work, settled)
    topics, near = choose_topics(base, work, choices.topics, asks=not choices.yes)
    beside = known.beside(work.facts())
    made = draft(base, work, settled, topics, today=choices.today, near=near, beside=beside)
    return Taken(made, doubts=(*work.doubts, *settled.doubts, *made.unread))


def _given(source: str | None, *, asks: bool) -> str:
    if source is None:
        if not (asks and sys.stdin.isatty()):
            raise SourceError(f"name the work: {ACCEPTED}")
        # Questions go to standard error: standard output may be a file, as in `--dry-run > entry.yaml`.
        source = str(click.prompt("The work (arXiv id, DOI, address)", err=True))
    if source == "-":
        return _filled(source)
    file = Path(source)
    # BibTeX is longer than any path may be, and to ask the system about such a path is an error.
    if len(source) > _LONGEST_PATH or "\n" in source:
        return source
    if file.is_file():
        return _filled(source)
    if file.suffix in _FILE_ENDINGS or file.is_dir():
        raise SourceError(f"there is no file {source}")
    return source


def _filled(source: str) -> str:
    text = without_mark(text_of_file(source, _LARGEST, "use `rekb import` for many works"))
    if not text.strip():
        if source == "-":
            name = "standard input"
        else:
            name = source
        raise SourceError(f"{name} is empty: give {ACCEPTED}")
    return text


def _work(
    text: str, known: KnownWorks, asked: Callable[[], Services]
) -> tuple[FoundWork | None, Match | None]:
    """Return the work that a source names, or the entry that it has already; which is said before asking."""
    if is_bibtex(text):
        work = _only(text)
        return work, known.find(work)
    identifier = read_identifier(text)
    sought = FoundWork("", appearances=(appearance_of(identifier),))
    if match := known.find(sought):
        return None, match
    click.echo(f"asking about {identifier} ...", err=True)
    work = asked().look_up(identifier)
    return work, known.find(work)


def _only(text: str) -> FoundWork:
    parsed = [found for _, found in read_bibtex(text)]
    if len(parsed) != 1:
        if parsed:
            hint = "use `rekb import` for several"
        else:
            hint = f"give {ACCEPTED}"
        raise SourceError(f"the BibTeX holds {amount(len(parsed), 'entry', 'entries')}: {hint}")
    if isinstance(parsed[0], SourceError):
        raise parsed[0]
    return parsed[0]


def _refusal(base: KnowledgeBase, match: Match | None) -> str:
    if match is None:
        return "no source knows this work"
    path, title = base.entry_paths[match.key], base.entries[match.key].title
    if match.is_doubt:
        return f"it may be there already, in {path}: {match.why}"
    return f"it is there already: {path} has {match.why}: {title}"


def write_entry(file: Path, text: str) -> None:
    """Write a new entry's file; one that is there is never touched.

    Raises:
        RekbError: when the file is there, or its folder cannot be made.
    """
    # A link that leads nowhere does not exist for Python, and writing would follow it.
    if file.exists() or file.is_symlink():
        raise RekbError(f"{file} is there already; nothing was written")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RekbError(f"cannot make {file.parent}: {error.strerror or error}") from error
    write_file(file, text.encode())


def _say_next(made: Draft, doubts: tuple[Doubt, ...], *, dry_run: bool) -> None:
    if dry_run:
        verb = "would write"
    else:
        verb = "wrote"
    lines = [f"{verb} {made.path} ({made.entry.topics[0]})"]
    lines += [f"look at {doubt.field}: {doubt.text}" for doubt in doubts]
    lines += [f"{warning.rule}: {warning.message}" for warning in made.warnings]
    if not dry_run:
        lines.append(f"next: fill what is marked TODO, then run `rekb validate {made.path}`")
    click.echo("\n".join(printable(line) for line in lines), err=True)
