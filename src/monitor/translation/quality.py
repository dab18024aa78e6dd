"""Check a translated sentence: what is wrong with it, in a few words."""

from collections.abc import Callable

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

__all__ = ["CHECKS", "Rendering", "flags_of"]

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


def flags_of(rendering: Rendering) -> tuple[str, ...]:
    """Return what is wrong with a translated sentence, in the order of the checks; empty where nothing is."""
    return tuple(flag for flag in (check(rendering) for check in CHECKS) if flag)
