"""Ask trafilatura for the main text of a page."""

from copy import deepcopy

import trafilatura
from lxml import etree
from lxml.html import HtmlElement

# What third-party code may raise on damaged pages; anything else is a bug and shows itself
_DAMAGE = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError)
EXTRACTOR_ERRORS = (*_DAMAGE, TypeError, ValueError, etree.LxmlError)


def trafilatura_text(tree: HtmlElement, *, precise: bool = True) -> str | None:
    """Return what trafilatura takes for the article, None where it finds none; the tree stays as it is.

    Its precision mode says most about a page's blocks: it prunes before it asks readability, which saves
    old layouts, and what it leaves out is regained from the blocks. `deduplicate` stays off, for it keeps
    state between pages.
    """
    try:
        text: str | None = trafilatura.extract(
            deepcopy(tree), include_comments=False, favor_precision=precise
        )
    except EXTRACTOR_ERRORS:
        return None
    return text
