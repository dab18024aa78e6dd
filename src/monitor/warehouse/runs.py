"""The runs: what was executed, with which code and configuration, and how it ended."""

import secrets
from datetime import datetime

from monitor.warehouse.connection import Connection


def new_run_id(now: datetime) -> str:
    """Return a name for a run that sorts by time."""
    return f"{now:%Y%m%dT%H%M%S}-{secrets.token_hex(3)}"


def begin_run(
    connection: Connection, run_id: str, command: str, version: str, configuration: str, now: datetime
) -> None:
    """Enter a run as running; runs that a dead process left running are marked as killed."""
    connection.execute("update runs set status = 'killed' where status = 'running'")
    connection.execute(
        "insert into runs values ($1, $2, $3, $4, $5, null, 'running', null)",
        [run_id, command, version, configuration, now],
    )


def end_run(connection: Connection, run_id: str, status: str, counts: str, now: datetime) -> None:
    """Enter how a run ended; `counts` is JSON."""
    connection.execute(
        "update runs set status = $2, counts = $3::json, ended_at = $4 where run_id = $1",
        [run_id, status, counts, now],
    )
