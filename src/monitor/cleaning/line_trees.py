"""Add up the votes of many small decision trees, for all lines of a document at once."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from monitor.cleaning.line_marks import Floats


class Forest(NamedTuple):
    """Trees laid out in arrays, a node's two children next to each other; a leaf is its own child.

    `column`, `threshold` and `left` have one entry a node: lines with a value above the threshold go to
    `left + 1`. `value` is what a leaf adds to the log odds, `roots` are the trees' first nodes, `depth`
    is how many steps reach every leaf.
    """

    column: NDArray[np.int16]
    threshold: Floats
    left: NDArray[np.int32]
    value: Floats
    roots: NDArray[np.int32]
    depth: int


def log_odds(forest: Forest, features: Floats) -> Floats:
    """Return the sum of the trees' votes for each row of `features`."""
    chunks = [_votes(forest, features[at : at + 512]) for at in range(0, len(features), 512)]
    return np.concatenate(chunks) if chunks else np.zeros(0, np.float32)


def _votes(forest: Forest, rows: Floats) -> Floats:
    flat = np.ascontiguousarray(rows).ravel()
    base = (np.arange(len(rows), dtype=np.int32) * rows.shape[1])[:, None]
    node = np.broadcast_to(forest.roots, (len(rows), len(forest.roots)))
    for _ in range(forest.depth):
        above = flat[base + forest.column[node]] > forest.threshold[node]
        node = forest.left[node] + above
    votes: Floats = forest.value[node].sum(axis=1, dtype=np.float32)
    return votes
