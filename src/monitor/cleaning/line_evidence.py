"""Gather everything that is known of each line into one row of numbers, the line model's input."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from monitor.cleaning.line_features import (
    BEGINS_MARK,
    BEGINS_UPPER,
    CAPITALISED,
    DIGITS,
    ENDS_SENTENCE,
    FAR,
    INNER_STOPS,
    SIZE,
    Extent,
    distances,
    echoes,
    extents,
    is_prose,
    neighbours,
    own_features,
    place_features,
    window_sum,
)
from monitor.cleaning.line_marks import Floats, Ints, Marks
from monitor.cleaning.line_vocabulary import shared

if TYPE_CHECKING:
    from numpy.typing import NDArray

_FAMILIAR = 2  # lines that begin or end alike: more is a pattern
_HEADING = 30  # characters
# The kinds of rules, which the model knows by their numbers.
_KINDS = (
    "advertisement",
    "comments",
    "cookies",
    "copyright",
    "follow",
    "menu",
    "navigation",
    "no-words",
    "read-also",
    "share",
)


def evidence(
    marks: Marks, lines: Sequence[str], sizes: Sequence[int], named: Sequence[str | None], wording: Floats
) -> Floats:
    """Return one row a line for documents of `sizes` lines that stand one after another.

    `named` says which lines a rule gives away, `wording` how much each sounds like content.
    """
    extent = extents(sizes)
    document = np.repeat(np.arange(len(sizes)), sizes)
    own, size = own_features(marks)
    overlap, tokens = shared(marks, document, is_prose(own, size))
    ruled = np.array([rule is not None for rule in named], bool)
    kind = np.array(
        [_kind(rule, size) for rule, size in zip(named, marks.lengths.tolist(), strict=True)], np.float32
    )
    since, until = distances(ruled, extent)
    alike = echoes(marks, document)
    around = np.column_stack([
        wording,
        own[:, SIZE],
        overlap,
        kind,
        own[:, INNER_STOPS],
        own[:, ENDS_SENTENCE],
        own[:, BEGINS_UPPER],
        own[:, DIGITS],
        own[:, CAPITALISED],
        own[:, BEGINS_MARK],
    ]).astype(np.float32)  # fmt: skip
    return np.hstack([
        own,
        place_features(own, size, extent),
        np.column_stack([wording, overlap, tokens, kind, since, until]),
        np.column_stack([_repeats(lines, document), alike, _patterns(alike, extent)]),
        _near(around, extent),
    ]).astype(np.float32)  # fmt: skip


def _kind(rule: str | None, length: int) -> int:
    """Return the rule as a number; a link to one article is not the heading of a list of them."""
    if rule is None:
        return -1
    name = rule.removeprefix("line:")
    if name == "read-also" and length > _HEADING:
        return len(_KINDS)
    return _KINDS.index(name) if name in _KINDS else len(_KINDS) + 1


def _repeats(lines: Sequence[str], document: Ints) -> Ints:
    """Return how often each line stands in its document, 5 at most."""
    often = Counter(zip(document.tolist(), lines, strict=True))
    return np.array([min(often[key], 5) for key in zip(document.tolist(), lines, strict=True)], np.int64)


def _patterns(alike: Floats, extent: Extent) -> Floats:
    familiar: NDArray[np.bool_] = alike > _FAMILIAR
    return np.column_stack([window_sum(familiar[:, side], extent, -6, 6) for side in (0, 1)])


def _near(around: Floats, extent: Extent) -> Floats:
    """Return the neighbours' most telling columns, and means over the four lines before and after."""
    steps = [
        neighbours(around if abs(step) == 1 else around[:, :4], extent, step)
        for step in (-3, -2, -1, 1, 2, 3)
    ]
    count = window_sum(np.ones(len(around)), extent, -4, 4)
    means = [window_sum(around[:, column], extent, -4, 4) / count for column in range(3)]
    whole = window_sum(around[:, 0], extent, -FAR, FAR) / (extent.end - extent.first)
    return np.hstack([*steps, np.column_stack([*means, whole])])
