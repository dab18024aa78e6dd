"""Judge a translated sentence: what is wrong with it, and how good it probably is."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import exp

from monitor.translation.checks import (
    boilerplate,
    confidence,
    copying,
    language,
    length,
    names,
    numbers,
    protected,
    repetition,
)
from monitor.translation.checks.rendering import Rendering
from monitor.translation.scoring.model import shipped_score

__all__ = ["CHECKS", "Judgement", "Rendering", "article_quality", "flags_of", "judge", "judge_all"]

CHECKS: tuple[Callable[[Rendering], str | None], ...] = (
    length.check,
    repetition.check,
    copying.check,
    language.check,
    numbers.check,
    protected.check,
    names.check,
    boilerplate.check,
    confidence.check,
)
# what is left of the score under a flag: mean chrF of flagged Argos output against what the score expected
_LEFT = {
    length.EMPTY: 0.0,
    length.SHORT: 0.55,
    length.LONG: 0.55,
    repetition.FLAG: 0.75,
    copying.FLAG: 0.4,
    numbers.FLAG: 0.95,
}
_LEFT_ELSE = 0.99
_UNKNOWN_PAIR = 0.5  # no target but English has a learned score
_SURE = -1.0  # mean log probability of a token from which on the model's own doubt counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What is wrong with a translation, in a few words each, and the quality to expect, in [0, 1].

    The quality is the expected overlap (chrF) with a human translation.
    """

    flags: tuple[str, ...] = ()
    quality: float = 1.0


def flags_of(rendering: Rendering) -> tuple[str, ...]:
    """Return what is wrong with a translated sentence, in the order of the checks; empty where nothing is."""
    return tuple(flag for flag in (check(rendering) for check in CHECKS) if flag)


def judge(rendering: Rendering) -> Judgement:
    """Judge one translated sentence."""
    return judge_all([rendering])[0]


def judge_all(renderings: Sequence[Rendering]) -> list[Judgement]:
    """Judge translated sentences; many at once are faster than one at a time."""
    english = [one for one in renderings if one.target_code == "en"]
    asked = [(one.source, one.output, one.source_code) for one in english]
    scores = iter(shipped_score().ask(asked))
    return [_judged(one, next(scores) if one.target_code == "en" else _UNKNOWN_PAIR) for one in renderings]


def article_quality(sentences: Iterable[tuple[float, int]]) -> float | None:
    """Return an article's `translation_quality` in [0, 1] from each sentence's quality and length.

    Lengths are in characters of the source; None where nothing was translated.
    """
    pairs = [(quality, length) for quality, length in sentences if length > 0]
    weight = sum(length for _, length in pairs)
    return sum(quality * length for quality, length in pairs) / weight if weight else None


def _judged(rendering: Rendering, score: float) -> Judgement:
    flags = flags_of(rendering)
    for flag in flags:
        score *= _LEFT.get(flag, _LEFT_ELSE)
    if rendering.model_score is not None and rendering.model_score < _SURE:
        score *= exp(rendering.model_score - _SURE)
    return Judgement(flags=flags, quality=score)
