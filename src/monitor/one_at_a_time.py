"""Let one process at a time do something, and tell the others who that is."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import IO

import portalocker

_POLL_S = 0.1


def exclusive(path: Path, wait_s: float, busy: Callable[[str], Exception]) -> AbstractContextManager[None]:
    """Take the lock that `path` stands for, waiting at most `wait_s` seconds; it is freed when the context ends.

    The operating system frees it too when the process dies. Raises what `busy` makes of the holder's name.
    """
    file = path.open("a+", encoding="utf-8")
    try:
        _acquire(file, time.monotonic() + wait_s)
    except portalocker.LockException as error:
        file.seek(0)
        holder = file.read(200).strip() or "another process"
        file.close()
        raise busy(holder) from error
    return _held(file)


def _acquire(file: IO[str], deadline: float) -> None:
    while True:
        try:
            portalocker.lock(file, portalocker.LockFlags.EXCLUSIVE | portalocker.LockFlags.NON_BLOCKING)
        except portalocker.LockException:
            if time.monotonic() >= deadline:
                raise
            time.sleep(_POLL_S)
        else:
            return


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
