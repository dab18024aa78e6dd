"""Set apart the small words that some languages write together with the next: "l'usine" is "la" and "usine"."""

import re
from functools import cache

from monitor.languages import Language

# What loses its last vowel before another one, by language.
_ELIDED = {
    "fr": "c|d|j|l|m|n|s|t|qu|jusqu|lorsqu|puisqu|quoiqu",
    "it": "c|d|l|m|n|s|t|v|un|gl|all|agl|dall|dagl|dell|degl|nell|negl|sull|sugl|coll|quell|quest|sant|cent",
    "ca": "d|l|m|n|s|t",
    "ga": "b|d|m",
}


def without_elisions(text: str, language: Language) -> str:
    """Return a text with straight apostrophes and a space after each elided word.

    >>> without_elisions("L’usine d’Avignon, aujourd’hui", "fr")
    "L' usine d' Avignon, aujourd'hui"
    """
    plain = text.replace("’", "'")
    elided = _pattern(language.split("-")[0])
    return elided.sub(r"\1 ", plain) if elided else plain


@cache
def _pattern(code: str) -> re.Pattern[str] | None:
    words = _ELIDED.get(code)
    return re.compile(rf"\b((?:{words})')(?=\w)", re.IGNORECASE) if words else None
