"""Compare names across scripts by their consonants: Горбачёв, جورباتشوف and Gorbachev sound alike."""

import re
import unicodedata

# consonants of each sound: Greek, Cyrillic, Arabic, Hebrew, Devanagari, Katakana
_SIGNS = {
    "b": "βббبבबभバビブベボ", "c": "چचछ",
    "d": "δдدضדदधडढダヂヅデド", "f": "φфفफフ", "g": "γгґغگגगघガギグゲゴ",
    "h": "χхحهחההहハヒヘホ", "j": "जझ", "k": "κкقكکכךקकखカキクケコ", "l": "λлلלल", "m": "μмمמםमマミムメモ",
    "n": "νнنנןनणナニヌネノン", "p": "πпپפףपパピプペポ", "r": "ρрرרरラリルレロ", "s": "σςсسشصסשशषसサシスセソ",
    "t": "τθтتثطטתतथटठタチツテト", "v": "вוवワヴ", "z": "ζзزظذזザジズゼゾ", "ks": "ξ", "ps": "ψ", "zh": "жژ",
    "ts": "цצץ", "ch": "ч", "sh": "шщ", "dj": "ج",
}  # fmt: skip
_GREEK_PAIRS = (("μπ", "b"), ("ντ", "d"), ("γκ", "g"), ("γγ", "g"))
_SOUNDS = {sign: sound for sound, signs in _SIGNS.items() for sign in signs}
_HANGUL_FIRST = "kknttrmppss-cccktph"
_HANGUL_LAST = "-kkknnntrrrrrrrrmppttnttktph"
_HANGUL = range(0xAC00, 0xD7A4)
_ONE_OF_A_KIND = str.maketrans("cqgxzjvwbdl", "kkkksjffptr", "aeiouyh-'’")
_SPELLINGS = {
    "ph": "f", "tsch": "k", "tch": "k", "sch": "s", "ch": "k", "sh": "s", "th": "t", "dj": "k", "j": "k",
}  # fmt: skip
_TWICE = re.compile(r"(.)\1+")


def sounds(word: str) -> str:
    """Return the consonants of a word in any script, with those that scripts confuse made one.

    >>> sounds("Gorbachev"), sounds("горбачёв"), sounds("ゴルバチョフ")
    ('krpkf', 'krpkf', 'krptf')
    """
    word = word.lower()
    for letters, sign in _GREEK_PAIRS:
        word = word.replace(letters, sign)
    latin = "".join(map(_latin, unicodedata.normalize("NFC", word)))
    latin = "".join(sign for sign in unicodedata.normalize("NFD", latin) if sign.isascii())
    for spelling, sound in _SPELLINGS.items():
        latin = latin.replace(spelling, sound)
    return _TWICE.sub(r"\1", latin.translate(_ONE_OF_A_KIND))


def alike(one: str, other: str) -> float:
    """Return how alike two rows of consonants are in [0, 1]: Dice's coefficient over pairs of neighbours."""
    if not one or not other:
        return 0.0
    pairs, others = _pairs(one), _pairs(other)
    return 2 * len(pairs & others) / (len(pairs) + len(others))


def _pairs(row: str) -> set[str]:
    return {f"^{row[0]}", *(row[at : at + 2] for at in range(len(row) - 1))}


def _latin(sign: str) -> str:
    if ord(sign) in _HANGUL:
        syllable = ord(sign) - _HANGUL.start
        return _HANGUL_FIRST[syllable // 588] + _HANGUL_LAST[syllable % 28]
    return _SOUNDS.get(sign, sign)
