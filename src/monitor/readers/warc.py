"""Read the pages that a crawler has kept in a WARC or ARC file (ISO 28500), one after the other."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from functools import partial
from typing import IO, TYPE_CHECKING
from urllib.parse import urlsplit

from monitor.errors import DocumentError
from monitor.models import Document
from monitor.readers import media_types
from monitor.readers.archives import Budget, read_member
from monitor.readers.fields import Read
from monitor.readers.inputs import DAMAGE, Found, Place, Unpack, with_itself

if TYPE_CHECKING:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.recordloader import ArcWarcRecord

_PAGES = ("response", "resource", "conversion")  # the other kinds of record tell of pages and hold none
_READABLE = ("text/html", "text/plain", "text/xml", "text/markdown", "text/csv", "application/octet-stream")
_READABLE_ENDS = ("json", "xml")  # of application/xhtml+xml, application/ld+json, …
_OK = "200"
_EMPTY = DocumentError("read", "no pages", "a crawl without a page")


def records(file: IO[bytes], place: Place, unpack: Unpack) -> Iterator[Found]:
    """Yield the pages of a crawl with their addresses, the crawl's file itself last.

    What was answered with an error, and what is no text, is refused; what the crawler cut off is partial.
    """
    from warcio.exceptions import ArchiveLoadFailed  # noqa: PLC0415  # only where there is a crawl

    own = place.own(file, media_types.WARC)
    pages = _pages(file, place, unpack)
    return with_itself(place, own, pages, empty=_EMPTY, damage=(ArchiveLoadFailed, *DAMAGE))


def _pages(file: IO[bytes], place: Place, unpack: Unpack) -> Iterator[Found]:
    budget = Budget(place)
    crawl = _crawl(file)
    for record in crawl:
        if record.rec_type not in _PAGES:
            continue
        url = record.rec_headers.get_header("WARC-Target-URI") or "unnamed"
        inside = replace(place.member(budget.counted(url), place.size), url=url, name=_name(record, url))
        if why := _refusal(record, url):
            yield inside.refused(*why)
            continue
        for found in read_member(partial(_content, record), inside, budget, unpack):
            read = partial(_cut_off, found.read) if found.read and _is_cut_off(record) else found.read
            yield replace(found, read=read)
    if crawl.err_count:
        raise DocumentError("read", "damaged archive", f"{crawl.err_count} records are longer than they say")


def _crawl(file: IO[bytes]) -> "ArchiveIterator":
    from warcio.archiveiterator import ArchiveIterator  # noqa: PLC0415  # only where there is a crawl

    class Quiet(ArchiveIterator):  # type: ignore[misc]  # it has no types
        """Counts what it would print."""

        INC_RECORD = ""

    return Quiet(file, arc2warc=True)


def _is_cut_off(record: "ArcWarcRecord") -> bool:
    """Say of a record that was read whether a part is missing."""
    missing = getattr(record.raw_stream, "limit", 0)  # of the bytes that the record says it has
    return missing > 0 or record.rec_headers.get_header("WARC-Truncated") is not None


def _cut_off(read: Read) -> Document:
    document = read()
    reasons = filter(None, ("the crawler kept only a part", document.partial_reason))
    return replace(document, partial_reason="; ".join(reasons))


def _content(record: "ArcWarcRecord") -> AbstractContextManager[IO[bytes]]:
    """Return what was transferred, decoded; it is not ours to close."""
    return nullcontext(record.content_stream())


def _refusal(record: "ArcWarcRecord", url: str) -> tuple[str, str] | None:
    """Return why a record is no article, as far as its headers tell."""
    status = record.http_headers.get_statuscode() if record.http_headers else _OK
    if status != _OK:
        return "not a page", f"answered with HTTP status {status}"
    media_type = _media_type(record)
    if media_type and not media_type.startswith(_READABLE) and not media_type.endswith(_READABLE_ENDS):
        return "unsupported media type", media_type
    return ("not a page", "a file for crawlers") if _path(url) == "/robots.txt" else None


def _media_type(record: "ArcWarcRecord") -> str:
    headers = record.http_headers or record.rec_headers
    return (headers.get_header("Content-Type") or "").partition(";")[0].strip().lower()


def _name(record: "ArcWarcRecord", url: str) -> str:
    """Return a name that says what the headers say, for what the bytes leave open."""
    return "page.html" if "html" in _media_type(record) else _path(url).rpartition("/")[2]


def _path(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return ""
