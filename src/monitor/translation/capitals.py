"""Writes a headline in capitals as a sentence, since models leave capitals untranslated."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from monitor.languages import Language

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_OPENING = " \"'«»“”„‘’(¿¡"
_SHORTEST = 3  # letters; shorter words in capitals are mostly abbreviations
_FEWEST_WORDS = 2
_MOST_SMALL = 0.2  # part of the letters
_DOTTED = {"tr", "az"}  # where I is the capital of ı


def casing_of(lines: Iterable[str]) -> dict[str, str]:
    """Return how words are written inside the lines that are not in capitals: `folded -> as it stands`.

    A word that begins a sentence says nothing about itself.

    >>> casing_of(["Gestern sprach die NATO mit Anna Weber."])["nato"]
    'NATO'
    """
    seen: dict[str, Counter[str]] = {}
    for line in lines:
        if not in_capitals(line):
            for found in _WORD.finditer(line):
                before = line[: found.start()].rstrip(_OPENING)
                if before and before[-1] not in ".!?:…":
                    seen.setdefault(found.group().casefold(), Counter())[found.group()] += 1
    return {folded: min(forms, key=lambda form: (-forms[form], form)) for folded, forms in seen.items()}


def in_capitals(line: str) -> bool:
    """Tell whether a line is written in capitals throughout, and is more than an abbreviation."""
    small, capital = sum(map(str.islower, line)), sum(map(str.isupper, line))
    if small > _MOST_SMALL * (small + capital):
        return False
    words = [word for word in _WORD.findall(line) if len(word) >= _SHORTEST and word.isupper()]
    return len(words) >= _FEWEST_WORDS


def as_sentence(line: str, language: Language, casing: Mapping[str, str]) -> str:
    """Return a line in capitals in the case of running text; any other line as it is.

    >>> as_sentence("DIE NATO TAGT IN BERLIN", Language("de"), {"nato": "NATO", "berlin": "Berlin"})
    'Die NATO tagt in Berlin'
    """
    if not in_capitals(line):
        return line
    text = _WORD.sub(lambda found: _small(found.group(), language, casing), line)
    first = next((at for at, character in enumerate(text) if character.isalpha()), 0)
    capital = "İ" if text[first] == "i" and language in _DOTTED else text[first].upper()
    return text[:first] + capital + text[first + 1 :]


def _small(word: str, language: Language, casing: Mapping[str, str]) -> str:
    if not word.isupper():
        return word
    known = casing.get(word.casefold())
    if known:
        return known
    return (word.replace("I", "ı").replace("İ", "i") if language in _DOTTED else word).lower()
