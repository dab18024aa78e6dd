"""Ask word tables how well the words of a translation answer those of its source.

The tables are word translation probabilities in the manner of IBM model 1 (Brown et al., 1993).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from monitor.translation.scoring.tables import Figures, Hashes, Table, paired

NAMES = (
    "best", "best_content", "some_answer", "some_content", "gain", "gain_low", "gain_content", "covered",
    "uncovered", "missed", "missed_share", "asked", "alike", "known", "content", "expected", "sure", "sure_low",
)  # fmt: skip
_QUARTER = 4
_WEAK, _STRONG = 0.1, 0.15
_SMOOTHING = 0.1
_UNSEEN = 1e-5  # probability of an English word that the training texts lack
MASS, BEST, SQUARES = range(3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """Word translation probabilities of all languages.

    `pairs` holds t(english | source); `rows` for each source word the sum of its probabilities, the best one
    (0 for a function word) and the sum of squares; `best` the hash of the best English word.
    """

    pairs: Table
    rows: Table
    best: Table
    english: Table


def lexicon_features(
    lexicon: Lexicon, source: Hashes, output: Hashes, content: NDArray[np.bool_]
) -> list[float]:
    """Return figures on how source and output answer each other; `content` marks no function words.

    Both are hashes of distinct words, the source's with their language.
    """
    rows, known = lexicon.rows.find(source)
    if not known.any() or not len(output):
        return [0.0] * len(NAMES)
    asked, rows = source[known], rows[known]
    matrix = lexicon.pairs.find(paired(asked[:, None], output[None, :]))[0]
    usual = np.maximum(lexicon.english.find(output)[0], _UNSEEN)
    return [
        *_answers(matrix, usual, content),
        *_questions(matrix, rows, lexicon.best.find(asked)[0], output),
        _alike(matrix, rows, content),
        float(known.mean()),
        float(content.mean()),
        float(rows[:, MASS].sum() / max(1, content.sum())),
        float(rows[:, BEST].mean()),
        float(np.sort(rows[:, BEST])[:3].mean()),
    ]


def _answers(matrix: Figures, usual: Figures, content: NDArray[np.bool_]) -> list[float]:
    """Judge each output word by the source words that call for it."""
    best = matrix.max(axis=0)
    average = matrix.sum(axis=0) / (len(matrix) + 1)
    gain = np.log(((1 - _SMOOTHING) * average + _SMOOTHING * usual) / usual)
    has_content = bool(content.any())
    return [
        float(best.mean()),
        float(best[content].mean()) if has_content else -1.0,
        float((best > _WEAK).mean()),
        float((best[content] > _STRONG).mean()) if has_content else -1.0,
        float(gain.mean()),
        float(np.sort(gain)[: max(1, len(gain) // _QUARTER)].mean()),
        float(gain[content].mean()) if has_content else 0.0,
    ]


def _questions(matrix: Figures, rows: Figures, best: Figures, output: Hashes) -> list[float]:
    """Judge each source word by whether the output has what usually translates it."""
    covered = matrix.sum(axis=1) / np.maximum(rows[:, MASS], 1e-6)
    asked = rows[:, BEST] > 0.35  # noqa: PLR2004 - words that have one usual translation
    missed = asked & ~np.isin(best.view(np.uint32), output)
    return [
        float(covered.mean()),
        float((covered < _WEAK).mean()),
        float(missed.sum()),
        float(missed.sum() / asked.sum()) if asked.any() else 0.3,
        float(asked.sum()),
    ]


def _alike(matrix: Figures, rows: Figures, content: NDArray[np.bool_]) -> float:
    """Return the cosine, nearly, of the output's content words and those that the source calls for."""
    length = float(np.sqrt(rows[:, SQUARES].sum() * max(1, content.sum())))
    met = float(matrix.sum(axis=0)[content].sum())
    return met / (length + 1e-6)
