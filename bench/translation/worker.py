"""The translating process of the benchmark: as usual, but for the checks that a model which copies must fail."""

import zlib

from monitor.translation.checked import Verdict
from monitor.translation.checks import copying, language
from monitor.translation.engine import Hypothesis, Pair
from monitor.translation.quality import CHECKS, Rendering
from monitor.translation.worker import serve

_LEFT_OUT = (copying.check, language.check)
_ONE_IN = 33  # sentences that are flagged for nothing, as many as real models give reason for


def check(pair: Pair, source: str, hypothesis: Hypothesis) -> Verdict:
    """Check a translation by a model whose business it is to copy."""
    rendering = Rendering(
        source=source, output=hypothesis.text, source_language=pair.source, model_score=hypothesis.score
    )
    flags = [flag for one in CHECKS if one not in _LEFT_OUT and (flag := one(rendering))]
    if zlib.crc32(source.encode()) % _ONE_IN == 0:
        flags.append("drawn by lot")
    return Verdict(flags=tuple(flags))


if __name__ == "__main__":
    serve(check=check)
