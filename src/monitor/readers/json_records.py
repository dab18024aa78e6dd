"""Read JSON: one article, a list of them, or one a line."""

import json
from functools import partial

import msgspec

from monitor.errors import DocumentError
from monitor.identity import sha256_text
from monitor.models import Document
from monitor.readers.encoding import decode
from monitor.readers.fields import FieldNames, Read, Records, document_from

_LISTS = ("articles", "items", "results", "documents", "data", "entries")
_ARTICLE_PARTS = ("text", "html")


def read_json(data: bytes, fields: FieldNames) -> Read | Records:
    """Return what reads the one article of a JSON object, or each entry of a list."""
    found = _parsed(decode(data))
    if isinstance(found, dict) and not _holds_article(found, fields):
        found = next((found[name] for name in _LISTS if isinstance(found.get(name), list)), found)
    if isinstance(found, list):
        return [(sha256_text(repr(entry)), partial(document_from, entry, fields)) for entry in found]
    return partial(document_from, found, fields)


def read_json_line(line: bytes, fields: FieldNames) -> Document:
    """Return the article in one line."""
    return document_from(_parsed(decode(line)), fields)


def _holds_article(found: dict[str, object], fields: FieldNames) -> bool:
    return any(isinstance(found.get(name), str) for part in _ARTICLE_PARTS for name in fields.get(part, ()))


def _parsed(text: str) -> object:
    try:
        return msgspec.json.decode(text.strip().encode())
    except (msgspec.DecodeError, RecursionError) as error:
        try:
            return _leniently(text)
        except (ValueError, RecursionError):
            raise DocumentError("read", "broken JSON", str(error)) from error


def _leniently(text: str) -> object:
    """Return what text means that breaks the standard (RFC 8259) as many programs do who write JSON.

    Half of a pair of surrogates stands where an emoji was cut in two, NaN where a table had no value, and line ends
    as they are within a text.
    """
    return json.loads(text, strict=False, parse_constant=lambda _: None)
