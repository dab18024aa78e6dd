"""Mark work of several transactions while it is under way, so that nobody is shown the half of it."""

from monitor.warehouse.connection import Connection

_MARK = "story_rebuild"  # a table that is there between the transactions of grouping all articles anew


def begin(connection: Connection) -> None:
    """Say that work is under way."""
    connection.execute(f"create or replace table {_MARK} (nothing integer)")


def end(connection: Connection) -> None:
    """Say that it is done."""
    connection.execute(f"drop table {_MARK}")


def is_half_done(connection: Connection) -> bool:
    """Say whether a run that was killed or interrupted had begun it."""
    row = connection.execute(
        "select count(*) from information_schema.tables where table_name = $1", [_MARK]
    ).fetchone()
    return bool(row and row[0])
