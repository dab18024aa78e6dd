"""Lay trees that LightGBM grew out as monitor asks them."""

from collections import deque
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from monitor.forest import Floats, Forest


def forest_of(*boosters: Any) -> Forest:
    """Return the boosters' trees level by level; the mean of the boosters' votes counts."""
    trees = [tree["tree_structure"] for booster in boosters for tree in booster.dump_model()["tree_info"]]
    found = _laid_out(trees)
    return found._replace(value=found.value / np.float32(len(boosters)))


def _laid_out(trees: Sequence[Any]) -> Forest:
    nodes: list[tuple[int, float, int, float]] = []
    roots: list[int] = []
    deepest = 0
    for tree in trees:
        roots.append(len(nodes))
        nodes.append((0, np.inf, 0, 0.0))
        waiting = deque([(tree, roots[-1], 0)])
        while waiting:
            node, at, depth = waiting.popleft()
            deepest = max(deepest, depth)
            if "split_feature" not in node:
                nodes[at] = (0, np.inf, at, node["leaf_value"])
                continue
            nodes[at] = (node["split_feature"], node["threshold"], len(nodes), 0.0)
            waiting += [
                (node["left_child"], len(nodes), depth + 1),
                (node["right_child"], len(nodes) + 1, depth + 1),
            ]
            nodes += [(0, np.inf, 0, 0.0)] * 2
    column, threshold, left, value = zip(*nodes, strict=True)
    return Forest(
        column=np.array(column, np.intp),
        threshold=_rounded_down(np.array(threshold)),
        left=np.array(left, np.intp),
        value=np.array(value, np.float32),
        roots=np.array(roots, np.intp),
        depth=deepest,
    )


def _rounded_down(values: NDArray[np.float64]) -> Floats:
    """Return the largest 32-bit number not above each value, so that comparisons come out the same."""
    found = values.astype(np.float32)
    return np.where(found > values, np.nextafter(found, np.float32(-np.inf)), found)
