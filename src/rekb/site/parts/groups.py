"""Works that a listing shows under one heading, and long listings in pieces."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from rekb.site.parts.views import RowView


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


def divided(groups: Iterable[GroupView], most: int) -> tuple[tuple[GroupView, ...], ...]:
    """Return groups in pieces of at most `most` rows; a group that does not fit goes on in the next piece."""
    pieces: list[list[GroupView]] = [[]]
    room = most
    for group in groups:
        at = 0
        while at < len(group.rows):
            if not room:
                pieces.append([])
                room = most
            rows = group.rows[at : at + room]
            after = len(group.rows) - at - len(rows)
            pieces[-1].append(replace(group, rows=rows, before=at, after=after))
            at += len(rows)
            room -= len(rows)
    return tuple(map(tuple, pieces))
