"""Grow decision trees with LightGBM and turn them into plain arrays."""

from typing import Any, NamedTuple

import lightgbm
import numpy as np
from numpy.typing import NDArray

from monitor.translation.scoring.forest import Forest

WORST, WORSE = -1.03, -0.84  # standard deviations from the mean: 15 and 20 % of the sentences
COMMON = {
    "num_leaves": 12, "max_depth": 6, "min_data_in_leaf": 40, "feature_fraction": 0.35, "bagging_fraction": 0.7,
    "bagging_freq": 1, "lambda_l2": 8.0, "verbose": -1, "num_threads": 1, "seed": 1, "deterministic": True,
    "force_row_wise": True, "learning_rate": 0.05,
}  # fmt: skip
ROUNDS = 140
Tree = dict[str, Any]


class Grown(NamedTuple):
    """What was learned: trees, each with its weight, and a weight for each feature."""

    trees: list[tuple[float, Tree]]
    linear: NDArray[np.float32]


def grown(features: NDArray[np.float32], relative: NDArray[np.float64]) -> Grown:
    """Learn three ways to tell bad from good, and weigh them so that each says as much as the others.

    Trees that tell the worst from the rest, trees that rank the worse half, and a logistic regression.
    """
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - of the bench extra

    worst = _trees(features, relative < WORST, {"objective": "binary"})
    level = _trees(features, np.clip(relative, -2.5, 0), {"objective": "regression"})
    line = LogisticRegression(C=0.02, max_iter=1000).fit(features, relative < WORSE)
    linear = -line.coef_[0] / (features @ line.coef_[0]).std()
    trees = [*((-1 / worst[1], tree) for tree in worst[0]), *((1 / level[1], tree) for tree in level[0])]
    return Grown(trees, linear.astype(np.float32))


def _trees(
    features: NDArray[np.float32], wanted: NDArray[Any], options: dict[str, Any]
) -> tuple[list[Tree], float]:
    """Return trees and the standard deviation of what they say."""
    data = lightgbm.Dataset(features, wanted.astype(np.float64))
    model = lightgbm.train(COMMON | options, data, ROUNDS)
    spread = float(np.std(model.predict(features, raw_score=True)))
    return [info["tree_structure"] for info in model.dump_model()["tree_info"]], spread


def forest_of(learned: Grown) -> Forest:
    """Return what was learned as arrays."""
    trees = learned.trees
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
        linear=learned.linear,
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
