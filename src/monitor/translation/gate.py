"""Where the engine's output meets the checks: one function that every translated sentence goes through."""

import math

from monitor.translation.checked import Verdict
from monitor.translation.engine import Hypothesis, Pair
from monitor.translation.quality import Rendering, flags_of

CHECKS_VERSION = "2"  # a change of it makes everything be translated and checked anew

_PER_FLAG = 0.5


def check_sentence(pair: Pair, source: str, hypothesis: Hypothesis) -> Verdict:
    """Return the flags and the quality of one translation of a sentence.

    The quality is the model's own mean probability of a token, halved for every flag.
    """
    rendering = Rendering(
        source=source,
        output=hypothesis.text,
        source_language=pair.source,
        target_language=pair.target,
        model_score=hypothesis.score,
    )
    flags = flags_of(rendering)
    return Verdict(flags=flags, quality=round(math.exp(hypothesis.score) * _PER_FLAG ** len(flags), 3))
