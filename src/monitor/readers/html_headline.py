"""Measure where each block of a web page stands from the headline, and how often the page repeats it."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from monitor.readers.html_blocks import Layout
from monitor.readers.html_evidence import Column, Wide, bare

_SHORTEST = 8  # letters of a headline
_NOWHERE = -999


def headline_columns(
    layout: Layout, bares: Sequence[str], size: Column, title: str | None
) -> dict[str, Column]:
    """Return the distance, in blocks and in letters, from the blocks that repeat the title or most of it.

    `bares` are the blocks' letters and digits alone; a page without such a block has -999 throughout.
    """
    wanted = bare(title or "")
    found = [at for at, text in enumerate(bares) if _is_headline(text, wanted)]
    headings = [at for at, block in enumerate(layout.blocks) if layout.frames[block.frame].tag == "h1"]
    before = np.concatenate([[0.0], np.cumsum(size, dtype=np.float64)[:-1]])
    place = np.arange(len(size), dtype=np.float64)
    counts = Counter(bares)
    result = {
        "from_title": _from(place, found[:1]),
        "from_last_title": _from(place, found[-1:]),
        "from_h1": _from(place, headings[:1]),
        "chars_from_title": _from(before, found[:1]),
        "copies": np.array([counts[text] for text in bares]),
    }
    return {name: np.asarray(values, np.float32) for name, values in result.items()}


def _is_headline(text: str, wanted: str) -> bool:
    return len(text) >= _SHORTEST and 2 * len(text) > len(wanted) and text in wanted


def _from(place: Wide, found: Sequence[int]) -> Wide:
    return place - place[found[0]] if found else np.full(len(place), _NOWHERE, np.float64)
