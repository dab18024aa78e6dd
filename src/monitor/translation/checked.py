"""Translates greedily, checks every sentence, and decodes again only what does not pass."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from monitor.translation.engine import GREEDY, WIDE, Decoding, Hypothesis, Pair, Translator


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What checking says of one translated sentence: `flags` name what is wrong, `quality` is in [0, 1]."""

    flags: tuple[str, ...] = ()
    quality: float = 1.0


Check = Callable[[Pair, str, Hypothesis], Verdict]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How sentences are decoded: all of them first, then again those that do not pass."""

    first: Decoding = GREEDY
    again: Decoding | None = WIDE

    def __str__(self) -> str:
        return f"{self.first}; again {self.again}" if self.again else str(self.first)


@dataclass(frozen=True, slots=True, kw_only=True)
class Translated:
    """One sentence with its translation, what the model and the checks think of it, and how it was made.

    `score` is the mean log probability of a token, None where no model made it. `method` is `first`, `again`
    or `failed`; the text of a failed one is the source's.
    """

    source: str
    text: str
    score: float | None = None
    quality: float = 1.0
    flags: tuple[str, ...] = ()
    method: str = "first"


def translate_checked(
    translator: Translator, sentences: Sequence[str], check: Check, recipe: Recipe = Recipe()
) -> list[Translated]:
    """Translate sentences of one pair; a flagged one takes the first hypothesis of the wider search that passes.

    Where none passes, the best by quality of all that were seen is kept, with its flags.
    """
    pair = translator.pair
    found = [
        _judged(pair, source, best, check, "first")
        for source, (best, *_) in zip(sentences, translator.translate(sentences, recipe.first), strict=True)
    ]
    doubtful = [at for at, result in enumerate(found) if result.flags]
    if doubtful and recipe.again:
        wide = translator.translate([sentences[at] for at in doubtful], recipe.again)
        for at, hypotheses in zip(doubtful, wide, strict=True):
            found[at] = _best(pair, found[at], hypotheses, check)
    return found


def _best(pair: Pair, first: Translated, hypotheses: Sequence[Hypothesis], check: Check) -> Translated:
    seen = [first]
    for hypothesis in hypotheses:
        result = _judged(pair, first.source, hypothesis, check, "again")
        if not result.flags:
            return result
        seen.append(result)
    return max(seen, key=lambda result: result.quality)  # the first of equals: greedy before wide


def _judged(pair: Pair, source: str, hypothesis: Hypothesis, check: Check, method: str) -> Translated:
    verdict = check(pair, source, hypothesis)
    flags = verdict.flags if hypothesis.complete else (*verdict.flags, "cut short")
    return Translated(
        source=source,
        text=hypothesis.text,
        score=hypothesis.score if math.isfinite(hypothesis.score) else None,
        quality=verdict.quality,
        flags=flags,
        method=method,
    )
