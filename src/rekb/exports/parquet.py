"""The Parquet export: the columns of the CSV, with numbers, lists and truth values as such.

It needs the package pyarrow, which is larger than all the rest together; so it is an extra, and the site does
not offer the file.
"""

import io
from collections.abc import Iterable
from typing import Any

from rekb.errors import RekbError
from rekb.exports.table import Column, Row, Value, columns
from rekb.kb import KnowledgeBase


def parquet_file(base: KnowledgeBase, keys: tuple[str, ...]) -> bytes:
    """Return the bytes of a Parquet file with a row for each work; what is not known is null.

    Raises:
        RekbError: when pyarrow is not installed.
    """
    try:
        import pyarrow as pa  # noqa: PLC0415 - an extra, which need not be installed
        from pyarrow import parquet  # noqa: PLC0415
    except ModuleNotFoundError as error:
        # A pyarrow that is there but broken lacks another module, which its own message names.
        if (error.name or "").partition(".")[0] != "pyarrow":
            raise
        raise RekbError(
            "`rekb export parquet` needs the package pyarrow: pip install 'rekb[parquet]'"
        ) from None
    rows = {key: Row(base.citations.work(key), entry, base) for key, entry in base.entries.items()}
    arrays = {}
    for column in columns(base):
        kind = _kind(pa, column, rows.values())
        values = [column.value(rows[key]) for key in keys]
        arrays[column.name] = pa.array(values, type=kind)
    file = io.BytesIO()
    parquet.write_table(pa.table(arrays), file, compression="zstd")
    return file.getvalue()


def _kind(pa: Any, column: Column, rows: Iterable[Row]) -> Any:
    """Return the type of a column: of the whole base, so that a part of it has the same types."""
    found = _first_known(column, rows)
    # `True` is an int to Python, so it is looked for first.
    if isinstance(found, bool):
        return pa.bool_()
    if isinstance(found, int):
        return pa.int64()
    if isinstance(found, list):
        return pa.list_(pa.string())
    return pa.string()


def _first_known(column: Column, rows: Iterable[Row]) -> Value:
    """Return the first value of a column; `None` where no work has one, which makes the column text."""
    for row in rows:
        value = column.value(row)
        if value is not None:
            return value
    return None
