"""Give large pieces of memory back to the system as soon as they are not used any more."""

import ctypes
from contextlib import suppress

_MMAP_THRESHOLD = -3  # M_MMAP_THRESHOLD in glibc's malloc.h
_LARGE = 1 << 20  # bytes


def return_large_pieces() -> None:
    """Let the C library take each large piece from the system by itself, for the rest of this process.

    By default glibc does so only until the first one is freed; pieces up to that size, 32 MB at most, are then kept
    for later. Other libraries have no such setting, nor that habit.
    """
    with suppress(
        OSError, AttributeError, TypeError
    ):  # no library to ask (Windows), or nothing to set (macOS, musl)
        ctypes.CDLL(None).mallopt(_MMAP_THRESHOLD, _LARGE)
