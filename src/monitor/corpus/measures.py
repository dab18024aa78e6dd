"""Which measures are taken of each article; each can be left out."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """Words for the most used ones, quotations with speakers, key terms (YAKE), tone (VADER)."""

    words: bool = True
    quotations: bool = True
    key_terms: bool = True
    tone: bool = True
