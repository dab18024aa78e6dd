"""Gather everything that is known of each line into one row of numbers, the line model's input."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from monitor.cleaning.line_features import (
    BEGINS_MARK,
    BEGINS_UPPER,
    CAPITALISED,
    DIGITS,
    ENDS_SENTENCE,
    INNER_STOPS,
    SIZE,
    WINDOWS,
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
from monitor.cleaning.line_vocabulary import Vocabulary, shared

_FAMILIAR = 2  # lines that begin or end alike: more is a pattern
_HEADING = 30  # characters
_TOLD = [INNER_STOPS, ENDS_SENTENCE, BEGINS_UPPER, DIGITS, CAPITALISED, BEGINS_MARK]
_NEXT = {2, 3}  # places of the nearest neighbours among those that are looked at
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
    marks: Marks,
    lines: Sequence[str],
    sizes: Sequence[int],
    named: Sequence[str | None],
    sound: Sound,
    vocabulary: Vocabulary,
) -> Floats:
    """Return one row a line for documents of `sizes` lines that stand one after another.

    `named` says which lines a rule gives away.
    """
    extent = extents(sizes)
    document = np.repeat(np.arange(len(sizes)), sizes)
    own, size = own_features(marks)
    prose = is_prose(own, size)
    mass = np.where(prose, size, 0)
    overlap, tokens = shared(vocabulary, prose)
    kind = [_kind(rule, size) for rule, size in zip(named, marks.lengths.tolist(), strict=True)]
    alike = echoes(marks, document)
    patterns = (often > _FAMILIAR for often in alike)
    summed = np.array(
        [
            size,
            mass,
            prose,
            *patterns,
            sound.familiar,
            sound.wording,
            own[:, SIZE],
            overlap,
            np.ones(len(own)),
        ],
        np.float32,
    )
    to_prose, to_ruled = distances([prose, np.array([rule is not None for rule in named], bool)], extent)
    sums = window_sums(summed.T, extent, WINDOWS)
    told = [sound.wording, own[:, SIZE], overlap, kind, *own[:, _TOLD].T, sound.familiar]
    around = neighbours(np.array(told, np.float32).T, extent, (-3, -2, -1, 1, 2, 3))
    return _rows([
        *own.T,
        *place_features(to_prose, mass, sums, extent),
        sound.wording, overlap, tokens, kind, *to_ruled,
        _repeats(lines, document), *alike, *sums[6, :, 3:5].T,
        *_near(around, sums, extent),
        sound.familiar, *(found[:, -1] for found in around), sums[7, :, 5],
    ])  # fmt: skip


def _rows(columns: Sequence[Sequence[float] | Floats | Ints]) -> Floats:
    """Return the columns as one table of rows."""
    return np.ascontiguousarray(np.array(columns, np.float32).T)


def _kind(rule: str | None, length: int) -> int:
    """Return the rule as a number; a link to one article is not the heading of a list of them."""
    if rule is None:
        return -1
    name = rule.removeprefix("line:")
    if name == "read-also" and length > _HEADING:
        return len(_KINDS)
    return _KINDS.index(name) if name in _KINDS else len(_KINDS) + 1


def _repeats(lines: Sequence[str], document: Ints) -> list[int]:
    """Return how often each line stands in its document, 5 at most."""
    keys = list(zip(document.tolist(), lines, strict=True))
    often = Counter(keys)
    return [min(often[key], 5) for key in keys]


def _near(around: Sequence[Floats], sums: Floats, extent: Extent) -> Iterator[Floats]:
    """Yield the neighbours' most telling columns, and means over the four lines before and after."""
    for number, found in enumerate(around):
        yield from found[:, : len(_TOLD) + 4 if number in _NEXT else 4].T
    yield from (sums[7, :, 6:9] / sums[7, :, 9:]).T
    yield sums[8, :, 6] / (extent.end - extent.first)
