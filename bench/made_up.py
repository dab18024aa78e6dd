"""Make up articles, as many as a benchmark wants and the same at every call.

There are three kinds: news about events in mostly ordinary English; texts in invented words that follow Zipf's law,
some in Chinese, some with a translation beside; texts of the same thirteen words.
"""

import functools
import json
import random
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from monitor.corpus.article_text import ArticleText
from monitor.corpus.terms import background
from monitor.languages import Language

START = datetime(2026, 1, 1, tzinfo=UTC)
_MONTH_MINUTES = 30 * 24 * 60
_TELLINGS = 5  # articles of an event, on average
_COPIED = 0.1  # of the news are copies
_OWN_SHARE = 4  # one word in so many is the event's own
_STEMS = ("ando", "beru", "cami", "dolo", "ebra", "fino", "gola", "hiru")
_OUTLETS = [f"outlet{number}.example" for number in range(200)]
NAMES = [
    f"{first} {last}" for first in ("Aina", "Bero", "Celu", "Dimo") for last in ("Tarven", "Ruskol", "Obando")
]
_FEW_WORDS = (
    "harbour council bridge lighthouse school winter market river festival engineer ticket garden library"
)
_SYLLABLES = [
    consonant + vowel for consonant in "bdfgklmnprstvz" for vowel in ("a", "e", "i", "o", "u", "an", "er")
]
_HAN = [chr(code) for code in range(0x4E00, 0x4E00 + 3000)]
_FOLDER = 1_000  # files in one


class Vocabulary(NamedTuple):
    """Words with the running totals of how often they come."""

    words: Sequence[str]
    totals: Sequence[float]

    def some(self, dice: random.Random, count: int) -> list[str]:
        """Draw words."""
        return dice.choices(self.words, cum_weights=self.totals, k=count)


@functools.cache
def english() -> Vocabulary:
    """Return the words of ordinary news."""
    counts = background().counts
    return Vocabulary([*counts], [*accumulate(counts.values())])


def zipf(words: Sequence[str]) -> Vocabulary:
    """Return words that come the more seldom, the later they stand."""
    return Vocabulary(words, [*accumulate(1 / (rank + 10) for rank in range(len(words)))])


def sentence(words: Sequence[str], end: str = ".") -> str:
    """Return words as a sentence."""
    return " ".join(words).capitalize() + end


def paragraphs(sentences: Sequence[str], each: int = 4) -> str:
    """Return sentences in paragraphs, a line each."""
    return "\n".join(" ".join(sentences[at : at + each]) for at in range(0, len(sentences), each))


def event_of(number: int, articles: int) -> int:
    """Return what an article of so many in thirty days is about: an event is told of within two days."""
    return (number - random.Random(number).randrange(max(articles // 15, 1))) // _TELLINGS


def moment_of(number: int, articles: int) -> datetime:
    """Return when an article of so many in thirty days came out."""
    return START + timedelta(minutes=_MONTH_MINUTES * number / articles)


def words_about(event: int, dice: random.Random, count: int) -> list[str]:
    """Draw words of which most are ordinary English and one in four is the event's own."""
    own = [f"{stem}{event}" for stem in _STEMS]
    own += random.Random(f"event {event}").choices(english().words, k=12)
    rare = count // _OWN_SHARE
    chosen = english().some(dice, count - rare) + dice.choices(own, k=rare)
    dice.shuffle(chosen)
    return chosen


def news(number: int, articles: int, sentences: int) -> dict[str, str]:
    """Return one article of so many; every tenth repeats one before it, in another outlet."""
    dice = random.Random(f"news {number}")
    told = max(number - dice.randint(1, 500), 0) if dice.random() < _COPIED else number
    outlet = dice.choice(_OUTLETS)
    title, text = _told(told, articles, sentences)
    return {
        "title": title,
        "text": f"{text}\nFollow the {outlet.partition('.')[0].capitalize()} Courier for more stories like this one",
        "source": outlet,
        "published_at": moment_of(number, articles).isoformat(),
    }


def _told(number: int, articles: int, sentences: int) -> tuple[str, str]:
    """Return title and text of a telling, in which names are quoted."""
    event, dice = event_of(number, articles), random.Random(f"telling {number}")
    ends = (f", said {dice.choice(NAMES)}." if dice.random() < 0.1 else "." for _ in range(sentences))
    made = [sentence(words_about(event, dice, dice.randint(8, 24)), end) for end in ends]
    return sentence(words_about(event, dice, 8), ""), paragraphs(made)


def write_news(folder: Path, documents: int, sentences: int) -> None:
    """Write so many articles as JSON files with title, text, outlet and time."""
    for place in _places(folder, documents, "json"):
        place.write_text(json.dumps(news(int(place.stem), documents, sentences)), encoding="utf-8")


def write_same_words(folder: Path, documents: int, sentences: int) -> None:
    """Write so many texts that all draw on thirteen words: each resembles all."""
    dice, words = random.Random(5), _FEW_WORDS.split()
    for place in _places(folder, documents, "txt"):
        lines = (sentence(dice.choices(words, k=12)) for _ in range(sentences))
        place.write_text(f"Report {place.stem}. " + "\n".join(lines), encoding="utf-8")


def watchlist() -> str:
    """Return a watchlist of the names that stand in the news."""
    return json.dumps({"entities": [{"name": name, "type": "person"} for name in NAMES]})


def _places(folder: Path, documents: int, suffix: str) -> Iterator[Path]:
    for number in range(documents):
        place = folder / f"{number // _FOLDER:04}"
        if number % _FOLDER == 0:
            place.mkdir(parents=True)
        yield place / f"{number}.{suffix}"


class InventedTexts:
    """A seeded source of texts in words that no language has; `names` stand in every fifth sentence."""

    def __init__(self, seed: int = 1, words: int = 60_000, names: Sequence[str] = ()) -> None:
        self.random = random.Random(seed)
        self.names = names
        self.vocabulary = zipf([self._word() for _ in range(words)])
        self.han = zipf(_HAN)

    def _word(self) -> str:
        return "".join(self.random.choices(_SYLLABLES, k=self.random.choice((1, 2, 2, 3, 3, 4))))

    def sentence(self) -> str:
        """Return a sentence of 8 to 24 words."""
        words = self.vocabulary.some(self.random, self.random.randint(8, 24))
        named = self.names and self.random.random() < 0.2
        return sentence(words, f" {self.random.choice(self.names)}." if named else ".")

    def text(self, sentences: int = 20) -> str:
        """Return paragraphs of four sentences."""
        return paragraphs([self.sentence() for _ in range(sentences)])

    def han_text(self, characters: int = 600) -> str:
        """Return a text without spaces."""
        made = self.han.some(self.random, characters)
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
                published_at=START + timedelta(minutes=number),
            )
