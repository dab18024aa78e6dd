"""Find the numbers in a sentence, in figures of any script and in words, with every way to read them."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import zip_longest

from monitor.translation.number_words import NumberWords, Worth, number_words, worth_of

_FIGURES = r"\d++(?:[.,:٫٬'’](?=\d)\d++)*+"
_UNSPACED = r"\u3040-\u30ff\u3400-\u9fff"
_SIGNS = (
    r"\u0300-\u036f\u0591-\u05c7\u064b-\u0652\u0900-\u0903\u093a-\u094f\u0962\u0963\u0981-\u0983\u09bc-\u09cd"
)
_LETTERS = rf"(?:[^\W\d_{_UNSPACED}]|[{_SIGNS}])++"  # \w leaves out the vowel signs of Indic scripts
_TOKEN = re.compile(rf"{_FIGURES}|{_LETTERS}(?:[’'ʼ`]{_LETTERS})?|\S")
_FIGURE = re.compile(r"[0-9]")
_OTHER_FIGURE = re.compile(r"(?![0-9])\d")
_DATE = re.compile(r"(?<!\d)(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})(?![\d.])")
_CLOCK = re.compile(r"(?<!\d)(\d{1,2}) ?(?:点|點|時|时|시|h|Uhr) ?(\d\d)(?!\d)")
_SCORE = re.compile(r"(?<![\d:])(\d{1,2}):(\d)(?![\d:])")
_ARABIC_COMMA = re.compile(r"(?<=\d)،(?=\d{3}(?!\d))")
# figures that belong to a name or unit: COVID-19, km2, 4x4
_NO_NUMBER = re.compile(
    r"\bcovid[-‐‑– ]?19(?!\d)|(?<![^\W\d])((?:km|[cdm]?m|mi|ft|yd))[23](?!\w)|(?<!\d)(\d)[x×]\2(?!\d)",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"제 ?(\d+) ?조")  # of a law; elsewhere the sign is a trillion
_THOUSAND_OF_UNIT = re.compile(
    r"[千兆][米克瓦卡赫伏帕字焦]"
)  # kilometre, megahertz: no thousand, or one of metres
_GROUP_SPACE = re.compile(r"(?<=\d)(?<!\d{4})[ \u00a0\u202f\u2009](?=\d{3}(?!\d))")
_HAN = {
    sign: float(value)
    for value, row in enumerate(
        ("〇零", "一壹", "二贰貳", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")
    )
    for sign in row
} | {"两": 2.0, "兩": 2.0}
_UNITS = {"十": 10.0, "百": 100.0, "千": 1e3, "万": 1e4, "萬": 1e4, "亿": 1e8, "億": 1e8, "兆": 1e12}
_HANGUL_UNITS = {"십": 10.0, "백": 100.0, "천": 1e3, "만": 1e4, "억": 1e8, "조": 1e12}
_EAST = re.compile(
    rf"(?:{_FIGURES}(?:[ \u00a0](?=[{''.join(_UNITS)}]))?+|[{''.join(_HAN)}{''.join(_UNITS)}])++"
)
_KOREAN = re.compile(
    rf"{_FIGURES}(?: ?[{''.join(_HANGUL_UNITS)}]++(?:\s?{_FIGURES}(?=[{''.join(_HANGUL_UNITS)}]))?+)*+"
)
_EAST_PART = re.compile(rf"{_FIGURES}|.")
_ROMAN = re.compile(r"\b(?=[IVX]{2})X{0,3}(?:IX|IV|V?I{0,3})(?<=[IVX])\b")
_ROMAN_WORTH = {"I": 1, "V": 5, "X": 10}
_JOINERS = frozenset(["-", "and", "und", "og", "och", "e", "y", "et", "i", "و", "ve", "və", "та", "и"])
_CENTURIES = frozenset(["century", "centuries"])
_HALF, _HUNDRED, _THOUSAND, _MYRIAD = 0.5, 100, 1000, 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """One number of a sentence: the values that it may mean, and whether it is written in figures.

    `scale` is the last scale word's worth (1,000 or more), 1 where there is none; `count` tells a word that
    counts (three, twelfth) from one for a month or a vague number (dozens).
    """

    text: str
    values: frozenset[float]
    figures: bool = True
    scale: float = 1.0
    count: bool = False


def quantities(sentence: str, code: str) -> list[Quantity]:
    """Return the numbers of a sentence in the language `code` (ISO 639, such as "de" or "zh").

    >>> [sorted(found.values) for found in quantities("3,5 Millionen im Jahr 2019, drei davon", "de")]
    [[3500000.0], [2019.0], [3.0]]
    """
    return list(_quantities(sentence, code))


@lru_cache(maxsize=256)  # a source is compared with every hypothesis
def _quantities(sentence: str, code: str) -> tuple[Quantity, ...]:
    text = western(sentence).replace("and a half", "and half")
    if _FIGURE.search(text):
        text = _ARABIC_COMMA.sub(",", _NO_NUMBER.sub(r"\1", text))
        text = _DATE.sub(r"\1 / \3 / \4", _SCORE.sub(r"\1 - \2", text))
        text = _CLOCK.sub(r"\1:\2", _GROUP_SPACE.sub("", text))
    found = list(_roman(text))
    if code in {"zh", "ja", "ko"}:
        pattern = _KOREAN if code == "ko" else _EAST
        text = _ARTICLE.sub(r"\1", text)
        found += (
            _with_unit(_eastern(number.group()), text, number.end()) for number in pattern.finditer(text)
        )
        text = pattern.sub(" . ", text)
    return tuple(_sharing_scales(found + list(_spoken(text, code))))


def western(text: str) -> str:
    """Return a text with the figures of every script written as 0 to 9."""
    if text.isascii() or not _OTHER_FIGURE.search(text):
        return text
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)


@lru_cache(maxsize=1 << 12)
def readings(figures: str) -> frozenset[float]:
    """Return the values that figures with marks may have: 1.300 is 1300 or 1.3, 3,5 is 3.5.

    >>> sorted(readings("1.300")), sorted(readings("3,5")), sorted(readings("1.234,5"))
    ([1.3, 1300.0], [3.5], [1234.5])
    """
    first, *rest = re.split(r"\D", figures)
    marks = re.findall(r"\D", figures)
    values = set()
    if all(len(part) == len("000") for part in rest) and (not rest or len(first) <= len("000")):
        values.add(float("".join((first, *rest))))
    if marks and (len(marks) == 1 or marks[-1] != marks[-2]):
        values.add(float("".join((first, *rest[:-1])) + "." + rest[-1]))
    if len(rest) == 1 and len(rest[0]) == len("00") and len(first) <= len("00"):
        values.add(float(first + rest[0]))  # a time of day, which others write without a mark
    return frozenset(values or map(float, (first, *rest)))


def _sharing_scales(found: list[Quantity]) -> Iterator[Quantity]:
    """Let a number share the next one's scale word: 340 to 500 million."""
    for number, after in zip_longest(found, found[1:]):
        if after is not None and after.scale > number.scale == 1.0:
            shared = {value * after.scale for value in number.values}
            yield replace(number, values=number.values | shared)
        else:
            yield number


