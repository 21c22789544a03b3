"""`rekb refresh` and `rekb check-links`: what changed elsewhere, as proposals."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from rekb.cli.shared.inputs import text_of_file
from rekb.cli.shared.progress import reported
from rekb.cli.shared.saving import passed_over, save
from rekb.errors import LookupFailedError, RekbError
from rekb.files import write_file
from rekb.kb import KnowledgeBase
from rekb.loading.loader import load
from rekb.lookup.services import Services
from rekb.lookup.transport import Transport
from rekb.text import amount, printable
from rekb.upkeep.links import Health, LinkState, Look, addresses, in_turn, look, proposals, read_state
from rekb.upkeep.proposals import REPORTS, Proposal, applied
from rekb.upkeep.refresh import refresh as asking

_LARGEST_STATE = 64 * 1024 * 1024
STATE = ".rekb/links.json"
"""Where failures are kept between runs, below the root."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """How to report, and whether to write."""

    form: str
    write: bool


def refresh(root: Path, keys: Sequence[str], wanted: Wanted, services: Services) -> int:
    """Ask what became of entries, print proposals and, where wanted, write them into the files.

    Args:
        root: the knowledge base's folder.
        keys: the entries; all when empty.
        wanted: how to report.
        services: whom to ask.

    Returns:
        1 with proposals, or when a file was not read whole, else 0.

    Raises:
        RekbError: for a key that no entry has.
    """
    root = root.resolve()
    base, report = load(root)
    if missing := [key for key in keys if key not in base.entries and key not in base.unread.entries]:
        raise RekbError(f"there is no entry `{printable(missing[0])}`; `rekb search` finds keys")
    chosen = [key for key in keys if key in base.entries] if keys else list(base.entries)
    work, messages = asking(base, services, chosen)
    found = list(messages)
    for key in reported(chosen, "asking", len(chosen)):
        found += work.proposals(key)
    status = _finish(root, base, found, wanted, amount(len(chosen), "entry", "entries"))
    return 1 if passed_over(report) else status


def check_links(
    root: Path, state_file: Path | None, wanted: Wanted, today: date, transport: Transport
) -> int:
    """Look at every address, remember failures, and print what is dead or moved.

    Args:
        root: the knowledge base's folder.
        state_file: where failures are kept; below the root when absent.
        wanted: how to report.
        today: the day of this run.
        transport: the way to other hosts.

    Returns:
        1 when an address is dead or moved, or a file was not read whole, else 0.
    """
    root = root.resolve()
    base, report = load(root)
    file = state_file or root / STATE
    state = _state(file)
    found = addresses(base)
    looks: dict[str, Look] = {}
    order = in_turn(found)
    for address in reported(order, "looking at addresses", len(order)):
        looks[address] = look(transport, address)
        state.see(looks[address], today)
    state.keep_only(found)
    _keep(file, state)
    health = Counter(seen.health for seen in looks.values())
    number = amount(len(found), "address", "addresses")
    summary = (
        f"{number}: {health[Health.WELL]} well, {health[Health.FAILS]} failed today, "
        f"{health[Health.UNKNOWN]} whose host does not say"
    )
    status = _finish(root, base, proposals(base, found, looks, state), wanted, summary)
    return 1 if passed_over(report) else status


def _state(file: Path) -> LinkState:
    try:
        # `text_of_file` reports every failure alike, but a first run has no such file, which is no fault.
        file.stat()
        return read_state(text_of_file(str(file), _LARGEST_STATE, "delete it to start anew"))
    except FileNotFoundError:
        return LinkState()
    except OSError as error:
        raise RekbError(f"cannot read {file}: {error.strerror or error}") from error
    except LookupFailedError as error:
        raise RekbError(f"{file}: {error}") from error


def _keep(file: Path, state: LinkState) -> None:
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RekbError(f"cannot make {file.parent}: {error.strerror or error}") from error
    write_file(file, state.dumped().encode())


def _finish(
    root: Path, base: KnowledgeBase, found: Sequence[Proposal], wanted: Wanted, looked_at: str
) -> int:
    """Print the report and write what is to be written."""
    changes = applied(base, found)
    kinds = Counter(proposal.kind for proposal in found)
    counted = ", ".join(f"{number} {kind}" for kind, number in sorted(kinds.items())) or "nothing to propose"
    click.echo(REPORTS[wanted.form](found, f"{looked_at}; {counted}"), nl=False)
    left = list(changes.refused)
    for path, text in changes.texts.items():
        try:
            if wanted.write:
                save(root, base.documents[path], text)
        except RekbError as error:
            left.append(str(error))
        else:
            click.echo(f"{'wrote' if wanted.write else 'would change'} {path}", err=True)
    for why in left:
        click.echo(f"rekb: left as it is: {printable(why)}", err=True)
    if found:
        return 1
    return 0
