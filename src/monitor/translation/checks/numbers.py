"""Find numbers that a translation lost, changed or invented."""

import re
from collections.abc import Sequence

from monitor.translation.checks.rendering import Rendering
from monitor.translation.quantities import Quantity, quantities

FLAG = "number changed"

_CLOCK = re.compile(
    r"\d ?[ap]\.?m\b|o'clock|\d[:.]\d\d|\d ?h\b|\d ?Uhr|GMT|UTC|時|时|点|點|시", re.IGNORECASE
)
_HALF_DAY = (12, 1200)  # hours, or hours and minutes written as one number
_BUDDHIST_YEARS = 543
_CENTURIES = range(13, 22)
_LATELY = (1900, 2000)
_PLAIN = range(3, 21)  # words for these mean a count; smaller and larger ones are often figures of speech


def check(rendering: Rendering) -> str | None:
    """Return the flag when a number in figures has no counterpart, or one small count became another.

    Units that were converted, and numbers that a human left out, look the same as lost ones.
    """
    return FLAG if unmatched(rendering) else None


def unmatched(rendering: Rendering) -> list[str]:
    """Return the numbers, as written, of either side that the other side lacks."""
    there = quantities(rendering.source, rendering.source_code)
    here = quantities(rendering.output, rendering.target_code)
    if not there and not here:
        return []
    clock = any(_CLOCK.search(text) for text in (rendering.source, rendering.output))
    centuries = frozenset(v for number in (*there, *here) for v in number.values if v in _CENTURIES)
    lost = _without(there, here, centuries, clock=clock)
    new = _without(here, there, centuries, clock=clock)
    figures = [number for number in (*lost, *new) if number.figures and max(number.values) != 1]
    words_lost = [number for number in lost if _plain(number)]
    words_new = [number for number in new if _plain(number)]
    swapped = [*words_lost, *words_new] if len(words_lost) == len(words_new) == 1 else []
    return [number.text for number in (*figures, *swapped)]


def _without(
    numbers: Sequence[Quantity], others: Sequence[Quantity], centuries: frozenset[float], *, clock: bool
) -> list[Quantity]:
    return [
        number
        for number in numbers
        if not any(
            _same(a, b, centuries, clock=clock)
            for other in others
            for a in number.values
            for b in other.values
        )
    ]


def _plain(number: Quantity) -> bool:
    return number.count and any(value in _PLAIN for value in number.values)


def _same(one: float, other: float, centuries: frozenset[float], *, clock: bool) -> bool:
    """Tell whether two values can mean the same: also '90 and 1990, 3 p.m. and 15, 1800s and 19th century.

    `centuries` are all numbers of both sentences that may be a century's: beside a 19 the thirties are the 1830s.
    """
    low, high = min(one, other), max(one, other)
    gap = round(high - low, 6)
    if gap == 0:
        return True
    if clock and (gap in _HALF_DAY or gap == 100 * _HALF_DAY[0]) and high <= 2 * _HALF_DAY[1]:
        return True
    if 0 <= low < 100 and gap % 100 == 0 and high // 100 + 1 in _CENTURIES:  # noqa: PLR2004 - a year without its century
        named = centuries - {low}
        return high // 100 + 1 in named or (gap in _LATELY and (low % 10 != 0 or not named))
    if 1000 <= high < 2100 and high % 10 == 0 and high // 100 + 1 == low:  # noqa: PLR2004 - decade, century
        return True
    return (gap == _BUDDHIST_YEARS and high > 2400) or (low == 0.5 and high % 1 == 0.5)  # noqa: PLR2004 - one and a half
