"""Measure what stands around each block of a web page: before and after it, in its elements, in its like."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from monitor.readers.html_blocks import Layout
from monitor.readers.html_evidence import Column, Wide

_LEVELS = 4  # elements around a block whose totals are measured
_SUMMED = ("linked", "ends", "kept")
LONG = 40  # letters: about eight words
_NOWHERE = -999


def surroundings(layout: Layout, columns: Mapping[str, Column]) -> dict[str, Column]:
    """Return the measures of what is around each block; asks for size, linked, ends, and kept.

    `kept` is the share of a block that is in the article as far as is known, by whatever judge.
    """
    result = _around(columns) | _elements(layout, columns) | _alike(layout, columns)
    return result | _span(columns["kept"], columns["size"])


def frames_of(layout: Layout) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Return the number of each block's element, and of each element's parent, 0 for the outermost."""
    own = np.array([block.frame for block in layout.blocks], np.int64)
    return own, np.maximum(np.array([frame.parent for frame in layout.frames], np.int64), 0)


def _around(columns: Mapping[str, Column]) -> dict[str, Column]:
    """Return means over the three and the ten blocks before and after each."""
    size = columns["size"]
    plain, sums = running(size), {name: running(size * columns[name]) for name in ("kept", "linked")}
    at = np.arange(len(size))
    result: dict[str, Wide] = {"at": at / max(1, len(size))}
    for reach in (3, 10):
        before, after = np.maximum(at - reach, 0), np.minimum(at + reach + 1, len(size))
        for side, low, high in (("before", before, at), ("after", at + 1, after)):
            chars = plain[high] - plain[low] + 1
            result[f"chars_{side}{reach}"] = chars
            result |= {f"{name}_{side}{reach}": (sums[name][high] - sums[name][low]) / chars for name in sums}
    return {name: values.astype(np.float32) for name, values in result.items()}


def running(values: Column) -> Wide:
    """Return the sums of all values before each place, and of all, shape (n + 1,)."""
    return np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])


def _elements(layout: Layout, columns: Mapping[str, Column]) -> dict[str, Column]:
    """Return totals over the block's element and the three around it."""
    size = columns["size"]
    starts = np.array([frame.start for frame in layout.frames])
    ends = np.array([frame.end for frame in layout.frames])
    at, parents = frames_of(layout)
    plain, sums = running(size), {name: running(size * columns[name]) for name in _SUMMED}
    result: dict[str, Wide] = {}
    for level in range(_LEVELS):
        low, high = starts[at], ends[at]
        chars = plain[high] - plain[low] + 1e-6
        result |= {f"chars_{level}": chars, f"blocks_{level}": (high - low).astype(np.float64)}
        result |= {f"{name}_{level}": (sums[name][high] - sums[name][low]) / chars for name in sums}
        at = parents[at]
    return {name: values.astype(np.float32) for name, values in result.items()}


def _alike(layout: Layout, columns: Mapping[str, Column]) -> dict[str, Column]:
    """Return totals over all blocks whose element and parent have the same tags and names."""
    size, kind = columns["size"], kinds_of(layout)
    chars = np.bincount(kind, size) + 1e-6
    result = {"kind_chars": chars[kind], "kind_blocks": np.bincount(kind)[kind]}
    result |= {f"kind_{name}": (np.bincount(kind, size * columns[name]) / chars)[kind] for name in _SUMMED}
    return {name: values.astype(np.float32) for name, values in result.items()}


def kinds_of(layout: Layout) -> NDArray[np.int64]:
    """Return for each block the number of its kind: alike are those whose element and parent are."""
    kinds: dict[tuple[str, str, str, str], int] = {}
    numbers = []
    for block in layout.blocks:
        frame = layout.frames[block.frame]
        parent = layout.frames[max(frame.parent, 0)]
        numbers.append(kinds.setdefault((frame.tag, frame.name, parent.tag, parent.name), len(kinds)))
    return np.array(numbers, np.int64)


def _span(kept: Column, size: Column) -> dict[str, Column]:
    """Return how far a block stands inside the first and last longer block that the extractor kept."""
    found = np.flatnonzero((kept > 0.5) & (size > LONG))  # noqa: PLR2004 - half of it
    at = np.arange(len(size), dtype=np.float32)
    if not len(found):
        return dict.fromkeys(("from_kept", "to_kept"), np.full(len(size), _NOWHERE, np.float32))
    return {"from_kept": at - found[0], "to_kept": found[-1] - at}
