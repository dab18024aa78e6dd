"""Train small neural networks on weighted rows with labels, by numpy alone."""

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from monitor.cleaning.line_layers import Layers, scaled
from monitor.cleaning.line_marks import Floats

HIDDEN = (96, 48)
NETWORKS = 1
ROUNDS = 12
BATCH = 512
RATE = 2e-3
DECAY = 1e-3  # of the rate, by which weights shrink at each step
REACH = np.float32(4)  # deviations from the mean; farther figures count as this
UNSEEN, ASLEEP = 0.1, 0.35  # parts of the evidence, and of the hidden units, that a step does without
_SLOW, _SLOWER = 0.9, 0.999


class Examples(NamedTuple):
    """Rows of evidence on one scale, labels of 0 and 1, and what each row weighs."""

    rows: Floats
    labels: Floats
    weights: Floats


def train_layers(rows: Floats, labels: NDArray[np.int64], weights: NDArray[np.float64]) -> Layers:
    """Return networks that tell rows with label 1 from rows with label 0."""
    low, high = np.percentile(rows, [0.5, 99.5], axis=0).astype(np.float32)
    cut = np.clip(rows, low, high)
    mean, spread = cut.mean(axis=0), cut.std(axis=0) + np.float32(1e-3)
    low, high = np.maximum(low, mean - REACH * spread), np.minimum(high, mean + REACH * spread)
    empty = Layers(low, high, mean, spread, (), ())
    examples = Examples(
        scaled(empty, rows), labels.astype(np.float32), (weights / weights.mean()).astype(np.float32)
    )
    networks = [_network(examples, np.random.default_rng(seed)) for seed in range(1, NETWORKS + 1)]
    stacked = [np.stack(parts) for parts in zip(*networks, strict=True)]
    return empty._replace(weights=tuple(stacked[::2]), offsets=tuple(stacked[1::2]))


def _network(examples: Examples, chance: np.random.Generator) -> list[Floats]:
    """Train one network: Adam with decoupled decay (Loshchilov 2019), dropout, rate along half a cosine."""
    widths = (examples.rows.shape[1], *HIDDEN, 1)
    layers: list[Floats] = []
    for a, b in pairwise(widths):
        layers += [chance.normal(0, np.sqrt(2 / a), (a, b)).astype(np.float32), np.zeros(b, np.float32)]
    slopes, squares = ([np.zeros_like(part) for part in layers] for _ in range(2))
    count = len(examples.rows) // BATCH
    for step in range(1, ROUNDS * count + 1):
        if step % count == 1:
            order = chance.permutation(len(examples.rows))
        chosen = order[(step - 1) % count * BATCH :][:BATCH]
        rate = RATE * (0.5 + 0.5 * np.cos(np.pi * step / (ROUNDS * count)))
        found = _gradients(layers, examples, chosen, chance)
        for part, slope, square, new in zip(layers, slopes, squares, found, strict=True):
            np.add(slope, (1 - _SLOW) * (new - slope), out=slope)
            np.add(square, (1 - _SLOWER) * (new**2 - square), out=square)
            even = np.sqrt(square / (1 - _SLOWER**step)) + 1e-8
            shrunk = DECAY * part * (part.ndim > 1)
            np.subtract(part, rate * (slope / (1 - _SLOW**step) / even + shrunk), out=part)
    return layers


def _gradients(
    layers: Sequence[Floats], examples: Examples, chosen: NDArray[np.int64], chance: np.random.Generator
) -> list[Floats]:
    """Return the slope of the logistic loss on the chosen rows for each layer's weights and offsets."""
    inputs: list[Floats] = [
        examples.rows[chosen] * _awake((len(chosen), examples.rows.shape[1]), UNSEEN, chance)
    ]
    gates: list[Floats] = []
    for weights, offsets in zip(layers[:-2:2], layers[1:-2:2], strict=True):
        found = inputs[-1] @ weights + offsets
        gates.append((found > 0) * _awake(found.shape, ASLEEP, chance))
        inputs.append(found * gates[-1])
    odds = (inputs[-1] @ layers[-2] + layers[-1])[:, 0]
    error = 1 / (1 + np.exp(-odds)) - examples.labels[chosen]
    back = (error * examples.weights[chosen] / len(chosen))[:, None]
    slopes: list[Floats] = []
    for number in range(len(inputs) - 1, -1, -1):
        slopes = [inputs[number].T @ back, np.asarray(back.sum(axis=0), np.float32), *slopes]
        if number:
            back = (back @ layers[2 * number].T) * gates[number - 1]
    return slopes


def _awake(shape: tuple[int, ...], part: float, chance: np.random.Generator) -> Floats:
    """Return a mask that leaves the given part out and makes up for it in the rest."""
    return ((chance.random(shape, dtype=np.float32) > part) / (1 - part)).astype(np.float32)
