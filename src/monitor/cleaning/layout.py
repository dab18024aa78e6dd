"""Mend the lay-out: lines broken at a fixed width, words hyphenated at their ends, doubled paragraphs."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from monitor.cleaning.edits import begin, edited
from monitor.models import Edit

NARROWEST, WIDEST = (
    24,
    120,
)  # characters of a line in a text broken at a fixed width; in CJK from half of that
LONG_PARAGRAPH = 80  # a shorter one may stand twice on purpose: a refrain, a heading, a label
FEWEST_LINES = 4  # fewer tell nothing about the width
OVERHANG = 2.4  # half of it, in widths, is the longest line that can still have been broken
LONG_LINE = 60  # lines of songs and poems are shorter

LINE = re.compile(r"[^\n]+")
FIRST_WORD = re.compile(r"\S+")
WORDS = re.compile(r"\w[\w'’-]*")
INDENT = re.compile(r"(?m)^[ \t]+(?=\S)")
GAPS = re.compile(r"\n{3,}")
ITEM = re.compile(r"[-*•·–—▪◦■►»>#|]|\(?\d{1,3}[.)]\s|\(?[a-zA-Z][.)]\s")
SENTENCE_END = re.compile(r"[.!?…。！？।॥؟۔։።:;：；][\"'”’»«)\]」』]*$")
HYPHENATED = re.compile(r"([^\W\d_]{2,})[-‐]$")
RIGHT_HALF = re.compile(r"[^\W\d_]{2,}")
UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uff65]"
)
# "Vor- und Nachteile": a hyphen that stands for a word which follows later
SUSPENDED = re.compile(
    r"(?:und|oder|bzw|sowie|and|or|to|en|of|et|ou|och|eller|og|y|o|e|i|oraz|lub|ja|tai|és|vagy|și|sau|a|nebo|ali)\b"
)


class _Line(NamedTuple):
    """One line that is not blank; `gap` says whether a blank line stands before it."""

    start: int
    end: int
    text: str
    gap: bool


def rejoin(text: str) -> list[Edit]:
    """Return the edits that put each paragraph on one line and remove the second of two equal ones.

    A text counts as broken at a fixed width only when most of its lines are so full that the next word
    would not have fitted; lists, poems, headings and addresses are not.
    """
    draft = begin(text)
    for find in (_unwrapped, _tidied, _repeated):
        draft = edited(draft, list(find(draft.text)))
    return list(draft.edits)


def _edit(start: int, removed: str, inserted: str, rule: str, confidence: float = 1.0) -> Edit:
    end = start + len(removed)
    return Edit(
        start=start, end=end, removed=removed, inserted=inserted, rule=f"layout:{rule}", confidence=confidence
    )


def _lines(text: str) -> list[_Line]:
    found = [line for line in LINE.finditer(text) if not line[0].isspace()]
    ends = [0, *(line.end() for line in found)]
    return [
        _Line(line.start(), line.end(), line[0], text.count("\n", before, line.start()) > 1)
        for before, line in zip(ends, found, strict=False)
    ]


def _unwrapped(text: str) -> Iterator[Edit]:
    """Join the lines of paragraphs that were broken at a fixed width."""
    lines = _lines(text)
    width = _width(lines)
    if not width:
        return
    words = Counter(word.lower() for word in WORDS.findall(text))
    for above, below in pairwise(lines):
        if not below.gap and _runs_on(above, below, width):
            yield _joined(text, above, below, words)


def _width(lines: Sequence[_Line]) -> int:
    """Return at how many characters the text was broken; 0 where lines end as they please."""
    if len(lines) < FEWEST_LINES:
        return 0
    width = sorted(len(line.text.rstrip()) for line in lines)[-max(1, len(lines) // 20)]
    unspaced = sum(bool(UNSPACED.match(line.text.strip()[-1])) for line in lines) * 2 > len(lines)
    if not NARROWEST // (2 if unspaced else 1) <= width <= WIDEST:
        return 0
    breaks = [(a, b) for a, b in pairwise(lines) if not b.gap]
    running = [(a, b) for a, b in breaks if _runs_on(a, b, width)]
    unfinished = [a for a, b in running if not SENTENCE_END.search(a.text.rstrip())]
    enough = len(running) >= max(3, 0.6 * len(breaks)) and len(unfinished) >= 0.6 * len(running)
    return width if enough else 0


def _runs_on(above: _Line, below: _Line, width: int) -> bool:
    """Say whether the line above is full: the next line's first word did not fit (greedy line breaking)."""
    if below.text[0] in " \t" or ITEM.match(below.text):
        return False
    line, word = above.text.rstrip(), FIRST_WORD.match(below.text)
    assert word is not None
    if UNSPACED.match(line[-1]) and UNSPACED.match(word[0]):
        return width - 2 <= len(line) <= width + 2
    return len(line) + 1 + len(word[0]) > width and width < len(line) * 2 < OVERHANG * width


