"""Whether a reader takes too long: time of a processor, beside what a fixed piece of work takes now."""

import contextlib
import gc
import signal
import time
from collections.abc import Callable, Iterator
from types import FrameType
from typing import TypeVar

from rekb.errors import RekbError

Text = TypeVar("Text", str, bytes)
MOST_SECONDS = 2.0
"""Time of a processor; where time grows with the square, it is minutes."""
QUIET_PACE = 0.0016
"""Seconds that `pace` gives on a machine with no other work."""
TRIES = 4
"""How often a reader may try that took too long; one whose time grows with the square fails each time."""
SLOWEST_PACE = 3
"""How many times slower than that the machine may be; beyond, a processor's time says nothing."""
_AGAIN = 0.2
"""Seconds of a processor after which a reader that went on is stopped again."""


class _TooSlowError(BaseException):
    """A reader did not come back in time."""


@contextlib.contextmanager
def limited(seconds: float) -> Iterator[None]:
    """End what takes longer than so much time of the processor.

    What is raised while the collector of garbage calls back, or while an object is taken down, is lost with a
    warning. So nobody is called back meanwhile (hypothesis would be), and the alarm rings again and again.
    """

    def stop(_number: int, frame: FrameType | None) -> None:
        if frame is None or frame.f_code.co_name != "__del__":
            raise _TooSlowError

    called_back = gc.callbacks[:]
    gc.callbacks.clear()
    signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds, _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        gc.callbacks[:] = called_back


def pace() -> float:
    """Return the seconds of a processor that a fixed piece of work takes now: other work makes it slower."""
    taken = []
    for _ in range(9):
        begun = time.process_time()
        kept = {}
        for number in range(20_000):
            kept[number % 97] = str(number)
        taken.append(time.process_time() - begun)
    return sorted(taken)[4]


def is_held_up(read: Callable[[Text], object], text: Text, seconds: float) -> bool:
    """Whether a reader takes longer than so much time of the processor."""
    try:
        with limited(seconds), contextlib.suppress(RekbError):
            read(text)
    except _TooSlowError:
        return True
    return False


def is_too_slow(read: Callable[[Text], object], text: Text) -> bool:
    """Whether a reader takes longer than it may, time after time; where the machine is slow, it gets more."""
    seconds = MOST_SECONDS
    for _ in range(TRIES):
        if not is_held_up(read, text, seconds):
            return False
        # How slow the machine is changes from second to second, so that once is not enough.
        seconds = MOST_SECONDS * min(max(1.0, pace() / QUIET_PACE), SLOWEST_PACE)
    return True
