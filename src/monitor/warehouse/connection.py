"""Open DuckDB: one way for the writer, one hardened way for people's queries."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib.util import find_spec
from pathlib import Path

import duckdb

from monitor.errors import WarehouseBusy, WarehouseDamaged, WarehouseError, WarehouseFull

if find_spec("pandas") is None:
    # DuckDB looks for pandas at every value that it takes over, and a search in vain is ten times the work
    sys.modules["pandas"] = None  # type: ignore[assignment]

Connection = duckdb.DuckDBPyConnection

# 1.2 brings ZSTD for text (a third of the size) and stays readable by DuckDB 1.2 to 2.0.
STORAGE_VERSION = "v1.2.0"
_NAME = "warehouse"  # how the writer's connection knows the file; views and macros do not hold it
# Rows that DuckDB keeps together. Every checkpoint writes the last such group anew, in memory: with its usual 122,880
# rows that takes more than 100 MB for articles, and grows as the group fills.
_ROW_GROUP = 4096
_CHECKPOINT_AT = "4MB"
# How many merges of groups with removed rows a checkpoint may begin for a table: each holds its rows in memory, so
# that there are none but when a generation is finished.
_MERGES, _LAST_MERGES = 0, 1
_THREADS = 2  # what a query takes grows with them, and what a writer asks for is soon done
_KEPT = "12MB"
_MAGIC, _MAGIC_AT = b"DUCK", 8  # where DuckDB marks its files
_Config = dict[str, str | bool | int | float | list[str]]
_LOCKED_DOWN: _Config = {
    "enable_external_access": "false",
    "python_enable_replacements": "false",
    "autoload_known_extensions": "false",
    "autoinstall_known_extensions": "false",
    "memory_limit": "1GB",
    "threads": "2",
}


def open_writer(path: Path) -> Connection:
    """Open a warehouse file for writing; only the holder of the write lock may call this."""
    _require_duckdb(path)
    config: _Config = {
        "autoload_known_extensions": "false",
        "temp_directory": str(spill_of(path)),
        "wal_autocheckpoint": _CHECKPOINT_AT,
        "max_vacuum_tasks": _MERGES,
        "threads": _THREADS,
    }
    options = f"row_group_size {_ROW_GROUP}, storage_version '{STORAGE_VERSION}'"
    quoted = str(path).replace("'", "''")
    with explained(path):
        connection = duckdb.connect(":memory:", config=config)
        try:
            connection.execute(f"attach '{quoted}' as {_NAME} ({options})")
            return _set_up(connection)
        except BaseException:
            connection.close()
            raise


def cursor_of(connection: Connection) -> Connection:
    """Return a second connection to the same warehouse, that reads while the first one writes."""
    name = "select current_database()"
    cursor = connection.cursor()
    if cursor.execute(name).fetchone() == connection.execute(name).fetchone():
        return cursor
    return _set_up(cursor)


def _set_up(connection: Connection) -> Connection:
    connection.execute(f"use {_NAME}")
    connection.execute("set global timezone = 'UTC'; set enable_progress_bar = false")
    return connection


def complete(connection: Connection) -> None:
    """Bring all that was committed from the log into the file, and close it."""
    connection.execute(f"set max_vacuum_tasks = {_LAST_MERGES}")
    connection.execute("checkpoint")
    connection.close()


def relieve(connection: Connection) -> None:
    """Give back the memory that DuckDB keeps for later: it would keep four fifths of the machine's.

    Lowering the limit is the one statement that empties its cache and its allocator. A warehouse in memory has
    nowhere else to be, and one open for questions alone has a limit of its own: both stay as they are.
    """
    limit = memory_limit(connection)
    if limit is not None:
        with suppress(duckdb.OutOfMemoryException):  # what is in use stays
            set_memory_limit(connection, _KEPT)
        set_memory_limit(connection, limit)


def memory_limit(connection: Connection) -> str | None:
    """Return how much memory a writer may use; None where that cannot be changed."""
    row = connection.execute(
        "select current_setting('memory_limit') from duckdb_databases() where database_name = current_database() "
        "and path is not null and not readonly and not current_setting('lock_configuration')"
    ).fetchone()
    # it is shown cut: set again as "18.8 GiB" it would be less each time
    return str(row[0]).replace(" ", "5 ") if row else None


def set_memory_limit(connection: Connection, limit: str) -> None:
    """Let a writer use so much memory from now on; raises OutOfMemoryException where more is in use."""
    with connection.cursor() as aside:  # a refusal would abort a transaction under way
        aside.execute(f"set memory_limit = '{limit}'")


def spill_of(path: Path) -> Path:
    """Return the folder where the writer of a file puts what does not fit into memory."""
    return path.with_name(path.name + ".spill")


def open_reader(path: Path) -> Connection:
    """Open a published warehouse for questions: read-only, with no way to files, network or Python."""
    if not path.exists():
        raise WarehouseError(
            f"no warehouse at {str(path)!r}: run `monitor ingest PATH` first, or name one with --warehouse"
        )
    _require_duckdb(path)
    with explained(path):
        connection = duckdb.connect(str(path), read_only=True, config=_LOCKED_DOWN)
        connection.execute("set global timezone = 'UTC'; set enable_progress_bar = false")
        connection.execute("set lock_configuration = true")
        return connection


def _require_duckdb(path: Path) -> None:
    """Refuse a file that another program made; DuckDB would go looking for an extension that reads it."""
    try:
        with path.open("rb") as file:
            head = file.read(_MAGIC_AT + len(_MAGIC))
    except FileNotFoundError:
        return
    if head and head[_MAGIC_AT:] != _MAGIC:
        raise WarehouseDamaged(
            f"{str(path)!r} is not a DuckDB file: run `monitor doctor`, or name another one"
        )


@contextmanager
def atomic(connection: Connection) -> Iterator[None]:
    """Run a block as one transaction: all of it or nothing."""
    connection.begin()
    try:
        yield
    except BaseException:
        with suppress(duckdb.Error):  # a failed commit has already rolled back
            connection.rollback()
        raise
    connection.commit()


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn DuckDB's file errors into ours, in one line that says what would have worked."""
    try:
        yield
    except (duckdb.IOException, duckdb.TransactionException, duckdb.OutOfMemoryException) as error:
        raise _file_error(path, error) from error
    except (duckdb.SerializationException, duckdb.InternalException, duckdb.FatalException) as error:
        if _is_refusal(str(error)):
            raise _file_error(path, error) from error
        raise WarehouseDamaged(
            f"{str(path)!r} is damaged: run `monitor doctor` ({_first_line(error)})"
        ) from error


# What DuckDB says when the system refuses a write, a sync or a rename.
_REFUSALS = (
    "No space left",
    "Read-only file system",
    "Permission denied",
    "Could not write",
    "Could not fsync",
    "failed to pin block",  # memory, when it happens within a checkpoint
)
_LOCKED = "Could not set lock"


def _is_refusal(text: str) -> bool:
    return any(sign in text for sign in _REFUSALS)


def _file_error(path: Path, error: duckdb.Error) -> WarehouseError:
    text, said = str(error), _first_line(error)
    if _LOCKED in text:
        return WarehouseBusy(f"{str(path)!r} is open in another program; close it there ({said})")
    if _is_refusal(text) or isinstance(error, duckdb.TransactionException | duckdb.OutOfMemoryException):
        return WarehouseFull(f"cannot write {str(path)!r}: {said}")
    return WarehouseDamaged(
        f"{str(path)!r} is not a warehouse that can be read: run `monitor doctor` ({said})"
    )


def _first_line(error: Exception) -> str:
    return str(error).strip().splitlines()[0][:300] if str(error).strip() else type(error).__name__
