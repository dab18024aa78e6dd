"""Measure how much each block of a web page, and what stands around it, is worded like an article."""

from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from monitor.cleaning.line_marks import read_marks
from monitor.cleaning.line_model import shipped_model
from monitor.cleaning.line_wording import wording
from monitor.cleaning.line_words import familiar
from monitor.readers.html_blocks import Layout
from monitor.readers.html_evidence import Column
from monitor.readers.html_surroundings import frames_of, kinds_of, running

_REACH = 3  # blocks before and after


class Wording(NamedTuple):
    """How runs of letters, and words, sound: what the line model learned of them, a weight a bucket."""

    letters: NDArray[np.int8]
    words: NDArray[np.int8]


@cache
def shipped_wording() -> Wording:
    """Return the weights that come with monitor, those by which lines of plain text are judged."""
    model = shipped_model()
    return Wording(model.weights, model.words)


def wording_columns(layout: Layout, size: Column, known: Wording) -> dict[str, Column]:
    """Return how each block sounds, by its letters and by its words, and how what is around it does.

    "Read also", a list of names, or a notice looks like a paragraph; its words give it away.
    """
    marks = read_marks([block.text for block in layout.blocks])
    own = {"letters": wording(marks, known.letters), "words": familiar(marks, known.words)}
    result = {f"sound_{name}": values for name, values in own.items()}
    for name, values in own.items():
        around = _around(layout, np.sqrt(size + 1), values)
        result |= {f"sound_{name}_{where}": means for where, means in around.items()}
    return result


def _around(layout: Layout, weight: Column, values: Column) -> dict[str, Column]:
    """Return the mean over blocks alike, over the element around, over those near, and the block before's."""
    own, parents = frames_of(layout)
    summed = weight * values
    result = {}
    for name, number in (("alike", kinds_of(layout)), ("parent", parents[own])):
        result[name] = (np.bincount(number, summed) / (np.bincount(number, weight) + 1e-6))[number]
    at = np.arange(len(values))
    low, high = np.maximum(at - _REACH, 0), np.minimum(at + _REACH + 1, len(values))
    above, below = running(summed), running(weight)
    result["near"] = (above[high] - above[low]) / (below[high] - below[low])
    result["before"] = np.concatenate([[0.0], values[:-1]])[: len(values)]
    return {name: means.astype(np.float32) for name, means in result.items()}
