"""Tell what an input is by looking at its first bytes; its name only settles what the bytes leave open."""

import io
import re
from typing import IO

from monitor.readers.encoding import missing_mark

TEXT = "text/plain"
MARKDOWN = "text/markdown"
HTML = "text/html"
JSON = "application/json"
JSON_LINES = "application/jsonl"
CSV = "text/csv"
FEED = "application/feed"  # RSS or Atom
NEWS_XML = "application/news+xml"  # NITF, NewsML-G2, and what extractors write
MAIL = "message/rfc822"  # any MIME message: a mail, or a page saved as one file
WARC = "application/warc"
GZIP = "application/gzip"
ZIP = "application/zip"
BZIP2 = "application/x-bzip2"
XZ = "application/x-xz"
TAR = "application/x-tar"
BINARY = "application/octet-stream"

HEAD_BYTES = 65_536
_MAGIC = (
    (b"\x1f\x8b", GZIP),
    (b"PK\x03\x04", ZIP),
    (b"PK\x05\x06", ZIP),
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"\xd0\xcf\x11\xe0", "application/x-ole-storage"),
    (b"{\\rtf", "application/rtf"),
    (b"BZh", BZIP2),
    (b"\xfd7zXZ", XZ),
    (b"\x28\xb5\x2f\xfd", "application/zstd"),
    (b"7z\xbc\xaf", "application/x-7z-compressed"),
    (b"\x7fELF", "application/x-executable"),
    (b"SQLite format 3", "application/vnd.sqlite3"),
    (b"PAR1", "application/vnd.apache.parquet"),
    (b"WARC/", WARC),
    (b"filedesc://", WARC),
)
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_HTML_SIGN = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|article|main|section|div|table|meta|title|p|h1|span|a|script)\b[^<>]{0,4096}>",
    re.IGNORECASE,
)
_FIRST_ELEMENT = re.compile(rb"<([a-zA-Z][\w:]{0,40})")
_FEED_ELEMENTS = (b"rss", b"feed", b"rdf:RDF")
_NEWS_ELEMENTS = (b"nitf", b"newsItem", b"newsMessage", b"doc", b"TEI", b"teiCorpus")
_NO_ARTICLES = {
    b"urlset": "application/sitemap+xml",
    b"sitemapindex": "application/sitemap+xml",
    b"svg": "image/svg+xml",
}
_XML_SIGN = re.compile(rb"\s{0,64}<\?xml\b", re.IGNORECASE)
_HEADER = rb"[A-Za-z][A-Za-z0-9-]{0,60}:[^\n]{0,2000}\n(?:[ \t][^\n]{0,2000}\n){0,50}"
_MESSAGE = re.compile(rb"(?:%b){2,200}\r?\n" % _HEADER)
_MESSAGE_SIGNS = (b"\nmime-version:", b"\ncontent-transfer-encoding:")
_SUFFIXES = {
    ".md": MARKDOWN,
    ".markdown": MARKDOWN,
    ".csv": CSV,
    ".tsv": CSV,
    ".css": "text/css",
    ".js": "text/javascript",
}
_TEXT_CONTROLS = frozenset(b"\t\n\r\f\x1b\x0b\x08\x07\x1a\x85")
_MOST_CONTROLS = 0.02


def first_bytes(file: IO[bytes]) -> bytes:
    """Return the first HEAD_BYTES bytes, or all, of a file or of a stream that is buffered as far; both stay unread."""
    if isinstance(file, io.BufferedReader) and not file.seekable():
        return file.peek()[:HEAD_BYTES]
    head = file.read(HEAD_BYTES)
    file.seek(0)
    return head


def media_type_of(head: bytes, name: str = "") -> str:
    """Return the media type of an input from its first HEAD_BYTES bytes and its name."""
    for magic, media_type in _MAGIC:
        if head.startswith(magic):
            return media_type
    if head[257:262] == b"ustar":
        return TAR
    if _is_binary(head):
        return BINARY
    return _text_type(head, name.lower())


def _is_binary(head: bytes) -> bool:
    """Judge bytes binary by nulls and controls, after allowing for UTF-16 and UTF-32, which are full of nulls."""
    if head.startswith(_BYTE_ORDER_MARKS) or missing_mark(head):
        return False
    controls = sum(byte < 0x20 and byte not in _TEXT_CONTROLS for byte in head[:4096])  # noqa: PLR2004
    return controls > _MOST_CONTROLS * max(1, len(head[:4096]))


def _text_type(head: bytes, name: str) -> str:
    flat = head.replace(b"\0", b"")
    start = flat.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if start[:1] in (b"{", b"["):
        return _json_type(start, name)
    if _is_message(start, name):
        return MAIL
    suffix = "." + name.rpartition(".")[2]
    if _SUFFIXES.get(suffix) == CSV and start[:1] != b"<":
        return CSV
    return _markup_type(flat, start, name) or _SUFFIXES.get(suffix, TEXT)


def _markup_type(flat: bytes, start: bytes, name: str) -> str | None:
    first = _FIRST_ELEMENT.search(flat[:4096])
    if first and first[1] in _FEED_ELEMENTS:
        return FEED
    if first and start[:1] == b"<" and first[1].rpartition(b":")[2] in _NEWS_ELEMENTS:
        return NEWS_XML
    if first and start[:1] == b"<" and first[1] in _NO_ARTICLES:
        return _NO_ARTICLES[first[1]]
    signs = len(_HTML_SIGN.findall(flat[:8192]))
    return HTML if signs >= (1 if start[:1] == b"<" else 3) or _is_marked_html(flat, name) else None


def _is_message(start: bytes, name: str) -> bool:
    """Judge by headers (RFC 2045): lines with a colon may also begin a text."""
    found = _MESSAGE.match(start)
    headers = b"\n" + found[0].lower() if found else b""
    is_named = bool(found) and name.endswith((".eml", ".mht", ".mhtml"))
    return is_named or any(sign in headers for sign in _MESSAGE_SIGNS)


def _is_marked_html(flat: bytes, name: str) -> bool:
    return bool(
        (name.endswith((".html", ".htm", ".xhtml")) and _HTML_SIGN.search(flat)) or _XML_SIGN.match(flat)
    )


def _json_type(start: bytes, name: str) -> str:
    """Tell one JSON value from one a line; text that merely begins with a bracket is text unless its name says JSON."""
    lines = [line.strip() for line in start.split(b"\n", 2)[:2]]
    whole_lines = all(line.startswith(b"{") and line.endswith(b"}") for line in lines if line)
    if name.endswith((".jsonl", ".ndjson")) or (len([*filter(None, lines)]) > 1 and whole_lines):
        return JSON_LINES
    second = start[1:].lstrip()[:1]
    opens_json = second in (b'"', b"{", b"[", b"}", b"]") if start[:1] == b"[" else second in (b'"', b"}")
    return JSON if opens_json or name.endswith(".json") else TEXT
