"""Count what each line of a text is made of: letters, capitals, digits, marks, words."""

import functools
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

# Classes of characters; each character is in exactly one.
LOWER, UPPER, CASELESS, UNSPACED, COMBINING, DIGIT, SPACE, STOP, COMMA, COLON = range(10)
QUOTE, BRACKET, BULLET, HYPHEN, SLASH, OTHER = range(10, 16)
CLASSES = 16

_BY_CATEGORY = {
    "Ll": LOWER,
    "Lu": UPPER,
    "Lt": UPPER,
    "Nd": DIGIT,
    "Pi": QUOTE,
    "Pf": QUOTE,
    "Ps": BRACKET,
    "Pe": BRACKET,
    "Pd": HYPHEN,
}
_BY_INITIAL = {"L": CASELESS, "M": COMBINING, "N": DIGIT, "Z": SPACE}
STOPS = ".!?。！？…।॥؟۔።։၊။፧។៕།༎܀᠃"
FINISHED = (*STOPS, "”", "»", "“", "」", '"')  # what a sentence ends with
_BY_CHARACTER = {
    STOP: STOPS,
    COMMA: ",;、，；،؛",
    COLON: ":：",
    QUOTE: "\"'「」『』",
    BULLET: "|•·*▪■□●○◆◇★☆▼▲►▶→←↑↓>｜＞",
    SLASH: "/\\@#_=&+~",
    SPACE: "\t\n\r\x0b\x0c\x85\u200b",
}
# Han, kana, Thai, Lao, Khmer, Burmese: written without spaces between words.
_UNSPACED = (
    (0x0E00, 0x0F00),
    (0x1000, 0x10A0),
    (0x1780, 0x1800),
    (0x2E80, 0xA4D0),
    (0xF900, 0xFB00),
    (0xFF66, 0xFF9E),
)


class Marks(NamedTuple):
    """A text as numbers: for each character its code (folded), class, line; for each line where it lies."""

    folded: NDArray[np.uint32]
    classes: NDArray[np.uint8]
    line_of: Ints
    starts: Ints
    lengths: Ints


def read_marks(lines: Sequence[str]) -> Marks:
    """Lay the lines out one after another, each followed by a newline, after one newline at the front."""
    text = "\n" + "\n".join(lines) + "\n"
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    codes = np.minimum(codes, 0xFFFF)  # beyond it: emoji and rare Han, neither of which decides
    classes, folds = _tables()
    lengths = np.fromiter(map(len, lines), np.int64, len(lines))
    starts = np.cumsum(lengths + 1) - lengths
    line_of = np.repeat(np.arange(len(lines)), lengths + 1)
    return Marks(folds[codes], classes[codes], line_of, starts, lengths)


def counts_by_class(marks: Marks) -> Floats:
    """Return a row a line with the number of its characters in each class."""
    lines = len(marks.lengths)
    cells = marks.line_of * CLASSES + marks.classes[1:]
    counts = np.bincount(cells, minlength=lines * CLASSES).reshape(lines, CLASSES).astype(np.float32)
    counts[:, SPACE] -= 1  # the newline
    return counts


@functools.cache
def _tables() -> tuple[NDArray[np.uint8], NDArray[np.uint32]]:
    """Return each character's class, and its lower-case form with every digit as 0."""
    characters = [chr(code) for code in range(0x10000)]
    classes = np.array([_class_by_category(c) for c in characters], dtype=np.uint8)
    for low, high in _UNSPACED:
        span = classes[low:high]
        span[span == CASELESS] = UNSPACED
    for kind, members in _BY_CHARACTER.items():
        classes[[ord(member) for member in members]] = kind
    folds = np.array([_folded(c) for c in characters], np.uint32)
    folds[classes == DIGIT] = ord("0")
    return classes, folds


def _folded(character: str) -> int:
    lower = character.lower()
    return ord(lower) if len(lower) == 1 else ord(character)


def _class_by_category(character: str) -> int:
    category = unicodedata.category(character)
    return _BY_CATEGORY.get(category, _BY_INITIAL.get(category[0], OTHER))
