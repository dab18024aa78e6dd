"""Measure what a first judgement makes of the blocks around each one, so that a second one can be of a piece."""

from collections.abc import Mapping

import numpy as np

from monitor.readers.html_blocks import Layout
from monitor.readers.html_evidence import Column, Wide
from monitor.readers.html_surroundings import LONG, surroundings

_SURE = 0.5


def second_measures(layout: Layout, columns: Mapping[str, Column], odds: Wide) -> dict[str, Column]:
    """Return the measures of all blocks for the second judgement by name, one column each.

    `columns` are those for the first judgement, `odds` the probabilities that it gave. Paragraphs of one
    element, and those that look alike all over the page, are mostly the article's all together or not at all.
    """
    kept = odds.astype(np.float32)
    around = surroundings(
        layout, {name: columns[name] for name in ("size", "linked", "ends")} | {"kept": kept}
    )
    result = {name: values for name, values in around.items() if "kept" in name}
    return result | {"odds": kept} | _page(columns["size"], odds) | _section(columns, odds)


def _page(size: Column, odds: Wide) -> dict[str, Column]:
    """Return, for all blocks alike, how much the page is expected to hold and how sure that is."""
    expected, long = size * odds, odds[size > LONG]
    values = {
        "most": odds.max(initial=0),
        "expected": expected.sum(),
        "sure": (expected[odds > _SURE].sum() + 1) / (expected.sum() + 1),
        "long_sure": (long > _SURE).mean() if len(long) else -1,
    }
    return {name: np.full(len(size), value, np.float32) for name, value in values.items()}


def _section(columns: Mapping[str, Column], odds: Wide) -> dict[str, Column]:
    """Return the mean from one heading to the next."""
    size, number = columns["size"], np.cumsum(columns["heading"] > 0)
    chars = np.bincount(number, size) + 1e-6
    mean = np.bincount(number, size * odds) / chars
    return {"section": mean[number].astype(np.float32)}
