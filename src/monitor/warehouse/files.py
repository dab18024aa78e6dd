"""The warehouse as a file: one whole generation for readers, the next one for the writer.

monitor.duckdb            what everybody reads; always complete and closed, replaced by rename alone
monitor.duckdb.next       the generation that a run is writing; a killed run leaves it, the next run goes on with it
monitor.duckdb.next.spill what does not fit into the writer's memory; only there while it works
monitor.duckdb.previous   the generation before the current one, for `monitor doctor`
monitor.duckdb.lock       held by the one writer; says who that is
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from pathlib import Path

import monitor
from monitor.errors import WarehouseBusy, WarehouseDamaged, WarehouseError, WarehouseFull
from monitor.one_at_a_time import exclusive
from monitor.warehouse.connection import (
    Connection,
    cursor_of,
    explained,
    open_reader,
    open_writer,
    spill_of,
)
from monitor.warehouse.half_done import is_half_done
from monitor.warehouse.migrations import migrate
from monitor.warehouse.sparing import complete_sparing


class Generations:
    """The files of one warehouse."""

    def __init__(self, path: Path) -> None:
        self.current = path
        self.next = _beside(path, ".next")
        self.previous = _beside(path, ".previous")
        self.lock = _beside(path, ".lock")

    def reader(self) -> Connection:
        """Open the current generation for questions."""
        return open_reader(self.current)

    @contextmanager
    def writing(self, wait_s: float = 0.0) -> Iterator["WriteSession"]:
        """Hold the write lock; at the end, also after an error of another kind, publish what was committed.

        When the warehouse itself fails, or work is half done that readers have whole, the next generation stays as it
        is and the next run goes on with it. Raises
        WarehouseBusy when another writer still holds it after `wait_s` seconds.
        """
        with cannot_write(self.current):
            self.current.parent.mkdir(parents=True, exist_ok=True)
            lock = exclusive(self.lock, wait_s, _busy)
        with lock:
            _sweep(self.next)
            session = WriteSession(self)
            try:
                with explained(self.next):
                    yield session
            except WarehouseDamaged:
                session.abandon()
                _remove_with_log(self.next)  # what it was made from is damaged, or it is itself
                raise
            except WarehouseError:
                session.abandon()
                raise
            except BaseException:
                if session.is_half_done:
                    session.abandon()
                else:
                    session.publish()
                raise
            session.publish()


class WriteSession:
    """One writer's turn; the next generation is only made when something is to be written."""

    def __init__(self, files: Generations) -> None:
        self.files = files

    @cached_property
    def connection(self) -> Connection:
        """Return the connection to the next generation, made as a copy of the current one where needed."""
        with cannot_write(self.files.current):
            return self._resumed() or self._copied()

    def reader(self) -> Connection | None:
        """Return a connection that sees all that is committed; None while there is no warehouse at all."""
        if self.is_writing or self.files.next.exists():
            return cursor_of(self.connection)
        return self.files.reader() if self.files.current.exists() else None

    @property
    def is_writing(self) -> bool:
        """Whether the next generation is open."""
        return "connection" in self.__dict__

    @property
    def is_half_done(self) -> bool:
        """Whether readers would lose something whole if the next generation were published as it is."""
        return self.is_writing and self.files.current.exists() and is_half_done(self.connection)

    def renew(self) -> None:
        """Open the next generation anew: DuckDB keeps notes of every row that was added since it was opened."""
        if self.is_writing:
            with cannot_write(self.files.current), explained(self.files.next):
                self.__dict__.pop("connection").close()
                self.__dict__["connection"] = _migrated(self.files.next)

    def publish(self) -> None:
        """Make the next generation the current one, if it was opened."""
        if not self.is_writing:
            return
        connection = self.connection
        del self.__dict__["connection"]
        with cannot_write(self.files.current), explained(self.files.next):
            complete_sparing(connection, self.files.next)
            _replace_current(self.files)

    def abandon(self) -> None:
        """Leave the next generation to the next run."""
        if self.is_writing:
            self.__dict__.pop("connection").close()

    def _resumed(self) -> Connection | None:
        """Go on with the generation that a killed run left; None when there is none that opens."""
        if not self.files.next.exists():
            return None
        try:
            return _migrated(self.files.next)
        except WarehouseDamaged:
            _remove_with_log(self.files.next)
            return None

    def _copied(self) -> Connection:
        if self.files.current.exists():
            _absorb_log(self.files.current)
            draft = _beside(self.files.next, ".tmp")
            shutil.copyfile(self.files.current, draft)
            _sync(draft)
            draft.replace(self.files.next)
        return _migrated(self.files.next)


def _busy(holder: str) -> WarehouseBusy:
    return WarehouseBusy(f"the warehouse is being written by {holder}; wait, or use --wait SECONDS")


@contextmanager
def cannot_write(path: Path) -> Iterator[None]:
    """Say in one line that the disk is full or the place is closed to us."""
    try:
        yield
    except OSError as error:
        raise WarehouseFull(f"cannot write {str(path)!r}: {error.strerror or error}") from error


def _migrated(path: Path) -> Connection:
    connection = open_writer(path)
    try:
        with explained(path):
            migrate(connection, monitor.__version__)
    except BaseException:
        connection.close()
        raise
    return connection


def _absorb_log(path: Path) -> None:
    """Fold in the write-ahead log that another program left; refuse while it still writes."""
    if _log_of(path).exists():
        with explained(path):
            open_writer(path).close()


def _replace_current(files: Generations) -> None:
    if _log_of(files.current).exists():
        raise WarehouseBusy(
            f"{str(files.current)!r} is being written by another program; "
            "close it and run again: what was ingested waits in the next generation"
        )
    _sync(files.next)
    if files.current.exists():
        draft = _beside(files.previous, ".tmp")
        draft.unlink(missing_ok=True)
        with suppress(OSError):  # a file system without hard links keeps no previous generation
            os.link(files.current, draft)
            draft.replace(files.previous)
        draft.unlink(
            missing_ok=True
        )  # where a killed run had already kept this generation, renaming does nothing
    files.next.replace(files.current)
    _sync(files.current.parent)


def _sweep(path: Path) -> None:
    """Remove what a killed writer, of this version or of one before, put aside."""
    for place in (spill_of(path), _beside(path, ".tmp")):
        if place.is_dir():
            shutil.rmtree(place, ignore_errors=True)
        else:
            place.unlink(missing_ok=True)


def _remove_with_log(path: Path) -> None:
    path.unlink(missing_ok=True)
    _log_of(path).unlink(missing_ok=True)


def _log_of(path: Path) -> Path:
    return _beside(path, ".wal")


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)


def _sync(path: Path) -> None:
    """Force a file, or a folder's entries, to the disk."""
    if path.is_dir() and os.name == "nt":
        return  # Windows has no handle on a folder to sync
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
