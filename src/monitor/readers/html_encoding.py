"""Find out in which character encoding a web page was written, and decode it once."""

import codecs
import re

from charset_normalizer import from_bytes

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s{0,9}=\s{0,9}["']?([\w.:-]{2,40})""", re.IGNORECASE
)
# What browsers take a label to mean: the superset that is really used (https://encoding.spec.whatwg.org/#names-and-labels)
_SUPERSETS = {
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
_ALIASES = {
    "x-sjis": "cp932",
    "x-gbk": "gb18030",
    "x-x-big5": "big5hkscs",
    "windows-949": "cp949",
    "windows-31j": "cp932",
}
_HEAD = 4096  # bytes in which a declaration is looked for; the standard asks for the first 1024
_BAD_SHARE = 0.3  # of the characters outside ASCII: above it, an encoding is taken to be the wrong one
_LANGUAGE = re.compile(rb"""<html[^>]{0,400}?\blang\s{0,9}=\s{0,9}["']?([a-z]{2})""", re.IGNORECASE)
# What old pages in a language were written in, in the order of the standard's fallbacks
_USUAL = {
    b"ru": ("cp1251", "koi8_r"),
    b"uk": ("cp1251", "koi8_u"),
    b"bg": ("cp1251",),
    b"sr": ("cp1250", "cp1251", "iso8859_2"),
    b"el": ("cp1253", "iso8859_7"),
    b"tr": ("cp1254",),
    b"he": ("cp1255",),
    b"ar": ("cp1256",),
    b"fa": ("cp1256",),
    b"vi": ("cp1258",),
    b"th": ("cp874",),
    b"ja": ("cp932", "euc_jp"),
    b"ko": ("cp949",),
    b"zh": ("gb18030", "big5hkscs"),
} | dict.fromkeys((b"pl", b"cs", b"sk", b"hu", b"hr", b"sl", b"ro"), ("cp1250", "iso8859_2"))
_USUAL |= dict.fromkeys((b"lt", b"lv", b"et"), ("cp1257",))
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_SAMPLE = 40_000


def decode(data: bytes) -> tuple[str, str]:
    """Return the page's text and the encoding's name; bytes that fit no encoding become U+FFFD.

    The order is a byte-order mark, valid UTF-8, what the page declares, UTF-8 with little damage, and at
    last a guess by charset-normalizer from the words between the tags.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace"), encoding
    for name in filter(None, ("utf-8", declared_encoding(data))):
        if (text := _strictly(data, name)) is not None:
            return text, name
    return _loosely(data, declared_encoding(data))


def declared_encoding(data: bytes) -> str | None:
    """Return the Python codec for the encoding that the page's head names, None without a usable name."""
    match = _DECLARED.search(data[:_HEAD]) or _DECLARED.search(data[:_SAMPLE])
    if match is None:
        return None
    label = match[1].decode("ascii", "replace").lower()
    try:
        name = codecs.lookup(_ALIASES.get(label, label)).name
    except LookupError:
        return None
    # a declaration that was readable as ASCII cannot be in UTF-16; not every codec of Python makes text
    return "utf-8" if name.startswith(("utf-16", "utf-32")) else _text_codec(_SUPERSETS.get(name, name))


def _text_codec(name: str) -> str | None:
    try:
        return name if isinstance(b"a".decode(name), str) else None
    except (LookupError, UnicodeError):
        return None


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeError:
        return None


def _loosely(data: bytes, declared: str | None) -> tuple[str, str]:
    """Decode damaged bytes by whichever of UTF-8, the declared encoding and a guess damages least."""
    tries = [(data.decode(name, "replace"), name) for name in dict.fromkeys(("utf-8", declared)) if name]
    text, name = min(tries, key=lambda found: found[0].count("\ufffd"))
    if text.count("\ufffd") <= _BAD_SHARE * sum(map(len, _FOREIGN.findall(text))):
        return text, name
    return _guessed(data, _usual(data))


def _guessed(data: bytes, usual: list[str]) -> tuple[str, str]:
    guess = from_bytes(_words(data), steps=8, chunk_size=512, cp_isolation=usual or None).best()
    if guess is not None and not guess.encoding.startswith(("utf_16", "utf_32")):
        return data.decode(guess.encoding, "replace"), guess.encoding
    tries = [(data.decode(name, "replace"), name) for name in usual or ["cp1252"]]
    return min(tries, key=lambda found: found[0].count("\ufffd"))


def _usual(data: bytes) -> list[str]:
    match = _LANGUAGE.search(data[:_SAMPLE])
    return list(_USUAL.get(match[1].lower(), ("cp1252",))) if match else []


def _words(data: bytes) -> bytes:
    """Return what stands between the tags, which tells encodings apart, without markup, which does not."""
    text = re.sub(rb"(?is)<(script|style)\b.*?</\1", b"<", data[: 10 * _SAMPLE])
    lines = re.sub(rb"<[^>]*>", b"\n", text).split(b"\n")
    return b"\n".join(line for line in lines if not line.isascii())[:_SAMPLE] or data[:_SAMPLE]
