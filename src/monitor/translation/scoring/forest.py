"""Ask small decision trees and a linear model, kept as plain arrays."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Forest:
    """Trees of one size, one a row: at each node go left when the feature is at most the threshold.

    A leaf points to itself on both sides; `depth` steps reach every leaf. `linear` weighs the features for an
    answer beside those of the trees, one row a language, the last for those that the training texts lack.
    """

    feature: NDArray[np.int16]
    threshold: NDArray[np.float32]
    left: NDArray[np.int16]
    right: NDArray[np.int16]
    value: NDArray[np.float32]
    linear: NDArray[np.float32]
    depth: int

    def ask(self, features: NDArray[np.float32], languages: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return the sum of all answers for each row of features, whose language is numbered beside it."""
        trees = np.arange(len(self.feature))[None, :]
        samples = np.arange(len(features))[:, None]
        node = np.zeros((len(features), len(self.feature)), dtype=np.int16)
        for _ in range(self.depth):
            goes_left = features[samples, self.feature[trees, node]] <= self.threshold[trees, node]
            node = np.where(goes_left, self.left[trees, node], self.right[trees, node])
        straight = (features * self.linear[languages]).sum(axis=1)
        answer: NDArray[np.float32] = self.value[trees, node].sum(axis=1) + straight
        return answer
