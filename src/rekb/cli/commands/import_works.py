"""`rekb import`: files of works become draft entries, with a report."""

import json
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click

from rekb.cli.commands.add import write_entry
from rekb.cli.shared.inputs import bytes_of_file
from rekb.cli.shared.progress import reported
from rekb.cli.shared.saving import passed_over, save
from rekb.diagnostics import Report
from rekb.errors import LookupFailedError, RekbError, UnknownWorkError
from rekb.files import write_file
from rekb.intake.importer import Importing, LookUp, Outcome, Status, Writer, counts, wanted_preprints
from rekb.intake.making import Made, plan
from rekb.intake.matching import known_works
from rekb.intake.summary import summary
from rekb.kb import KnowledgeBase
from rekb.loading.layout import CONFIG, PAPERS, TAXONOMY
from rekb.loading.loader import load
from rekb.lookup.services import Services
from rekb.sources.formats import Read, file_works, form_of, text_of
from rekb.sources.lists.reading import title_of_list
from rekb.sources.work import FoundWork, Identifier
from rekb.text import amount, printable
from rekb.yamlio.document import Document

_LARGEST = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person decided about an import."""

    today: date
    topics: tuple[str, ...] = ()
    """Topics of every new entry."""
    form: str | None = None
    """The form of the files, where it is not seen from their names."""
    report: str = "text"
    offline: bool = False
    dry_run: bool = False
    make_topics: bool = False
    """Whether topics are made of the headings of lists."""
    make_venues: bool = False
    """Whether venues that are not there are made of their names."""


def import_files(root: Path, files: Sequence[str], choices: Choices, asked: Callable[[], Services]) -> int:
    """Take in every work of some files and print what became of each.

    Args:
        root: the knowledge base's folder.
        files: their paths; ``-`` is standard input.
        choices: what was decided.
        asked: gives the services, when they are needed.

    Returns:
        1 when a work is doubted or an entry was not read whole, else 0.

    Raises:
        RekbError: when there is no knowledge base, or a file cannot be read.
    """
    root = root.resolve()
    base, report = load(root)
    if bad := [topic for topic in choices.topics if topic not in base.topics or not base.is_leaf(topic)]:
        raise RekbError(f"`{bad[0]}` is no leaf of the topic tree; see taxonomy/topics")
    # All files are read before the first draft is written: one that cannot be read ends the run.
    read = [(name, _works(name, choices.form)) for name in files]
    works = [work for _, found_works in read for work in found_works]
    made = plan(base, works, topics=choices.make_topics, venues=choices.make_venues)
    if made.files:
        base, report = _with_files(root, made, dry_run=choices.dry_run)
    importing = Importing(
        base, choices.today, _writer(root, choices), topics=choices.topics, places=made.places
    )
    if not choices.offline:
        importing.look_up = _look_up(base, works, asked)
    found: list[tuple[str, Outcome]] = []
    for name, of_file in read:
        label = f"importing {printable(name)}"
        # Works that wait for a topic of others come last, and the report follows the lines of the file.
        outcomes = sorted(
            importing.run(reported(of_file, label, len(of_file))), key=lambda outcome: outcome.line
        )
        found += [(name, outcome) for outcome in outcomes]
    click.echo(_reported(found, made, choices.report), nl=False)
    doubted = any(outcome.status is Status.DOUBTED for _, outcome in found)
    return 1 if passed_over(report) or doubted else 0


def _with_files(root: Path, made: Made, *, dry_run: bool) -> tuple[KnowledgeBase, Report]:
    """Return the knowledge base with the topics and venues that were planned; a dry run writes elsewhere."""
    if not dry_run:
        _write_files(root, made)
        return load(root)
    # Drafts are checked with the new topics and venues, so a dry run puts these into a copy of the data.
    with tempfile.TemporaryDirectory(prefix="rekb-") as folder:
        elsewhere = Path(folder)
        for name in (PAPERS, TAXONOMY):
            shutil.copytree(root / name, elsewhere / name)
        if (root / CONFIG).exists():
            shutil.copy(root / CONFIG, elsewhere / CONFIG)
        _write_files(elsewhere, made)
        return load(elsewhere)


def _write_files(root: Path, made: Made) -> None:
    for path, text in made.files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        write_file(file, text.encode())


def refuse_empty(name: str) -> None:
    """Raise unless a file holds a work.

    Raises:
        RekbError: when it cannot be read, or no work is in it; the message says why.
    """
    read = _works(name, None)
    if not any(isinstance(one.work, FoundWork) for one in read):
        why = next((str(one.work) for one in reversed(read)), "no work was found in it")
        raise RekbError(f"{name}: {why}")


def list_title(name: str) -> str:
    """Return what a list in Markdown is called; empty for another file and for a list without a title."""
    data = bytes_of_file(name, _LARGEST)
    if form_of(name, text_of(data)) != "markdown":
        return ""
    return title_of_list(text_of(data))


def _works(name: str, form: str | None) -> list[Read]:
    return file_works(name, bytes_of_file(name, _LARGEST), form)


def _look_up(base: KnowledgeBase, works: Sequence[Read], asked: Callable[[], Services]) -> LookUp:
    """Return what asks about one work; preprints are asked about together, before the first is needed."""
    # arXiv asks for seconds between two requests, and one request may ask about many works.
    wanted = wanted_preprints(works, known_works(base))
    made: list[Services] = []
    preprints: dict[str, FoundWork] = {}
    failure: LookupFailedError | None = None

    def services() -> Services:
        if not made:
            made.append(asked())
        return made[0]

    if wanted:
        click.echo(f"asking arXiv about {amount(len(wanted), 'work')} ...", err=True)
        try:
            preprints = services().preprints(wanted)
        except LookupFailedError as error:
            # Reported at each work that waits for an answer of arXiv; the others go on.
            failure = error

    def look_up(identifier: Identifier) -> FoundWork:
        if identifier.scheme != "arxiv":
            return services().look_up(identifier)
        if failure is not None:
            raise failure
        if identifier.value not in preprints:
            raise UnknownWorkError(f"arXiv knows no {identifier.value}")
        return preprints[identifier.value]

    return look_up


def _writer(root: Path, choices: Choices) -> Writer:
    def write(before: Document | None, path: str, text: str) -> None:
        if choices.dry_run:
            return
        if before is None:
            write_entry(root / path, text)
        else:
            save(root, before, text)

    return write


def _reported(found: Sequence[tuple[str, Outcome]], made: Made, form: str) -> str:
    """Return the report: as JSON, as text, or short, which names only the works that are doubted."""
    if form == "json":
        return _as_json(found)
    if form == "short":
        found = [
            (name, outcome) for name, outcome in found if outcome.status is not Status.SKIPPED or outcome.path
        ]
        doubted = []
        for pair in found:
            if pair[1].status is Status.DOUBTED:
                doubted.append(pair)
        return summary([outcome for _, outcome in found], made.counted) + "".join(
            f"{line}\n" for line in _lines(doubted)
        )
    return _as_text(found, made)


def _as_text(found: Sequence[tuple[str, Outcome]], made: Made) -> str:
    """Return the report: the summary, then a line for each work."""
    outcomes = [outcome for _, outcome in found]
    numbers = counts(outcomes)
    if len(found) == 1:
        work = "work"
    else:
        work = "works"
    last = f"{len(found)} {work}: {', '.join(f'{n} {status}' for status, n in numbers.items())}"
    return "\n".join([summary(outcomes, made.counted), *_lines(found), last]) + "\n"


def _lines(found: Sequence[tuple[str, Outcome]]) -> list[str]:
    """Return a line for each work."""
    lines = []
    for name, outcome in found:
        if outcome.path:
            where = f" {outcome.path}"
        else:
            where = ""
        message = f": {outcome.message}" if outcome.message else ""
        title = f" {outcome.title!r}" if outcome.title else ""
        lines.append(printable(f"{name}:{outcome.line}: {outcome.status}{where}{title}{message}"))
    return lines


def _as_json(found: Sequence[tuple[str, Outcome]]) -> str:
    outcomes = [
        {
            "file": name,
            "line": outcome.line,
            "status": outcome.status.value,
            "title": outcome.title,
            "entry": outcome.path,
            "message": outcome.message,
            "listed": _listed(outcome.source),
        }
        for name, outcome in found
    ]
    report = {"schema_version": 1, "counts": counts(outcome for _, outcome in found), "works": outcomes}
    return json.dumps(report, ensure_ascii=False, indent=2) + "\n"


def _listed(read: Read | None) -> dict[str, Any] | None:
    if read and read.item:
        return asdict(read.item)
    return None
