"""Decide which lines go, once it is known how likely each is part of the article."""

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from monitor.cleaning.line_marks import FINISHED
from monitor.cleaning.line_rules import NUMBER
from monitor.cleaning.options import Mode

# From cross-validation by page; see bench/train_lines.py.
# A line whose probability of being content is lower goes: half the F1 that is reached (Lipton et al. 2014, Optimal
# thresholding of classifiers to maximize F1 measure).
STRICT = 0.49
CAREFUL = 0.13  # odds of being boilerplate that a line of one character needs
GROWTH = 0.75  # power of a line's length by which these odds grow
ANCHOR = 0.8  # a document in which no sentence is as likely content as this is left alone
HEADING, SENTENCE = 60, 40  # characters: the longest heading, the shortest sentence
MAYBE_HEADING, MAYBE_SENTENCE = 0.2, 0.25  # such a line stays at this probability of being content
TABLE = 10  # rows of figures of the same form make a table, which is the article's
MOSTLY_FIGURES = 0.4  # part of letters in such a row, at most

WORD = re.compile(r"[^\W\d_]+")
DIGIT = re.compile(r"\d")
Flags = NDArray[np.bool_]


def removable(lines: Sequence[str], scores: NDArray[np.floating], mode: Mode) -> Flags:
    """Say which lines of one document go by their probabilities of being content."""
    lengths = np.fromiter(map(len, lines), np.int64, len(lines))
    gone = unlikely(scores, lengths, mode)
    gone[_table_rows(lines, gone)] = False
    if mode == "careful":
        gone &= ~_doubtful(lines, lengths, scores, gone)
    if not (~gone & (scores >= ANCHOR) & (lengths >= SENTENCE)).any():
        gone[:] = False  # nothing here is surely an article: no ground to judge the rest by
    return gone


def unlikely(scores: NDArray[np.floating], lengths: NDArray[np.integer], mode: Mode) -> Flags:
    """Say which lines are too unlikely; careful asks for more the longer a line is, as that is what would be lost."""
    if mode == "strict":
        return np.asarray(scores < STRICT)
    odds = (1 - scores) / np.maximum(scores, 1e-9)
    return np.asarray((odds > CAREFUL * lengths**GROWTH) & (scores < STRICT))


def _doubtful(
    lines: Sequence[str], lengths: NDArray[np.integer], scores: NDArray[np.floating], gone: Flags
) -> Flags:
    """Say which lines may well be a sentence, or a heading: alone above a paragraph that stays."""
    finished = np.array([len(line) >= SENTENCE and line.rstrip().endswith(FINISHED) for line in lines], bool)
    doubtful = finished & (lengths >= SENTENCE) & (scores >= MAYBE_SENTENCE)
    paragraph = finished & (lengths >= HEADING) & ~gone
    heads = (lengths < HEADING) & (scores >= MAYBE_HEADING)
    heads[:-1] &= paragraph[1:]
    heads[-1:] = False
    heads[1:] &= ~gone[:-1] & (lengths[:-1] >= HEADING)
    return np.asarray(doubtful | heads)


def _table_rows(lines: Sequence[str], gone: Flags) -> list[int]:
    """Return the rows of tables of figures, looked for only where a line with figures is to go."""
    figures = [i for i, line in enumerate(lines) if DIGIT.search(line)]
    if len(figures) < TABLE or not gone[figures].any():
        return []
    forms = {i: _form(lines[i]) for i in figures}
    often = Counter(forms.values())
    return [i for i, form in forms.items() if form and often[form] >= TABLE]


def _form(line: str) -> str | None:
    """Write a row of figures such that rows of one table are alike; None for a line of words."""
    letters, marks = sum(map(str.isalpha, line)), len("".join(line.split()))
    return WORD.sub("a", NUMBER.sub("0", line)) if letters <= MOSTLY_FIGURES * marks else None
