"""Tell from the letters of a line alone, in any language, how much it sounds like a web page's furniture."""

import numpy as np
from numpy.typing import NDArray

from monitor.cleaning.line_marks import Floats, Ints, Marks

BUCKETS = 1 << 16
SIZES = (2, 3, 5)  # characters in a row that are looked at
READ = 96  # characters from the line's start
_PRIMES = np.array([0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F, 0x165667B1], dtype=np.uint32)


def grams(marks: Marks) -> tuple[Ints, Ints]:
    """Return the line and the bucket of every run of characters near a line's start (feature hashing).

    The newlines around a line count, so that a run knows whether it begins or ends the line.
    Weinberger et al. 2009, Feature Hashing for Large Scale Multitask Learning.
    """
    begin = marks.starts - 1
    reach = np.minimum(marks.lengths + 2, READ)
    shift = np.repeat(begin - np.cumsum(reach) + reach, reach)
    at = np.arange(len(shift)) + shift
    line = np.repeat(np.arange(len(reach)), reach)
    last = np.repeat(begin + reach, reach)
    folded = np.concatenate([marks.folded, np.zeros(max(SIZES), np.uint32)])
    lines: list[Ints] = []
    buckets: list[Ints] = []
    mixed = folded[at]
    for size in range(2, max(SIZES) + 1):
        mixed = mixed * _PRIMES[size - 1] + folded[at + size - 1]
        if size in SIZES:
            whole = at + size <= last
            buckets.append(((mixed[whole] * _PRIMES[0]) >> np.uint32(16)).astype(np.int64))
            lines.append(line[whole])
    return np.concatenate(lines), np.concatenate(buckets)


def wording(marks: Marks, weights: NDArray[np.int8]) -> Floats:
    """Return for each line the mean weight of its runs, times a root of their number: higher is content."""
    line, bucket = grams(marks)
    count = len(marks.lengths)
    total = np.bincount(line, weights=weights[bucket], minlength=count)
    runs = np.bincount(line, minlength=count)
    return (total / np.sqrt(np.maximum(runs, 1))).astype(np.float32)
