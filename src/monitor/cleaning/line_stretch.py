"""Find the stretch of lines that most likely is the article, and say how far each line is from belonging to it."""

import numpy as np

from monitor.cleaning.line_features import Extent
from monitor.cleaning.line_marks import Floats, Ints

_MOST = 4.0  # log odds; surer ones count as this
_LONG = 200  # characters; longer lines count as this
_BEFORE, _WITHIN = 30, 60  # lines; farther from an end of the stretch counts as this


def stretch_features(odds: Floats, lengths: Ints, extent: Extent) -> list[Floats]:
    """Return what the best stretch of each document says of each line, a column each.

    Lines have worth by their log odds of being content and their length; the stretch is the run of lines whose
    worth sums up highest (Bentley 1984, Programming pearls: algorithm design techniques).
    """
    worth = np.clip(odds, -_MOST, _MOST) * np.sqrt(np.minimum(lengths, _LONG))
    starts = np.flatnonzero(np.arange(len(worth)) == extent.first)
    found = [_of_document(worth[at : extent.end[at]]) for at in starts]
    return list(np.concatenate(found, axis=1))


def _of_document(worth: Floats) -> Floats:
    """Return whether a line is inside, its distance to both ends, and what would have to be crossed from it.

    That is the worth between it and the stretch, or the nearer end; what the lines after it, and those before
    it, could still add.
    """
    total = np.concatenate([[0], np.cumsum(worth, dtype=np.float64)])
    before, after = total[:-1], total[1:]
    lowest = np.minimum.accumulate(before)
    end = int((after - lowest).argmax()) + 1
    start = int(total[:end].argmin())
    at = np.arange(len(worth))
    highest = np.maximum.accumulate(total[::-1])[::-1]
    nearer = np.minimum(after - total[start], total[end] - before)
    outside = np.where(at < start, total[start] - before, after - total[end])
    inside = (at >= start) & (at < end)
    return np.array(
        [
            inside,
            np.clip(at - start, -_BEFORE, _WITHIN),
            np.clip(end - 1 - at, -_BEFORE, _WITHIN),
            np.where(inside, nearer, outside),
            highest[1:] - after,
            before - lowest,
        ],
        np.float32,
    )