def _joined(text: str, above: _Line, below: _Line, words: Counter[str]) -> Edit:
    start = above.start + len(above.text.rstrip())
    gap = text[start : below.start]
    left, right = HYPHENATED.search(text, above.start, start), RIGHT_HALF.match(below.text)
    if left and right and right[0].islower() and not SUSPENDED.match(right[0]):
        whole = (left[1] + right[0]).lower()
        if words[f"{left[1]}-{right[0]}".lower()] and not words[whole]:
            return _edit(start, gap, "", "hyphen kept", 0.9)
        return _edit(start - 1, text[start - 1] + gap, "", "hyphenation", 0.99 if words[whole] else 0.9)
    ends_unspaced = UNSPACED.match(text[start - 1]) and UNSPACED.match(below.text)
    kept_open = left and right and not SUSPENDED.match(right[0])
    return _edit(start, gap, "" if ends_unspaced or kept_open else " ", "unwrap", 0.95)


def _tidied(text: str) -> Iterator[Edit]:
    """Remove indentation, and blank lines beyond the first."""
    found = [
        *(_edit(m.start(), m[0], "", "indent") for m in INDENT.finditer(text)),
        *(_edit(m.start(), m[0], "\n\n", "gap") for m in GAPS.finditer(text)),
    ]
    yield from sorted(found, key=lambda edit: edit.start)


def _repeated(text: str) -> Iterator[Edit]:
    """Remove the later copy of a long paragraph, and of a run of paragraphs that stands twice."""
    lines = _lines(text)
    keys = [" ".join(line.text.split()) for line in lines]
    first: dict[str, int] = {}
    drop: set[int] = set()
    at = 0
    while at < len(keys):
        earlier = first.setdefault(keys[at], at)
        size = _copied(keys, earlier, at) if earlier < at else 0
        if size and _is_double(keys[at : at + size], len(keys)):
            drop.update(range(at, at + size))
        at += size or 1
    yield from _dropped(text, lines, drop)


def _copied(keys: Sequence[str], earlier: int, at: int) -> int:
    """Return how many paragraphs from `at` on repeat those from `earlier` on."""
    size = 0
    while at + size < len(keys) and earlier + size < at and keys[earlier + size] == keys[at + size]:
        size += 1
    return size


def _is_double(run: Sequence[str], of: int) -> bool:
    """Say whether a repeated run is a scraper's double: not a refrain, a heading or a label."""
    weights = [sum(2 if UNSPACED.match(c) else 1 for c in key) for key in run]
    whole = len(run) >= FEWEST_LINES and len(run) * 2 >= of - 1
    return max(weights) >= LONG_PARAGRAPH or (whole and max(weights) >= LONG_LINE)


def _dropped(text: str, lines: Sequence[_Line], drop: set[int]) -> Iterator[Edit]:
    """Remove each run of doubled lines together with the break before it."""
    for index in sorted(drop):
        if index - 1 in drop:
            continue
        last = index
        while last + 1 in drop:
            last += 1
        start, end = lines[index - 1].end, lines[last].end
        yield _edit(start, text[start:end], "", "repeated paragraph", 0.99)
