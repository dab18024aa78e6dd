"""Find a translation that is far too short or too long for its source."""

import re

from monitor.translation.checks.rendering import Rendering

EMPTY = "empty"
SHORT = "too short"
LONG = "too long"

# how many Latin letters say what one letter says; medians over news sentences and their translations
_WEIGHTS = (
    (re.compile(r"[\u0590-\u06ff]"), 1.25),  # Hebrew, Arabic
    (re.compile(r"[\u3040-\u30ff]"), 1.9),  # kana
    (re.compile(r"[\u3400-\u9fff]"), 3.0),  # Chinese characters
    (re.compile(r"[\uac00-\ud7a3]"), 2.3),  # Hangul
)
_LEAST = 12.0  # by weight: shorter sentences say nothing by their length
_SHORTEST, _LONGEST = 0.4, 2.6


def check(rendering: Rendering) -> str | None:
    """Return the flag when the output's length is not to be expected for the pair, or nothing came out."""
    if not rendering.output.strip():
        return EMPTY if rendering.source.strip() else None
    there, here = weight(rendering.source), weight(rendering.output)
    if there < _LEAST:
        return LONG if here > 2 * _LONGEST * _LEAST else None
    ratio = here / there
    return SHORT if ratio < _SHORTEST else LONG if ratio > _LONGEST else None


def weight(text: str) -> float:
    """Return a text's length in Latin letters: a Chinese character counts for three."""
    if text.isascii():
        return float(len(text))
    return len(text) + sum(len(signs.findall(text)) * (worth - 1) for signs, worth in _WEIGHTS)
