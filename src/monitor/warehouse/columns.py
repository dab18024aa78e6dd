"""Insert many rows at once, column by column."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from monitor.warehouse.connection import Connection

_SAMPLED = 1_000  # DuckDB looks at so many objects of an array, and fails when it sees nothing but None
_MANY_TIMES = 8
_TYPES = "select column_name, data_type from information_schema.columns where table_name = ?"


def insert(connection: Connection, table: str, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows into a table by column name; all rows have the same keys, in the table's spelling.

    DuckDB scans arrays some ten times faster than it binds rows; a column with one value is bound once, one with
    few texts as a list of these and their places in it.
    """
    if not rows:
        return
    types = dict(connection.execute(_TYPES, [table]).fetchall())
    for part in _parts(rows):
        values = {name: [row[name] for row in part] for name in part[0]}
        constant = {name: column[0] for name, column in values.items() if _is_constant(column)}
        texts = {
            name: [*distinct]
            for name, column in values.items()
            if (distinct := _few(column)) and name not in constant
        }
        batch = {
            name: _places(column, texts[name]) if name in texts else _array(column)
            for name, column in values.items()
            if name not in constant
        }
        batch["row_number"] = np.arange(len(part))  # an array even if every column is constant
        sources = {name: f"${name}" if name in constant else name for name in values}
        sources |= {name: f"(${name}::varchar[])[{name}]" for name in texts}
        selected = ", ".join(f"{source}::{types[name]} as {name}" for name, source in sources.items())
        statement = f"insert into {table} by name select {selected} from batch"  # noqa: S608
        connection.execute(statement, constant | texts)


def _parts(rows: Sequence[dict[str, Any]]) -> Iterator[Sequence[dict[str, Any]]]:
    """Yield all rows at once, or in parts that DuckDB looks at whole where a column has values and gaps."""
    gaps = any(None in column and any(v is not None for v in column) for column in _columns(rows))
    step = _SAMPLED if gaps else len(rows)
    for start in range(0, len(rows), step):
        yield rows[start : start + step]


def _columns(rows: Sequence[dict[str, Any]]) -> Iterator[list[Any]]:
    for name in rows[0]:
        yield [row[name] for row in rows]


def _is_constant(column: list[Any]) -> bool:
    first = column[0]
    if isinstance(first, str):
        return column.count(first) == len(column)
    return all(value is first for value in column)


def _few(column: list[Any]) -> dict[str | None, None] | None:
    """Return the texts of a column, in order, if each stands there many times; else None."""
    if not isinstance(column[0], str | None) or len(column) < _MANY_TIMES:
        return None
    try:
        distinct = dict.fromkeys(column)
    except TypeError:
        return None
    few = len(distinct) * _MANY_TIMES <= len(column) and set(map(type, distinct)) <= {str, type(None)}
    return distinct if few else None


def _places(column: list[Any], texts: list[str | None]) -> "np.ndarray[Any, np.dtype[Any]]":
    """Return where in `texts` each value stands, counted from 1."""
    place = {text: number for number, text in enumerate(texts, start=1)}
    return np.fromiter(map(place.__getitem__, column), dtype=np.int32, count=len(column))


def arrays(
    names: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> "dict[str, np.ndarray[Any, np.dtype[Any]]]":
    """Return a batch that a statement can read as a table: an array for each name, one entry a row."""
    return {name: _array(list(values)) for name, values in zip(names, zip(*rows, strict=True), strict=True)}


def listed(names: Iterable[str]) -> str:
    """Return names, which hold no line breaks, as the one text that `string_split($1, chr(10))` takes apart.

    DuckDB binds a list of names entry by entry, which takes thirty times as long.
    """
    return "\n".join(names)


def _array(values: list[Any]) -> "np.ndarray[Any, np.dtype[Any]]":
    """Return numbers as arrays of their kind: DuckDB looks at every object, at length."""
    kinds = set(map(type, values))
    if kinds == {int}:
        return np.array(values, dtype=np.int64)
    if kinds == {float}:
        return np.array(values, dtype=np.float64)
    return np.fromiter(values, dtype=object, count=len(values))
