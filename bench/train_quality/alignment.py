"""Learn word translation probabilities from sentence pairs: IBM model 1 (Brown et al., 1993)."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Pair = tuple[list[str], list[str]]
ROUNDS = 5
RARE = 2  # sentences that a word must stand in
SHRINKAGE = 0.5  # counts taken from every source word, so that rare ones claim less
LEAST = 0.03  # probabilities below are dropped


class Entries(NamedTuple):
    """Probabilities t(english | source), one row a pair."""

    source: list[str]
    english: list[str]
    probability: NDArray[np.float64]


def align(pairs: Sequence[Pair]) -> Entries:
    """Return the entries of at least LEAST; a hidden source word at 0 explains what nothing else does."""
    there, here = _numbered([a for a, _ in pairs], first=1), _numbered([b for _, b in pairs], first=0)
    keys, places = _together(pairs, there, here)
    distinct, at = np.unique(keys, return_inverse=True)
    source = distinct // len(here)
    chance = 1.0 / np.bincount(source, minlength=len(there) + 1)[source]
    for _ in range(ROUNDS):
        claims = chance[at]
        claims /= np.bincount(places, claims, minlength=places[-1] + 1)[places]
        counts = np.bincount(at, claims, minlength=len(distinct))
        chance = counts / (np.bincount(source, counts, minlength=len(there) + 1)[source] + SHRINKAGE)
    kept = (chance >= LEAST) & (source > 0)
    sources, englishes = list(there), list(here)
    return Entries(
        [sources[number - 1] for number in source[kept]],
        [englishes[number] for number in (distinct % len(here))[kept]],
        chance[kept],
    )


def _numbered(sentences: Sequence[list[str]], *, first: int) -> dict[str, int]:
    counts = Counter(word for words in sentences for word in set(words))
    frequent = (word for word, count in counts.items() if count >= RARE)
    return {word: number for number, word in enumerate(frequent, first)}


def _together(
    pairs: Sequence[Pair], there: dict[str, int], here: dict[str, int]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return a key for every pair of words of a sentence pair, and the number of the English word's place."""
    keys: list[NDArray[np.int64]] = []
    places: list[NDArray[np.int64]] = []
    reached = 0
    for source, english in pairs:
        left = np.array([0, *sorted({there[word] for word in source if word in there})], dtype=np.int64)
        right = np.array(sorted({here[word] for word in english if word in here}), dtype=np.int64)
        keys.append((left[None, :] * len(here) + right[:, None]).ravel())
        places.append(np.repeat(np.arange(reached, reached + len(right)), len(left)))
        reached += len(right)
    return np.concatenate(keys), np.concatenate(places)