def _spoken(text: str, code: str) -> Iterator[Quantity]:
    """Read figures and number words from left to right; neighbours form one number (two hundred and five)."""
    run: list[tuple[str, Worth | frozenset[float]]] = []
    words = number_words(code)
    for token in _TOKEN.findall(text):
        worth = readings(token) if token[0].isdecimal() else worth_of(token, code)
        if worth is None and (not run or token.lower() in _JOINERS):
            continue
        if run and (worth is None or not _continues(run[-1][1], worth, words)):
            yield _summed(run)
            run = []
        if worth is not None:
            run.append((token, worth))
    if run:
        yield _summed(run)


def _continues(last: Worth | frozenset[float], worth: Worth | frozenset[float], words: NumberWords) -> bool:
    """Tell whether a number goes on: 3.5 million, twenty five, two hundred; not two three."""
    if not isinstance(worth, Worth) or worth.kind == "month":
        return False
    if worth.kind != "small" or worth.value == _HALF:
        return True
    if not isinstance(last, Worth):
        return False
    if last.kind == "tens" or last.value >= _HUNDRED:
        return worth.value < last.value or last.kind == "tens"
    units_first = bool(words.prefixes) and last.value < 10 <= worth.value and worth.value % 10 == 0  # noqa: PLR2004 - the base
    return units_first or (last.value >= 10 and last.value % 10 == 0 and 0 < worth.value < 10)  # noqa: PLR2004 - same


