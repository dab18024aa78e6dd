"""Describe a sentence and its translation from outside: lengths, marks, capitals, repeated words."""

import re
from collections import Counter
from itertools import pairwise
from math import log1p
from operator import eq

from monitor.translation.quantities import western

_FIGURES = re.compile(r"\d+")
_LATIN = re.compile(r"[A-Za-z]{2,}")
_MARKS = (",،、，", "\"“”„«»「」'‘’", "()（）", ":;：；؛", "-–—", ".。।!?؟۔")
_MARK_NAMES = ("commas", "quotes", "brackets", "colons", "dashes", "stops")
_FUNCTION_WORDS = """
the a an of to in and on for with at by from as is was were are be been has have had that which who this these it
he she they we his her their its not but or if when while after before because so than then there also can could
would will may
"""
FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())
NAMES = (
    "source_length", "output_length", "length_ratio", "output_word_count", "source_word_count", "words_ratio",
    "figures_lost", "figures_new", "figures",
    *(f"{mark}_{kind}" for mark in _MARK_NAMES for kind in ("lost", "kept")),
    "capitals_share", "capitals", "latin", "latin_kept", "source_capitals", "foreign_letters", "accents",
    "repeated", "pairs_repeated", "stuttered", "content_repeated", "function_share", "word_length",
    "entity", "small_start", "proper_end", "longest_word", "longest_source_word",
    "the_share", "of_share", "negations", "and_share", "that_count",
)  # fmt: skip


def shape_features(source: str, output: str, there: list[str], here: list[str]) -> list[float]:
    """Return the figures named in NAMES; `there` and `here` are the words of source and output."""
    small = [word.lower() for word in here]
    return [
        *_lengths(source, output, there, here),
        *_figures(source, output),
        *_marks(source, output),
        *_capitals(source, output, there, here),
        *_repeats(small),
        *_ends(output, there, here),
        *_small_words(small),
    ]


def _lengths(source: str, output: str, there: list[str], here: list[str]) -> list[float]:
    return [
        *(len(source), len(output), log1p(len(output)) - log1p(len(source))),
        *(len(here), len(there), log1p(len(here)) - log1p(len(there))),
    ]


def _figures(source: str, output: str) -> list[float]:
    there, here = (_FIGURES.findall(western(text)) for text in (source, output))
    if there == here:
        return [0, 0, len(there)]
    return [(Counter(there) - Counter(here)).total(), (Counter(here) - Counter(there)).total(), len(there)]


def _marks(source: str, output: str) -> list[float]:
    found: list[float] = []
    for marks in _MARKS:
        kept = sum(map(output.count, marks))
        found += (sum(map(source.count, marks)) - kept, kept)
    return found


def _capitals(source: str, output: str, there: list[str], here: list[str]) -> list[float]:
    capitals = sum(word[0].isupper() for word in here[1:])
    latin = _LATIN.findall(source)
    return [
        *(capitals / max(1, len(here)), capitals, len(latin)),
        sum(word in output for word in latin) / max(1, len(latin)),
        sum(word[0].isupper() and word.isascii() for word in there[1:]),
        *_letters(output),
    ]


def _letters(output: str) -> tuple[int, int]:
    """Return how many letters are of other scripts than Latin, and how many Latin ones have accents."""
    if output.isascii():
        return 0, 0
    letters = [letter for letter in output if letter.isalpha() and not letter.isascii()]
    return sum(letter > "ɏ" for letter in letters), sum(letter <= "ɏ" for letter in letters)


def _repeats(small: list[str]) -> list[float]:
    pairs = list(pairwise(small))
    content = [word for word in small if word not in FUNCTION_WORDS]
    many = max(1, len(small))
    return [
        1 - len(set(small)) / many,
        len(pairs) - len(set(pairs)),
        sum(map(eq, small, small[1:])),
        len(content) - len(set(content)),
        1 - len(content) / many,
        sum(map(len, small)) / many,
    ]


def _ends(output: str, there: list[str], here: list[str]) -> list[float]:
    return [
        *("&" in output, output[:1].islower(), output.rstrip()[-1:] in ".!?\"”')"),
        *(max(map(len, here), default=0), max(map(len, there), default=0)),
    ]


def _small_words(small: list[str]) -> list[float]:
    count, many = small.count, max(1, len(small))
    return [*(count("the") / many, count("of") / many, count("not")), *(count("and") / many, count("that"))]
