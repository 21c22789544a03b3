"""What the commands that ask other hosts share: their options, the transport, today's day."""

import os
from datetime import date

from rekb.errors import RekbError
from rekb.kb.today import today
from rekb.lookup.cache import Cache, cache_folder
from rekb.lookup.services import Services, bases
from rekb.lookup.transport import Limits, Transport, agent_name


def transport(mailto: str | None, *, cached: bool = True, wait: float = 20.0) -> Transport:
    """Return the way to other hosts.

    Args:
        mailto: whom hosts may write to; the environment's ``REKB_MAILTO`` when absent.
        cached: whether answers are kept on disk and read from there.
        wait: seconds without an answer after which a try is given up.
    """
    agent = agent_name(mailto or os.environ.get("REKB_MAILTO", ""))
    spacing = _spacing()
    limits = Limits(spacing=spacing, pause=spacing, wait=wait)
    return Transport(agent, Cache(cache_folder()) if cached else None, limits)


def _spacing() -> float:
    text = os.environ.get("REKB_SPACING", "1")
    try:
        return max(0.0, float(text))
    except ValueError as error:
        raise RekbError(
            f"REKB_SPACING is {text!r}: write the seconds between two requests to a host"
        ) from error


def services(mailto: str | None, *, cached: bool = True) -> Services:
    """Return the services that know works; their addresses can be set in the environment."""
    return Services(transport(mailto, cached=cached), bases(os.environ))


def day(text: str | None) -> date:
    """Return a day given as YYYY-MM-DD, or today.

    Raises:
        RekbError: for a text that is no day.
    """
    if text is None:
        return today()
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise RekbError(f"{text!r} is no day: write it as 2026-11-24") from error
