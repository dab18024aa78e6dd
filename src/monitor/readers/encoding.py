"""Turn bytes into text, once."""

import codecs
import re

import chardet

from monitor.errors import DocumentError

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 200_000
_MOST_REPLACED = 0.02
_MOST_BROKEN = 0.2
_FIRST_LEAD = 0xC2  # from here on a byte begins a character of several bytes in UTF-8
# What browsers read where a page names the smaller encoding (WHATWG Encoding Standard, "names and labels").
WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "johab": "cp949",
    "big5": "big5hkscs",
}


def damage_of(text: str, data: bytes) -> str | None:
    """Return why a text may be incomplete, where bytes of it fitted no encoding."""
    return "damaged characters" if "\ufffd" in text and "\ufffd".encode() not in data else None


def missing_mark(head: bytes) -> bytes:
    """Return the byte order mark that bytes in UTF-16 lack, b"" for all others; told by the nulls of ASCII in it."""
    if head.startswith(tuple(mark for mark, _ in MARKS)):
        return b""
    even, odd = head[::2].count(0), head[1::2].count(0)
    if (even + odd) * 4 <= len(head) or max(even, odd) <= 10 * min(even, odd):
        return b""
    return codecs.BOM_UTF16_LE if odd > even else codecs.BOM_UTF16_BE


def decode(data: bytes) -> str:
    """Return the text of bytes in any encoding, with line ends as newlines alone and no lone surrogates.

    Byte order marks first, then strict UTF-8, then the likeliest legacy encoding. A few broken bytes in UTF-8 become
    U+FFFD. Raises DocumentError when nothing fits.
    """
    return scrubbed(_decoded(data)).replace("\r\n", "\n").replace("\r", "\n")


def _decoded(data: bytes) -> str:
    for mark, name in MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        mended = data.decode("utf-8", "replace")
    return mended if _is_damaged_utf8(data, mended) else _legacy(data, mended)


def _is_damaged_utf8(data: bytes, mended: str) -> bool:
    """Tell UTF-8 with a few broken bytes from a legacy encoding: most of its non-ASCII text still decodes."""
    broken = mended.count("\ufffd")
    whole = sum(byte >= _FIRST_LEAD for byte in data[:_SAMPLE])
    return broken <= _MOST_BROKEN * whole


def _legacy(data: bytes, mended: str) -> str:
    found = likeliest_encoding(data)
    if found is None:
        if mended.count("\ufffd") <= _MOST_REPLACED * len(mended):
            return mended
        raise DocumentError("read", "unknown encoding", "the bytes fit no known text encoding")
    text = data.decode(found, "replace")
    return text if text.count("\ufffd") <= mended.count("\ufffd") else mended


def stated_or_likely_encoding(head: bytes) -> str:
    """Return the Python codec of a text that begins so: of its byte order mark, UTF-8, or the likeliest legacy one."""
    for mark, name in MARKS:
        if head.startswith(mark):
            return name
    if mark := missing_mark(head):
        return "utf-16-le" if mark == codecs.BOM_UTF16_LE else "utf-16-be"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)  # the last character may be cut
    except UnicodeDecodeError:
        is_damaged = _is_damaged_utf8(head, head.decode("utf-8", "replace"))
        return "utf-8" if is_damaged else likeliest_encoding(head) or "utf-8"
    return "utf-8"


def likeliest_encoding(data: bytes) -> str | None:
    """Return the Python codec for the encoding that bytes outside ASCII and UTF-8 are most likely in, None for none."""
    found = chardet.detect(data[:_SAMPLE])["encoding"]
    if found is None:
        return None
    name = codecs.lookup(found).name
    return WIDER.get(name, name)


def scrubbed(text: str) -> str:
    """Return a text with lone surrogates, which no file can hold, replaced by U+FFFD."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text) if _has_surrogate(text) else text


def _has_surrogate(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False
