"""Ask how much of a block a candidate for the article's text holds, in any language and at little cost."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.float32]
Wide = NDArray[np.float64]
_NOT_WORDS = re.compile(r"[\W_]+")
_PIECE = 20  # letters and digits by which a block is looked for in a candidate
_MOST_PIECES = 6


@dataclass(frozen=True, slots=True)
class Candidate:
    """A text that may be the article: its letters and digits in one string, and line by line."""

    text: str
    lines: frozenset[str]

    def holds(self, block: str) -> float:
        """Return the share of a block, given bare, that the candidate holds, by up to six pieces of it.

        A block shorter than a piece must be a line of its own; half a point where it occurs inside one.
        """
        size = len(block)
        if size < _PIECE:
            return 1.0 if block in self.lines else 0.5 if size >= _PIECE // 2 and block in self.text else 0.0
        count = min(_MOST_PIECES, size // _PIECE)
        step = (size - _PIECE) / max(1, count - 1)
        starts = [int(number * step) for number in range(count)]
        return sum(block[start : start + _PIECE] in self.text for start in starts) / count


def bare(text: str) -> str:
    """Return a text's letters and digits alone, in small letters."""
    return _NOT_WORDS.sub("", text).lower()


def candidate(text: str | None) -> Candidate:
    """Make a text ready for comparison with blocks; None and the empty text hold nothing."""
    lines = [bare(line) for line in (text or "").split("\n")]
    return Candidate("".join(lines), frozenset(lines) - {""})


def covers(wanted: Candidate, bares: Sequence[str]) -> Column:
    """Return the share of each block, given bare, that a candidate holds."""
    if not wanted.lines:
        return np.zeros(len(bares), np.float32)
    return np.array([wanted.holds(block) for block in bares], np.float32)
