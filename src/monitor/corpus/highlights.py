"""Choose the sentence that answers a search best, mark the words in it, and set its translation beside it."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from monitor.corpus.article_text import ArticleText
from monitor.corpus.boundaries import Boundary, is_unspaced, stands_alone
from monitor.corpus.folding import fold, fold_alias
from monitor.corpus.phrases import Phrases
from monitor.corpus.queries import Term
from monitor.corpus.sentences import sentence_ends

_LONGEST = 400  # characters of a sentence that are shown


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A piece of text with the places, in it, of the words that were searched."""

    text: str
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Highlight:
    """The answering sentence as it was written, and translated where there is a translation."""

    original: Passage
    translation: Passage | None = None


def highlight(article: ArticleText, terms: Sequence[Term]) -> Highlight:
    """Return the sentence with the most of the terms, of the original or else of the translation."""
    originals, translations = _places(article.text), _places(article.text_translation or "")
    words = _Words(terms)
    here, there = (
        _best(words, article.text, originals),
        _best(words, article.text_translation or "", translations),
    )
    if not translations:
        return Highlight(
            original=words.marked(article.text, originals[here[1]] if originals else (0, 0, 0, 0))
        )
    chosen = originals[here[1]] if here[0] >= there[0] else translations[there[1]]
    return Highlight(
        original=words.marked(article.text, _beside(chosen, originals)),
        translation=words.marked(article.text_translation or "", _beside(chosen, translations)),
    )


_Place = tuple[int, int, int, int]  # start, end, paragraph, ordinal in the paragraph


def _places(text: str) -> list[_Place]:
    found: list[_Place] = []
    start = 0
    for number, line in enumerate(text.split("\n")):
        cuts = [0, *sentence_ends(line), len(line)]
        spans = [(start + a, start + b) for a, b in pairwise(cuts) if line[a:b].strip()]
        found.extend((a, b, number, ordinal) for ordinal, (a, b) in enumerate(spans))
        start += len(line) + 1
    return found


def _beside(chosen: _Place, places: Sequence[_Place]) -> _Place:
    """Return the sentence of the same paragraph and number, or the nearest: translations keep both."""
    return min(
        places, key=lambda place: (abs(place[2] - chosen[2]), abs(place[3] - chosen[3])), default=(0, 0, 0, 0)
    )


def _best(words: "_Words", text: str, places: Sequence[_Place]) -> tuple[int, int]:
    """Return how many different terms the best sentence has, and its number; the earliest of equals."""
    if not places:
        return 0, 0
    hits = words.find(text)
    counts = [
        len({number for number, s, e in hits if start <= s and e <= end}) for start, end, _, _ in places
    ]
    most = max(counts)
    return most, counts.index(most)


class _Words:
    """The words of a search, looked for without regard to case and accents."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self._terms = list(dict.fromkeys(terms))
        self._phrases = Phrases([_plain(fold_alias(term.text)) or " " for term in self._terms])

    def find(self, text: str) -> list[tuple[int, int, int]]:
        """Return (number of the term, start, end) of each place in the stored text."""
        folded = fold(text)
        plain = _plain(folded.text)
        return [
            (number, *folded.span(start, self._reach(number, plain, end)))
            for number, start, end in self._phrases.find_in(plain)
            if self._fits(number, plain, start, end)
        ]

    def _reach(self, number: int, plain: str, end: int) -> int:
        """Return where the word ends of which only the beginning was searched."""
        while self._terms[number].prefix and end < len(plain) and plain[end].isalnum():
            end += 1
        return end

    def _fits(self, number: int, plain: str, start: int, end: int) -> bool:
        """Judge as the index does, which finds pairs of Han, kana and Hangul wherever they stand."""
        free = is_unspaced(plain[start]) or "ァ" <= plain[start] <= "ー" or "가" <= plain[start] <= "힣"
        boundary: Boundary = "none" if free else "start" if self._terms[number].prefix else "auto"
        return stands_alone(plain, start, end, boundary)

    def marked(self, text: str, place: _Place) -> Passage:
        """Cut a sentence out, shortened around its first mark, with all marks in it."""
        start, end = place[0], place[1]
        while start < end and text[start].isspace():
            start += 1
        marks = sorted({(s, e) for _, s, e in self.find(text[start:end])})
        first = max(0, marks[0][0] - _LONGEST // 2) if marks and marks[0][1] > _LONGEST else 0
        shown = text[start + first : min(end, start + first + _LONGEST)].rstrip()
        kept = [(s - first, e - first) for s, e in marks if s >= first and e - first <= len(shown)]
        return Passage(text=shown, marks=_merged(kept))


def _merged(marks: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    joined: list[tuple[int, int]] = []
    for start, end in marks:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def _plain(text: str) -> str:
    """Take accents off, one character for one."""
    if text.isascii():
        return text
    bare = {
        ord(c): b
        for c in set(text)
        if (b := unicodedata.normalize("NFD", c)[0]) != c and not "가" <= c <= "힣"
    }
    return text.translate(bare)
