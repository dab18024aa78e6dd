"""Say what an article is about: its words and word pairs, the rarer in ordinary news the heavier."""

import functools
import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from itertools import islice, pairwise
from types import MappingProxyType

from monitor.corpus.words import is_unspaced, stem, words

Vector = Mapping[str, float]

MOST_WORDS = 300  # of a text: news tells its event first
MOST_CHARACTERS = 3_000
LONGEST_WORD = 40
MOST_TERMS = 100  # of a vector, the heaviest
PAIR = 0.5  # weight of two words in a row, beside their own weights
COMMON = 0.3  # share of ordinary articles from which on a word says nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """In how many of `articles` ordinary news articles each stem occurs."""

    articles: int
    counts: Mapping[str, int]

    def rarity(self, term: str) -> float:
        """Return the inverse document frequency, 0 for a common word (Spärck Jones 1972)."""
        count = self.counts.get(term, 0)
        if count > COMMON * self.articles:
            return 0.0
        return math.log((self.articles + 1) / (count + 0.5))


@functools.cache
def background() -> Background:
    """Load the shipped counts, made by `python -m bench.background` from English news pages."""
    lines = resources.files("monitor.corpus").joinpath("background.txt").read_text("utf-8").splitlines()
    counts = {term: int(count) for count, *terms in map(str.split, lines[1:]) for term in terms}
    return Background(articles=int(lines[0]), counts=counts)


@functools.lru_cache(maxsize=4_096)  # some 40 MB; the articles that stand for stories come again and again
def weigh(text: str) -> Vector:
    """Return the terms of a text with weights, as a vector of length 1; empty if it says nothing.

    A term is a stem, or two stems in a row joined by a space; of scripts without spaces, two characters.
    Weight: (1 + log count) times rarity.
    """
    found = map(_stem_with_rarity, islice(words(text[:MOST_CHARACTERS]), MOST_WORDS))
    telling = [(stem_, rarity) for stem_, rarity in found if rarity]
    rarities = dict(telling)
    # a character of a script without spaces is hardly ever a word: only its pairs tell something
    counts = Counter(stem_ for stem_, _ in telling if not is_unspaced(stem_))
    weights = [(-_dampened(n) * rarities[term], term) for term, n in counts.items()]
    pairs = Counter(f"{a} {b}" for (a, _), (b, _) in pairwise(telling))
    rarest = PAIR * background().rarity("")
    weights += [(-_dampened(n) * rarest, pair) for pair, n in pairs.items()]
    heaviest = sorted(weights)[:MOST_TERMS]
    length = math.sqrt(sum(weight * weight for weight, _ in heaviest)) or 1.0
    return MappingProxyType({term: -weight / length for weight, term in heaviest})


def _dampened(count: int) -> float:
    return 1 + math.log(count) if count > 1 else 1.0


@functools.lru_cache(maxsize=200_000)
def _stem_with_rarity(word: str) -> tuple[str, float]:
    """Return a word's stem with its rarity; 0 for a single letter, and for what is too long to be a word."""
    found = stem(word)
    is_word = 1 < len(found) <= LONGEST_WORD or is_unspaced(found)
    return found, background().rarity(found) if is_word else 0.0
