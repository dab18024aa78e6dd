"""Look at the lines once more: how sure a first look was of the lines around, and where the article lies by it."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from monitor.cleaning.line_features import FAR, Extent, distances, neighbours, window_sums
from monitor.cleaning.line_marks import Floats, Ints
from monitor.cleaning.line_stretch import stretch_features

_CLEAR = 1.5  # log odds beyond which the first look was sure enough to tell where the article lies
_MOST = 6.0  # log odds; surer ones count as this
_PARAGRAPH = 90  # characters
_HEAVY = 300  # characters; longer lines count as this
_NEAR = (-6, -5, -4, -3, -2, -1, 1, 2, 3, 4, 5, 6)  # lines
_AROUND = ((-2, 2), (-5, 5), (-10, 10), (-20, 20), (-4, -1), (1, 4))  # lines
_BEFORE, _AFTER = (-FAR, -1), (1, FAR)


def context(odds: Floats, own: Floats, lengths: Ints, extent: Extent, subject: Sequence[Floats]) -> Floats:
    """Return one row a line, made of the first look's log odds, of the line's `own` features and its `subject`.

    After Cohen and Carvalho 2005, Stacked sequential learning.
    """
    odds = odds.astype(np.float32)
    capped = np.clip(odds, -_MOST, _MOST)
    content = np.where(odds > 0, lengths, 0)
    mass = np.minimum(lengths, _HEAVY)
    counted = np.array([capped, np.ones(len(odds)), capped * mass, mass, content], np.float32).T
    sums = window_sums(counted, extent, (*_AROUND, _BEFORE, _AFTER))
    near = sums[: len(_AROUND), :, 0] / np.maximum(sums[: len(_AROUND), :, 1], 1)
    weighed = sums[:, :, 2] / np.maximum(sums[:, :, 3], 1)
    before, after = sums[-2:, :, 4]
    clear = odds > _CLEAR
    columns = [
        capped,
        *(moved[:, 0] for moved in neighbours(capped[:, None], extent, _NEAR)),
        *near,
        *weighed,
        before / np.maximum(before + after, 1),
        before,
        after,
    ]
    kinds = (clear, odds < -_CLEAR, clear & (lengths > _PARAGRAPH))
    for since, until in distances(kinds, extent):
        columns += [since, until, since + until]
    columns += _gaps(capped, clear, lengths, extent)
    columns += [*stretch_features(odds, lengths, extent), *subject]
    return np.ascontiguousarray(np.concatenate([np.array(columns, np.float32), own.T]).T)


def _gaps(odds: Floats, clear: NDArray[np.bool_], lengths: Ints, extent: Extent) -> list[Floats]:
    """Return, of the lines between two that clearly are content, number, mean, length, lowest and highest."""
    opens = clear | (np.arange(len(odds)) == extent.first)
    gap = np.cumsum(opens) - 1
    within = ~clear
    often = np.bincount(gap, weights=within)
    mean = np.bincount(gap, weights=odds * within) / np.maximum(often, 1)
    size = np.bincount(gap, weights=lengths * within)
    starts = np.flatnonzero(opens)
    lowest = np.minimum.reduceat(odds, starts)
    highest = np.maximum.reduceat(np.where(clear, -2 * _MOST, odds), starts)
    return [found[gap] for found in (often, mean, size, lowest, highest)]
