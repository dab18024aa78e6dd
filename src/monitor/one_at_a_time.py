"""Let one process at a time do something, and tell the others who that is."""

import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import IO

import portalocker

from monitor.terminal import one_line

_LOG = logging.getLogger(__name__)
_POLL_S = 0.1
_PATIENCE_S = 1.0  # until people are told what is waited for


def exclusive(path: Path, wait_s: float, busy: Callable[[str], Exception]) -> AbstractContextManager[None]:
    """Take the lock that `path` stands for, waiting at most `wait_s` seconds; it is freed when the context ends.

    The operating system frees it too when the process dies. A longer wait is logged as a warning, once. Raises what
    `busy` makes of the holder's name.
    """
    file = path.open("a+", encoding="utf-8")
    try:
        _acquire(file, wait_s)
    except portalocker.LockException as error:
        holder = _holder(file)
        file.close()
        raise busy(holder) from error
    return _held(file)


def _acquire(file: IO[str], wait_s: float) -> None:
    begin, is_told = time.monotonic(), False
    while True:
        try:
            portalocker.lock(file, portalocker.LockFlags.EXCLUSIVE | portalocker.LockFlags.NON_BLOCKING)
        except portalocker.LockException:
            waited = time.monotonic() - begin
            if waited >= wait_s:
                raise
            if waited >= _PATIENCE_S and not is_told:
                _LOG.warning("monitor: waiting for %s, %.0f s at most", _holder(file), wait_s)
                is_told = True
            time.sleep(_POLL_S)
        else:
            return


def _holder(file: IO[str]) -> str:
    """Return who the lock's file says has it."""
    file.seek(0)
    return one_line(file.read(200)) or "another process"


@contextmanager
def _held(file: IO[str]) -> Iterator[None]:
    file.truncate(0)
    file.write(f"process {os.getpid()}\n")
    file.flush()
    try:
        yield
    finally:
        file.truncate(0)
        file.close()
