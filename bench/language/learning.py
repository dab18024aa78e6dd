"""Learning of weights for hashed n-grams: logistic regression on random windows of texts and on word lists."""

import random
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bench.language.labelled import Text
from bench.language.windows import gather, window
from monitor.detection.ngrams import BUCKET_BITS, MOST_AT_ONCE, grams_of, read
from monitor.detection.noise import without_noise
from monitor.languages import Language

KEPT = {"Latn": 60_000, "Cyrl": 14_000, "Arab": 8_000, "Deva": 4_000}
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
    seed: int = 7,
) -> Weights:
    """Learn weights by stochastic gradient descent with a step a row (Duchi et al. 2011)."""
    chooser = random.Random(seed)
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
    return shortened(weights, bias, seen, kept or KEPT[script])


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
    material = gather(texts)
    labels = [n for n, language in enumerate(languages) for _ in range(windows * _OFTENER.get(language, 1))]
    chooser.shuffle(labels)
    for start in range(0, len(labels), MOST_AT_ONCE):
        some = labels[start : start + MOST_AT_ONCE]
        pieces = [window(material, languages[label], chooser) for label in some]
        for label, buckets in zip(some, features(pieces, script), strict=True):
            if buckets is not None and len(buckets):
                yield label, buckets


def _softmax(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return probabilities for log odds."""
    powers: NDArray[np.float32] = np.exp(logits - logits.max())
    powers /= powers.sum()
    return powers


def shortened(
    weights: NDArray[np.float32], bias: NDArray[np.float32], seen: NDArray[np.int32], kept: int
) -> Weights:
    """Keep the rows that tell most, how often they tell it counted in, in whole numbers of eight bits."""
    weights -= weights.mean(axis=1, keepdims=True)
    telling = np.ptp(weights, axis=1) * np.sqrt(seen)
    buckets = np.sort(np.argsort(-telling)[:kept])
    scale = float(np.quantile(np.abs(weights[buckets]), 0.9999)) / 127
    whole = np.clip(np.rint(weights[buckets] / scale), -127, 127).astype(np.int8)
    return Weights(buckets, whole, scale, bias - bias.mean())
