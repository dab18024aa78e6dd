"""Tell by its words, and by how it begins and ends, whether a line is one that web pages repeat."""

import numpy as np
from numpy.typing import NDArray

from monitor.cleaning.line_marks import SPACE, STOP, UNSPACED, Floats, Ints, Marks

BITS = 18
BUCKETS = 1 << BITS
READ = 14  # words from a line's start
_LAST = 4  # words before a line's end
_MIX = np.uint64(0x9E3779B97F4A7C15)
_SALTS = np.arange(1, 7, dtype=np.uint64) * np.uint64(0xC2B2AE3D27D4EB4F)
_NONE, _PAIR, _CLOSE, _HEAD, _TAIL, _LINE = _SALTS
_REST = np.uint64(64 - BITS)
_BEFORE = np.zeros(2, np.uint64)

Codes = NDArray[np.uint64]


def word_features(marks: Marks) -> tuple[Ints, Ints]:
    """Return the line and the bucket of everything that is remembered of it (feature hashing).

    That is each word and each pair of words near the line's start, the pairs at its end, its first three and
    last two words, and all of them. A mark, or a character of a script without spaces, is a word.
    """
    code, line = _words(marks)
    words = np.bincount(line, minlength=len(marks.lengths))
    starts = np.cumsum(words) - words
    place = np.arange(len(code)) - starts[line]
    left = words[line] - 1 - place
    padded = np.concatenate([_BEFORE, code, _BEFORE[:1]])
    before = np.where(place > 0, padded[1:-2], _NONE)
    pair = _mixed(before, code)
    after = np.where(left > 0, padded[3:], _NONE)
    begin, close, head, tail = place < READ, left < _LAST, place == np.minimum(left + place, 2), left == 0
    filled = np.flatnonzero(words)
    whole = np.add.reduceat(_mixed(code, place.astype(np.uint64)), starts[filled]) if len(filled) else code
    third = np.where(place > 1, padded[:-3], _NONE)[head]
    found = (
        code[begin],
        pair[begin] + _PAIR,
        _mixed(code[close], after[close]) + _CLOSE,
        _mixed(third, pair[head]) + _HEAD,
        pair[tail] + _TAIL,
        whole + _LINE,
    )
    hashed = (np.concatenate(found) * _MIX) >> _REST
    lines = np.concatenate([line[begin], line[begin], line[close], line[head], line[tail], filled])
    return lines, hashed.astype(np.int64)


def familiar(marks: Marks, weights: NDArray[np.int8]) -> Floats:
    """Return for each line the mean weight of what is remembered of it, times a root of their number."""
    line, bucket = word_features(marks)
    count = len(marks.lengths)
    total = np.bincount(line, weights=weights[bucket], minlength=count)
    many = np.bincount(line, minlength=count)
    return (total / np.sqrt(np.maximum(many, 1))).astype(np.float32)


def _words(marks: Marks) -> tuple[Codes, Ints]:
    """Return a number for each word, made of its folded characters, and its line."""
    inside = marks.classes != SPACE
    alone = (marks.classes == UNSPACED) | (marks.classes >= STOP)
    begins = inside.copy()
    begins[1:] &= ~inside[:-1] | alone[1:] | alone[:-1]
    at = np.flatnonzero(inside)
    word = np.cumsum(begins)[at] - 1
    starts = np.flatnonzero(begins)
    place = (at - starts[word]).astype(np.uint64)
    letters = _mixed(marks.folded[at].astype(np.uint64), place)
    sums = np.add.reduceat(letters, np.flatnonzero(begins[at])) if len(at) else letters
    return sums, marks.line_of[starts - 1]


def _mixed(first: Codes, second: Codes) -> Codes:
    """Return one number for two, such that other pairs have others (Steele 2014, SplitMix)."""
    both = (first ^ (first >> np.uint64(29))) * _MIX + second
    return np.asarray((both ^ (both >> np.uint64(32))) * np.uint64(0xBF58476D1CE4E5B9), np.uint64)
