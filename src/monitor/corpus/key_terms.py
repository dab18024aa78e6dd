"""Pick the words and phrases that say what an article is about.

YAKE (Campos et al. 2020, doi 10.1016/j.ins.2019.09.013) looks at one article alone, so the same text has the
same key terms whatever else was collected. Engine: yake-rust (MIT); the method's own Python package is GPL.
Stop words: stopwords-iso (MIT). Scripts without spaces have no key terms of their own: their translation has.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from importlib.metadata import version
from typing import Literal

import yake_rust

from monitor.corpus.article_text import ArticleText
from monitor.corpus.elisions import without_elisions
from monitor.corpus.stop_words import stop_words
from monitor.languages import ENGLISH, TABLE, UNDETERMINED, Language

METHOD = "yake"
_MOST = 10
_LOOKED_AT = 60  # terms, of which some are nearly alike
_ALIKE, _END = 0.9, 3
_SELECTION = 3
_LONGEST_TEXT = 6_000  # characters; what an article is about is said before, and each takes a microsecond
_NO_WORD = re.compile(
    r"\S{80,}"
)  # the engine looks for words by going back and forth, and panics over long ones


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyTerm:
    """A word or phrase of up to three words; the lower the score, the more it says about the article."""

    side: Literal["original", "translation"]
    rank: int
    term: str
    score: float


@cache
def key_terms_version() -> str:
    """Name the engine's and the stop words' versions."""
    return f"yake-rust {version('yake-rust')}, stopwordsiso {version('stopwordsiso')}, selection {_SELECTION}"


@cache
def _yake(language: Language) -> yake_rust.Yake:
    return yake_rust.Yake(
        stopwords=set(stop_words(language)), ngrams=3, remove_duplicates=False, minimum_chars=3
    )


def key_terms(article: ArticleText) -> tuple[KeyTerm, ...]:
    """Return up to ten key terms of the original, and of the translation where there is one, best first."""
    found: list[KeyTerm] = []
    entry = TABLE.get(article.language)
    if (
        article.language != UNDETERMINED
        and entry is not None
        and entry.spaced
        and stop_words(article.language)
    ):
        found.extend(_terms("original", article.language, article.title, article.text))
    if article.text_translation:
        found.extend(_terms("translation", ENGLISH, article.title_translation, article.text_translation))
    return tuple(found)


def _terms(
    side: Literal["original", "translation"], language: Language, title: str | None, text: str
) -> list[KeyTerm]:
    whole = f"{title}.\n\n{text}" if title else text
    looked_at = without_elisions(_NO_WORD.sub(" ", whole[:_LONGEST_TEXT]), language)
    best = _distinct(_best(language, looked_at))
    return [
        KeyTerm(side=side, rank=rank, term=term, score=score)
        for rank, (score, term) in enumerate(best, start=1)
    ]


def _distinct(found: Iterable[tuple[str, float]]) -> list[tuple[float, str]]:
    """Return the best terms, of those nearly alike only the best; the engine orders equals by chance, we by name.

    >>> _distinct([("old mill", 0.2), ("old mills", 0.1), ("ferry", 0.3), ("bridge", 0.3)])
    [(0.1, 'old mills'), (0.3, 'bridge'), (0.3, 'ferry')]
    """
    kept: list[tuple[float, str]] = []
    for score, term in sorted((round(score, 6), term) for term, score in found):
        if not any(_are_alike(term, other) for _, other in kept):
            kept.append((score, term))
        if len(kept) == _MOST:
            break
    return kept


def _are_alike(one: str, other: str) -> bool:
    """Compare as YAKE does; what cannot be alike by its ends is not looked at closely."""
    one, other = one.casefold(), other.casefold()
    if one[:_END] != other[:_END] and one[-_END:] != other[-_END:]:
        return False
    return SequenceMatcher(None, one, other).ratio() >= _ALIKE


def _best(language: Language, text: str) -> list[tuple[str, float]]:
    """Ask the engine; a text over which it panics has no key terms, and costs no other article its own."""
    try:
        return _yake(language).get_n_best(text, n=_LOOKED_AT)
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # PyO3's has no other name, and is no Exception
            raise
        return []
