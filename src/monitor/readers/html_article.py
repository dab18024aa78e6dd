"""Choose the blocks of a web page that make up its article, and write them down as paragraphs."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from monitor.readers.html_blocks import Block, Layout
from monitor.readers.html_evidence import bare
from monitor.readers.html_features import measure
from monitor.readers.html_judge import enough, judge

_FALLBACK = 0.15  # probability that is enough where nothing reaches the threshold
_PROSE = 80  # characters that a paragraph has at least when nothing but its looks is asked, and
_PROSE_LINKED = 0.3  # the share of them in links that it has at most
_LONG_ENOUGH_TO_REPEAT = 40  # characters; a page that prints a longer block twice holds a hidden copy


def article_text(layout: Layout, extracted: str | None, hints: Mapping[str, str | None]) -> tuple[str, str]:
    """Return the article of a page, a paragraph a line, and how it was found; the text may be empty.

    Each block is judged by its own looks and by what the extractor kept of it. Where no block passes, the
    extractor's own text stands, then the most likely blocks, then all that is no link.
    """
    if not layout.blocks:
        return extracted or "", "trafilatura"
    columns = measure(layout, extracted, hints)
    odds = judge(layout, columns)
    if text := written(layout, odds >= enough(columns["size"], odds)):
        return text, "trafilatura and blocks"
    if extracted:
        return extracted, "trafilatura"
    likely = written(layout, odds >= _FALLBACK)
    return likely or written(layout, columns["linked"] < 0.5), "blocks"  # noqa: PLR2004 - half of it


def prose_text(layout: Layout) -> str:
    """Return the blocks that look like prose in themselves, for a page too large to be judged closely."""
    return written(layout, [_is_prose(block) for block in layout.blocks])


def without_title(text: str, title: str | None) -> str:
    """Return the text without the headline above it; a text that is all headline stays."""
    wanted = bare(title or "")
    first, _, rest = text.partition("\n")
    return without_title(rest, title) if wanted and rest and bare(first) == wanted else text


def _is_prose(block: Block) -> bool:
    return len(block.text) >= _PROSE and block.linked < _PROSE_LINKED * len(block.text)


def written(layout: Layout, chosen: Sequence[bool] | NDArray[np.bool_]) -> str:
    """Return the chosen blocks, one a line, a longer one that recurs only once."""
    seen: set[str] = set()
    lines = []
    for block, wanted in zip(layout.blocks, chosen, strict=True):
        if wanted and block.text not in seen:
            lines.append(block.text)
            if len(block.text) > _LONG_ENOUGH_TO_REPEAT:
                seen.add(block.text)
    return "\n".join(lines)
