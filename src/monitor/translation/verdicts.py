"""Brings every translated sentence before the checks, and says which flags leave no doubt."""

from collections.abc import Sequence
from dataclasses import replace

from monitor.translation.checked import Rendered, Verdict
from monitor.translation.checks import copying, language, length, repetition
from monitor.translation.engine import Pair
from monitor.translation.gate import check_sentence

# flags that hardly any good translation gets; the others are now and then mistaken
_CERTAIN = frozenset({length.EMPTY, length.SHORT, length.LONG, repetition.FLAG, copying.FLAG, language.FLAG})


def check_all(pair: Pair, rendered: Sequence[Rendered]) -> list[Verdict]:
    """Return what the checks make of translations of one pair, in order."""
    verdicts = [check_sentence(pair, source, hypothesis) for source, hypothesis in rendered]
    return [replace(verdict, certain=not _CERTAIN.isdisjoint(verdict.flags)) for verdict in verdicts]
