"""Learn from translations, some of them damaged, which are bad: trees by LightGBM, and a linear model."""

from typing import NamedTuple

import lightgbm
import numpy as np
from numpy.typing import NDArray

from bench.forests import forest_of
from monitor.forest import Forest
from monitor.translation.scoring.model import Learned

WORST, WORSE = -1.1, -1.03  # standard deviations from the mean: about the worst 15 % of the sentences
OWN = 0.4  # how freely a language may weigh features in its own way
COMMON = {
    "num_leaves": 12, "max_depth": 6, "min_data_in_leaf": 40, "feature_fraction": 0.35, "bagging_fraction": 0.7,
    "bagging_freq": 1, "lambda_l2": 8.0, "verbose": -1, "num_threads": 1, "seed": 1, "deterministic": True,
    "force_row_wise": True, "learning_rate": 0.05,
}  # fmt: skip
ROUNDS = 140


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


def grown(lesson: Lesson, count: int) -> Learned:
    """Learn two ways to tell bad from good, and weigh them so that each says as much as the other.

    Trees for all languages, and a logistic regression in which each of `count` languages may differ a little.
    """
    return Learned(_trees(lesson), _linear(lesson, count))


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


def _trees(lesson: Lesson) -> Forest:
    """Return trees whose sum has a standard deviation of one; the better the sentence, the higher."""
    worse = (lesson.relative < WORSE).astype(np.float64)
    model = lightgbm.train(
        COMMON | {"objective": "binary"},
        lightgbm.Dataset(lesson.features, worse, weight=lesson.weight),
        ROUNDS,
    )
    spread = np.std(model.predict(lesson.features, raw_score=True))
    forest = forest_of(model)
    return forest._replace(value=np.asarray(-forest.value / spread, np.float32))
