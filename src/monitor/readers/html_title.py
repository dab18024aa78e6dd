"""Find an article's headline, without the name of the outlet that pages write behind or before it."""

import re
from collections.abc import Iterator
from itertools import product

from lxml.html import HtmlElement

from monitor.readers.html_blocks import Layout
from monitor.readers.html_evidence import bare
from monitor.readers.html_head import Head, squeeze, text_of
from monitor.readers.html_places import PLACES

_SEPARATOR = re.compile(
    r"\s+(?:[|\-–—»«·•:~/]|:::?|<|>)\s+|\s?[|\uff5c»]\s?|:::?\s|\s?[_-]{1,2}(?=[^\W\d_ -]{2,12}$)"
)
_BAR = re.compile(r"\s?[|\uff5c]\s?")
_HEADLINE_AND_SITE = 2  # parts between bars: where there are more, sections of the site stand between the two
_SITE_SHARE = 0.4  # of the headline: a longer part after the last separator belongs to it
_HEADING_SHARE = 0.35  # of the stated title: a shorter heading is a kicker or a name, not the headline
_MOST_CUTS = 8
OUTSIDE = frozenset({"aside", "nav", "footer"})  # what stands there is of other articles or of the site
_OUTSIDE_BITS = sum(1 << PLACES.index(name) for name in OUTSIDE)
_SHORTEST = 8  # letters of a part of a title that is looked for on the page


def title_of(tree: HtmlElement, head: Head, layout: Layout) -> str | None:
    """Return the headline: an h1 that a stated title repeats, else the stated title."""
    stated = [text for node in head.articles for text in text_of(node.get("headline"))][:1]
    stated += filter(None, (head.meta("og:title"), head.meta("twitter:title"), head.title))
    headings = [text for h1 in tree.iter("h1") if (text := squeeze(h1.text_content()))]
    said = [bare(text) for text in stated]
    repeated = [heading for heading in headings if _is_repeated(bare(heading), said, _names(head))]
    if repeated:
        return max(repeated, key=len)
    if stated:
        return _without_outlet(stated[0], head, layout)
    return headings[0] if len(headings) == 1 else None


def _is_repeated(heading: str, stated: list[str], names: set[str]) -> bool:
    """Tell whether stated titles hold a heading that is neither the outlet's name nor a small part of them."""
    around = [len(text) for text in stated if heading and heading in text]
    return bool(around) and heading not in names and len(heading) >= _HEADING_SHARE * min(around)


def _names(head: Head) -> set[str]:
    """Return the outlet's names as the page gives them, bare."""
    given = (head.meta("og:site_name", "application-name"), *publishers(head))
    return {bare(name) for name in given if name}


def _without_outlet(title: str, head: Head, layout: Layout) -> str:
    """Cut what follows, or stands before, the last separator when it names the outlet."""
    others = [
        bare(text)
        for text in (head.meta("og:title"), head.meta("twitter:title"), head.title)
        if text and text != title
    ]
    names = _names(head)
    for match in reversed(list(_SEPARATOR.finditer(title))):
        before, after = title[: match.start()], title[match.end() :]
        if bare(after) in names or (
            len(after) < len(before) and any(text == bare(before) for text in others)
        ):
            return before.strip()
        if bare(before) in names:
            return after.strip()
    shown = [part for part in _parts(title) if bare(part) not in names and title_at(layout, part) is not None]
    if shown:
        return max(shown, key=len)
    sections = [part.strip() for part in _BAR.split(title)]
    if len(sections) > _HEADLINE_AND_SITE and sections[0] == max(sections, key=len):
        return sections[0]
    last = list(_SEPARATOR.finditer(title))[-1:]
    if last and title == head.title and len(title) - last[0].end() < _SITE_SHARE * last[0].start():
        return title[: last[0].start()].strip()
    return title


def _parts(title: str) -> Iterator[str]:
    """Yield what stands between any two separators of a title and may be a headline by its length."""
    cuts = list(_SEPARATOR.finditer(title))[:_MOST_CUTS]
    starts, ends = [0, *(cut.end() for cut in cuts)], [*(cut.start() for cut in cuts), len(title)]
    for start, end in product(starts, ends):
        if _HEADING_SHARE * len(title) <= end - start < len(title):
            yield title[start:end].strip()


def title_at(layout: Layout, title: str | None) -> int | None:
    """Return the number of the first block that is the title and nothing else; None where none is."""
    wanted = bare(title or "")
    if len(wanted) < _SHORTEST and not (wanted and not wanted.isascii()):
        return None
    near = range(len(wanted), 2 * len(wanted) + _SHORTEST)
    found = (
        at for at, block in enumerate(layout.blocks) if len(block.text) in near and bare(block.text) == wanted
    )
    return next(found, None)


def beside_title(
    layout: Layout, title: str | None, *, before: int, after: int, longest: int
) -> Iterator[str]:
    """Yield the short lines after the headline, then those just before it, so many blocks in either direction."""
    at = title_at(layout, title)
    if at is None:
        return
    blocks = layout.blocks
    for block in (*blocks[at + 1 : at + 1 + after], *blocks[max(0, at - before) : at]):
        if len(block.text) <= longest and not layout.frames[block.frame].places & _OUTSIDE_BITS:
            yield block.text


def publishers(head: Head) -> Iterator[str]:
    """Yield the publishers' names that the page's JSON-LD has."""
    for node in (*head.articles, *head.others):
        yield from text_of(node.get("publisher"))
