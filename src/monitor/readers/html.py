"""Read a web page: find the article's text and what the page says about it."""

from dataclasses import dataclass

from monitor.errors import DocumentError
from monitor.models import Document
from monitor.readers.fragments import is_markup, plain_text
from monitor.readers.html_article import article_text, prose_text, without_title
from monitor.readers.html_blocks import Layout, lay_out
from monitor.readers.html_candidates import trafilatura_text
from monitor.readers.html_head import Head, read_head
from monitor.readers.html_metadata import read_metadata
from monitor.readers.html_parsing import Page, parse

# A page of 100,000 tags beside each other holds trafilatura for half a minute: its time grows with the square
_MOST_TAGS = 60_000
_MOST_CHARACTERS = 2_000_000
_STUB = 0.2  # of what the page states as its article's body: what is shown is a place for a script to put it
_TOO_LARGE = "too large for the extractor: prose alone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """All that is known of a page before its blocks are judged; `too_large` for the extractor to be asked."""

    page: Page
    head: Head
    layout: Layout
    too_large: bool
    extracted: str | None
    hints: dict[str, str | None]


def look_at(data: bytes) -> Look:
    """Parse a page and gather the evidence about its blocks.

    Raises DocumentError where there is no element.
    """
    page = parse(data)
    head = read_head(page.tree)
    layout = lay_out(page.tree)
    too_large = page.tags > _MOST_TAGS or sum(len(block.text) for block in layout.blocks) > _MOST_CHARACTERS
    stated = "\n".join(text for node in head.articles if isinstance(text := node.get("articleBody"), str))
    return Look(
        page=page,
        head=head,
        layout=layout,
        too_large=too_large,
        extracted=None if too_large else trafilatura_text(page.tree),
        hints={
            "stated": stated or None,
            "description": head.meta("og:description", "description"),
            "title": head.meta("og:title") or head.title,
        },
    )


def read_html(data: bytes, *, url: str | None = None) -> Document:
    """Return the article of a page in any encoding, a paragraph a line, with its metadata.

    Raises DocumentError for a page without elements or without text.
    """
    look = look_at(data)
    reasons = [look.page.partial_reason] if look.page.partial_reason else []
    if look.too_large:
        text, method = prose_text(look.layout), "blocks"
        reasons.append(_TOO_LARGE)
    else:
        text, method = article_text(look.layout, look.extracted, look.hints)
    stated = look.hints["stated"] or ""
    if len(text) < _STUB * len(stated):
        text, method = plain_text(stated) if is_markup(stated) else stated, "stated"
    metadata = read_metadata(look.page.tree, look.head, look.layout, url)
    text = without_title(text, metadata.title)
    if not text.strip():
        raise DocumentError("extract", "no text", "neither the extractor nor the page's blocks gave any")
    return Document(
        text=text,
        metadata=metadata,
        extraction_method=method,
        partial_reason="; ".join(reasons) or None,
    )
