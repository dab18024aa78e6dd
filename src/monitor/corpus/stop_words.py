"""Know the words of each language that carry no subject: the, and, of.

Lists: stopwords-iso (MIT), 58 languages. Greek words stand there without their accents, and Romanian ones with the
cedilla of old encodings: both are completed.
"""

import unicodedata
from collections.abc import Iterator
from functools import cache

import stopwordsiso

from monitor.languages import Language

_ACUTE, _GREEK_VOWELS = "\u0301", "αεηιουω"
_COMMAS_BELOW = str.maketrans("şţ", "șț")


@cache
def stop_words(language: Language) -> frozenset[str]:
    """Return the function words of a language, in lower case; empty where no list is known."""
    code = {"nb": "no"}.get(language, language.split("-")[0])
    words = frozenset(stopwordsiso.stopwords(code)) if stopwordsiso.has_lang(code) else frozenset()
    if code == "el":
        return words.union(*map(_with_accent, words))
    if code == "ro":
        return words.union(word.translate(_COMMAS_BELOW) for word in words)
    return words


def _with_accent(word: str) -> Iterator[str]:
    """Yield a Greek word with its accent on each of the vowels that may have it."""
    for at, letter in enumerate(word, start=1):
        if letter in _GREEK_VOWELS:
            yield unicodedata.normalize("NFC", word[:at] + _ACUTE + word[at:])
