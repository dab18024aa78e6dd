"""Gather everything that is known of each line into one row of numbers, the line model's input."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

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
    window_sums,
)
from monitor.cleaning.line_marks import Floats, Ints, Marks
from monitor.cleaning.line_vocabulary import shared

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


class Sound(NamedTuple):
    """How much each line sounds like content: by its letters, and by its words."""

    wording: Floats
    familiar: Floats


def evidence(
    marks: Marks, lines: Sequence[str], sizes: Sequence[int], named: Sequence[str | None], sound: Sound
) -> Floats:
    """Return one row a line for documents of `sizes` lines that stand one after another.

    `named` says which lines a rule gives away.
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
        sound.wording,
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
        np.column_stack([sound.wording, overlap, tokens, kind, since, until]),
        np.column_stack([_repeats(lines, document), alike, _patterns(alike, extent)]),
        _near(around, extent),
        _remembered(sound.familiar[:, None], extent),
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
    """Return how many lines around begin or end like others of the document."""
    return window_sums((alike > _FAMILIAR).astype(np.float32), extent, -6, 6)


def _remembered(familiar: Floats, extent: Extent) -> Floats:
    """Return how familiar the words are of each line, of its neighbours, and of all around."""
    steps = (-3, -2, -1, 1, 2, 3)
    return np.hstack([familiar, *neighbours(familiar, extent, steps), window_sums(familiar, extent, -4, 4)])


def _near(around: Floats, extent: Extent) -> Floats:
    """Return the neighbours' most telling columns, and means over the four lines before and after."""
    steps = (-3, -2, -1, 1, 2, 3)
    moved = neighbours(around, extent, steps)
    told = [found if abs(step) == 1 else found[:, :4] for step, found in zip(steps, moved, strict=True)]
    counted = np.column_stack([around[:, :3], np.ones(len(around), np.float32)])
    sums = window_sums(counted, extent, -4, 4)
    whole = window_sums(counted[:, :1], extent, -FAR, FAR)
    size = (extent.end - extent.first)[:, None]
    return np.hstack([*told, sums[:, :3] / sums[:, 3:], whole / size])
