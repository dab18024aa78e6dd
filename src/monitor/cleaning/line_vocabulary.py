"""See how much of a line's vocabulary the rest of its document shares: a heading does, a teaser does not."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from monitor.cleaning.line_marks import SPACE, UNSPACED, Floats, Ints, Marks

_LONG = 4  # characters; shorter words are mostly grammar
_SPREAD = np.uint32(0x9E3779B1)
_LINE_BITS = 22  # of a token's number with its line's behind it, which is sorted at once
_TOKEN = (1 << 41) - 1
_APART = 0x9E3779B97F


class Vocabulary(NamedTuple):
    """Which tokens each line has: an entry for each line and kind of token.

    `often` is how often the line has it, `lines` (an entry a kind) in how many lines of the document it
    stands, `sizes` (an entry a line) how many lines the document has.
    """

    line: Ints
    kind: Ints
    often: Ints
    lines: Ints
    sizes: Ints


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


def vocabulary_of(marks: Marks, sizes: Sequence[int]) -> Vocabulary:
    """Return the tokens of documents of `sizes` lines that stand one after another."""
    document = np.repeat(np.arange(len(sizes)), sizes)
    line, token = tokens(marks)
    apart = token ^ (document[line] * _APART & _TOKEN)  # no token stands in two documents
    ordered = np.sort((apart << _LINE_BITS) | line)
    line, token = ordered & ((1 << _LINE_BITS) - 1), ordered >> _LINE_BITS
    new = np.ones(len(line), bool)
    new[1:] = token[1:] != token[:-1]
    kind = np.cumsum(new) - 1
    new[1:] |= line[1:] != line[:-1]
    often = np.diff(np.append(np.flatnonzero(new), len(new)))
    line, kind = line[new], kind[new]
    return Vocabulary(line, kind, often, np.bincount(kind), np.asarray(sizes)[document])


def shared(vocabulary: Vocabulary, trusted: NDArray[np.bool_]) -> tuple[Floats, Floats]:
    """Return for each line the share of its tokens found in other trusted lines, and how many it has."""
    line, kind, often, _, sizes = vocabulary
    trust = trusted[line].astype(np.float64)
    # a trusted line must not count for itself
    elsewhere = np.bincount(kind, weights=trust)[kind] > trust
    found = np.bincount(line, weights=often * elsewhere, minlength=len(sizes))
    total = np.bincount(line, weights=often, minlength=len(sizes))
    return (found / np.maximum(total, 1)).astype(np.float32), total.astype(np.float32)


def subject_features(vocabulary: Vocabulary, odds: Floats) -> list[Floats]:
    """Return how much of each line's tokens stands in other lines that are content, and in others that are not.

    What is rare in the document counts more (Sparck Jones 1972). A third column weighs both against each other.
    """
    line, kind, _, lines, sizes = vocabulary
    likely = 1 / (1 + np.exp(-odds.astype(np.float64)))[line]
    content = np.bincount(kind, weights=likely)[kind] - likely
    rest = lines[kind] - 1 - content
    rarity = np.log1p(sizes[line] / lines[kind])
    balance = content / np.maximum(content + rest, 1) - (content + rest > 0) / 2
    total = np.bincount(line, weights=rarity, minlength=len(sizes))
    parts = (np.minimum(content, 1), np.minimum(rest, 1), balance)
    sums = [np.bincount(line, weights=rarity * part, minlength=len(sizes)) for part in parts]
    whole = np.maximum(total, 1e-6)
    return [
        found.astype(np.float32) for found in (sums[0] / whole, sums[1] / whole, sums[2] / np.sqrt(whole))
    ]
