"""Places where two sentences may have lost what stood between them: a look at single letters only."""

import re
import sys
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from typing import NamedTuple

STOPS = ".!?…।॥؟۔։።"
CLOSING = "\"”’'»«“‘)]%€$£+"
# Scripts without capitals, and with spaces between sentences: Hebrew, Arabic, Syriac, Thaana, Indic, Georgian,
# Ethiopic, Hangul. Chinese, Japanese, Thai and their like have no space that could be lost.
UNCASED = (
    "\u05d0-\u05ea\u0620-\u064a\u0671-\u06d3\u06fa-\u06ff\u0710-\u07a5\u0904-\u0939\u0958-\u0961\u0985-\u09b9"
    "\u09dc-\u09e1\u0a05-\u0a39\u0a85-\u0ab9\u0b05-\u0b39\u0b83-\u0bb9\u0c05-\u0c39\u0c85-\u0cb9\u0d05-\u0d3a"
    "\u0d85-\u0dc6\u10d0-\u10fa\u1200-\u135a\uac00-\ud7a3"
)
CJK = "\u3040-\u30ff\u3400-\u9fff"  # letters that need no space beside a Latin word
LEFT_WORD = re.compile(rf"[^\W\d_{CJK}]+$")
RIGHT_WORD = re.compile(rf"[^\W\d_{CJK}]+")
LONGEST_QUOTE = 1500  # characters; further back no opening mark is looked for
OPENERS = {'"': '"', "”": "“„”", "“": "„", "»": "«", "«": "»", "‘": "‚", ")": "(", "]": "["}
OPENING = "«“„\"'‘‚¿¡(["
INSIDE_WORDS = ("lower", "upper", "digit")
SHORTEST_PART = 2  # letters; shorter ones between full stops are abbreviations
SITES = ("COM", "ORG", "NET", "Com", "Org", "Net")
SHORT_WORDS = frozenset("AIÀÉÈEOYÓÚŐÖУВИКСОЯАЄІЗΟΗ")  # words of one letter that may begin a sentence
HANDLE = re.compile(r"(?:[@#]|://|www\.)[\w./-]*$")
SITE = re.compile(r"[\w-]+\.(?:com|org|net|edu|gov|info|co|io|[a-z]{2})\b", re.ASCII)
LONGEST_WORD = 40  # letters; a longer run is no word


class Place(NamedTuple):
    """A place between two characters where a sentence may end.

    `kind` names the character on its left: lower, upper, digit, closing (quote or bracket) or stop; `left`
    and `right` are the words on its two sides, without marks.
    """

    at: int
    kind: str
    left: str
    right: str


@cache
def uppercase() -> str:
    """Return all capital letters as the inside of a character class."""
    codes = [code for code in range(sys.maxunicode + 1) if chr(code).isupper()]
    runs = (list(group) for _, group in groupby(enumerate(codes), lambda pair: pair[1] - pair[0]))
    return "".join(f"{chr(run[0][1])}-{chr(run[-1][1])}" for run in runs)


@cache
def pattern() -> re.Pattern[str]:
    """Return the one expression that a text without such places is scanned with."""
    stops, closing = re.escape(STOPS), re.escape(CLOSING)
    return re.compile(
        rf"[^\s\W_](?=[{uppercase()}])|[{closing}](?=[{uppercase()}])"
        rf"|[{stops}][{closing}]?(?=[{uppercase()}{UNCASED}])"
    )


def find_places(text: str) -> Iterator[Place]:
    """Yield the places in order; cheap: most texts have none."""
    for found in pattern().finditer(text):
        at, kind = found.end(), _kind(text, found)
        if kind and not (kind in INSIDE_WORDS and _is_address(text, at)):
            place = Place(at, kind, *_words(text, found.start(), at))
            if not _is_code(text, place):
                yield place


def _is_code(text: str, place: Place) -> bool:
    """Say whether a place lies in a ticker symbol (".DJI"), a unit ("48V", "1TB") or a dotted name."""
    at, right = place.at, place.right
    if place.kind == "digit":
        elided = text[at + len(right) : at + len(right) + 1] in ("'", "’")
        return right.isupper() and right not in SHORT_WORDS and not elided
    if place.kind != "stop":
        return False
    if right in SITES or (right.isupper() and len(right) > 1 and text[max(0, at - 2) : at - 1].isspace()):
        return True
    end = at + len(right)
    chained = text[end : end + 1] == "." and text[end + 1 : end + 2].isalpha() and len(right) > 1
    before = at - 2 - len(place.left)
    return chained or (len(place.left) > SHORTEST_PART and before >= 0 and text[before] == ".")


def _is_address(text: str, at: int) -> bool:
    """Say whether a place lies inside a handle, a hashtag or the name of a site."""
    return bool(HANDLE.search(text, max(0, at - LONGEST_WORD), at) or SITE.match(text, at, at + LONGEST_WORD))


def _kind(text: str, found: re.Match[str]) -> str | None:
    """Name what stands before the place; None where no sentence can end."""
    mark = found[0]
    if mark[0] in STOPS:
        return "stop" if _ends_something(text, found.start()) else None
    if mark in CLOSING:
        return _kind_of_closing(text, found)
    if mark.isdigit():
        return "digit"
    if mark.isupper():
        follower = text[found.end() + 1 : found.end() + 2]
        return "upper" if follower.islower() else None
    return "lower" if mark.islower() else None


def _kind_of_closing(text: str, found: re.Match[str]) -> str | None:
    """Tell a mark that closes a sentence or its last words from one that opens the next."""
    before = text[found.start() - 1 : found.start()]
    if before and before in STOPS:
        return "stop" if _ends_something(text, found.start() - 1) else None
    if found[0] in "'’":
        return None
    if before.isupper() or before.islower() or before.isdigit():
        return None if found[0] in "«“" and _opens(text, found) else "closing"
    after_closing = before and before in CLOSING and _ends_something(text, found.start())
    closes = before.isalnum() or after_closing or (before.isspace() and found[0] in "»%€")
    return "closing" if closes and not _opens(text, found) else None


def _ends_something(text: str, at: int) -> bool:
    """Say whether words stand before the marks at a place: not so in a new line or quotation."""
    words = text[max(0, at - LONGEST_WORD) : at + 1].rstrip(STOPS + '"”’»)]% ')
    opened = words[-1:] in tuple(OPENING) and not words[-2:-1].isalnum()
    return bool(words) and words[-1] != "\n" and not opened


def _opens(text: str, found: re.Match[str]) -> bool:
    """Say whether a quotation mark opens, by what stands before it in the same line."""
    mark, at = found[0], found.start()
    start = max(0, at - LONGEST_QUOTE, text.rfind("\n", max(0, at - LONGEST_QUOTE), at))
    opener = OPENERS.get(mark)
    if opener is None:
        return False
    if opener == mark:
        return text.count(mark, start, at) % 2 == 0
    return sum(text.count(one, start, at) for one in opener) <= text.count(mark, start, at)


def _words(text: str, mark: int, at: int) -> tuple[str, str]:
    end = at
    while end > max(0, mark - 2) and not text[end - 1].isalnum():
        end -= 1
    left = LEFT_WORD.search(text, max(0, end - LONGEST_WORD), end)
    right = RIGHT_WORD.match(text, at, at + LONGEST_WORD)
    return left[0] if left else "", right[0] if right else ""
