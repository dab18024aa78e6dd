"""Describe every line of a document by evidence that holds in any language."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from monitor.cleaning.line_marks import (
    BRACKET,
    BULLET,
    CASELESS,
    COLON,
    COMBINING,
    COMMA,
    DIGIT,
    HYPHEN,
    LOWER,
    OTHER,
    QUOTE,
    SLASH,
    SPACE,
    STOP,
    UNSPACED,
    UPPER,
    Floats,
    Ints,
    Marks,
    counts_by_class,
)

_EDGE = 8  # characters at a line's beginning and end that are compared with other lines
FAR = 10**6  # lines; farther than any document reaches
PROSE, LONG_PROSE = 90, 200
# Parts of a document over which figures are summed up: lines before and after the line.
WINDOWS = ((-FAR, -1), (1, FAR), (-3, -1), (1, 3), (-5, -1), (1, 5), (-6, 6), (-4, 4), (-FAR, FAR))
# Columns of the own features that others are made of.
OWN = 29
SIZE, DIGITS, CAPITALISED, INNER_STOPS, ENDS_SENTENCE, BEGINS_UPPER, BEGINS_MARK = 0, 5, 14, 18, 20, 24, 28


class Extent(NamedTuple):
    """For each line: the first line of its document, and the one after the last."""

    first: Ints
    end: Ints


def extents(sizes: Sequence[int]) -> Extent:
    """Return where the documents lie whose numbers of lines are `sizes`."""
    counts = np.asarray(sizes, np.int64)
    ends = np.cumsum(counts)
    return Extent(np.repeat(ends - counts, counts), np.repeat(ends, counts))


def own_features(marks: Marks) -> tuple[Floats, Floats]:
    """Return what each line shows by itself, and its size: characters, of which Han and kana count double."""
    counts = counts_by_class(marks)
    letters = (
        counts[:, LOWER] + counts[:, UPPER] + counts[:, CASELESS] + counts[:, COMBINING] + counts[:, UNSPACED]
    )
    size = letters + counts[:, UNSPACED] + counts[:, DIGIT] + counts[:, SPACE]
    length = np.maximum(marks.lengths, 1).astype(np.float32)
    words, capital_words, digit_words, longest = _words(marks)
    safe_words = np.maximum(words, 1)
    line_classes = marks.classes
    first = line_classes[marks.starts]
    last = line_classes[np.maximum(marks.starts + marks.lengths - 1, 0)]
    before_last = line_classes[np.maximum(marks.starts + marks.lengths - 2, 0)]
    ends = (last == STOP) | ((last == QUOTE) | (last == BRACKET)) & (before_last == STOP)
    inner = _inner_stops(marks)
    columns = [
        np.log1p(size),
        np.log1p(words),
        letters / length,
        counts[:, UPPER] / np.maximum(letters, 1),
        counts[:, UNSPACED] / np.maximum(letters, 1),
        counts[:, DIGIT] / length,
        counts[:, BULLET] + counts[:, OTHER],
        (counts[:, BULLET] + counts[:, OTHER] + counts[:, SLASH]) / length,
        counts[:, COMMA] / safe_words,
        np.minimum(counts[:, COMMA], 9),
        np.minimum(counts[:, COLON], 5),
        np.minimum(counts[:, QUOTE], 5),
        np.minimum(counts[:, SLASH], 9),
        np.minimum(counts[:, HYPHEN], 5),
        capital_words / safe_words,
        digit_words / safe_words,
        size / safe_words,
        longest,
        inner,
        inner / safe_words,
        ends,
        last == COLON,
        last == COMMA,
        last == DIGIT,
        first == UPPER,
        first == LOWER,
        first == DIGIT,
        first == QUOTE,
        (first == BULLET) | (first == HYPHEN) | (first == OTHER),
    ]
    return np.array(columns, np.float32).T, size


def _words(marks: Marks) -> tuple[Floats, Floats, Floats, Floats]:
    """Return words, words that begin with a capital, words that begin with a digit, the longest word."""
    inside = marks.classes != SPACE
    begins = inside[1:] & ~inside[:-1]
    at = np.flatnonzero(begins) + 1
    ends = np.flatnonzero(inside[:-1] & ~inside[1:]) + 1
    line = marks.line_of[at - 1]
    count = len(marks.lengths)
    words = np.bincount(line, minlength=count).astype(np.float32)
    capitals = np.bincount(line[marks.classes[at] == UPPER], minlength=count).astype(np.float32)
    digits = np.bincount(line[marks.classes[at] == DIGIT], minlength=count).astype(np.float32)
    longest = np.zeros(count, np.float32)
    np.maximum.at(longest, line, np.minimum(ends - at, 60).astype(np.float32))
    return words, capitals, digits, longest


def _inner_stops(marks: Marks) -> Floats:
    """Count sentence marks inside the line that end a word of two letters or more."""
    stops = marks.classes == STOP
    letter = marks.classes <= COMBINING
    real = (
        stops[2:-1]
        & letter[1:-2]
        & letter[:-3]
        & ((marks.classes[3:] == SPACE) | (marks.classes[3:] == QUOTE) | (marks.classes[1:-2] == UNSPACED))
    )
    at = np.flatnonzero(real) + 2
    return np.bincount(marks.line_of[at - 1], minlength=len(marks.lengths)).astype(np.float32)


def neighbours(columns: Floats, extent: Extent, steps: Sequence[int]) -> list[Floats]:
    """Return, for each step, the columns moved by so many lines; beyond a document's edge they are -1."""
    at = np.arange(len(columns)) + np.array(steps)[:, None]
    inside = (at >= extent.first) & (at < extent.end)
    moved = columns[np.where(inside, at, 0)]
    moved[~inside] = -1
    return list(moved)


