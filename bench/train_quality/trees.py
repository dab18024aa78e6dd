"""Grow decision trees with LightGBM and turn them into plain arrays."""

from typing import Any, NamedTuple

import lightgbm
import numpy as np
from numpy.typing import NDArray

from monitor.translation.scoring.forest import Forest

WORST, WORSE = -1.1, -1.03  # standard deviations from the mean: about the worst 15 % of the sentences
OWN = 0.4  # how freely a language may weigh features in its own way
COMMON = {
    "num_leaves": 12, "max_depth": 6, "min_data_in_leaf": 40, "feature_fraction": 0.35, "bagging_fraction": 0.7,
    "bagging_freq": 1, "lambda_l2": 8.0, "verbose": -1, "num_threads": 1, "seed": 1, "deterministic": True,
    "force_row_wise": True, "learning_rate": 0.05,
}  # fmt: skip
ROUNDS = 140
Tree = dict[str, Any]


class Lesson(NamedTuple):
    """Standard features with the number of their language, chrF in standard deviations, and what each counts."""

    features: NDArray[np.float32]
    languages: NDArray[np.int64]
    relative: NDArray[np.float64]
    weight: NDArray[np.float64]

    def with_more(self, more: "Lesson") -> "Lesson":
        """Return this lesson and another as one."""
        return Lesson(
            np.concatenate([self.features, more.features]),
            np.concatenate([self.languages, more.languages]),
            np.concatenate([self.relative, more.relative]),
            np.concatenate([self.weight, more.weight]),
        )


class Grown(NamedTuple):
    """What was learned: trees, each with its weight, and each language's weights for the features."""

    trees: list[tuple[float, Tree]]
    linear: NDArray[np.float32]


def grown(lesson: Lesson, count: int) -> Grown:
    """Learn two ways to tell bad from good, and weigh them so that each says as much as the other.

    Trees for all languages, and a logistic regression in which each of `count` languages may differ a little.
    """
    trees, spread = _trees(lesson)
    return Grown([(-1 / spread, tree) for tree in trees], _linear(lesson, count))


def _linear(lesson: Lesson, count: int) -> NDArray[np.float32]:
    """Return the weights of the features, one row a language and one for all others."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415 - of the bench extra

    width = lesson.features.shape[1]
    own = np.zeros((len(lesson.features), count, width), dtype=np.float32)
    known = lesson.languages < count
    own[known, lesson.languages[known]] = lesson.features[known] * OWN
    wide = np.hstack([lesson.features, own.reshape(len(own), -1)])
    line = LogisticRegression(C=0.01, max_iter=500, tol=1e-3)
    line.fit(wide, lesson.relative < WORST, sample_weight=lesson.weight)
    common, own_weights = line.coef_[0, :width], line.coef_[0, width:].reshape(count, width)
    rows = np.vstack([common + OWN * own_weights, common])
    said = (lesson.features * rows[lesson.languages]).sum(axis=1)
    weights: NDArray[np.float32] = (-rows / said.std()).astype(np.float32)
    return weights


def _trees(lesson: Lesson) -> tuple[list[Tree], float]:
    """Return trees and the standard deviation of what they say."""
    worse = (lesson.relative < WORSE).astype(np.float64)
    model = lightgbm.train(
        COMMON | {"objective": "binary"},
        lightgbm.Dataset(lesson.features, worse, weight=lesson.weight),
        ROUNDS,
    )
    spread = float(np.std(model.predict(lesson.features, raw_score=True)))
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
