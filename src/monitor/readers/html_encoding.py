"""Find out in which character encoding a web page was written, and decode it once."""

import codecs
import re

from monitor.readers.encoding import MARKS, WIDER, likeliest_encoding

_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s{0,9}=\s{0,9}["']?([\w.:-]{2,40})""", re.IGNORECASE
)
_ALIASES = {
    "x-sjis": "cp932",
    "x-gbk": "gb18030",
    "x-x-big5": "big5hkscs",
    "windows-949": "cp949",
    "windows-31j": "cp932",
}
_HEAD = 4096  # bytes in which a declaration is looked for; the standard asks for the first 1024
_BAD_SHARE = 0.3  # of the characters outside ASCII: above it, an encoding is taken to be the wrong one
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_SAMPLE = 40_000
_WESTERN = ("cp1252", "cp1254")
_MARKED = re.compile("[\u00c0-\u00ff]")
_MOST_MARKED = 0.8
_FEWEST_LETTERS = 200


def decode(data: bytes) -> tuple[str, str]:
    """Return the page's text and the encoding's name; bytes that fit no encoding become U+FFFD.

    The order is a byte-order mark, valid UTF-8, what the page declares, UTF-8 with little damage, and at
    last a guess by chardet from the words between the tags. Any bytes are valid in Latin-1: a page that declares it and
    whose words are then nearly all marked letters is in another encoding.
    """
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace"), encoding
    for name in filter(None, ("utf-8", declared_encoding(data))):
        if (text := _strictly(data, name)) is not None:
            return _guessed(data) if _is_misread(data, name) else (text, name)
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
    return "utf-8" if name.startswith(("utf-16", "utf-32")) else _text_codec(WIDER.get(name, name))


def _text_codec(name: str) -> str | None:
    try:
        return name if isinstance(b"a".decode(name), str) else None
    except (LookupError, UnicodeError):
        return None


def _is_misread(data: bytes, encoding: str) -> bool:
    """Return whether the letters of the words outside ASCII are nearly all marked, which they are in no language."""
    if encoding not in _WESTERN:
        return False
    words = re.findall(r"[^\W\d_]+", _words(data).decode(encoding, "replace"))
    foreign = "".join(word for word in words if not word.isascii())
    return len(_MARKED.findall(foreign)) > _MOST_MARKED * max(len(foreign), _FEWEST_LETTERS)


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeError:
        return None


def _loosely(data: bytes, declared: str | None) -> tuple[str, str]:
    """Decode damaged bytes by whichever of UTF-8, the declared encoding and a guess damages least."""
    tries = [(data.decode(name, "replace"), name) for name in dict.fromkeys(("utf-8", declared)) if name]
    text, name = min(tries, key=lambda found: found[0].count("\ufffd"))
    is_slight = text.count("\ufffd") <= _BAD_SHARE * sum(map(len, _FOREIGN.findall(text)))
    return (text, name) if is_slight and not _is_misread(data, name) else _guessed(data)


def _guessed(data: bytes) -> tuple[str, str]:
    name = likeliest_encoding(_words(data)) or "cp1252"
    return data.decode(name, "replace"), name


def _words(data: bytes) -> bytes:
    """Return what stands between the tags, which tells encodings apart, without markup, which does not."""
    text = re.sub(rb"(?is)<(script|style)\b.*?</\1", b"<", data[: 10 * _SAMPLE])
    lines = re.sub(rb"<[^>]*>", b"\n", text).split(b"\n")
    return b"\n".join(line for line in lines if not line.isascii())[:_SAMPLE] or data[:_SAMPLE]
