"""See how much of a line's vocabulary the rest of its document shares: a heading does, a teaser does not."""

import numpy as np
from numpy.typing import NDArray

from monitor.cleaning.line_marks import SPACE, UNSPACED, Floats, Ints, Marks

_LONG = 4  # characters; shorter words are mostly grammar
_SPREAD = np.uint32(0x9E3779B1)


def tokens(marks: Marks) -> tuple[Ints, Ints]:
    """Return the line and a number for every long word, and for every pair of unspaced characters."""
    inside = marks.classes != SPACE
    begins = np.concatenate([[False], inside[1:] & ~inside[:-1]])
    word = np.cumsum(begins)
    starts = np.flatnonzero(begins)
    at = np.flatnonzero(inside)
    place = at - starts[word[at] - 1]
    weight = (marks.folded[at] * _SPREAD >> np.uint32(8)).astype(np.float64)
    code = np.bincount(word[at] - 1, weights=weight * (place + 1), minlength=len(starts))
    long = np.bincount(word[at] - 1, minlength=len(starts)) >= _LONG
    unspaced = marks.classes == UNSPACED
    pair = np.flatnonzero(unspaced[1:] & unspaced[:-1])
    pairs = (marks.folded[pair].astype(np.int64) << 16) + marks.folded[pair + 1] + (1 << 40)
    lines = np.concatenate([marks.line_of[starts[long] - 1], marks.line_of[pair - 1]])
    return lines, np.concatenate([code[long].astype(np.int64) % (1 << 40), pairs])


def shared(marks: Marks, document: Ints, trusted: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Return for each line the share of its tokens found in other trusted lines, and how many it has."""
    line, token = tokens(marks)
    count = len(marks.lengths)
    order = np.lexsort((line, token, document[line]) if document[-1:].any() else (line, token))
    line, token = line[order], token[order]
    place = document[line]
    new = np.ones(len(line), bool)
    new[1:] = (token[1:] != token[:-1]) | (place[1:] != place[:-1])
    kind = np.cumsum(new) - 1
    new[1:] |= line[1:] != line[:-1]
    within = np.cumsum(new) - 1
    trust = trusted[line].astype(np.float64)
    elsewhere = np.bincount(kind, weights=trust)[kind]
    # a trusted line must not count for itself: take its own occurrences away
    elsewhere = elsewhere - trust * np.bincount(within)[within]
    found = np.bincount(line, weights=elsewhere > 0, minlength=count)
    total = np.bincount(line, minlength=count)
    return (found / np.maximum(total, 1)).astype(np.float32), total.astype(np.float32)
