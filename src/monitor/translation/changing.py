"""Lets one process at a time change the models, and shows the others each change at once or not at all."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from monitor.errors import ModelsBusy
from monitor.one_at_a_time import exclusive

_CHANGING = ".changing"  # held by whoever installs, pins or removes
_FETCHING = ".fetching"  # held by whoever downloads, which may take long
_UNFINISHED = ".installing-"
_CHANGE_WAIT_S, _FETCH_WAIT_S = 300.0, 3600.0


@contextmanager
def changing(folder: Path) -> Iterator[Path]:
    """Hold the models' folder against other processes, and give a place beside the models to work in.

    What a killed process left of such a place is cleared away. Raises ModelsBusy when another one holds the
    folder for minutes. Not to be entered twice.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with exclusive(folder / _CHANGING, _CHANGE_WAIT_S, _busy):
        for unfinished in folder.glob(f"{_UNFINISHED}*"):
            shutil.rmtree(unfinished, ignore_errors=True)
        with tempfile.TemporaryDirectory(prefix=_UNFINISHED, dir=folder) as place:
            yield Path(place)


def fetching(folder: Path) -> AbstractContextManager[None]:
    """Let this process alone download; another one that begins waits for it."""
    folder.mkdir(parents=True, exist_ok=True)
    return exclusive(folder / _FETCHING, _FETCH_WAIT_S, _busy)


def put_into_place(made: Path, place: Path) -> None:
    """Let a folder that was made beside `place` stand there, in place of what stands there now."""
    put_aside(place, made.parent)
    _sync(made)
    made.replace(place)
    _sync(place.parent)


def put_aside(folder: Path, workplace: Path) -> None:
    """Take a folder out of sight at once; it is deleted together with the workplace."""
    if folder.is_symlink():
        folder.unlink()
    elif folder.is_dir():
        folder.replace(workplace / ".aside")


def _busy(holder: str) -> ModelsBusy:
    return ModelsBusy(f"the models are being changed by {holder}; try again when it has finished")


def _sync(folder: Path) -> None:
    """Make a folder's list of names durable, where the system lets us."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
