"""Weights for single words and letter groups, learned from where translations went wrong."""

import zlib
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

SLOTS = 1 << 15
NAMES = ("source_words", "output_words", "source_letters", "output_letters")
Slots = NDArray[np.int64]


def slots_of(source: str, output: str, code: str, stems: tuple[list[str], list[str]]) -> Iterator[Slots]:
    """Yield for each kind of clue the distinct slots that a sentence and its translation fill."""
    there, here = stems
    yield _slots([code + word for word in there])
    yield _slots(here)
    yield _slots([code + source[at : at + 3] for at in range(len(source) - 2)])
    yield _slots([output[at : at + 4] for at in range(len(output) - 3)])


def accent_features(weights: NDArray[np.float32], slots: Iterator[Slots]) -> list[float]:
    """Return for each kind of clue the sum of its weights, by the root of how many there are."""
    return [
        float(row[filled].sum()) / max(1, len(filled)) ** 0.5
        for row, filled in zip(weights, slots, strict=True)
    ]


def _slots(clues: Sequence[str]) -> Slots:
    return np.array(
        list({zlib.crc32(clue.encode("utf-8", "surrogatepass")) % SLOTS for clue in clues}), dtype=np.int64
    )
