"""`rekb watch`: which new works deserve a look; and the record of what was decided about them."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click
from pydantic import ValidationError

from rekb.cli.commands.add import Choices, take_in, write_entry
from rekb.cli.shared.inputs import bytes_of_file
from rekb.cli.shared.saving import passed_over, save
from rekb.cli.shared.table import cut, fitted
from rekb.edit.edits import Edit, edited
from rekb.errors import RekbError, SourceError
from rekb.files import write_file
from rekb.kb import KnowledgeBase
from rekb.kb.decisions import Decision, decisions
from rekb.loading.layout import CANDIDATES, DECLINED
from rekb.loading.loader import load
from rekb.lookup.services import Services
from rekb.markdowntext import code_in_markdown
from rekb.meant import did_you_mean
from rekb.model.keys import title_fingerprint
from rekb.model.watch import TITLE_SCHEME, Candidate, Declined
from rekb.text import amount, printable
from rekb.upkeep.ranking import Ranked, ranked
from rekb.upkeep.watching import Looked, candidates, canonical_id, look, undecided

_LARGEST = 64 * 1024 * 1024
_TITLE_WIDTH = 76


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a run of the command is to do."""

    today: date
    form: str = "text"
    most: int = 20
    """Rows to print."""
    drafts: int = 0
    """Entries to draft, of the first rows."""
    record: bool = False
    """Whether to write taxonomy/candidates.json."""
    offline: bool = False


def watch(root: Path, files: Sequence[str], wanted: Wanted, asked: Callable[[], Services]) -> int:
    """Read the watched lists, print the undecided works they name, best first, and draft the first ones.

    Args:
        root: the knowledge base's folder.
        files: files to read in place of a list's address: ``ID=PATH``.
        wanted: what to do.
        asked: gives the services, when they are needed.

    Returns:
        1 when a list or a file could not be read, else 0.

    Raises:
        RekbError: when nothing is watched, or a file is given for no list.
    """
    root = root.resolve()
    base, report = load(root)
    given = _given(base, files)
    services = None if wanted.offline else asked()
    looked = look(base, given, services)
    rows = candidates(base, looked, wanted.today)
    best = ranked(base, undecided(base, rows))
    if wanted.record:
        _record(root, base, rows)
    printed = best[: wanted.most]
    click.echo(_FORMS[wanted.form](printed, len(best), looked), nl=False)
    _draft(root, base, best, wanted, asked)
    for fault in looked.faults:
        click.echo(f"rekb: {printable(f'{fault.source}: {fault.message}')}", err=True)
    return 1 if passed_over(report) or looked.faults else 0


def _given(base: KnowledgeBase, files: Sequence[str]) -> dict[str, tuple[str, bytes]]:
    watched = [row.id for row in base.config.watch.lists]
    if not watched and base.config.watch.arxiv is None:
        raise RekbError("nothing is watched: name lists under `watch` in rekb.yaml")
    given = {}
    for text in files:
        name, sign, path = text.partition("=")
        if not sign:
            raise RekbError(
                f"{text!r}: write the list's id and the file, `{watched[0] if watched else 'ID'}={text}`"
            )
        if name not in watched:
            hint = did_you_mean(name, watched) or f"watched are {', '.join(watched) or 'none'}"
            raise RekbError(f"no list `{name}` is watched in rekb.yaml: {hint}")
        given[name] = (Path(path).name, bytes_of_file(path, _LARGEST))
    return given


def _record(root: Path, base: KnowledgeBase, rows: Sequence[Candidate]) -> None:
    """Write taxonomy/candidates.json anew: what waits for a decision, and apart from it what was decided."""
    waiting = undecided(base, rows)
    waiting_ids = {row.id for row in waiting}
    decided = []
    for row in rows:
        if row.id not in waiting_ids:
            # What was looked for in vain says nothing any more once a work is decided.
            decided.append(row.model_copy(update={"tried": None}))
    text = f'{{"candidates": {_lines(waiting)}, "decided": {_lines(decided)}}}\n'
    write_file(root / CANDIDATES, text.encode())


def _lines(rows: Sequence[Candidate]) -> str:
    """Return a work a line: in a file of thousands, a commit then shows which works a run added."""
    lines = []
    for row in rows:
        values = row.model_dump(mode="json", exclude_defaults=True)
        lines.append(json.dumps(values, ensure_ascii=False))
    inner = ",\n".join(lines)
    return f"[\n{inner}\n]"


def _draft(
    root: Path, base: KnowledgeBase, best: Sequence[Ranked], wanted: Wanted, asked: Callable[[], Services]
) -> None:
    """Write the entries of the first candidates that services know; stops at the number wanted."""
    written = 0
    for row in best:
        if written == wanted.drafts:
            return
        scheme, _, value = row.candidate.id.partition(":")
        if scheme == TITLE_SCHEME:
            # Without an identifier there is nothing to look it up by.
            continue
        try:
            taken = take_in(base, value, Choices(wanted.today, yes=True), asked)
            if taken.made is None:
                raise SourceError(taken.refusal)
            write_entry(root / taken.made.path, taken.made.text)
        except RekbError as error:
            click.echo(f"rekb: no draft of {row.candidate.id}: {printable(str(error))}", err=True)
            continue
        click.echo(f"wrote {taken.made.path}", err=True)
        written += 1


