"""Cut a sentence that is too long for a model at its clause marks, dropping nothing."""

import re
from collections.abc import Callable

Span = tuple[int, int]

_MARKS = (re.compile(r"[;:；：—–؛](?=\s)|[；：]"), re.compile(r"[,،](?=\s)|[，、]"), re.compile(r"\s"))


def cut_long(text: str, limit: int, measure: Callable[[str], int] = len) -> list[Span]:
    """Return spans that cover `text`, each of at most `limit` by `measure` (characters unless told).

    Cuts stand after the strongest mark near the middle: semicolon, colon or dash, then comma, then any
    space, then between any two characters. A single character is never cut, whatever it measures.

    >>> cut_long("One thing; and another thing", 20)
    [(0, 10), (11, 28)]
    """
    found: list[Span] = []
    waiting = trimmed(text, 0, len(text))
    while waiting:
        start, end = waiting.pop()
        if end - start == 1 or measure(text[start:end]) <= limit:
            found.append((start, end))
            continue
        cut = _cut(text, start, end)
        waiting += [*trimmed(text, cut, end), *trimmed(text, start, cut)]
    return found


def trimmed(text: str, start: int, end: int) -> list[Span]:
    """Return the span without white space at its ends, as a list; empty where nothing is left."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return [(start, end)] if start < end else []


def _cut(text: str, start: int, end: int) -> int:
    """Return where to cut: after the mark nearest the middle, of the strongest kind around."""
    middle, margin = (start + end) // 2, (end - start) // 5
    for mark in _MARKS:
        places = [found.end() for found in mark.finditer(text, start + margin, end - margin)]
        if places:
            return min(places, key=lambda place: abs(place - middle))
    return middle
