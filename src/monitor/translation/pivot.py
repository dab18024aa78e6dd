"""Translates through a third language where no model knows the pair."""

from collections.abc import Sequence
from dataclasses import replace

from monitor.translation.engine import GREEDY, Decoding, Hypothesis, Pair, Translator


class Pivot:
    """Two engines in a row; the second reads what the first one thinks best. Satisfies `Translator`."""

    def __init__(self, first: Translator, second: Translator) -> None:
        self._first, self._second = first, second
        self.pair = Pair(first.pair.source, second.pair.target)
        self.model = f"{first.model}+{second.model}"

    def translate(
        self, sentences: Sequence[str], decoding: Decoding = GREEDY
    ) -> list[tuple[Hypothesis, ...]]:
        """Return the second engine's hypotheses; a score is the sum of both engines' scores."""
        between = [best for best, *_ in self._first.translate(sentences, replace(decoding, hypotheses=1))]
        results = self._second.translate([best.text for best in between], decoding)
        return [
            tuple(
                replace(end, score=end.score + best.score, complete=end.complete and best.complete)
                for end in ends
            )
            for best, ends in zip(between, results, strict=True)
        ]
