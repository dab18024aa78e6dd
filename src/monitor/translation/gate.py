"""Where the engine's output meets the checks: one function that every translated sentence goes through."""

from monitor.translation.canary import stammers
from monitor.translation.checked import Verdict
from monitor.translation.engine import Hypothesis, Pair


def check_sentence(pair: Pair, source: str, hypothesis: Hypothesis) -> Verdict:
    """Return the flags and the quality of one translation of a sentence."""
    del pair
    flags = []
    if stammers(hypothesis.text) and not stammers(source):
        flags.append("repeats itself")
    if not hypothesis.text.strip():
        flags.append("empty")
    return Verdict(flags=tuple(flags), quality=0.0 if flags else 1.0)


CHECKS_VERSION = "1"