def _summed(run: list[tuple[str, Worth | frozenset[float]]]) -> Quantity:
    """Make one number of a run of figures and words."""
    first = run[0][1]
    figures = not isinstance(first, Worth)
    starts = first if isinstance(first, frozenset) else frozenset({0.0})
    worths = [worth for _, worth in run if isinstance(worth, Worth)]
    values = {_total(start, worths, figures=figures) for start in starts}
    if figures and any(len(token) == 1 for token, worth in run[1:] if isinstance(worth, Worth)):
        values |= starts  # 5 m is five metres or five million
    century = run[-1][0].lower() if len(run) > 1 else ""
    if century in _CENTURIES:
        numbered = {_total(start, worths[:-1], figures=figures) for start in starts}
        values = numbered if century == "century" and min(numbered) > 1 else values | numbered
    scale = max(
        (worth.value for worth in worths if worth.kind == "scale" and worth.value >= _THOUSAND), default=1.0
    )
    text = " ".join(token for token, _ in run)
    count = not figures and all(
        worth.kind == "small" for worth in worths[: -1 if century in _CENTURIES else None]
    )
    return Quantity(text=text, values=frozenset(values), figures=figures, scale=scale, count=count)


def _total(start: float, worths: list[Worth], *, figures: bool) -> float:
    total, current, started = 0.0, start, figures
    for worth in worths:
        if worth.kind == "tens":
            current *= 10
        elif worth.kind == "teens":
            current += 10
        elif worth.kind == "scale" and worth.value >= _THOUSAND:
            total, current = total + (current if started else 1.0) * worth.value, 0.0
        elif worth.kind == "scale" or (worth.value == _HUNDRED and current < _HUNDRED):
            current = (current if started and current else 1.0) * worth.value
        else:
            current += worth.value
        started = True
    return round(total + current, 6)


def _eastern(number: str) -> Quantity:
    """Read a number that mixes figures and signs for units: 3万5000, 三百二十, 4억 2천."""
    units = _UNITS | _HANGUL_UNITS
    total = section = current = 0.0
    starts = None if any(sign in units or sign in _HAN for sign in number) else readings(number.strip())
    for part in _EAST_PART.findall(number):
        if part[0] in units:
            worth = units[part[0]]
            if worth >= _MYRIAD:
                total, section, current = total + (section + current or 1.0) * worth, 0.0, 0.0
            else:
                section, current = section + (current or 1.0) * worth, 0.0
        elif part[0].isdigit():
            current = min(readings(part), key=lambda value: value) if "." in part else max(readings(part))
        elif part in _HAN:
            current = current * 10 + _HAN[part]
    values = starts or frozenset({round(total + section + current, 6)})
    scale = units.get(number[-1], 1.0)
    return Quantity(text=number, values=values, figures=number[0].isdigit(), scale=max(scale, 1.0))


def _with_unit(number: Quantity, text: str, end: int) -> Quantity:
    """Let a number whose last sign may be of a unit also be read without it: 160千米 is 160 kilometres."""
    if not _THOUSAND_OF_UNIT.match(text, end - 1):
        return number
    worth = _UNITS[text[end - 1]]
    return replace(number, values=number.values | {value / worth for value in number.values})


def _roman(text: str) -> Iterator[Quantity]:
    for found in _ROMAN.finditer(text):
        worths = [_ROMAN_WORTH[sign] for sign in found.group()]
        value = sum(-a if a < b else a for a, b in zip(worths, [*worths[1:], 0], strict=True))
        yield Quantity(text=found.group(), values=frozenset({float(value)}), figures=False)
