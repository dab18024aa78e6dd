"""Say what an article is about: its words and word pairs, the rarer in ordinary news the heavier."""

import functools
import math
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib import resources
from itertools import islice, pairwise
from types import MappingProxyType

import numpy as np

from monitor.corpus.words import is_unspaced, stem, words
from monitor.languages import ENGLISH, Language

Vector = Mapping[str, float]

MOST_WORDS = 300  # of a text: news tells its event first
MOST_CHARACTERS = 3_000
LONGEST_WORD = 40
MOST_TERMS = 100  # of a vector, the heaviest
PAIR = 0.5  # weight of two words in a row, beside their own weights
COMMON = 0.3  # share of ordinary articles from which on a word says nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """In how many of `articles` ordinary news articles of a language each stem occurs."""

    articles: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)

    def rarity(self, term: str) -> float:
        """Return the inverse document frequency (Spärck Jones 1972): 1 for an unknown word, 0 for a common one."""
        count = self.counts.get(term, 0)
        if count and count > COMMON * self.articles:
            return 0.0
        return math.log((self.articles + 1) / (count + 0.5)) / math.log((self.articles + 1) / 0.5)


@dataclass(frozen=True, slots=True, eq=False)
class StoredVector(Mapping[str, float]):
    """A vector as it is stored, in an eighth of the memory: its terms, a line each, and their weights in 32 bits."""

    lines: str
    weights: bytes

    def unpacked(self) -> dict[str, float]:
        """Return it as what is compared at length."""
        return dict(zip(self.lines.split("\n"), np.frombuffer(self.weights, "<f4").tolist(), strict=True))

    def __getitem__(self, term: str) -> float:
        return self.unpacked()[term]

    def __iter__(self) -> Iterator[str]:
        return iter(self.unpacked())

    def __len__(self) -> int:
        return len(self.unpacked())


def stored(vector: Vector) -> StoredVector:
    """Return a vector, of which there is at least one term, as it is stored."""
    return StoredVector("\n".join(vector), np.array([*vector.values()], "<f4").tobytes())


@functools.cache
def background(language: Language = ENGLISH) -> Background:
    """Load the shipped counts of a language, made by `python -m bench.background`; of an unknown one, no counts."""
    head, *lines = _tables().get(language, f"{language} 0").splitlines()
    counts = {term: int(count) for count, *terms in map(str.split, lines) for term in terms}
    return Background(articles=int(head.split()[1]), counts=counts)


@functools.cache
def _tables() -> Mapping[str, str]:
    text = resources.files("monitor.corpus").joinpath("background.txt").read_text("utf-8")
    return {table.partition(" ")[0]: table for table in text.split("\n\n") if table}


def stems(text: str) -> list[str]:
    """Return what is counted of a text: its words' stems; of scripts without spaces, pairs of characters."""
    found = [stem(word) for word in words(text)]
    pairs = [a + b for a, b in pairwise(found) if is_unspaced(a) and is_unspaced(b)]
    return [word for word in found if not is_unspaced(word)] + pairs


def weigh(text: str, language: Language = ENGLISH) -> Vector:
    """Return the terms of a text with weights, as a vector of length 1; empty if it says nothing.

    A term is a stem, or two stems in a row joined by a space; of scripts without spaces, two characters. The
    heaviest comes first. Weight: (1 + log count) times rarity in the news of its language, rounded to 32 bits,
    as vectors are stored.
    """
    some = islice(words(text[:MOST_CHARACTERS]), MOST_WORDS)
    telling = [found for word in some if (found := _stem_with_rarity(word, language))[1]]
    rarities = dict(telling)
    # a character of a script without spaces is hardly ever a word: only its pairs tell something
    counts = Counter(stem_ for stem_, _ in telling if not is_unspaced(stem_))
    weights = [(-_dampened(n) * rarities[term], term) for term, n in counts.items()]
    pairs = Counter((a, b) for (a, _), (b, _) in pairwise(telling))
    weights += [(-_dampened(n) * _pair_weight(*pair, language), " ".join(pair)) for pair, n in pairs.items()]
    heaviest = [entry for entry in sorted(weights)[:MOST_TERMS] if entry[0]]
    length = math.sqrt(sum(weight * weight for weight, _ in heaviest)) or 1.0
    rounded = np.array([-weight / length for weight, _ in heaviest], np.float32).tolist()
    return MappingProxyType({term: weight for (_, term), weight in zip(heaviest, rounded, strict=True)})


def _pair_weight(first: str, second: str, language: Language) -> float:
    if is_unspaced(first) and is_unspaced(second):
        return PAIR * background(language).rarity(first + second)
    return PAIR


def _dampened(count: int) -> float:
    return 1 + math.log(count) if count > 1 else 1.0


@functools.lru_cache(maxsize=20_000)  # with some 400 bytes each; ten times as many save nothing
def _stem_with_rarity(word: str, language: Language) -> tuple[str, float]:
    """Return a word's stem with its rarity; 0 for a single letter, and for what is too long to be a word."""
    found = stem(word)
    is_word = 1 < len(found) <= LONGEST_WORD or is_unspaced(found)
    return found, background(language).rarity(found) if is_word else 0.0
