"""Measures what a piece of work costs this process."""

import time
from collections.abc import Callable
from typing import TypeVar

_Result = TypeVar("_Result")


def timed(work: Callable[[], _Result]) -> tuple[_Result, float]:
    """Return a result and the CPU seconds that it took."""
    begun = time.process_time()
    result = work()
    return result, time.process_time() - begun
