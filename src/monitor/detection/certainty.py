"""Which paragraphs monitor's own n-grams decide alone, and which call for a second model."""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from monitor.detection.gram_model import Scores, ScriptModel, close_model
from monitor.languages import TARGETS, Language

_CERTAIN = 5.0  # log odds over the next language that need no second model
_CLOSE = 2.0  # of these, what the next language takes away if it is a close neighbour
_LIKELY = 2.0  # log odds that need none where the article as a whole is certain to be in the language
_FEWEST = 2  # paragraphs that can speak for each other


def need_no_second(
    model: ScriptModel, a_gram: Scores, logits: Scores, wanted: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Return which wanted paragraphs are in a common language, at home there as usual, and far ahead of the next.

    A smaller lead does in the language that leads in at least half of an article's paragraphs, and far in all.
    `a_gram` and `logits` are paragraphs x languages: the scores a root of n-grams, and the log odds.
    """
    if len(logits) == 1:
        return np.array([_is_far(model, a_gram[0], logits[0])]) & wanted
    rows, best = np.arange(len(logits)), logits.argmax(axis=1)
    highest = logits[rows, best]
    logits[rows, best] = -np.inf
    second = logits.argmax(axis=1)
    leads = highest - logits[rows, second] - _CLOSE * _neighbours(model.languages)[best, second]
    logits[rows, best] = highest
    usual = wanted & _common(model.languages)[best] & (a_gram[rows, best] >= model.typical[best])
    far: NDArray[np.bool_] = usual & (leads >= _CERTAIN)
    if np.count_nonzero(usual) < _FEWEST:
        return far
    main = np.bincount(best[usual], weights=leads[usual]).argmax()
    of_main = usual & (best == main)
    if leads[of_main].sum() >= 2 * _CERTAIN and 2 * np.count_nonzero(of_main) >= np.count_nonzero(wanted):
        far |= of_main & (leads >= _LIKELY)
    return far


def _is_far(model: ScriptModel, a_gram: Scores, logits: Scores) -> bool:
    """Return the same of one paragraph, in fewer operations."""
    best = int(logits.argmax())
    highest = logits[best]
    logits[best] = -np.inf
    second = int(logits.argmax())
    lead = highest - logits[second]
    logits[best] = highest
    usual = _common(model.languages)[best] and a_gram[best] >= model.typical[best]
    return bool(usual and lead - _CLOSE * _neighbours(model.languages)[best, second] >= _CERTAIN)


@cache
def _common(languages: tuple[Language, ...]) -> NDArray[np.bool_]:
    """Return which languages are common enough in the news to be believed at once."""
    return np.array([language in TARGETS for language in languages])


@cache
def _neighbours(languages: tuple[Language, ...]) -> NDArray[np.bool_]:
    """Return which pairs of languages are close neighbours."""
    return np.array([[close_model(one, other) is not None for other in languages] for one in languages])
