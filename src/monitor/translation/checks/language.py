"""Find a translation that came out in the wrong script or language, judged by letters and small words."""

import re
import unicodedata
from functools import cache

from monitor.languages import TABLE, parse_language
from monitor.translation.checks.rendering import Rendering
from monitor.translation.habits import habits_of

FLAG = "wrong language"

_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = {
    "Hans": ("CJK",), "Hant": ("CJK",), "Jpan": ("CJK", "HIRAGANA", "KATAKANA"), "Kore": ("HANGUL", "CJK"),
    "Latn": ("LATIN",), "Cyrl": ("CYRILLIC",), "Arab": ("ARABIC",), "Hebr": ("HEBREW",), "Grek": ("GREEK",),
    "Deva": ("DEVANAGARI",), "Beng": ("BENGALI",), "Thai": ("THAI",),
}  # fmt: skip
_LATIN_SHARE = 0.7  # names may stay Latin in any language, so much of a text at most
_STRAY = 2  # letters of a script that neither names nor the target use
_FEWEST_WORDS = 6


def check(rendering: Rendering) -> str | None:
    """Return the flag when letters are not the target's, or its small words are the source's."""
    scripts = _scripts(rendering.target_language)
    if scripts and _foreign(rendering.output, scripts):
        return FLAG
    return FLAG if _small_words_of_source(rendering) else None


def _scripts(language: str) -> tuple[str, ...]:
    entry = TABLE.get(parse_language(language))
    return _SCRIPTS.get(entry.script, ()) if entry else ()


def _foreign(text: str, scripts: tuple[str, ...]) -> bool:
    if text.isascii():
        return bool(scripts) and "LATIN" not in scripts and _latin_alone(text)
    letters = [_script(letter) for letter in text if letter.isalpha()]
    stray = sum(script not in scripts and script != "LATIN" for script in letters)
    latin = sum(script == "LATIN" for script in letters)
    return stray >= _STRAY or ("LATIN" not in scripts and latin > _LATIN_SHARE * len(letters))


def _latin_alone(text: str) -> bool:
    """Tell whether a text in Latin letters alone is more than a name: it has words in small letters."""
    return sum(1 for word in _WORD.findall(text) if word.islower()) >= _STRAY


@cache
def _script(letter: str) -> str:
    """Return the script's name, the first word of the letter's Unicode name."""
    return unicodedata.name(letter, "").partition(" ")[0].partition("-")[0]


def _small_words_of_source(rendering: Rendering) -> bool:
    """Tell whether the output has small words of the source's language and hardly any of the target's."""
    there, here = _small_words(rendering.source_code), _small_words(rendering.target_code)
    if not there or not here or rendering.source_code == rendering.target_code:
        return False
    words = _WORD.findall(rendering.output.lower())
    of_source = sum(word in there and word not in here for word in words)
    of_target = sum(word in here for word in words)
    return len(words) >= _FEWEST_WORDS and of_source > 2 * of_target


@cache
def _small_words(code: str) -> frozenset[str]:
    """Return the words that begin sentences, which are a language's most frequent small words."""
    return frozenset(word.lower() for word in habits_of(code).starters)
