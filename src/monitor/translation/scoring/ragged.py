"""Sum up rows of different lengths at once: all their figures stand end to end in one array."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Figures = NDArray[Any]


class Rows:
    """Where rows of the given lengths stand in one array; `of` says for every place which row it is of."""

    __slots__ = ("lengths", "of", "starts")

    def __init__(self, lengths: Sequence[int] | NDArray[np.int64]) -> None:
        self.lengths = np.asarray(lengths, dtype=np.int64)
        self.of = np.repeat(np.arange(len(self.lengths)), self.lengths)
        self.starts = np.cumsum(self.lengths) - self.lengths

    @property
    def places(self) -> NDArray[np.int64]:
        """Return every place's number inside its row, from 0."""
        return np.arange(len(self.of)) - self.starts[self.of]

    def sums(self, figures: Figures) -> NDArray[np.float64]:
        """Return the sum of each row, 0 for an empty one."""
        return np.bincount(self.of, figures, minlength=len(self.lengths)).astype(np.float64)

    def means(self, figures: Figures) -> NDArray[np.float64]:
        """Return the mean of each row, 0 for an empty one."""
        return self.sums(figures) / np.maximum(self.lengths, 1)

    def least(self, figures: Figures, counts: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the mean of the `counts` least figures of each row; of all where there are fewer."""
        counts = np.minimum(counts, self.lengths)
        ranked = figures[np.lexsort((figures, self.of))]
        among = self.places < counts[self.of]
        sums = np.bincount(self.of[among], ranked[among], minlength=len(self.lengths))
        return sums / np.maximum(counts, 1)
