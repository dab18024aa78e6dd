"""Find a translation that repeats itself where its source does not."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from monitor.translation.checks.rendering import Rendering

FLAG = "repeats itself"

_WORD = re.compile(r"\w+")
_SAME_SIGN = re.compile(r"([^\W\d]{1,4}?)\1{6,}")  # one to four letters, seven times on end
_LONGEST_PHRASE = 8  # words
_MOST_ON_END = 2
_WINDOW = 4  # words of a phrase that may come back anywhere
_MOST_ANYWHERE = 2


def check(rendering: Rendering) -> str | None:
    """Return the flag when words, a phrase or letters come back again and again, more than in the source."""
    loops = _loops(rendering.output)
    return FLAG if loops and loops > _loops(rendering.source) else None


def _loops(text: str) -> int:
    """Return how many words stand in loops; letters repeated inside a word count as one."""
    words = _WORD.findall(text.lower())
    if (
        len(set(pairwise(words))) >= len(words) - 1
    ):  # no two words follow each other twice: no phrase comes back
        return int(bool(_SAME_SIGN.search(text)))
    counted = max((_on_end(words, width) for width in range(1, _LONGEST_PHRASE + 1)), default=0)
    return max(counted, _anywhere(words), int(bool(_SAME_SIGN.search(text))))


def _on_end(words: Sequence[str], width: int) -> int:
    """Return the length of the longest run of phrases of `width` words that follow themselves."""
    best = run = 0
    for at in range(width, len(words)):
        run = run + 1 if words[at] == words[at - width] else 0
        best = max(best, run)
    return best + width if best >= width * _MOST_ON_END else 0


def _anywhere(words: Sequence[str]) -> int:
    phrases = Counter(tuple(words[at : at + _WINDOW]) for at in range(len(words) - _WINDOW + 1))
    most = max(phrases.values(), default=0)
    return most * _WINDOW if most > _MOST_ANYWHERE else 0
