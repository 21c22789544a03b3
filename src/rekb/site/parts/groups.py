"""Works that a listing shows under one heading, and long listings in pieces."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeVar

from rekb.site.parts.views import RowView


class Group(Protocol):
    """What is under one heading, and may be too long for one page: a dataclass with these fields."""

    @property
    def rows(self) -> Sequence[Any]:
        """What is listed."""

    @property
    def before(self) -> int:
        """How many rows of the group stand on the pages before."""

    @property
    def after(self) -> int:
        """How many stand on the pages that follow."""


G = TypeVar("G", bound=Group)


@dataclass(frozen=True, slots=True)
class GroupView:
    """Works of a listing that belong together."""

    title: str
    help: str
    rows: tuple[RowView, ...]
    before: int = 0
    """How many works of the group stand on the pages before."""
    after: int = 0
    """How many stand on the pages that follow."""

    @property
    def count(self) -> int:
        """The works of the whole group."""
        return self.before + len(self.rows) + self.after


def divided(groups: Iterable[G], most: int) -> tuple[tuple[G, ...], ...]:
    """Return groups in pieces of at most `most` rows; a group that does not fit goes on in the next piece."""
    pieces: list[list[G]] = [[]]
    room = most
    for group in groups:
        at = 0
        while at < len(group.rows):
            if not room:
                pieces.append([])
                room = most
            rows = group.rows[at : at + room]
            after = len(group.rows) - at - len(rows)
            # `replace` takes dataclasses alone, and a protocol cannot say that it is one.
            part: Any = group
            pieces[-1].append(replace(part, rows=rows, before=at, after=after))
            at += len(rows)
            room -= len(rows)
    return tuple(map(tuple, pieces))
