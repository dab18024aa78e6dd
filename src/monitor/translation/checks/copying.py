"""Find a translation that is its source again, or has stretches of it left as they were."""

import re

from monitor.translation.checks.rendering import Rendering
from monitor.translation.protection import without_protected

FLAG = "copies the source"

_WORD = re.compile(r"[^\W\d_]+")
_SHORTEST = 4  # letters of a word that tells
_FEWEST = 4  # such words
_MOST_SHARED = 0.6


def check(rendering: Rendering) -> str | None:
    """Return the flag when the small-letter words of the source stand in the output unchanged.

    Words with a capital may be names, which rightly stay. Languages without capitals count all their words.
    """
    if rendering.source_code == rendering.target_code:
        return None
    words = _WORD.findall(without_protected(rendering.source))
    kept = [word for word in words if len(word) >= _SHORTEST and not word[0].isupper()]
    if not kept:
        return None
    if _folded(rendering.source) == _folded(rendering.output):
        return FLAG
    # a word of the source that is no part of the output is no word of it either
    shared = sum(map(rendering.output.__contains__, kept))
    if shared >= _FEWEST and shared > _MOST_SHARED * len(kept):
        output = set(_WORD.findall(rendering.output))
        shared = sum(word in output for word in kept)
    return FLAG if shared >= _FEWEST and shared > _MOST_SHARED * len(kept) else None


def _folded(text: str) -> str:
    return " ".join(text.casefold().split()).strip(" .!?")
