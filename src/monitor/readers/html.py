"""Read a web page: find the article's text and what the page says about it."""

from monitor.errors import DocumentError
from monitor.models import Document
from monitor.readers.html_candidates import trafilatura_text
from monitor.readers.html_head import read_head
from monitor.readers.html_metadata import read_metadata
from monitor.readers.html_parsing import parse


def read_html(data: bytes, *, url: str | None = None) -> Document:
    """Return the article of a page in any encoding; paragraphs are separated by newlines.

    Raises DocumentError for a page without elements or without text.
    """
    page = parse(data)
    metadata = read_metadata(page.tree, read_head(page.tree), url)
    text = trafilatura_text(page.tree, precise=True)
    if not text:
        raise DocumentError(
            "extract", "no article text", "neither the extractor nor the page's blocks gave any"
        )
    return Document(
        text=text,
        metadata=metadata,
        extraction_method="trafilatura",
        partial_reason=page.partial_reason,
    )
