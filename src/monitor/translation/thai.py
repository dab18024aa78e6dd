"""Split Thai, which sets spaces between phrases as well as sentences and no full stops, into sentences."""

import re
from collections.abc import Iterator

_STARTERS = (
    "ทั้งนี้", "อย่างไรก็ตาม", "นอกจากนี้", "ขณะที่", "ด้าน", "สำหรับ", "เขา", "เธอ", "นาย", "นาง", "พวกเขา", "แต่",
    "ต่อมา", "จากนั้น", "ล่าสุด", "ส่วน", "เมื่อ", "ฉัน", "เรา", "มัน",
)  # fmt: skip
_CARRIERS = ("และ", "หรือ", "ที่", "ซึ่ง", "โดย", "เพราะ", "เพื่อ", "ว่า", "จึง", "กับ", "ของ", "ได้", "ๆ", "ฯ")
_ENDINGS = ("ครับ", "ค่ะ", "คะ", "แล้ว")
_SHORT, _LONG = 14, 60  # characters: a phrase too short, and one long enough, to be a sentence
_SHORT_FORM = re.compile(r"(?:^|[\s.(])(?:\w{1,3}|[A-Za-z]+)\.\Z")  # Dr. and what looks like it
_SPACE = re.compile(r"[ \t\u3000]++")


def thai_cuts(text: str, start: int, end: int) -> Iterator[int]:
    """Yield the places between `start` and `end` where a sentence ends, each before a space."""
    at = start
    for space in _SPACE.finditer(text, start, end):
        if _ends(text[at : space.start()], text[space.end() : min(end, space.end() + 14)]):
            yield space.start()
            at = space.end()


def _ends(before: str, after: str) -> bool:
    """Tell whether a sentence ends between two phrases."""
    if not before or not after or before[-1] in "!?…":
        return bool(before and after)
    if before[-1] == ".":
        return len(before) > _SHORT and not _SHORT_FORM.search(before)
    if before[-1].isdigit() or before[-1].isascii() or after[0].isascii() or after.startswith(_CARRIERS):
        return False
    if after.startswith(_STARTERS) or before.endswith(_ENDINGS):
        return len(before) >= _SHORT
    return len(before) >= _LONG
