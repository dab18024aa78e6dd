"""Which script a text is written in, counted letter by letter.

Ranges follow the block names of the Unicode Character Database; combining marks belong to the letter before
them and are counted with no script.
"""

from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint32]

OTHER, MARK = 0, 1
_RANGES: tuple[tuple[str, str], ...] = (
    (
        "Latn",
        "0041-005A 0061-007A 00AA 00BA 00C0-00D6 00D8-00F6 00F8-02AF 1D00-1D7F 1E00-1EFF 2C60-2C7F A722-A7FF",
    ),
    ("Latn", "FB00-FB06 FF21-FF3A FF41-FF5A"),
    ("Grek", "0370-0373 0376-0377 037B-037D 0386 0388-03FF 1F00-1FFF"),
    ("Cyrl", "0400-0481 0483-052F 1C80-1C8F 2DE0-2DFF A640-A69F"),
    ("Armn", "0531-0556 0561-0587"),
    ("Hebr", "05D0-05F2 FB1D-FB4F"),
    (
        "Arab",
        "0620-064A 066E-06D3 06D5 06E5-06E6 06EE-06EF 06FA-06FF 0750-077F 08A0-08C7 FB50-FBB1 FBD3-FDFB",
    ),
    ("Arab", "FE70-FEFC"),
    ("Syrc", "0710-074F"),
    ("Thaa", "0780-07B1"),
    ("Nkoo", "07C0-07FA"),
    ("Deva", "0900-0963 0971-097F A8E0-A8FF"),
    ("Beng", "0980-09E3 09F0-09F1 09FC"),
    ("Guru", "0A00-0A65 0A70-0A75"),
    ("Gujr", "0A80-0AE3 0AF9-0AFF"),
    ("Orya", "0B00-0B65 0B71"),
    ("Taml", "0B80-0BD7"),
    ("Telu", "0C00-0C65"),
    ("Knda", "0C80-0CE3"),
    ("Mlym", "0D00-0D63 0D7A-0D7F"),
    ("Sinh", "0D80-0DDF 0DF2-0DF3"),
    ("Thai", "0E01-0E3A 0E40-0E4E"),
    ("Laoo", "0E80-0ECF 0EDC-0EDF"),
    ("Tibt", "0F00 0F40-0FBC"),
    ("Mymr", "1000-103F 1050-109D A9E0-A9FE AA60-AA7F"),
    ("Geor", "10A0-10FF 1C90-1CBF 2D00-2D2F"),
    ("Hang", "1100-11FF 3131-318E A960-A97F AC00-D7FF"),
    ("Ethi", "1200-135A 1380-139F 2D80-2DDE AB00-AB2F"),
    ("Cher", "13A0-13FF AB70-ABBF"),
    ("Cans", "1401-167F"),
    ("Khmr", "1780-17D3 17DC"),
    ("Mong", "1820-18AA"),
    ("Tfng", "2D30-2D7F"),
    ("Kana", "3041-3096 309D-309F 30A1-30FA 30FC-30FF 31F0-31FF FF66-FF9F"),
    ("Hani", "3005-3007 3400-4DBF 4E00-9FFF F900-FAFF 20000-323AF"),
)
NAMES: tuple[str, ...] = ("Zyyy", "Zinh", *dict.fromkeys(name for name, _ in _RANGES))
_MARKS = (
    "0300-036F 0591-05C7 0610-061A 064B-065F 0670 06D6-06DC 06DF-06E4 06E7-06E8 06EA-06ED 1AB0-1AFF "
    "200C-200D 20D0-20F0 FE00-FE0F"
)
_TOP = 0x323B0


class Census(NamedTuple):
    """The letters of a text: its code points, what each is (index into `NAMES`), letters a script."""

    codes: Codes
    kinds: NDArray[np.uint8]
    counts: NDArray[np.int64]

    @property
    def letters(self) -> int:
        """Return how many letters there are, marks left out."""
        return int(self.counts[2:].sum())

    def of(self, script: str) -> int:
        """Return how many letters of one script there are."""
        return int(self.counts[NAMES.index(script)])


def census(text: str) -> Census:
    """Count the letters of a text by script; lone surrogates are no letters.

    >>> census("Привет, world").letters
    11
    """
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    kinds = _kinds()[np.minimum(codes, _TOP)]
    return Census(codes, kinds, np.bincount(kinds, minlength=len(NAMES)))


@cache
def _kinds() -> NDArray[np.uint8]:
    """Return the table from code point to index into `NAMES`."""
    table = np.zeros(_TOP + 1, dtype=np.uint8)
    for name, ranges in (*_RANGES, ("Zinh", _MARKS)):
        for span in ranges.split():
            first, _, last = span.partition("-")
            table[int(first, 16) : int(last or first, 16) + 1] = NAMES.index(name)
    return table
