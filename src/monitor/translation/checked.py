"""Translates greedily, checks every sentence, and decodes again only what does not pass."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from monitor.translation.engine import GREEDY, WIDE, Decoding, Hypothesis, Pair, Translator

CUT_SHORT = "cut short"
_MARGIN = 0.1  # of the mean log probability: a figure or name right instead of wrong costs no more


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What checking makes of one translated sentence.

    `flags` name what is wrong with it, and that is `certain` where one of them leaves no doubt; `quality` is in
    [0, 1]. `text` is the translation where a glossary put it right, None where it stays as it is.
    """

    flags: tuple[str, ...] = ()
    quality: float = 1.0
    certain: bool = False
    text: str | None = None


Rendered = tuple[str, Hypothesis]
Check = Callable[[Pair, Sequence[Rendered]], list[Verdict]]


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

    `score` is the mean log probability of a token, None where no model made it. `method` is `first`, `again`,
    `import`, or `failed`; the text of a failed one is the source's.
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

    Most flags may be mistaken: against them a hypothesis only counts that the model thinks nearly as probable
    as its first one. Where none passes, the first is kept with its flags, or the best by quality if what is
    wrong with the first is certain.
    """
    pair = translator.pair
    rendered = [
        (source, best)
        for source, (best, *_) in zip(sentences, translator.translate(sentences, recipe.first), strict=True)
    ]
    judged = _judged(pair, rendered, check, "first")
    doubtful = [at for at, (result, _) in enumerate(judged) if result.flags]
    found = [result for result, _ in judged]
    if doubtful and recipe.again:
        wide = translator.translate([sentences[at] for at in doubtful], recipe.again)
        every = [(sentences[at], one) for at, some in zip(doubtful, wide, strict=True) for one in some]
        others = iter(_judged(pair, every, check, "again"))
        for at, some in zip(doubtful, wide, strict=True):
            found[at] = _best(*judged[at], [next(others)[0] for _ in some])
    return found


def _best(first: Translated, certain: bool, others: Sequence[Translated]) -> Translated:  # noqa: FBT001  of a pair
    least = -math.inf if certain else (first.score or 0.0) - _MARGIN
    for other in others:
        if not other.flags and (other.score or 0.0) >= least:
            return other
    return max([first, *others], key=lambda one: one.quality) if certain else first


def _judged(
    pair: Pair, rendered: Sequence[Rendered], check: Check, method: str
) -> list[tuple[Translated, bool]]:
    """Return each translation as it is judged, and whether it is certainly wrong."""
    judged = []
    for (source, hypothesis), verdict in zip(rendered, check(pair, rendered), strict=True):
        flags = verdict.flags if hypothesis.complete else (*verdict.flags, CUT_SHORT)
        translated = Translated(
            source=source,
            text=hypothesis.text if verdict.text is None else verdict.text,
            score=hypothesis.score,
            quality=verdict.quality,
            flags=flags,
            method=method,
        )
        judged.append((translated, verdict.certain or not hypothesis.complete))
    return judged
