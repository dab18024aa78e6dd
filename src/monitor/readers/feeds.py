"""Read RSS and Atom feeds: each entry is an article, or what the feed tells of one."""

import io
from collections.abc import Mapping
from functools import partial
from typing import Any

from monitor.errors import DocumentError
from monitor.identity import sha256_text
from monitor.models import SUMMARY, Document
from monitor.readers.encoding import scrubbed
from monitor.readers.fields import FieldNames, Records, metadata_from, with_metadata
from monitor.readers.fragments import plain_text

_CUT = ("…", "...", "[…]", "[...]", "[&#8230;]")
_FEWEST_CHARACTERS = 800  # of a description that may be the whole article


def read_feed(data: bytes, fields: FieldNames) -> Records:
    """Return what reads each entry, in the order of the feed; raises DocumentError where there is none."""
    del fields
    import feedparser  # noqa: PLC0415  # only where there is a feed

    found = feedparser.parse(io.BytesIO(data), resolve_relative_uris=False, sanitize_html=False)
    if not found.entries:
        why = found.get("bozo_exception")
        raise DocumentError("read", "no entries", f"a feed without articles{f': {why}' if why else ''}")
    return [(sha256_text(repr(entry)), partial(_entry, entry, found.feed)) for entry in found.entries]


def _entry(entry: Mapping[str, Any], feed: Mapping[str, Any]) -> Document:
    """Return the article of one entry; where the feed only tells of it, as a partial one."""
    bodies = [(_text_of(body), True) for body in entry.get("content", ())]
    summary = _text_of(entry.get("summary_detail") or {})
    text, is_whole = max([*bodies, (summary, _may_be_whole(summary))], key=lambda body: len(body[0]))
    if not text:
        raise DocumentError("read", "no text", "the entry has neither content nor a summary")
    document = Document(text=text, extraction_method="feed")
    if not is_whole:
        document = Document(text=text, extraction_method=SUMMARY, partial_reason="the feed's summary")
    return with_metadata(
        document,
        metadata_from(
            {
                "url": entry.get("link"),
                "title": _text_of(entry.get("title_detail") or {}),
                "author": [author.get("name") for author in entry.get("authors", ())],
                "date": entry.get("published") or entry.get("updated"),
                "language": (entry.get("title_detail") or {}).get("language") or feed.get("language"),
                "source": None if entry.get("link") else feed.get("title"),
            }
        ),
    )


def _may_be_whole(summary: str) -> bool:
    return len(summary) >= _FEWEST_CHARACTERS and not summary.endswith(_CUT)


def _text_of(detail: Mapping[str, Any]) -> str:
    """Return the text of a part of an entry, a paragraph a line, without the markup that it may have."""
    value = scrubbed(detail.get("value") or "").strip()
    if "<" not in value and "&" not in value:
        return value
    if detail.get("type") == "text/plain":
        return value
    return plain_text(value)
