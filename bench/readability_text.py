"""What readability-lxml takes for the article of a page."""

import logging

from lxml import etree
from lxml.html import fromstring
from readability import Document

logging.getLogger("readability").setLevel(
    logging.CRITICAL
)  # it logs each page that it cannot read, with a traceback


def readability_text(html: str) -> str | None:
    """Return the article's text, None where the library fails."""
    try:
        return "\n".join(map(str, fromstring(Document(html).summary()).itertext()))
    except (ValueError, TypeError, AttributeError, etree.LxmlError):
        return None
