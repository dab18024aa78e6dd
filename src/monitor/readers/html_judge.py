"""Judge which blocks of a web page are the article's, with small models trained by `bench.train_html`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files

import numpy as np
from numpy.typing import NDArray

from monitor.readers.html_blocks import Layout
from monitor.readers.html_evidence import Column, Wide
from monitor.readers.html_second_look import second_measures

FIRST, SECOND = "html_model.npz", "html_second_model.npz"
_LOWEST, _HIGHEST = 0.35, 0.55  # probabilities between which each page has its own that is enough
_ROWS = 500  # judged at a time, to bound memory


@dataclass(frozen=True, slots=True, eq=False)
class Forest:
    """Gradient-boosted trees as arrays over all their nodes; a leaf is its own child.

    The right child of node n is in `children` at 2n, the left one behind it. `depth` steps from the `roots`
    lead every row to a leaf, whose `value` is in log-odds.
    """

    names: tuple[str, ...]
    roots: NDArray[np.intp]
    feature: NDArray[np.intp]
    threshold: NDArray[np.float32]
    children: NDArray[np.intp]
    value: NDArray[np.float32]
    depth: int

    def judge(self, columns: Mapping[str, Column]) -> Wide:
        """Return the probability, for each row of the named columns, that it belongs to the article."""
        table = np.stack([columns[name] for name in self.names], axis=1)
        parts = [self._judge(table[at : at + _ROWS]) for at in range(0, len(table), _ROWS)]
        return np.concatenate(parts) if parts else np.zeros(0)

    def _judge(self, table: NDArray[np.float32]) -> Wide:
        rows = np.arange(len(table))[:, None] * len(self.names)
        flat = table.ravel()
        node = np.broadcast_to(self.roots, (len(table), len(self.roots)))
        for _ in range(self.depth):
            goes_left = flat.take(rows + self.feature.take(node)) <= self.threshold.take(node)
            node = self.children.take(2 * node + goes_left)
        odds = self.value.take(node).sum(axis=1, dtype=np.float64)
        return np.asarray(1 / (1 + np.exp(-odds)), np.float64)


@cache
def forest(name: str) -> Forest:
    """Return a model that ships with monitor, `FIRST` or `SECOND`; read once a process."""
    with as_file(files("monitor.readers").joinpath(name)) as path, np.load(path) as stored:
        arrays = {name: stored[name] for name in stored.files}
    return Forest(
        tuple(map(str, arrays["names"])),
        arrays["roots"].astype(np.intp),
        arrays["feature"].astype(np.intp),
        arrays["threshold"],
        np.stack([arrays["right"], arrays["left"]], axis=1).ravel().astype(np.intp),
        arrays["value"],
        int(arrays["depth"]),
    )


def judge(layout: Layout, columns: Mapping[str, Column]) -> Wide:
    """Return the probability of each block that it is the article's.

    The first look judges each block for itself, by the measures in `columns`; the second one by what the first
    made of it and of the blocks around it and like it. Both count alike.
    """
    first = forest(FIRST).judge(columns)
    second = forest(SECOND).judge(second_measures(layout, columns, first))
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
