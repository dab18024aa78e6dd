"""Split a text into words that can be compared, in scripts with and without spaces."""

import re
import unicodedata

_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_FIRST_UNSPACED = "\u0e00"
_MARKS = "\u0300-\u036f\u064b-\u065f\u0900-\u0963\u0966-\u0dff"  # vowel signs: part of the word they stand in
_LETTERS = rf"(?:[{_MARKS}]|(?![{_UNSPACED}_])\w)+"
_WORD = re.compile(rf"[{_UNSPACED}]+|{_LETTERS}(?:'{_LETTERS})*")
_UNSPACED_START = re.compile(f"[{_UNSPACED}]")
SHORTEST = 4  # letters that must be left of a word, or it says too little
_SUFFIXES = ("ing", "ed", "er", "ion", "ment", "e")


def words(text: str) -> list[str]:
    """Return the words of a text in order, case folded; scripts without spaces give single characters.

    Compatibility forms are unified (NFKC), so that full-width and plain letters compare equal.

    >>> words("Apple’s 東京 plan")
    ["apple's", '東', '京', 'plan']
    """
    plain = unicodedata.normalize("NFKC", text).replace("’", "'").casefold()
    whole: list[str] = _WORD.findall(plain)
    if not has_unspaced(whole):
        return whole
    found: list[str] = []
    for word in whole:
        if is_unspaced(word):
            found.extend(word)
        else:
            found.append(word)
    return found


def has_unspaced(found: list[str]) -> bool:
    """Tell whether any word begins in a script that is written without spaces, soon where none does."""
    return max(found, default="") >= _FIRST_UNSPACED and any(map(is_unspaced, found))


def is_unspaced(word: str) -> bool:
    """Tell whether a word begins in a script that is written without spaces."""
    return word >= _FIRST_UNSPACED and _UNSPACED_START.match(word) is not None


def stem(word: str) -> str:
    """Return an English word without its commonest endings; other scripts come back as they are.

    Deliberately light: two forms of a word must meet, the result need not be a word.

    >>> stem("partnerships"), stem("partnership's"), stem("东")
    ('partnership', 'partnership', '东')
    """
    word = word.removesuffix("'s")
    if word.endswith("ies") and len(word) > SHORTEST:
        return word[:-3] + "y"
    if word.endswith("s") and len(word) >= SHORTEST and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= SHORTEST:
            return word.removesuffix(suffix)
    return word
