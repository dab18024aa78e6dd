"""Measure the words of each block of a web page: length, sentence marks, links, capitals, repetition."""

import re
from collections import Counter
from collections.abc import Sequence

import numpy as np

from monitor.readers.html_blocks import Block
from monitor.readers.html_evidence import Column

_MARKS = re.compile(r"[.!?;…；।؟](?=[\s\"”»'’)\]]|$)|[。！？]")
_COMMAS = re.compile(r"[,，、،]")
_WIDE = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_DIGITS = re.compile(r"\d")
_CAPITALS = re.compile(r"[A-ZÀ-ÞΑ-ΩА-Я]")
_CAPITALISED = re.compile(r"(?<!\w)[A-ZÀ-ÞΑ-ΩА-Я]")
_ENDS = re.compile(r"[.!?。！？…؟।][\"”»'’)\]]*$")
_QUOTES = re.compile(r"[\"“”„«»「」]")
_SEPARATORS = re.compile(r"[|»›>/•·]")
# A sign of Chinese, Japanese, Thai or Korean says as much as two and a half letters
_WIDE_EXTRA = 1.5
_NAMES = [
    "size",
    "letters",
    "words",
    "wide",
    "marks",
    "commas",
    "digits",
    "capitals",
    "capitalised",
    "quotes",
    "separators",
    "ends",
    "colon",
    "trails",
    "bullet",
    "sign",
    "linked",
    "links",
    "strong",
    "after_break",
    "repeats",
    "seen",
]


def text_columns(blocks: Sequence[Block], bares: Sequence[str]) -> dict[str, Column]:
    """Return the measures of all blocks by name; `bares` are the blocks' letters and digits alone."""
    times = Counter(bares)
    seen: set[str] = set()
    rows = []
    for block, plain in zip(blocks, bares, strict=True):
        repeats = (times[plain] - 1.0, float(plain in seen))
        rows.append((*_measures(block, len(plain)), *repeats))
        seen.add(plain)
    table = np.array(rows, np.float32).reshape(len(rows), len(_NAMES))
    return dict(zip(_NAMES, table.T, strict=True))


def _measures(block: Block, size: int) -> tuple[float, ...]:
    text = block.text
    letters = len(text)
    wide = 0 if text.isascii() else len(_WIDE.findall(text))
    words = len(text.split()) + wide / 2
    return (
        size + _WIDE_EXTRA * wide,
        letters,
        words,
        wide / letters,
        len(_MARKS.findall(text)),
        len(_COMMAS.findall(text)),
        len(_DIGITS.findall(text)) / letters,
        len(_CAPITALS.findall(text)) / letters,
        len(_CAPITALISED.findall(text)) / max(1.0, words),
        len(_QUOTES.findall(text)),
        len(_SEPARATORS.findall(text)),
        bool(_ENDS.search(text)),
        text[-1] == ":",
        text[-1] in "…»›>",
        text[0] in "©•-–·*|",
        "©" in text or "@" in text,
        block.linked / letters,
        block.links,
        block.strong / letters,
        block.after_break,
    )
