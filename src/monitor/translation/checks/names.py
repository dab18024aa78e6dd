"""Find names in Latin script that vanished from a translation."""

import re
from functools import cache

from monitor.translation.checks.rendering import Rendering
from monitor.translation.habits import habits_of
from monitor.translation.spelling import alike, sounds

FLAG = "name lost"

_LATIN_WORD = re.compile(r"[A-Za-zÀ-ɏ][A-Za-zÀ-ɏ'’]*")
_FULL_NAME = re.compile(r"(?<![.!?:] )(?<!^)\b[A-ZÀ-Þ][a-zß-ɏ]{2,}(?: [A-ZÀ-Þ][a-zß-ɏ]{2,})+")
_OTHER_SCRIPTS = frozenset(
    {"zh", "ja", "ko", "th", "ar", "fa", "he", "ur", "hi", "bn", "ru", "uk", "bg", "sr", "ky", "el"}
)
_LEAST_ALIKE = 0.5
_SHORTEST = 3


def check(rendering: Rendering) -> str | None:
    """Return the flag when no part of a full name stands in the output, in whatever spelling.

    In a source of another script every Latin word with a capital is taken for a name. Single names are
    not asked for: those of places and peoples have forms of their own in each language.
    """
    if rendering.target_code in _OTHER_SCRIPTS:
        return None  # names are spelled by sound there
    words = [word.lower() for word in _LATIN_WORD.findall(rendering.output)]
    lost = [name for name in names_of(rendering) if not _stands(name, words)]
    return FLAG if lost else None


def names_of(rendering: Rendering) -> list[str]:
    """Return the names of the source that a translation should show."""
    letters = [letter for letter in rendering.source if letter.isalpha()]
    latin = sum(letter < "ɐ" for letter in letters)
    if latin * 2 < len(letters):
        return [
            word
            for word in _LATIN_WORD.findall(rendering.source)
            if word[0].isupper() and len(word) >= _SHORTEST
        ]
    if rendering.source_code == "de":
        return []  # every noun has a capital
    small = _starters(rendering.source_code)
    return [
        name
        for name in _FULL_NAME.findall(rendering.source)
        if not any(part in small for part in name.split())
    ]


@cache
def _starters(code: str) -> frozenset[str]:
    return habits_of(code).starters


def _stands(name: str, words: list[str]) -> bool:
    parts = name.lower().split()
    if any(part in words for part in parts):
        return True
    spelled = [sounds(word) for word in words]
    return any(alike(sounds(part), word) >= _LEAST_ALIKE for part in parts for word in spelled)
