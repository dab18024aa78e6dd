"""Find out whether a warehouse is whole, and go back to the last one that was."""

from datetime import UTC, datetime
from pathlib import Path

from monitor.errors import WarehouseError
from monitor.warehouse.connection import explained, open_reader
from monitor.warehouse.digest import logical_digest
from monitor.warehouse.files import Generations
from monitor.warehouse.query import ask


def fault_of(path: Path) -> str | None:
    """Read every row of a warehouse file; return what is wrong with it in one line, None where nothing is."""
    try:
        connection = open_reader(path)
        try:
            with explained(path):
                logical_digest(connection)
        finally:
            connection.close()
    except WarehouseError as error:
        return str(error)
    return None


def restore_previous(files: Generations) -> Path | None:
    """Put the previous generation in the place of a damaged one and return where the damaged one went.

    Returns None, and changes nothing, where there is no previous generation that is whole.
    """
    if not files.previous.exists() or fault_of(files.previous):
        return None
    aside = files.current.with_name(f"{files.current.name}.damaged-{datetime.now(UTC):%Y%m%dT%H%M%S}")
    if files.current.exists():
        files.current.replace(aside)
    files.previous.replace(files.current)
    return aside


def ingested_paths(path: Path) -> list[str]:
    """Return every path that runs of this warehouse were asked to ingest, each once."""
    rows = ask(path, "select distinct unnest(paths) as path from runs order by path").rows
    return [row[0] for row in rows]
