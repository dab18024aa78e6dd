"""Judge rows of evidence by a small neural network, which errs elsewhere than decision trees do."""

from typing import NamedTuple

import numpy as np

from monitor.cleaning.line_marks import Floats

_AT_ONCE = 24  # rows; OpenBLAS hands products of more out to threads, which on a busy machine takes long


class Layers(NamedTuple):
    """Networks side by side on the same evidence, and how to bring the evidence to one scale.

    Columns are cut to `low` and `high`, less `mean`, over `spread`. `weights` and `offsets` have one entry a
    layer, whose first axis is the network; all layers but the last are followed by max(0, x).
    """

    low: Floats
    high: Floats
    mean: Floats
    spread: Floats
    weights: tuple[Floats, ...]
    offsets: tuple[Floats, ...]


def scaled(layers: Layers, rows: Floats) -> Floats:
    """Return the rows with every column on the same scale."""
    cut = np.minimum(np.maximum(rows, layers.low), layers.high)
    cut -= layers.mean
    cut /= layers.spread
    return np.asarray(cut, np.float32)


def layer_odds(layers: Layers, rows: Floats) -> Floats:
    """Return the mean of the networks' log odds for each row."""
    whole = scaled(layers, rows)
    votes = [_votes(layers, whole[at : at + _AT_ONCE]) for at in range(0, len(whole), _AT_ONCE)]
    return np.concatenate(votes) if votes else np.zeros(0, np.float32)


def _votes(layers: Layers, rows: Floats) -> Floats:
    found = rows[None]
    for weights, offsets in zip(layers.weights[:-1], layers.offsets[:-1], strict=True):
        found = np.maximum(found @ weights + offsets[:, None], 0)
    votes = found @ layers.weights[-1] + layers.offsets[-1][:, None]
    return np.asarray(votes[:, :, 0].mean(axis=0), np.float32)
