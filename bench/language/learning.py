"""Learning of weights for hashed n-grams: logistic regression on random windows of texts and on word lists."""

import random
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bench.language.labelled import Text
from monitor.detection.ngrams import BUCKET_BITS, MOST_AT_ONCE, grams_of, read
from monitor.detection.noise import without_noise
from monitor.languages import Language

KEPT = {"Latn": 60_000, "Cyrl": 14_000, "Arab": 8_000, "Deva": 4_000}
_WORDS = Path(__file__).with_name("words.txt")
_EPOCHS, _WINDOWS, _STEP = 6, 500, 0.5
_OFTENER = {
    "id": 3,
    "ms": 3,
    "nb": 3,
    "da": 3,
    "gl": 2,
    "pt": 2,
    "en": 2,
    "nl": 2,
    "sv": 2,
    "sr": 2,
    "hi": 2,
}  # close or mixed
_MORE = 0.25  # of the odds of a labelled text
_CAPITALS, _PLAIN, _LISTED = (
    0.08,
    0.06,
    0.12,
)  # shares of windows: in capitals, without accents, from the lists


class Weights(NamedTuple):
    """What one training learnt: kept buckets, weights (rows x languages), what one unit is worth, biases."""

    buckets: NDArray[np.intp]
    weights: NDArray[np.int8]
    scale: float
    bias: NDArray[np.float32]


def train(
    texts: Sequence[Text],
    script: str,
    languages: Sequence[Language],
    *,
    windows: int = _WINDOWS,
    kept: int = 0,
) -> Weights:
    """Learn weights by stochastic gradient descent with a step a row (Duchi et al. 2011)."""
    chooser = random.Random(7)
    weights = np.zeros((1 << BUCKET_BITS, len(languages)), dtype=np.float32)
    bias = np.zeros(len(languages), dtype=np.float32)
    squares = np.full(1 << BUCKET_BITS, 0.01, dtype=np.float32)
    seen = np.zeros(1 << BUCKET_BITS, dtype=np.int32)
    for epoch in range(_EPOCHS):
        step = _STEP * (1 - 0.7 * epoch / _EPOCHS)
        for label, buckets in _windows(texts, script, languages, chooser, windows):
            rows, counts = np.unique(buckets, return_counts=True)
            values = (counts / np.sqrt(len(buckets))).astype(np.float32)
            error = _softmax(values @ weights[rows] + bias)
            error[label] -= 1
            squares[rows] += values * values * float(error @ error)
            weights[rows] -= np.outer(step * values / np.sqrt(squares[rows]), error)
            bias -= 0.05 * step * error
            seen[rows] += 1
    return _shortened(weights, bias, seen, kept or KEPT[script])


def features(texts: Sequence[str], script: str) -> list[NDArray[np.intp] | None]:
    """Return the buckets of the n-grams of each text; None for one that another script carries."""
    found: list[NDArray[np.intp] | None] = []
    for start in range(0, len(texts), MOST_AT_ONCE):
        reading = read([without_noise(text) for text in texts[start : start + MOST_AT_ONCE]])
        wanted = np.array([name == script for name in reading.leading()])
        if not wanted.any():
            found += [None] * len(wanted)
            continue
        grams = grams_of(reading, script, wanted)
        parts = np.split(grams.buckets, grams.starts[1:])
        found += [part if fits else None for part, fits in zip(parts, wanted, strict=True)]
    return found


def stored(languages: Sequence[Language], learnt: Weights) -> dict[str, Any]:
    """Return the stored arrays of one training."""
    return {
        "languages": np.array(languages),
        "buckets": np.diff(learnt.buckets, prepend=0).astype(np.uint32),
        "weights": np.ascontiguousarray(learnt.weights.T),
        "scale": np.array(learnt.scale),
        "bias": learnt.bias,
    }


def _windows(
    texts: Sequence[Text],
    script: str,
    languages: Sequence[Language],
    chooser: random.Random,
    windows: int,
) -> Iterator[tuple[int, NDArray[np.intp]]]:
    """Yield the label and n-grams of as many random windows for each language, in random order."""
    material: dict[Language, list[Text]] = defaultdict(list)
    for text in texts:
        if text.kind in {"document", "more"} or (
            text.kind in {"sentence", "headline"} and text.source != "ntrex"
        ):
            material[text.language].append(text)
    odds = {language: [_odds(t) for t in kept] for language, kept in material.items()}
    lists = _word_lists()
    labels = [n for n, language in enumerate(languages) for _ in range(windows * _OFTENER.get(language, 1))]
    chooser.shuffle(labels)
    for start in range(0, len(labels), MOST_AT_ONCE):
        some = labels[start : start + MOST_AT_ONCE]
        pieces = [_window(material, odds, lists, languages[label], chooser) for label in some]
        for label, buckets in zip(some, features(pieces, script), strict=True):
            if buckets is not None and len(buckets):
                yield label, buckets


def _odds(text: Text) -> float:
    """Return how often a text is chosen: longer ones more often, further ones less."""
    return float(min(len(text.text), 3000) ** 0.7) * (_MORE if text.kind == "more" else 1.0)


def _window(
    material: dict[Language, list[Text]],
    odds: dict[Language, list[float]],
    lists: dict[str, list[str]],
    language: Language,
    chooser: random.Random,
) -> str:
    """Return some words in a row from one text of a language, or some words of its list."""
    if language in lists and chooser.random() < _LISTED:
        return " ".join(chooser.choices(lists[language], k=chooser.randrange(2, 9)))
    words = chooser.choices(material[language], odds[language])[0].text.split()
    size = int(np.exp(chooser.uniform(np.log(3), np.log(40))))
    start = chooser.randrange(max(1, len(words) - size + 1))
    window, dice = " ".join(words[start : start + size]), chooser.random()
    if dice < _CAPITALS:
        return window.upper()
    return _without_accents(window) if dice < _CAPITALS + _PLAIN else window


def _without_accents(text: str) -> str:
    """Return a text as typed without the keys for accented letters."""
    plain = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return plain.translate(str.maketrans("ıłđø", "ildo"))


def _word_lists() -> dict[str, list[str]]:
    """Return the hand-written words of each language."""
    lines = [
        line.partition(":") for line in _WORDS.read_text(encoding="utf-8").splitlines() if line[0] != "#"
    ]
    return {code: words.split() for code, _, words in lines}


def _softmax(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return probabilities for log odds."""
    powers: NDArray[np.float32] = np.exp(logits - logits.max())
    powers /= powers.sum()
    return powers


def _shortened(
    weights: NDArray[np.float32], bias: NDArray[np.float32], seen: NDArray[np.int32], kept: int
) -> Weights:
    """Keep the rows that tell most, how often they tell it counted in, in whole numbers of eight bits."""
    weights -= weights.mean(axis=1, keepdims=True)
    telling = np.ptp(weights, axis=1) * np.sqrt(seen)
    buckets = np.sort(np.argsort(-telling)[:kept])
    scale = float(np.quantile(np.abs(weights[buckets]), 0.9999)) / 127
    whole = np.clip(np.rint(weights[buckets] / scale), -127, 127).astype(np.int8)
    return Weights(buckets, whole, scale, bias - bias.mean())
