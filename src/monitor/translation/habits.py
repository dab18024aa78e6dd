"""What each language writes around full stops: abbreviations, ordinals, words that begin sentences."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import NamedTuple

# how Hindi spells the English letters of initials
_SPELLED = "बी सी डी एफ जी एच आई जे के एल एम एन पी क्यू आर एस टी यू वी डब्ल्यू एक्स वाई जेड"
SPELLED_LETTERS = frozenset(_SPELLED.split())


# languages that write as another one does
_RELATIVES = {
    "bs": "hr",
    "sh": "sr-Latn",
    "nn": "nb",
    "no": "nb",
    "af": "nl",
    "lb": "de",
    "pb": "pt",
    "zt": "zh",
}


class Habits(NamedTuple):
    """What a language writes around full stops; the fields are explained in data/sentences.toml."""

    never: frozenset[str]
    number: frozenset[str]
    either: frozenset[str]
    closing: frozenset[str]
    starters: frozenset[str]
    ordinal: str  # "", "small" or "capital"


@cache
def habits_of(code: str) -> Habits:
    """Return the habits of a language: the common ones and its own."""
    common, own = _table()["common"], _table().get(code, {})
    words = {
        key: frozenset(f"{common.get(key, '')} {own.get(key, '')}".split())
        for key in ("never", "number", "either", "closing", "starters")
    }
    return Habits(**words, ordinal=own.get("ordinal", ""))


@cache
def _table() -> dict[str, dict[str, str]]:
    data = files("monitor.translation").joinpath("data/sentences.toml").read_text(encoding="utf-8")
    return tomllib.loads(data)


def family(language: str) -> str:
    """Return the table's key: pt-BR reads as pt, zh-Hant as zh; Serbian keeps its scripts apart."""
    code = language if language in _table() else language.partition("-")[0]
    return _RELATIVES.get(code, code)
