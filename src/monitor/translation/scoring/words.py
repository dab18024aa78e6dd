"""Cut words to the beginnings that the tables of the score know, in any language."""

import re
from functools import lru_cache

ENGLISH = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+")
_SOURCE = re.compile(
    r"[\u3400-\u9fff]+|[\u30a0-\u30ff]+|[\u3040-\u309f]+|[\uac00-\ud7a3]+|[\u0900-\u0963\u0980-\u09e3]+"
    r"|[^\W\d_\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]+(?:['’][^\W\d_]+)?|\d+"
)
_VOWEL_SIGNS = re.compile(r"[\u0300-\u036f\u0591-\u05c7\u064b-\u0652\u0670\u0640]")
_PREFIXES = {
    "ar": ("وال", "بال", "لل", "ال", "و", "ب", "ل"),
    "he": ("וה", "שה", "בה", "מה", "ה", "ו", "ב", "ל", "מ", "ש"),
}
_LENGTHS = {"az": 5, "tr": 5, "sk": 5, "el": 5, "ar": 5, "he": 5, "id": 7}
_USUAL_LENGTH = 6
_SHORTEST_REST = 3
_ENDINGS = ("ing", "ies", "ed", "es", "s")
_ENGLISH_LENGTH = 7
_PIECE = 4


def source_words(text: str) -> list[str]:
    """Return the words of a sentence in small letters without vowel signs; runs of one script in CJK."""
    return _SOURCE.findall(_VOWEL_SIGNS.sub("", text.lower()))


def stems(words: list[str], code: str) -> list[str]:
    """Return what stands for the words in the tables: pairs of Chinese characters, beginnings of others."""
    found: list[str] = []
    for word in words:
        first = word[0]
        if "\u3400" <= first <= "\u9fff":
            found += [word] if len(word) == 1 else [word[at : at + 2] for at in range(len(word) - 1)]
        elif "\u3040" <= first <= "\u309f" and len(word) > _SHORTEST_REST:
            found += (word[:3], word[-3:])
        else:
            found.append(_beginning(word, code))
    return found


def pieces(words: list[str], code: str) -> list[str]:
    """Return smaller parts of the words, which meet in more sentences: characters, four letters."""
    found: list[str] = []
    for word in words:
        first = word[0]
        if "\u3400" <= first <= "\u9fff":
            found += word
        elif "\u3040" <= first <= "\u309f":
            found += (word[at : at + 2] for at in range(len(word) - 1))
        elif "\uac00" <= first <= "\ud7a3" and len(word) > 1:
            found += (word[0], word[1:3])
        elif "\u30a0" <= first <= "\u30ff":
            found.append(word[:2])
        else:
            found.append(_beginning(word, code)[:_PIECE])
    return found


def english_words(text: str) -> list[str]:
    """Return the words and numbers of an English sentence as they are written."""
    return ENGLISH.findall(text)


@lru_cache(maxsize=1 << 16)
def english_stem(word: str) -> str:
    """Return the beginning of an English word without its common endings, in small letters."""
    bare = word.lower().removesuffix("'s").removesuffix("’s")
    if len(bare) > _SHORTEST_REST + 1:
        for ending in _ENDINGS:
            if bare.endswith(ending) and len(bare) - len(ending) >= _SHORTEST_REST:
                bare = bare[: -len(ending)]
                break
    return bare[:_ENGLISH_LENGTH]


def _beginning(word: str, code: str) -> str:
    first = word[0]
    if "\u30a0" <= first <= "\u30ff":
        return word[:4]
    if "\uac00" <= first <= "\ud7a3":
        return word[:2]
    for prefix in _PREFIXES.get(code, ()):
        if word.startswith(prefix) and len(word) - len(prefix) >= _SHORTEST_REST:
            word = word[len(prefix) :]
            break
    return word[: _LENGTHS.get(code, _USUAL_LENGTH)]
