"""Grow decision trees with LightGBM and turn them into plain arrays."""

from typing import Any

import lightgbm
import numpy as np
from numpy.typing import NDArray

from monitor.translation.scoring.forest import Forest

WORST = -0.84  # standard deviations below the mean: about the worst fifth
COMMON = {
    "num_leaves": 12, "max_depth": 6, "min_data_in_leaf": 40, "feature_fraction": 0.35, "bagging_fraction": 0.7,
    "bagging_freq": 1, "lambda_l2": 8.0, "verbose": -1, "num_threads": 1, "seed": 1, "deterministic": True,
    "force_row_wise": True,
}  # fmt: skip
ROUNDS = 140
Tree = dict[str, Any]


def grown(features: NDArray[np.float32], relative: NDArray[np.float64]) -> list[tuple[float, Tree]]:
    """Grow trees that tell the worst fifth from the rest, and trees that rank all; each with its weight."""
    worst = _trees(features, relative < WORST, {"objective": "binary", "learning_rate": 0.05})
    level = _trees(features, np.clip(relative, -3, 1), {"objective": "regression", "learning_rate": 0.05})
    return [*((-0.5, tree) for tree in worst), *((1.0, tree) for tree in level)]


def _trees(features: NDArray[np.float32], wanted: NDArray[Any], options: dict[str, Any]) -> list[Tree]:
    data = lightgbm.Dataset(features, wanted.astype(np.float64))
    model = lightgbm.train(COMMON | options, data, ROUNDS).dump_model()
    return [info["tree_structure"] for info in model["tree_info"]]


def forest_of(trees: list[tuple[float, Tree]]) -> Forest:
    """Return the trees as arrays."""
    flat = [_flat(tree) for _, tree in trees]
    width = max(len(nodes) for nodes in flat)
    shape = (len(flat), width)
    feature, left, right = (np.zeros(shape, dtype=np.int16) for _ in range(3))
    threshold, value = (np.zeros(shape, dtype=np.float32) for _ in range(2))
    for row, ((weight, _), nodes) in enumerate(zip(trees, flat, strict=True)):
        for at, (what, where, low, high, answer) in enumerate(nodes):
            feature[row, at], threshold[row, at] = what, where
            left[row, at], right[row, at], value[row, at] = low, high, weight * answer
    return Forest(
        feature=feature,
        threshold=threshold,
        left=left,
        right=right,
        value=value,
        depth=max(_depth(tree) for _, tree in trees),
    )


def _flat(tree: Tree) -> list[tuple[int, float, int, int, float]]:
    """Return the nodes as (feature, threshold, left, right, answer), the root first."""
    nodes: list[tuple[int, float, int, int, float]] = []

    def add(node: Tree) -> int:
        at = len(nodes)
        nodes.append((0, 0.0, at, at, float(node.get("leaf_value", 0.0))))
        if "split_feature" in node:
            below = add(node["left_child"]), add(node["right_child"])
            nodes[at] = (int(node["split_feature"]), float(node["threshold"]), *below, 0.0)
        return at

    add(tree)
    return nodes


def _depth(tree: Tree) -> int:
    if "split_feature" not in tree:
        return 0
    return 1 + max(_depth(tree["left_child"]), _depth(tree["right_child"]))
