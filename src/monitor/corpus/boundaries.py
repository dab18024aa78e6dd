"""Tell whether a name found in a text stands there as a word of its own.

Scripts that put spaces between words need a boundary on both sides. Han, kana and Thai have none, so a name
may touch its neighbours; a name in katakana may not continue in katakana. Korean adds particles behind a
name, Arabic and Hebrew put one-letter words in front of it.
"""

import unicodedata
from typing import Literal

Boundary = Literal["auto", "word", "start", "none"]

_UNSPACED = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x3040, 0x309F),  # hiragana
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),  # Han
    (0xF900, 0xFAFF),
    (0x20000, 0x323AF),
)
_PLAIN = frozenset(" .,;:!?()'\"-")
_CLITICS = frozenset(
    "وفبكلسالהובכלמש"
)  # and, so, in, like, to, will, the; ha-, ve-, be-, ke-, le-, mi-, she-
_LONGEST_CLITICS = 4  # wa + bi + al


def is_unspaced(character: str) -> bool:
    """Say whether a character belongs to a script that does not put spaces between words."""
    code = ord(character)
    return code >= 0x0E00 and any(low <= code <= high for low, high in _UNSPACED)  # noqa: PLR2004


def is_katakana(character: str) -> bool:
    """Say whether a character is katakana, its length mark included."""
    return "ァ" <= character <= "ヺ" or character == "ー"


def _is_hangul(character: str) -> bool:
    return "가" <= character <= "힣" or "ᄀ" <= character <= "ᇿ"


def _is_semitic(character: str) -> bool:
    return "\u05d0" <= character <= "\u05ea" or "\u0620" <= character <= "\u064a"


def _continues(neighbour: str, edge: str) -> bool:
    """Say whether `neighbour` belongs to the same word as `edge`, the name's character beside it."""
    if is_unspaced(edge) or not (neighbour.isalnum() or neighbour == "_" or _is_word_mark(neighbour)):
        return False
    return is_katakana(neighbour) == is_katakana(edge) and not is_unspaced(neighbour)


def _is_word_mark(character: str) -> bool:
    """Say whether a combining mark makes another letter: accents, and the vowel signs of India."""
    indic = "\u0900" <= character <= "\u0dff" and unicodedata.category(character).startswith("M")
    return indic or "\u0300" <= character <= "\u036f"


def _only_clitics(text: str, start: int) -> bool:
    """Say whether nothing but Arabic or Hebrew one-letter words stands between a space and the name."""
    at = start
    while at > 0 and start - at < _LONGEST_CLITICS and text[at - 1] in _CLITICS:
        at -= 1
    return at == 0 or not text[at - 1].isalnum()


def _is_plainly_bounded(text: str, start: int, end: int) -> bool:
    """Say whether spaces or marks stand on both sides; asked first because it nearly always decides."""
    return (start == 0 or text[start - 1] in _PLAIN) and (end == len(text) or text[end] in _PLAIN)


def stands_alone(text: str, start: int, end: int, boundary: Boundary = "auto") -> bool:
    """Say whether `text[start:end]` is bounded as `boundary` asks; `text` is folded.

    `word`: on both sides. `start`: in front alone, so that endings are allowed. `none`: never asked.
    `auto`: by script, as the module says.
    """
    if boundary == "none":
        return True
    if _is_plainly_bounded(text, start, end):
        return True
    first, last = text[start], text[end - 1]
    open_in_front = start > 0 and _continues(text[start - 1], first)
    if open_in_front and not (boundary == "auto" and _is_semitic(first) and _only_clitics(text, start)):
        return False
    if boundary == "start" or (boundary == "auto" and _is_hangul(last)):
        return True
    return end == len(text) or not _continues(text[end], last)
