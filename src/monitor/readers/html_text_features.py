"""Measure the words of each block of a web page: length, sentence marks, links."""

import re
from collections.abc import Sequence

import numpy as np

from monitor.readers.html_blocks import Block
from monitor.readers.html_evidence import Column

_MARKS = re.compile(r"[.!?;…；।؟](?=[\s\"”»'’)\]]|$)|[。！？]")
_WIDE = re.compile(r"[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_ENDS = re.compile(r"[.!?。！？…؟।][\"”»'’)\]]*$")
_END = 20  # characters in which the last mark is looked for
# A sign of Chinese, Japanese, Thai or Korean says as much as two and a half letters, or half a word
_WIDE_EXTRA, _WIDE_WORDS = 1.5, 0.5
_NAMES = ("size", "words", "marks", "ends", "linked", "after_break")


def text_columns(blocks: Sequence[Block], bares: Sequence[str]) -> dict[str, Column]:
    """Return the measures of all blocks by name; `bares` are the blocks' letters and digits alone."""
    rows = [_measures(block, len(plain)) for block, plain in zip(blocks, bares, strict=True)]
    table = np.array(rows, np.float32).reshape(len(rows), len(_NAMES))
    return dict(zip(_NAMES, table.T, strict=True))


def _measures(block: Block, size: int) -> tuple[float, ...]:
    text = block.text
    wide = 0 if text.isascii() else len(_WIDE.findall(text))
    return (
        size + _WIDE_EXTRA * wide,
        len(text.split()) + _WIDE_WORDS * wide,
        len(_MARKS.findall(text)),
        bool(_ENDS.search(text, max(0, len(text) - _END))),
        block.linked / len(text),
        block.after_break,
    )
