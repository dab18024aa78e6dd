"""Number words: what a word of some language is worth (drei, 億, लाख, twelfth, October)."""

import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

_LONGEST_ENDING = 5  # letters; what is longer is another word (drei, dreihundertfünfzig)


class Worth(NamedTuple):
    """What a word is worth; a scale word multiplies what stands before it, a month is the month's number."""

    value: float
    kind: str  # "small", "scale", "tens", "teens" or "month"


class NumberWords(NamedTuple):
    """The number words of one language."""

    whole: dict[str, Worth]
    begun: dict[str, Worth]  # words known by their beginning
    glued: dict[str, float]
    prefixes: tuple[str, ...]

    def worth(self, word: str) -> Worth | None:
        """Return what a word in lower case is worth, also with an article written to it."""
        found = self._plain(word)
        for prefix in self.prefixes if found is None else ():
            if word.startswith(prefix) and len(word) - len(prefix) > 1:
                found = self._plain(word[len(prefix) :])
                if found:
                    break
        return found

    def _plain(self, word: str) -> Worth | None:
        found = self.whole.get(word)
        shortest = max(1, len(word) - _LONGEST_ENDING - 1)
        for length in range(len(word), shortest, -1) if found is None else ():
            found = self.begun.get(word[:length])
            if found:
                break
        return found


@cache
def number_words(code: str) -> NumberWords:
    """Return the number words of a language; none for a language without a table."""
    own = _table().get(code, {})
    whole: dict[str, Worth] = {}
    begun: dict[str, Worth] = {}
    for kind in ("small", "scale", "months"):
        for word, value in _pairs(own.get(kind, "")):
            known = begun if word.endswith("*") else whole
            known.setdefault(word.rstrip("*"), Worth(value, kind.rstrip("s") if kind == "months" else kind))
    for kind in ("tens", "teens"):
        whole |= {word: Worth(0, kind) for word in own.get(kind, "").split()}
    for word, value in _compounds(begun | whole, own.get("compound", "")):
        whole.setdefault(word, Worth(value, "small"))
    glued = dict(_pairs(own.get("glued", "")))
    return NumberWords(whole, begun, glued, tuple(own.get("prefixes", "").split()))


def _pairs(listing: str) -> list[tuple[str, float]]:
    words = listing.split()
    return [(word, float(value)) for word, value in zip(words[::2], words[1::2], strict=True)]


def _compounds(known: dict[str, Worth], rule: str) -> list[tuple[str, float]]:
    """Return the words that join tens and units: fünfundzwanzig, femogtyve, tjugofem."""
    if not rule:
        return []
    order, _, joint = rule.partition(" ")
    units = [(word, worth.value) for word, worth in known.items() if worth.value in range(1, 10)]
    tens = [(word, worth.value) for word, worth in known.items() if worth.value in range(20, 100, 10)]
    if order == "unit-tens":
        return [(unit + joint + ten, low + high) for unit, low in units for ten, high in tens]
    return [(ten + unit, low + high) for unit, low in units for ten, high in tens]


@lru_cache(maxsize=1 << 16)
def worth_of(word: str, code: str) -> Worth | None:
    """Return what a word is worth in a language; remembered, since few words make up most text."""
    return number_words(code).worth(word.lower())


@cache
def _table() -> dict[str, dict[str, str]]:
    data = files("monitor.translation").joinpath("data/numbers.toml").read_text(encoding="utf-8")
    return tomllib.loads(data)
