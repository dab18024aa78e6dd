"""Know the reader of each media type."""

from collections.abc import Callable

from monitor.models import Document
from monitor.readers import html, json_records, markdown, plain
from monitor.readers.fields import DEFAULT_FIELDS, FieldNames
from monitor.readers.media_types import HTML, JSON, MARKDOWN, TEXT

Read = Callable[[], Document]
Reader = Callable[[bytes, FieldNames], "Read | list[Read]"]


def _one(read: Callable[[bytes], Document]) -> Reader:
    return lambda data, _fields: lambda: read(data)


READERS: dict[str, Reader] = {
    TEXT: _one(plain.read_text),
    MARKDOWN: _one(markdown.read_markdown),
    HTML: _one(html.read_html),
    JSON: json_records.read_json,
}


def readings(data: bytes, media_type: str, fields: FieldNames = DEFAULT_FIELDS) -> Read | list[Read]:
    """Return what will read the one document of these bytes, or each of many; the work is done when it is called.

    Raises DocumentError when the bytes as a whole cannot be read.
    """
    return READERS[media_type](data, fields)
