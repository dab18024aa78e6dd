"""Chinese, Japanese or Cantonese, and which Chinese characters: told by the characters themselves.

A character that GB 2312 (1980) has and Big5 (1984) lacks is a simplified form, and the reverse a
traditional one.
"""

from functools import cache

from monitor.languages import Language

_KANA_SHARE = 0.05
_CANTONESE = frozenset("嘅咗喺冇哋啲嘢嚟佢唔乜嗰咁噉瞓攞諗啱咩")
_CANTONESE_SHARE = 0.02
_LEAST = 2


def kana_shows_japanese(kana: int, han: int) -> bool:
    """Return whether the share of kana is that of Japanese text, not of a quoted name."""
    return kana >= _KANA_SHARE * (kana + han)


def chinese_variety(text: str) -> tuple[Language, float]:
    """Return which written Chinese this is, and how sure.

    >>> chinese_variety("国际新闻")[0], chinese_variety("國際新聞")[0]
    ('zh-Hans', 'zh-Hant')
    """
    spoken = sum(character in _CANTONESE for character in text)
    if spoken >= _LEAST and spoken >= _CANTONESE_SHARE * len(text):
        return Language("yue"), 0.9
    simplified = sum(map(_leaning, text))
    if not simplified:
        return Language("zh-Hans"), 0.6
    return Language("zh-Hans" if simplified > 0 else "zh-Hant"), 0.99


@cache
def _leaning(character: str) -> int:
    """Return 1 for a simplified form, -1 for a traditional one, 0 for what both share or neither has."""
    return _encodes(character, "gb2312") - _encodes(character, "big5")


def _encodes(character: str, charset: str) -> bool:
    """Return whether a character exists in a charset."""
    try:
        character.encode(charset)
    except UnicodeEncodeError:
        return False
    return True