def window_sums(columns: Floats, extent: Extent, windows: Sequence[tuple[int, int]]) -> Floats:
    """Return for each window (from, to; in lines) the columns' sums over that part of each line's document."""
    total = np.zeros((len(columns) + 1, columns.shape[1]))
    np.cumsum(columns, axis=0, out=total[1:], dtype=np.float64)
    reach = np.array(windows)[:, :, None] + ((0,), (1,))
    bounds = np.minimum(np.maximum(reach + np.arange(len(columns)), extent.first), extent.end)
    found: Floats = (total[bounds[:, 1]] - total[bounds[:, 0]]).astype(np.float32)
    return found


def place_features(gaps: tuple[Floats, Floats], mass: Floats, sums: Floats, extent: Extent) -> list[Floats]:
    """Return where each line stands in its document and what stands around it, a column each.

    `gaps` are the distances to prose lines, `sums` those of size, mass of prose, and prose lines over WINDOWS.
    Nothing that holds for the whole document: a model would know the training documents by it.
    """
    at = np.arange(len(mass))
    (before, prose_before), (after, prose_after) = sums[0, :, 1:3].T, sums[1, :, 1:3].T
    total = np.maximum(before + after + mass, 1)
    since, until = gaps
    return [
        np.minimum(at - extent.first, 50),
        np.minimum(extent.end - 1 - at, 50),
        (at - extent.first) / (extent.end - extent.first),
        before / total,
        after / total,
        np.minimum(prose_before, 20),
        np.minimum(prose_after, 20),
        since,
        until,
        since + until,
        sums[2, :, 0],
        sums[3, :, 0],
        sums[4, :, 2],
        sums[5, :, 2],
    ]


def is_prose(own: Floats, size: Floats) -> NDArray[np.bool_]:
    """Say which lines are surely running text: long, with a sentence mark inside or at the end, or very long."""
    marked = (own[:, INNER_STOPS] > 0) | (own[:, ENDS_SENTENCE] > 0)
    return ((size >= PROSE) & marked) | (size >= LONG_PROSE)


def distances(kinds: Sequence[NDArray[np.bool_]], extent: Extent) -> list[tuple[Floats, Floats]]:
    """Return for each kind of line how many lines ago one was, and in how many one comes, 30 at most."""
    far, count = 30, len(extent.first)
    which = np.array(kinds)
    at = np.arange(count)
    last = np.full((len(kinds), count + 1), -1)
    np.maximum.accumulate(np.where(which, at, -1), axis=1, out=last[:, 1:])
    last = last[:, :-1]
    since = np.where(last >= extent.first, np.minimum(at - last, far), far)
    following = np.full((len(kinds), count + 1), count + far)
    reverse = np.where(which, at, count + far)[:, ::-1]
    np.minimum.accumulate(reverse, axis=1, out=following[:, -2::-1])
    following = following[:, 1:]
    until = np.where(following < extent.end, np.minimum(following - at, far), far)
    return list(zip(since.astype(np.float32), until.astype(np.float32), strict=True))


def echoes(marks: Marks, document: Ints) -> list[Ints]:
    """Return how many lines of the same document begin, and how many end, with the same eight characters."""
    reach = np.arange(_EDGE)
    inside = reach < marks.lengths[:, None]
    primes = np.cumprod(np.full(_EDGE, 1_000_003, np.uint64))
    columns = []
    for at in (marks.starts[:, None] + reach, (marks.starts + marks.lengths - 1)[:, None] - reach):
        code = np.where(inside, marks.folded[at.clip(0, len(marks.folded) - 1)], 0).astype(np.uint64) @ primes
        key = (code ^ (document.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15))).astype(np.uint64)
        _, which, often = np.unique(key, return_inverse=True, return_counts=True)
        columns.append(np.minimum(often[which], 9))
    return columns
