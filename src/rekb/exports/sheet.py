"""CSV as spreadsheets open it: no cell is a formula, and accents are right.

Every CSV file of ours is written here: the table of works, the numbers behind charts, `rekb numbers`.
"""

import csv
import io
from collections.abc import Iterable

from rekb.text import without_formula

BYTE_ORDER_MARK = "\ufeff"
"""How a file begins; without it a spreadsheet reads accents wrong."""
Cell = str | int | float | None
"""A text, a number, which may be below zero, or nothing."""


def csv_line(cells: Iterable[Cell]) -> str:
    """Return one line, comma-separated, ended by CR LF (RFC 4180)."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\r\n").writerow(map(_written, cells))
    return stream.getvalue()


def _written(cell: Cell) -> Cell:
    """Return a cell that no spreadsheet runs; a number is none that it could run."""
    if isinstance(cell, str):
        return without_formula(cell)
    return cell


def csv_text(rows: Iterable[Iterable[Cell]]) -> str:
    """Return a whole file; read it as ``utf-8-sig``."""
    return BYTE_ORDER_MARK + "".join(map(csv_line, rows))
