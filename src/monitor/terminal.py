"""Make text from outside safe to print: nothing in an article, a name or an error can steer a terminal."""

import re

# C0 and C1 controls, bidi overrides and isolates, invisible format characters, lone surrogates
_UNSAFE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)
_LONGEST_LINE = 500


def printable(text: str) -> str:
    """Return the text with everything that could steer a terminal shown as an escape; tabs and newlines stay."""
    return _UNSAFE.sub(lambda found: f"\\x{ord(found[0]):02x}", text)


def one_line(text: str, longest: int = _LONGEST_LINE) -> str:
    """Return the text as one printable line of at most `longest` characters."""
    line = printable(" ".join(text.split()))
    return line if len(line) <= longest else line[: longest - 1] + "…"