def decline(root: Path, text: str, because: str, note: str | None, today: date) -> int:
    """Write down that a work does not belong here; it is not proposed again.

    Args:
        root: the knowledge base's folder.
        text: what the work is known by: ``arxiv:2405.05254``, an address, a DOI.
        because: the reason, by its id in taxonomy/declined.yaml.
        note: what is to be said beyond the reason.
        today: the day of the decision.

    Returns:
        0.

    Raises:
        RekbError: for an unknown reason, a work that is decided already, or one whose title is not known.
    """
    root = root.resolve()
    base, _ = load(root)
    identity = canonical_id(text)
    reasons = [reason.id for reason in base.declined.reasons]
    if because not in reasons:
        raise RekbError(
            f"no reason `{because}` in {DECLINED}: write one of {', '.join(reasons) or 'its reasons'}"
        )
    title = _title(base, identity)
    # By its title, too: the work may be entered or declined under another identifier.
    decided = decisions(base).of((identity,), title)
    if decided.decision is not Decision.UNDECIDED:
        named = f" as {decided.key}" if decided.key else ""
        raise RekbError(f"{identity} is {decided.decision}{named} already")
    row = {"id": identity, "title": title, "because": because}
    if note:
        row["note"] = note
    row["on"] = today.isoformat()
    try:
        Declined.model_validate(row)
    except ValidationError as error:
        raise RekbError(f"{error.errors()[0]['msg']}") from error
    place = _place(base, identity)
    changed = edited(base, DECLINED, [Edit(("declined", place), row, insert=True)])
    save(root, base.documents[DECLINED], changed)
    click.echo(f"declined {identity}: {printable(title)}", err=True)
    return 0


def _title(base: KnowledgeBase, identity: str) -> str:
    for candidate in base.candidates:
        if candidate.id == identity or f"{TITLE_SCHEME}:{title_fingerprint(candidate.title)}" == identity:
            return candidate.title
    raise RekbError(f"{identity} is not in {CANDIDATES}: `rekb watch --record` writes what the lists name")


def _place(base: KnowledgeBase, identity: str) -> int:
    """Return where a row goes, so that the rows stay in the order of their ids."""
    return sum(row.id < identity for row in base.declined.declined)


def _as_text(rows: Sequence[Ranked], number: int, looked: Looked) -> str:
    lines = []
    for row in rows:
        candidate = row.candidate
        where = f"  {row.topic}" if row.topic else ""
        lines.append(
            f"{candidate.id}  {amount(len(candidate.lists), 'list')}  {candidate.first or 'no date'}{where}"
        )
        lines.append(f"    {cut(candidate.title, _TITLE_WIDTH)}")
    works = amount(number, "undecided work")
    lines.append(f"{works}, {len(rows)} printed; {amount(len(looked.named), 'line')} of lists read")
    return "\n".join(fitted(printable(line)) for line in lines) + "\n"


def _as_json(rows: Sequence[Ranked], number: int, looked: Looked) -> str:
    works = [
        {
            **row.candidate.model_dump(mode="json", exclude_none=True),
            "score": round(row.score, 3),
            "topic": row.topic,
            "like": list(row.like),
        }
        for row in rows
    ]
    body: dict[str, Any] = {
        "schema_version": 1,
        "undecided": number,
        "works": works,
        "faults": [asdict(fault) for fault in looked.faults],
    }
    return json.dumps(body, ensure_ascii=False, indent=2) + "\n"


def _as_markdown(rows: Sequence[Ranked], number: int, looked: Looked) -> str:
    lines = [
        f"Named by watched lists, neither entered nor declined: {amount(number, 'work')}. The best of them:",
        "",
    ]
    lines += ["| work | title | lists | public since | reads like |", "| --- | --- | --- | --- | --- |"]
    for row in rows:
        candidate = row.candidate
        cells = (
            candidate.id,
            candidate.title,
            ", ".join(candidate.lists),
            candidate.first or "",
            row.topic or "",
        )
        inert = [code_in_markdown(cell, in_table=True) for cell in cells]
        lines.append(f"| {' | '.join(inert)} |")
    if looked.faults:
        lines.append("")
    for fault in looked.faults:
        lines.append(f"- {code_in_markdown(fault.source)}: {code_in_markdown(fault.message)}")
    return "\n".join(lines) + "\n"


_FORMS: Mapping[str, Callable[[Sequence[Ranked], int, Looked], str]] = {
    "text": _as_text,
    "json": _as_json,
    "markdown": _as_markdown,
}
