"""Make up a corpus of any size: words by Zipf's law, some articles in Chinese with a translation."""

import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import accumulate

from monitor.corpus.article_text import ArticleText
from monitor.languages import Language

_CONSONANTS = "bdfgklmnprstvz"
_SYLLABLES = [
    consonant + vowel for consonant in _CONSONANTS for vowel in ("a", "e", "i", "o", "u", "an", "er")
]
_HAN = [chr(code) for code in range(0x4E00, 0x4E00 + 3000)]
_OUTLETS = [f"outlet{number}.example" for number in range(200)]
_START = datetime(2026, 1, 1, tzinfo=UTC)


class CorpusMaker:
    """A seeded source of articles; the same seed makes the same ones."""

    def __init__(self, seed: int = 1, words: int = 60_000, names: Sequence[str] = ()) -> None:
        self.random = random.Random(seed)
        self.names = names
        self.words = [self._word() for _ in range(words)]
        self.weights = [*accumulate(1 / (rank + 10) for rank in range(words))]
        self.han_weights = [*accumulate(1 / (rank + 10) for rank in range(len(_HAN)))]

    def _word(self) -> str:
        return "".join(self.random.choices(_SYLLABLES, k=self.random.choice((1, 2, 2, 3, 3, 4))))

    def sentence(self) -> str:
        """Return a sentence of 8 to 24 words."""
        words = self.random.choices(self.words, cum_weights=self.weights, k=self.random.randint(8, 24))
        sentence = " ".join(words).capitalize()
        if self.names and self.random.random() < 0.2:
            sentence += " " + self.random.choice(self.names)
        return sentence + "."

    def text(self, sentences: int = 20) -> str:
        """Return paragraphs of four sentences."""
        made = [self.sentence() for _ in range(sentences)]
        return "\n".join(" ".join(made[i : i + 4]) for i in range(0, sentences, 4))

    def han_text(self, characters: int = 600) -> str:
        """Return a text without spaces."""
        made = self.random.choices(_HAN, cum_weights=self.han_weights, k=characters)
        return "".join("。" if i % 25 == 24 else character for i, character in enumerate(made))

    def articles(self, count: int, start: int = 0) -> Iterator[ArticleText]:
        """Yield articles: half English, a quarter with a translation beside, a quarter Chinese with one."""
        for number in range(start, start + count):
            kind = number % 4
            foreign = kind >= 2
            yield ArticleText(
                article_id=f"article{number}",
                title=self.han_text(24) if kind == 3 else self.sentence(),
                text=self.han_text() if kind == 3 else self.text(),
                title_translation=self.sentence() if foreign else None,
                text_translation=self.text() if foreign else None,
                language=Language(("en", "en", "es", "zh-Hans")[kind]),
                outlet=self.random.choice(_OUTLETS),
                published_at=_START + timedelta(minutes=number),
            )
