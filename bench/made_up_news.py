"""Make up a month of news in files: events that several outlets tell, copies, an outlet's own lines, known names."""

import functools
import json
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path

from monitor.corpus.terms import background

_START = datetime(2026, 1, 1, tzinfo=UTC)
_MINUTES = 30 * 24 * 60
_TELLINGS = 5  # articles of an event, on average
_COPIED = 0.1  # of the articles are copies
_FOLDER = 1_000  # files in one
_OUTLETS = 200
_NAMES = [
    f"{first} {last}" for first in ("Aina", "Bero", "Celu", "Dimo") for last in ("Tarven", "Ruskol", "Obando")
]
_FEW_WORDS = (
    "harbour council bridge lighthouse school winter market river festival engineer ticket garden library"
)


def write_news(folder: Path, documents: int, sentences: int) -> None:
    """Write so many articles as JSON files with title, text, outlet and time."""
    for place in _places(folder, documents, "json"):
        article = made_up(int(place.stem), documents, sentences)
        place.write_text(json.dumps(article), encoding="utf-8")


def write_same_words(folder: Path, documents: int, sentences: int) -> None:
    """Write so many texts that all draw on thirteen words: each resembles all."""
    dice, words = random.Random(5), _FEW_WORDS.split()
    for place in _places(folder, documents, "txt"):
        lines = (" ".join(dice.choices(words, k=12)).capitalize() + "." for _ in range(sentences))
        place.write_text(f"Report {place.stem}. " + "\n".join(lines), encoding="utf-8")


def watchlist() -> str:
    """Return a watchlist of the names that stand in the news."""
    return json.dumps({"entities": [{"name": name, "type": "person"} for name in _NAMES]})


def _places(folder: Path, documents: int, suffix: str) -> Iterator[Path]:
    for number in range(documents):
        place = folder / f"{number // _FOLDER:04}"
        if number % _FOLDER == 0:
            place.mkdir(parents=True)
        yield place / f"{number}.{suffix}"


def made_up(number: int, documents: int, sentences: int) -> dict[str, str]:
    """Return one article of so many within a month; every tenth repeats one before it, in another outlet."""
    dice = random.Random(number)
    told = max(number - dice.randint(1, 500), 0) if dice.random() < _COPIED else number
    title, text = _told(told, documents, sentences)
    outlet = dice.randrange(_OUTLETS)
    return {
        "title": title,
        "text": f"{text}\nFollow the Outlet{outlet} Courier for more stories like this one",
        "source": f"outlet{outlet}.example",
        "published_at": (_START + timedelta(minutes=_MINUTES * number / documents)).isoformat(),
    }


@functools.cache
def _english() -> tuple[list[str], list[int]]:
    """Return the words of ordinary news with their running totals."""
    table = background()
    return [*table.counts], [*accumulate(table.counts.values())]


def _told(number: int, documents: int, sentences: int) -> tuple[str, str]:
    """Return title and text of a telling: most words from ordinary English, one in four the event's own."""
    dice = random.Random(f"telling {number}")
    event = (number - dice.randrange(max(documents // 15, 1))) // _TELLINGS
    common, counts = _english()
    own = [f"{stem}{event}" for stem in ("ando", "beru", "cami", "dolo", "ebra", "fino")]
    own += random.Random(f"event {event}").choices(common, k=12)

    def sentence(words: int) -> str:
        chosen = dice.choices(common, cum_weights=counts, k=words * 3 // 4) + dice.choices(own, k=words // 4)
        dice.shuffle(chosen)
        return " ".join(chosen).capitalize() + (
            f", said {dice.choice(_NAMES)}." if dice.random() < 0.1 else "."
        )

    made = [sentence(dice.randint(8, 24)) for _ in range(sentences)]
    text = "\n".join(" ".join(made[at : at + 4]) for at in range(0, sentences, 4))
    return sentence(8).rstrip("."), text
