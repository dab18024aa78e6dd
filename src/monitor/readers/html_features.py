"""Measure each block of a web page: its text, its place, its neighbours, what the extractor kept of it."""

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from monitor.readers.html_blocks import Layout
from monitor.readers.html_evidence import Column, bare, candidate, covers
from monitor.readers.html_headline import headline_columns
from monitor.readers.html_places import FAMILIES, PLACES
from monitor.readers.html_surroundings import frames_of, surroundings
from monitor.readers.html_text_features import text_columns
from monitor.readers.html_topic import topic_columns
from monitor.readers.html_wording import Wording, shipped_wording, wording_columns

_HEADINGS = frozenset(f"h{level}" for level in range(1, 7))
_TAG_ORDER = "p div td li h1 h2 h3 h4 h5 h6 blockquote dd dt figcaption section article pre address th body"
_TAGS = {tag: number for number, tag in enumerate(_TAG_ORDER.split(), start=1)}
_PROSE = 25  # letters that a paragraph of prose has at least, and
_PROSE_LINKED = 0.3  # the share of them in links that it has at most


def measure(
    layout: Layout,
    extracted: str | None,
    hints: Mapping[str, str | None],
    known: Wording | None = None,
) -> dict[str, Column]:
    """Return the measures of all blocks by name, one column each.

    `extracted` is the extractor's text; `hints` are texts that the page gives of itself (article body,
    description, title); `known` says how words sound, for training that must not know the page's own.
    """
    bares = [bare(block.text) for block in layout.blocks]
    columns = text_columns(layout.blocks, bares)
    size = columns["size"]
    columns["kept"] = covers(candidate(extracted), bares)
    columns |= {f"in_{name}": covers(candidate(text), bares) for name, text in hints.items()}
    columns |= _page(columns["kept"], extracted, hints, size)
    columns |= _place(layout)
    columns |= _prose(layout, columns)
    columns |= surroundings(layout, columns)
    columns |= headline_columns(layout, bares, size, hints.get("title"))
    stated = " ".join(hints.get(name) or "" for name in ("title", "description"))
    columns |= topic_columns(layout, columns, stated)
    columns |= wording_columns(layout, size, known or shipped_wording())
    return columns


def _page(
    kept: Column, extracted: str | None, hints: Mapping[str, str | None], size: Column
) -> dict[str, Column]:
    total, found = float(size.sum()) + 1, float((kept * size).sum())
    values = {
        "page_blocks": float(len(size)),
        "page_size": total,
        "page_kept": found,
        "page_share": found / total,
    }
    values["page_ratio"] = found / (len(bare(extracted or "")) + 1)
    values |= {f"has_{name}": float(len(text or "")) for name, text in hints.items()}
    return {name: np.full(len(size), value, np.float32) for name, value in values.items()}


def _place(layout: Layout) -> dict[str, Column]:
    frames = [layout.frames[block.frame] for block in layout.blocks]
    columns = {
        "depth": [frame.depth for frame in frames],
        "heading": [int(frame.tag[1]) if frame.tag in _HEADINGS else 0 for frame in frames],
        "tag": [_TAGS.get(frame.tag, 0) for frame in frames],
    }
    result = {name: np.array(values, np.float32) for name, values in columns.items()}
    places = np.array([frame.places for frame in frames], np.int64)
    above = np.array([frame.families for frame in frames], np.int64)
    own = np.array([frame.own for frame in frames], np.int64)
    near = np.array([_near(layout, frame.parent) for frame in frames], np.int64)
    result |= {f"place_{name}": _flag(places, bit) for bit, name in enumerate(PLACES)}
    result |= {f"near_{name}": 2 * _flag(own, bit) + _flag(near, bit) for bit, name in enumerate(FAMILIES)}
    result |= {f"under_{name}": _flag(above, bit) for bit, name in enumerate(FAMILIES)}
    return result


def _flag(flags: NDArray[np.int64], bit: int) -> Column:
    return (flags >> bit & 1).astype(np.float32)


def _near(layout: Layout, frame: int) -> int:
    """Return the families named by the two elements around a block's own."""
    frames = layout.frames
    return (
        frames[frame].own | (frames[frames[frame].parent].own if frames[frame].parent >= 0 else 0)
        if frame >= 0
        else 0
    )


def _prose(layout: Layout, columns: Mapping[str, Column]) -> dict[str, Column]:
    """Return how much prose the elements around a block hold, against the page's best element.

    An element scores the prose of its children and half of that of its grandchildren, as readability
    does (Arc90, 2009).
    """
    own, parents = frames_of(layout)
    over = parents[own]
    above = parents[over]
    size = columns["size"]
    prose = size * (columns["ends"] > 0) * (columns["linked"] < _PROSE_LINKED) * (size > _PROSE)
    scores = np.zeros(len(parents))
    for at, share in ((own, columns["after_break"]), (over, 1.0), (above, 0.5)):
        scores += np.bincount(at, prose * share, len(parents))
    best = int(scores.argmax())
    top, place = layout.frames[best], np.arange(len(size))
    result = {
        "prose": prose,
        "prose_top": (place >= top.start) & (place < top.end),
        "prose_parent": scores[over] / (scores[best] + 1),
        "prose_above": scores[above] / (scores[best] + 1),
        "prose_share": np.full(len(size), scores[best] / (float(prose.sum()) + 1)),
        "prose_from": place - top.start,
        "prose_to": top.end - place,
    }
    return {name: np.asarray(values, np.float32) for name, values in result.items()}
