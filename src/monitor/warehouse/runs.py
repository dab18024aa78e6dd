"""The runs: what was executed, with which code and configuration, and how it ended."""

import secrets
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

import duckdb

from monitor.warehouse.connection import Connection


def new_run_id(now: datetime) -> str:
    """Return a name for a run that sorts by time."""
    return f"{now:%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"


def begin_run(  # noqa: PLR0913  # one parameter a column
    connection: Connection,
    run_id: str,
    *,
    command: str,
    paths: Sequence[str],
    version: str,
    configuration: str,
    now: datetime,
) -> None:
    """Enter a run as running; runs that a dead process left running are marked as killed."""
    connection.execute("update runs set status = 'killed' where status = 'running'")
    connection.execute(
        """
        insert into runs (run_id, command, paths, code_version, configuration_sha256, started_at, status)
        values ($1, $2, $3, $4, $5, $6, 'running')
        """,
        [run_id, command, list(paths), version, configuration, now],
    )


def end_run(connection: Connection, run_id: str, status: str, counts: str, now: datetime) -> None:
    """Enter how a run ended; `counts` is JSON."""
    connection.execute(
        "update runs set status = $2, counts = $3::json, ended_at = $4 where run_id = $1",
        [run_id, status, counts, now],
    )


def end_failed_run(connection: Connection, run_id: str, status: str, counts: str, now: datetime) -> None:
    """Enter how a run failed, if the warehouse still takes it; what made it fail is what the user must hear."""
    with suppress(duckdb.Error):
        end_run(connection, run_id, status, counts, now)
