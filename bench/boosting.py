"""Train small decision trees by gradient boosting on the logistic loss (Friedman 2001), with histograms."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from monitor.cleaning.trees import Trees

BINS = 64

Floats = npt.NDArray[np.float64]
Integers = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How many trees, how deep, how fast.

    `smoothing` pulls leaves to 0, `smallest` is a leaf's least weight. Each tree sees a random half of the rows
    and of the columns, or another `share` (Friedman 2002: stochastic gradient boosting).
    """

    trees: int = 150
    depth: int = 4
    rate: float = 0.12
    smoothing: float = 2.0
    smallest: float = 4.0
    share: float = 0.5


class _Pull(NamedTuple):
    """What one tree is grown from: slope and curvature of the loss at each row, and the columns it may use."""

    slope: Floats
    curve: Floats
    columns: Integers


def train(names: tuple[str, ...], rows: Floats, labels: Floats, weights: Floats, settings: Settings) -> Trees:
    """Return trees that tell rows with label 1 from rows with label 0."""
    cuts = [_cuts(column) for column in rows.T]
    bins = np.stack([np.searchsorted(cut, column) for cut, column in zip(cuts, rows.T, strict=True)], axis=1)
    share = float(np.average(labels, weights=weights))
    start = float(np.log(share / (1 - share)))
    odds = np.full(len(rows), start)
    grown = []
    chance = np.random.default_rng(1)
    for _ in range(settings.trees):
        probability = 1 / (1 + np.exp(-odds))
        slope, curve = weights * (labels - probability), weights * probability * (1 - probability)
        seen = chance.random(len(rows)) < settings.share
        columns = np.flatnonzero(chance.random(len(cuts)) < settings.share)
        features, splits, leaves, leaf = _grow(bins, _Pull(slope * seen, curve * seen, columns), settings)
        odds += leaves[leaf]
        limits = np.array(
            [cuts[f][b] if b < len(cuts[f]) else np.inf for f, b in zip(features, splits, strict=True)]
        )
        grown.append((features, np.where(np.isinf(limits), 1e9, limits), leaves))
    stacked = [np.stack(part) for part in zip(*grown, strict=True)]
    return Trees(names=names, start=start, features=stacked[0], thresholds=stacked[1], leaves=stacked[2])


def _cuts(column: Floats) -> Floats:
    """Return at most BINS - 1 thresholds between the values of a column."""
    values = np.unique(column)
    if len(values) > BINS:
        values = np.unique(np.quantile(column, np.linspace(0, 1, BINS)))
    return (values[1:] + values[:-1]) / 2


def _grow(bins: Integers, pull: _Pull, settings: Settings) -> tuple[Integers, Integers, Floats, Integers]:
    """Return one tree's features, cut numbers and leaves, and the leaf that each row falls into."""
    inner = 2**settings.depth - 1
    features, splits = np.zeros(inner, dtype=np.intp), np.full(inner, BINS, dtype=np.intp)
    node = np.zeros(len(bins), dtype=np.intp)
    for level in range(settings.depth):
        first, count = 2**level - 1, 2**level
        best = _best_splits(bins, node - first, count, pull, settings)
        features[first : first + count], splits[first : first + count] = best
        beyond = bins[np.arange(len(bins)), features[node]] > splits[node]
        node = 2 * node + 1 + beyond
    leaf = node - inner
    up = np.bincount(leaf, pull.slope, inner + 1)
    down = np.bincount(leaf, pull.curve, inner + 1)
    return features, splits, settings.rate * up / (down + settings.smoothing), leaf


def _best_splits(
    bins: Integers, node: Integers, count: int, pull: _Pull, settings: Settings
) -> tuple[Integers, Integers]:
    """Return for each node of a level the feature and the cut number that gain most."""
    best = np.full(count, 1e-6)
    features, splits = np.zeros(count, dtype=np.intp), np.full(count, BINS, dtype=np.intp)
    for feature in pull.columns:
        key = node * BINS + bins[:, feature]
        up = np.bincount(key, pull.slope, count * BINS).reshape(count, BINS).cumsum(axis=1)
        down = np.bincount(key, pull.curve, count * BINS).reshape(count, BINS).cumsum(axis=1)
        gain = _gain(up, down, settings)
        at = gain.argmax(axis=1)
        value = gain[np.arange(count), at]
        better = value > best
        best, features, splits = (
            np.where(better, value, best),
            np.where(better, feature, features),
            np.where(better, at, splits),
        )
    return features, splits


def _gain(up: Floats, down: Floats, settings: Settings) -> Floats:
    """Return what a split after each bin gains, -1 where a side would be too small."""
    all_up, all_down = up[:, -1:], down[:, -1:]
    other_up, other_down = all_up - up, all_down - down
    gain: Floats = (
        up**2 / (down + settings.smoothing)
        + other_up**2 / (other_down + settings.smoothing)
        - all_up**2 / (all_down + settings.smoothing)
    )
    small = (down < settings.smallest * 0.25) | (other_down < settings.smallest * 0.25)
    return np.where(small, -1, gain)
