"""The cells of a table row by row: one that reaches down stands in each of its rows."""

from dataclasses import dataclass, field

from rekb.sources.lists.pieces import Pieces


@dataclass(slots=True)
class CellsOfTable:
    """The row of a table that is being read."""

    head: tuple[str, ...] = ()
    cells: list[Pieces] = field(default_factory=list)
    is_head: bool = False
    line: int = 1
    at: int = 0
    """The place of the cell that was begun last."""
    _spans: dict[int, int] = field(default_factory=dict)
    """The cells of this row that take rows below it, too, and how many."""
    _held: dict[int, tuple[int, Pieces]] = field(default_factory=dict)
    """The cells of rows above that reach down: for how many rows more, and what is in them."""

    def begin_cell(self, rows: int, columns: int) -> None:
        """Begin a cell behind those of rows above that reach down to this row."""
        self._put_held()
        self.at = len(self.cells)
        # A year or a venue is written once for several rows.
        if rows > 1:
            self._spans[self.at] = rows - 1
        self.cells += [()] * columns

    def end_row(self) -> None:
        """Complete a row, and remember what reaches down from it."""
        if not self.cells:
            return
        self._put_held()
        left: dict[int, tuple[int, Pieces]] = {}
        for place, (rows, cell) in self._held.items():
            if rows > 1:
                left[place] = (rows - 1, cell)
        for place, rows in self._spans.items():
            left[place] = (rows, self.cells[place])
        self._held = left
        self._spans = {}

    def _put_held(self) -> None:
        """Put the cells that reach down to the places that come next."""
        while len(self.cells) in self._held:
            self.cells.append(self._held[len(self.cells)][1])
