"""`rekb refresh` and `rekb check-links`: what changed elsewhere, as proposals."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click

from rekb.cli.shared.progress import told
from rekb.errors import LookupFailedError, RekbError
from rekb.files import write_file
from rekb.kb import KnowledgeBase
from rekb.loading.loader import load
from rekb.lookup.services import Services
from rekb.lookup.transport import Transport
from rekb.text import printable
from rekb.upkeep.links import Health, LinkState, Look, addresses, in_turn, look, proposals, read_state
from rekb.upkeep.proposals import REPORTS, Proposal, applied
from rekb.upkeep.refresh import refresh as asking

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
        1 with proposals, else 0.

    Raises:
        RekbError: for a key that no entry has.
    """
    root = root.resolve()
    base, _ = load(root)
    if missing := [key for key in keys if key not in base.entries]:
        raise RekbError(f"there is no entry `{printable(missing[0])}`; `rekb search` finds keys")
    chosen = list(keys) or list(base.entries)
    work, said = asking(base, services, chosen)
    found = list(said)
    for key in told(chosen, "asking", len(chosen)):
        found += work.proposals(key)
    return _finish(root, base, found, wanted, f"{len(chosen)} entries")


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
        1 when an address is dead or moved, else 0.
    """
    root = root.resolve()
    base, _ = load(root)
    file = state_file or root / STATE
    state = _state(file)
    found = addresses(base)
    looks: dict[str, Look] = {}
    order = in_turn(found)
    for address in told(order, "looking at addresses", len(order)):
        looks[address] = look(transport, address)
        state.see(looks[address], today)
    state.keep_only(found)
    _keep(file, state)
    health = Counter(seen.health for seen in looks.values())
    summary = (
        f"{len(found)} addresses: {health[Health.WELL]} well, {health[Health.FAILS]} failed today, "
        f"{health[Health.UNTOLD]} whose host does not tell"
    )
    return _finish(root, base, proposals(base, found, looks, state), wanted, summary)


def _state(file: Path) -> LinkState:
    try:
        return read_state(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return LinkState()
    except (OSError, UnicodeDecodeError) as error:
        raise RekbError(f"cannot read {file}: {error}") from error
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
    for refused in changes.refused:
        click.echo(f"rekb: left as it is: {printable(refused)}", err=True)
    for shown, text in changes.texts.items():
        if wanted.write:
            write_file(root / shown, text.encode())
        click.echo(f"{'wrote' if wanted.write else 'would change'} {shown}", err=True)
    return 1 if found else 0
