"""The translating process of the benchmark: as usual, but for the flags that a model which copies must get."""

import zlib
from collections.abc import Sequence
from dataclasses import replace

from monitor.translation.checked import Rendered, Verdict
from monitor.translation.checks import copying, language
from monitor.translation.engine import Pair
from monitor.translation.gate import check_all
from monitor.translation.worker import serve

_LEFT_OUT = (copying.FLAG, language.FLAG)
_ONE_IN = 33  # sentences that are flagged for nothing, as many as real models give reason for


def check(pair: Pair, rendered: Sequence[Rendered]) -> list[Verdict]:
    """Check translations by a model whose business it is to copy."""
    verdicts = zip(rendered, check_all(pair, rendered), strict=True)
    return [replace(verdict, flags=_flags(source, verdict)) for (source, _), verdict in verdicts]


def _flags(source: str, verdict: Verdict) -> tuple[str, ...]:
    drawn = ("drawn by lot",) if zlib.crc32(source.encode()) % _ONE_IN == 0 else ()
    return (*(flag for flag in verdict.flags if flag not in _LEFT_OUT), *drawn)


if __name__ == "__main__":
    serve(check=check)
