"""Look through much in little memory: DuckDB would keep what it reads, up to four fifths of the machine's."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import duckdb

from monitor.warehouse.connection import (
    Connection,
    atomic,
    complete,
    memory_limit,
    open_writer,
    relieve,
    set_memory_limit,
)

Answer = TypeVar("Answer")

_LITTLE = "64MB"  # what it reads goes round in it; sorts and joins that need more put it on the disk


def sparing(connection: Connection, work: Callable[[], Answer]) -> Answer:
    """Do work as one transaction in little memory, and keep nothing of what it read or wrote.

    Where that is too little, all of it is undone and done again with as much as DuckDB takes by itself: it must be
    work that can be.
    """
    try:
        return _done(connection, work, _LITTLE)
    except duckdb.OutOfMemoryException:
        relieve(connection)
        return _done(connection, work, None)


def complete_sparing(connection: Connection, path: Path) -> None:
    """Bring all that was committed from the log into the file at `path`, and close it; in little memory first.

    A checkpoint that lacks memory ends its connection and leaves file and log as they were.
    """
    relieve(connection)
    try:
        set_memory_limit(connection, _LITTLE)
        complete(connection)
    except duckdb.Error:
        connection.close()
        complete(open_writer(path))


def _done(connection: Connection, work: Callable[[], Answer], limit: str | None) -> Answer:
    with atomic(connection):
        with _held_to(connection, limit):
            answer = work()
        relieve(connection)
    relieve(connection)
    return answer


@contextmanager
def _held_to(connection: Connection, limit: str | None) -> Iterator[None]:
    """Hold DuckDB to a limit, but not when it commits: a checkpoint that lacks memory ends the connection."""
    usual = memory_limit(connection)
    if limit is None or usual is None:
        yield
        return
    try:
        set_memory_limit(connection, limit)
        yield
    finally:
        set_memory_limit(connection, usual)
