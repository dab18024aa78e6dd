"""Chinese, Japanese or Cantonese, and which Chinese characters: told by the characters themselves.

A character that GB 2312 (1980) has and Big5 (1984) lacks is a simplified form, and the reverse a
traditional one.
"""

import re
from functools import cache

from monitor.languages import Language

_KANA_SHARE = 0.05
_CANTONESE = frozenset("嘅咗喺冇哋啲嘢嚟佢唔乜嗰咁噉瞓攞諗啱咩睇搵揾嬲嘥嗌孭揸啫喎㗎嘞攰餸冧嚿")
_CANTONESE_WORDS = re.compile("呢[個啲種度次]|邊[個度]|點解|而家|[尋琴聽]日|屋企|鍾意|幾時")
_CANTONESE_SHARE = 0.01
_WRITTEN = frozenset(
    "的是不在他她們沒這那了和"
)  # the written standard; Cantonese writes 嘅 係 唔 喺 佢 哋 冇 for most

# of characters that both kinds share: how Taiwan and Hong Kong quote, join foreign names and call some things
_TRADITIONAL_SIGNS = re.compile(
    "[「」『』‧・]|川普|普丁|雪梨|坎城|影片|性向|部落客|部落格|新北市|高雄|立委|智慧型|行動通信|幼稚園|便利商店"
)


def kana_shows_japanese(kana: int, han: int) -> bool:
    """Return whether the share of kana is that of Japanese text, not of a quoted name."""
    return kana >= _KANA_SHARE * (kana + han)


def chinese_variety(text: str) -> tuple[Language, float]:
    """Return which written Chinese this is, and how sure.

    >>> chinese_variety("国际新闻")[0], chinese_variety("國際新聞")[0]
    ('zh-Hans', 'zh-Hant')
    """
    spoken = sum(character in _CANTONESE for character in text) + len(_CANTONESE_WORDS.findall(text))
    if spoken and spoken >= _CANTONESE_SHARE * len(text):
        return Language("yue"), 0.9
    simplified = sum(map(_leaning, text))
    if not simplified:
        return Language("zh-Hant" if _TRADITIONAL_SIGNS.search(text) else "zh-Hans"), 0.6
    if simplified > 0:
        return Language("zh-Hans"), 0.99
    return Language("zh-Hant"), 0.99 if _WRITTEN.intersection(text) else 0.85


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
