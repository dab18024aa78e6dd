"""Know the reader of each media type."""

from collections.abc import Callable

from monitor.models import Document, Metadata
from monitor.readers import feeds, html, json_records, mail, markdown, news_xml, plain
from monitor.readers.encoding import missing_mark
from monitor.readers.fields import DEFAULT_FIELDS, FieldNames, Read, Records, with_metadata
from monitor.readers.media_types import FEED, HEAD_BYTES, HTML, JSON, MAIL, MARKDOWN, NEWS_XML, TEXT

_One = Callable[[bytes, str | None], Document]
_Many = Callable[[bytes, FieldNames], "Read | Records"]

# One document each, which may have been fetched from an address.
_ONE: dict[str, _One] = {
    TEXT: lambda data, url: with_metadata(plain.read_text(data), Metadata(url=url)),
    MARKDOWN: lambda data, url: with_metadata(markdown.read_markdown(data), Metadata(url=url)),
    HTML: lambda data, url: html.read_html(data, url=url),
    MAIL: lambda data, url: mail.read_message(data, url=url),
}
# Records that name their own fields.
_MANY: dict[str, _Many] = {
    JSON: json_records.read_json,
    FEED: feeds.read_feed,
    NEWS_XML: news_xml.read_news_xml,
}
READABLE = _ONE.keys() | _MANY.keys()


def readings(
    data: bytes, media_type: str, fields: FieldNames = DEFAULT_FIELDS, *, url: str | None = None
) -> Read | Records:
    """Return what will read the one document of these bytes, or each of many with its SHA-256.

    The work is done when it is called.

    Raises DocumentError when the bytes as a whole cannot be read.
    """
    data = missing_mark(data[:HEAD_BYTES]) + data
    if many := _MANY.get(media_type):
        return many(data, fields)
    return lambda: _ONE[media_type](data, url)
