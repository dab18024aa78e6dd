"""Make two spellings of the same word look the same, without losing where each character stood.

Folding is Unicode case folding (Unicode standard 3.13, D144) after NFC, with typographic variants brought
together: apostrophes, hyphens, spaces, full-width letters, the Turkish i's, Arabic letter forms.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_VARIANTS = {
    **dict.fromkeys("‘’ʼʹ′＇`´", "'"),
    **dict.fromkeys("‐‑‒–—−－", "-"),
    **dict.fromkeys("\n\r\t\u00a0\u2002\u2003\u2007\u2009\u202f\u3000", " "),
    **{chr(0xFF01 + i): chr(0x21 + i) for i in range(94) if i not in {6, 12}},
    "İ": "i",  # folds to two characters otherwise; without it Istanbul has three spellings
    "ı": "i",
    "أ": "ا",
    "إ": "ا",
    "آ": "ا",
    "ى": "ي",
    "ۀ": "ه",
    "ک": "ك",
    "ی": "ي",
}
_VARIED = re.compile(
    f"[{re.escape(''.join(_VARIANTS))}]"
)  # few characters are: finding them beats translating all

# Every character whose case folding is longer than itself, and some neighbours (CaseFolding.txt, status F).
_SPREADS = re.compile("[ßİŉǰΐΰև\u1e96-\u1e9e\u1f50-\u1ffc\ufb00-\ufb17]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """A folded text; `origin[i]` is where its i-th character began in the stored text, None when equal."""

    text: str
    origin: Sequence[int] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Say where the folded span `[start, end)` stands in the stored text, in code points."""
        if self.origin is None:
            return start, end
        first, last = self.origin[start], self.origin[end - 1]
        while end < len(self.text) and self.origin[end] == last:  # one stored character made several
            end += 1
        return first, self.origin[end]


def fold(text: str) -> Folded:
    """Fold a text for comparison.

    >>> fold("Straße in İzmir").text
    'strasse in izmir'
    >>> fold("Straße in İzmir").span(0, 7)
    (0, 6)
    """
    varied = text if text.isascii() else _VARIED.sub(lambda match: _VARIANTS[match[0]], text)
    if text.isascii():
        varied = text.replace("\n", " ").replace("\t", " ").replace("\r", " ").replace("`", "'")
    folded = varied.casefold()
    if len(folded) == len(varied) and unicodedata.is_normalized("NFC", folded):
        return Folded(text=folded)  # case folding never shortens, so equal length means equal places
    return _fold_spread(varied) if unicodedata.is_normalized("NFC", folded) else _fold_by_cluster(varied)


def _fold_spread(text: str) -> Folded:
    """Fold a text in which some characters become several, such as ß."""
    pieces: list[str] = []
    origin: list[int] = []
    at = 0
    for match in _SPREADS.finditer(text):
        several = match[0].casefold()
        pieces += (text[at : match.start()].casefold(), several)
        origin.extend(range(at, match.start()))
        origin.extend([match.start()] * len(several))
        at = match.end()
    pieces.append(text[at:].casefold())
    origin.extend(range(at, len(text) + 1))
    whole = "".join(pieces)
    return Folded(text=whole, origin=origin) if len(origin) == len(whole) + 1 else _fold_by_cluster(text)


def _fold_by_cluster(text: str) -> Folded:
    """Fold letter by letter, each with its combining marks, and remember where each began."""
    pieces: list[str] = []
    origin: list[int] = []
    for start, end in _clusters(text):
        piece = unicodedata.normalize("NFC", text[start:end].casefold())
        pieces.append(piece)
        origin.extend([start] * len(piece))
    return Folded(text="".join(pieces), origin=[*origin, len(text)])


def _clusters(text: str) -> list[tuple[int, int]]:
    """Cut a text into base characters with the marks and Hangul vowels or finals that compose with them."""
    starts = [i for i, character in enumerate(text) if i == 0 or not _joins(character)]
    return list(zip(starts, [*starts[1:], len(text)], strict=True))


def _joins(character: str) -> bool:
    return unicodedata.combining(character) != 0 or "\u1160" <= character <= "\u11ff"


def fold_alias(alias: str) -> str:
    """Fold a name as it is looked for: without spaces at its ends, and single ones inside."""
    return " ".join(fold(alias).text.split())
