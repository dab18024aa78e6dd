"""Ask word tables how well the words of a translation answer those of its source.

The tables are word translation probabilities in the manner of IBM model 1 (Brown et al., 1993).
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from monitor.translation.scoring.tables import Figures, Hashes

NAMES = (
    "best", "best_content", "some_answer", "some_content", "gain", "gain_low", "gain_content", "covered",
    "uncovered", "missed", "missed_share", "asked", "alike", "known", "content", "expected", "sure", "sure_low",
)  # fmt: skip
_QUARTER = 4
_WEAK, _STRONG = 0.1, 0.15
_USUALLY = 0.35  # words that have one usual translation
_SMOOTHING = 0.1
_UNSEEN = 1e-5  # probability of an English word that the training texts lack
Flags = NDArray[np.bool_]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Lexicon:
    """Word translation probabilities t(english | source) of all languages.

    Those of source word i (by the order of the sorted hashes `source`) stand from `start[i]` to `start[i + 1]`
    in `english` (numbers of words in the sorted hashes `vocabulary`) and `chance`. `usual` is each English
    word's own probability, `content` marks those that are no function words.
    """

    source: Hashes
    start: NDArray[np.int32]
    english: NDArray[np.uint16]
    chance: Figures
    vocabulary: Hashes
    usual: Figures
    content: Flags

    @cached_property
    def mass(self) -> Figures:
        """Return the sum of each source word's probabilities."""
        return np.add.reduceat(self.chance, self.start[:-1])

    @cached_property
    def squares(self) -> Figures:
        """Return the sum of the squares of each source word's probabilities, function words left out."""
        return np.add.reduceat((self.chance * self.content[self.english]) ** 2, self.start[:-1])

    @cached_property
    def top(self) -> Figures:
        """Return the probability of each source word's best translation, 0 where that is a function word."""
        return np.maximum.reduceat(self.chance * self.content[self.english], self.start[:-1])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Meeting:
    """What of a lexicon concerns one sentence: `matrix` holds t(output word | known source word)."""

    matrix: Figures
    mass: Figures
    top: Figures
    missed: Flags
    squares: float
    known: float


def lexicon_features(lexicon: Lexicon, source: Hashes, output: Hashes, content: Flags) -> list[float]:
    """Return figures on how source and output answer each other; `content` marks no function words.

    Both are hashes of distinct words, the source's with their language.
    """
    met = _meeting(lexicon, source, output) if len(output) and len(source) else None
    if met is None:
        return [0.0] * len(NAMES)
    at = np.minimum(np.searchsorted(lexicon.vocabulary, output), len(lexicon.vocabulary) - 1)
    usual = np.where(lexicon.vocabulary[at] == output, lexicon.usual[at], _UNSEEN)
    many = max(1, int(content.sum()))
    return [
        *_answers(met.matrix, usual, content),
        *_questions(met),
        float(met.matrix.sum(axis=0)[content].sum()) / (float(np.sqrt(met.squares * many)) + 1e-6),
        met.known,
        many / len(content),
        float(met.mass.sum()) / many,
        _mean(met.top),
        _mean(np.sort(met.top)[:3]),
    ]


def _mean(figures: Figures | Flags) -> float:
    """Return the mean; numpy's own takes three times as long for a few figures."""
    return float(figures.sum()) / len(figures)


def _meeting(lexicon: Lexicon, source: Hashes, output: Hashes) -> _Meeting | None:
    at = np.minimum(np.searchsorted(lexicon.source, source), len(lexicon.source) - 1)
    known = lexicon.source[at] == source
    rows = at[known]
    if not len(rows):
        return None
    lengths = (lexicon.start[rows + 1] - lexicon.start[rows]).astype(np.int64)
    row = np.repeat(np.arange(len(rows)), lengths)
    flat = np.arange(len(row)) + np.repeat(lexicon.start[rows] - np.cumsum(lengths) + lengths, lengths)
    english = lexicon.english[flat]
    chance, word = lexicon.chance[flat], lexicon.vocabulary[english]
    order = np.argsort(output)
    place = np.minimum(np.searchsorted(output[order], word), len(output) - 1)
    hit = output[order][place] == word
    matrix = np.zeros((len(rows), len(output)), dtype=np.float32)
    matrix[row[hit], order[place[hit]]] = chance[hit]
    top = lexicon.top[rows]
    answered = np.zeros(len(rows), dtype=bool)
    answered[row[hit & (chance >= top[row])]] = True
    return _Meeting(
        matrix=matrix,
        mass=lexicon.mass[rows],
        top=top,
        missed=(top > _USUALLY) & ~answered,
        squares=float(lexicon.squares[rows].sum()),
        known=len(rows) / len(source),
    )


def _answers(matrix: Figures, usual: Figures, content: Flags) -> list[float]:
    """Judge each output word by the source words that call for it."""
    best = matrix.max(axis=0)
    average = matrix.sum(axis=0) / (len(matrix) + 1)
    gain = np.log(((1 - _SMOOTHING) * average + _SMOOTHING * usual) / usual)
    answers, gains = best[content], gain[content]
    return [
        _mean(best),
        _mean(answers) if len(answers) else -1.0,
        _mean(best > _WEAK),
        _mean(answers > _STRONG) if len(answers) else -1.0,
        _mean(gain),
        _mean(np.sort(gain)[: max(1, len(gain) // _QUARTER)]),
        _mean(gains) if len(gains) else 0.0,
    ]


def _questions(met: _Meeting) -> list[float]:
    """Judge each source word by whether the output has what usually translates it."""
    covered = met.matrix.sum(axis=1) / np.maximum(met.mass, 1e-6)
    asked, missed = int((met.top > _USUALLY).sum()), int(met.missed.sum())
    return [
        _mean(covered),
        _mean(covered < _WEAK),
        missed,
        missed / asked if asked else 0.3,
        asked,
    ]
