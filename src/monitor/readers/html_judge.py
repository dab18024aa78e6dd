"""Judge which blocks of a web page are the article's, with small models trained by `bench.train_html`."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import as_file, files
from typing import NamedTuple

import numpy as np

from monitor.forest import Forest, forest_from, votes
from monitor.readers.html_blocks import Layout
from monitor.readers.html_evidence import Column, Wide
from monitor.readers.html_second_look import second_measures

FIRST, SECOND = "html_model.npz", "html_second_model.npz"
_LOWEST, _HIGHEST = 0.35, 0.55  # probabilities between which each page has its own that is enough


class Model(NamedTuple):
    """Trees, and the names of the measures that they ask about."""

    names: tuple[str, ...]
    forest: Forest

    def judge(self, columns: Mapping[str, Column]) -> Wide:
        """Return the probability, for each row of the named columns, that it belongs to the article."""
        odds = votes(self.forest, np.stack([columns[name] for name in self.names], axis=1))
        return np.asarray(1 / (1 + np.exp(-odds.astype(np.float64))), np.float64)


@cache
def model(name: str) -> Model:
    """Return a model that ships with monitor, `FIRST` or `SECOND`; read once a process."""
    with as_file(files("monitor.readers").joinpath(name)) as path, np.load(path) as stored:
        return Model(tuple(map(str, stored["names"])), forest_from(stored))


def judge(layout: Layout, columns: Mapping[str, Column]) -> Wide:
    """Return the probability of each block that it is the article's.

    The first look judges each block for itself, by the measures in `columns`; the second one by what the first
    made of it and of the blocks around it and like it. Both count alike.
    """
    first = model(FIRST).judge(columns)
    second = model(SECOND).judge(second_measures(layout, columns, first))
    return (first + second) / 2


def enough(size: Column, odds: Wide) -> float:
    """Return the probability from which on a page's blocks are taken for the article's.

    It is the one at which the precision and the recall to be expected of the page sum highest, within limits
    (for F1: Lipton et al. 2014, Optimal Thresholding of Classifiers to Maximize F1 Measure).
    """
    order = np.argsort(-odds, kind="stable")
    right = np.cumsum(odds[order] * size[order])
    sums = right / (np.cumsum(size[order]) + 1) + right / (right[-1] + 1)
    return float(np.clip(odds[order][sums.argmax()], _LOWEST, _HIGHEST))
