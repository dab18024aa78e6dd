"""Answer ad-hoc SQL without giving it anything but the warehouse's own tables."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from monitor.errors import QueryRefused
from monitor.warehouse.connection import Connection, explained, open_reader

_ALLOWED = {duckdb.StatementType.SELECT, duckdb.StatementType.EXPLAIN}
MOST_ROWS = 5_000_000  # of an answer, which is held in memory
MOST_CHARACTERS = 1_000_000_000  # of the texts in it
_CHUNK = 1000
_CHUNK_CHARACTERS = 32_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Column names and rows of an answer."""

    columns: tuple[str, ...]
    rows: list[tuple[Any, ...]]


def ask(path: Path, sql: str, parameters: Sequence[object] = (), *, limit_s: float = 60.0) -> Answer:
    """Return the answer to one SELECT (or EXPLAIN) over the warehouse.

    Raises QueryRefused, in one line, for anything else, for an error, and after `limit_s` seconds.
    """
    connection = open_reader(path)
    try:
        statement = _one_question(connection, sql)
        with explained(path), _time_limit(connection, limit_s):
            return _answered(connection, statement, parameters, limit_s)
    finally:
        connection.close()


def _one_question(connection: Connection, sql: str) -> duckdb.Statement:
    try:
        sql.encode()
        statements = connection.extract_statements(sql)
    except UnicodeEncodeError as error:
        raise QueryRefused(f"the question is no text at character {error.start + 1}") from error
    except duckdb.Error as error:
        raise QueryRefused(_line(error)) from error
    if len(statements) != 1:
        raise QueryRefused(f"one statement at a time, got {len(statements)}")
    if statements[0].type not in _ALLOWED:
        kind = statements[0].type.name
        raise QueryRefused(f"only SELECT and EXPLAIN are answered, not {kind}; `monitor export` writes files")
    return statements[0]


def _answered(
    connection: Connection, statement: duckdb.Statement, parameters: Sequence[object], limit_s: float
) -> Answer:
    try:
        result = connection.execute(statement, list(parameters))
        rows = [row for chunk in _chunks(result) for row in chunk]
    except duckdb.IOException:
        raise  # the file itself, not the question
    except duckdb.InterruptException as error:
        raise QueryRefused(
            f"stopped after {limit_s:g} s; ask for less, or give more with --timeout"
        ) from error
    except duckdb.Error as error:
        raise QueryRefused(_line(error)) from error
    return Answer(columns=tuple(column[0] for column in result.description or ()), rows=rows)


def _chunks(result: Connection) -> Iterator[list[tuple[Any, ...]]]:
    """Yield the rows a few at a time, fewer where they are long; raises QueryRefused when they are too many."""
    count = characters = 0
    ahead = 1
    while rows := result.fetchmany(ahead):
        count += len(rows)
        size = sum(len(value) for row in rows for value in row if isinstance(value, str | bytes))
        characters += size
        if count > MOST_ROWS or characters > MOST_CHARACTERS:
            raise QueryRefused(f"the answer is too large after {count:,} rows; ask for less, or add a limit")
        yield rows
        ahead = max(1, min(_CHUNK, _CHUNK_CHARACTERS * len(rows) // max(size, 1)))


@contextmanager
def _time_limit(connection: Connection, limit_s: float) -> Iterator[None]:
    timer = threading.Timer(limit_s, connection.interrupt)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _line(error: duckdb.Error) -> str:
    """Return DuckDB's message as one line, with its hints and without its picture of the statement."""
    lines = [line for line in str(error).splitlines() if line.strip() and not line.lstrip().startswith("^")]
    return " ".join(line.strip() for line in lines if not line.startswith("LINE "))[:600]
