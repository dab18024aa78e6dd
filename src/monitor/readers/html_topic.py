"""Measure how much each block of a web page shares its words with the rest of the article."""

import re
from collections import Counter
from collections.abc import Mapping
from itertools import pairwise

import numpy as np

from monitor.readers.html_blocks import Layout
from monitor.readers.html_evidence import Column
from monitor.readers.html_surroundings import frames_of, running

_WIDE = r"\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
_WORD = re.compile(rf"[^\W\d_{_WIDE}]{{4,}}")
_WIDE_RUN = re.compile(rf"[{_WIDE}]{{2,}}")
_PROSE = 25  # letters that a block has at least whose words count as the article's
_WORDLESS = -1.0
_NAMES = ("topic", "topic_page", "topic_stated")


def words_of(text: str) -> set[str]:
    """Return the longer words of a text, in scripts without spaces every two signs that stand together.

    >>> sorted(words_of("A new Bridge, 北京市"))
    ['bridge', '京市', '北京']
    """
    found = set(_WORD.findall(text.lower()))
    if not text.isascii():
        for run in _WIDE_RUN.findall(text):
            found.update(map("".join, pairwise(run)))
    return found


def topic_columns(layout: Layout, columns: Mapping[str, Column], stated: str) -> dict[str, Column]:
    """Return the shares of each block's words that others have, and their means over what is around it.

    `topic` asks the other blocks that the extractor kept, `topic_page` all others, `topic_stated` the title
    and description; a block without longer words has -1. A teaser speaks of something else.
    """
    bags = [words_of(block.text) for block in layout.blocks]
    solid = ((columns["kept"] > 0.5) & (columns["size"] > _PROSE)).tolist()  # noqa: PLR2004 - half of it
    article, page = Counter[str](), Counter[str]()
    for bag, counts in zip(bags, solid, strict=True):
        page.update(bag)
        if counts:
            article.update(bag)
    said = words_of(stated)
    rows = [_shares(bag, int(counts), article, page, said) for bag, counts in zip(bags, solid, strict=True)]
    table = np.array(rows, np.float32).reshape(len(rows), len(_NAMES))
    result = dict(zip(_NAMES, table.T, strict=True))
    return result | _means(layout, columns["size"], np.maximum(result["topic"], 0))


def _shares(
    bag: set[str], own: int, article: Counter[str], page: Counter[str], said: set[str]
) -> tuple[float, float, float]:
    if not bag:
        return _WORDLESS, _WORDLESS, _WORDLESS
    return (
        sum(article[word] > own for word in bag) / len(bag),
        sum(page[word] > 1 for word in bag) / len(bag),
        len(bag & said) / len(bag),
    )


def _means(layout: Layout, size: Column, topic: Column) -> dict[str, Column]:
    """Return the mean over the element around each block's own, the next one, and three blocks either way."""
    own, parents = frames_of(layout)
    shared = size * topic
    result = {}
    for name, at in (("topic_parent", parents[own]), ("topic_above", parents[parents[own]])):
        chars = np.bincount(at, size, len(parents)) + 1e-6
        result[name] = (np.bincount(at, shared, len(parents)) / chars)[at]
    place = np.arange(len(size))
    low, high = np.maximum(place - 3, 0), np.minimum(place + 4, len(size))
    sums = [running(values) for values in (shared, size)]
    within, chars = (total[high] - total[low] for total in sums)
    result["topic_around"] = within / (chars + 1e-6)
    return {name: values.astype(np.float32) for name, values in result.items()}
