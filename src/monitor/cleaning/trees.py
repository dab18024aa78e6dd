"""Add up the votes of small decision trees that were trained by a command in `bench/` and ship as data."""

from dataclasses import dataclass

import msgspec
import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, slots=True, kw_only=True)
class Trees:
    """Complete binary trees of one depth, in heap order: node n's children are 2n+1 and 2n+2.

    `features` and `thresholds` have one row a tree and one column an inner node; a row of evidence goes to
    the second child where its figure exceeds the threshold. `leaves` holds what each leaf adds to the log-odds.
    """

    names: tuple[str, ...]
    start: float
    features: npt.NDArray[np.intp]
    thresholds: npt.NDArray[np.float64]
    leaves: npt.NDArray[np.float64]

    def probabilities(self, rows: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Return the probability of each row; columns in the order of `names`."""
        each = np.arange(len(rows))[:, None]
        tree = np.arange(len(self.features))[None, :]
        node = np.zeros((len(rows), len(self.features)), dtype=np.intp)
        inner = self.features.shape[1]
        for _ in range(inner.bit_length()):
            beyond = rows[each, self.features[tree, node]] > self.thresholds[tree, node]
            node = 2 * node + 1 + beyond
        odds = self.start + self.leaves[tree, node - inner].sum(axis=1)
        result: npt.NDArray[np.float64] = 1 / (1 + np.exp(-odds))
        return result


class _Stored(msgspec.Struct):
    names: list[str]
    start: float
    features: list[list[int]]
    thresholds: list[list[float]]
    leaves: list[list[float]]


def read_trees(data: bytes) -> Trees:
    """Return the trees that `write_trees` wrote."""
    stored = msgspec.json.decode(data, type=_Stored)
    return Trees(
        names=tuple(stored.names),
        start=stored.start,
        features=np.array(stored.features, dtype=np.intp),
        thresholds=np.array(stored.thresholds),
        leaves=np.array(stored.leaves),
    )


def write_trees(trees: Trees) -> bytes:
    """Return the trees as JSON."""
    stored = _Stored(
        names=list(trees.names),
        start=trees.start,
        features=trees.features.tolist(),
        thresholds=[[round(value, 4) for value in row] for row in trees.thresholds.tolist()],
        leaves=[[round(value, 4) for value in row] for row in trees.leaves.tolist()],
    )
    return msgspec.json.encode(stored)
