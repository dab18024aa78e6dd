"""Say for each line of a document how likely it is part of the article, by a small trained model.

`python -m bench.train_lines FOLDER` makes the model's data file, line_model.npz.
"""

import functools
import importlib.resources
import io
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from monitor.cleaning.line_evidence import Sound, evidence
from monitor.cleaning.line_layers import Layers, layer_odds
from monitor.cleaning.line_marks import Floats, read_marks
from monitor.cleaning.line_trees import Forest, log_odds
from monitor.cleaning.line_wording import wording
from monitor.cleaning.line_words import familiar

DATA = "line_model.npz"
LAYERS_SHARE = 0.3  # of the log odds; the trees have the rest


class LineModel(NamedTuple):
    """What was learned: how runs of letters and words sound, and trees and layers over all evidence."""

    weights: NDArray[np.int8]
    words: NDArray[np.int8]
    forest: Forest
    layers: Layers


def content_scores(
    lines: Sequence[str], named: Sequence[str | None], model: LineModel | None = None
) -> Floats:
    """Return for each line of one document the probability that it is content.

    No line may be blank; `named` says which ones a rule gives away.
    """
    if not lines:
        return np.zeros(0, np.float32)
    model = model or shipped_model()
    marks = read_marks(lines)
    sound = Sound(wording(marks, model.weights), familiar(marks, model.words))
    return probabilities(model, evidence(marks, lines, [len(lines)], named, sound))


def probabilities(model: LineModel, rows: Floats) -> Floats:
    """Return for each row of evidence the probability that the line is content."""
    odds = (1 - LAYERS_SHARE) * log_odds(model.forest, rows) + LAYERS_SHARE * layer_odds(model.layers, rows)
    return np.asarray(1 / (1 + np.exp(-odds)), np.float32)


@functools.cache
def shipped_model() -> LineModel:
    """Return the model that comes with monitor."""
    return unpack(importlib.resources.files(__package__).joinpath(DATA).read_bytes())


def pack(model: LineModel) -> bytes:
    """Return the model as the bytes of an .npz file; `unpack` reads it again."""
    file = io.BytesIO()
    forest = model.forest
    np.savez_compressed(
        file,
        weights=model.weights,
        words=model.words,
        column=forest.column.astype(np.uint8),
        threshold=forest.threshold,
        left=forest.left.astype(np.uint16),
        value=forest.value.astype(np.float16),
        roots=forest.roots.astype(np.uint16),
        depth=np.int64(forest.depth),
        low=model.layers.low,
        high=model.layers.high,
        mean=model.layers.mean,
        spread=model.layers.spread,
        allow_pickle=False,
        **{f"layer{i}": _joined(*parts) for i, parts in enumerate(_pairs(model.layers))},
    )
    return file.getvalue()


def unpack(data: bytes) -> LineModel:
    """Read a model from the bytes of an .npz file; nothing in it can be executed."""
    with np.load(io.BytesIO(data), allow_pickle=False) as found:
        forest = Forest(
            column=found["column"].astype(np.int32),
            threshold=found["threshold"],
            left=found["left"].astype(np.int32),
            value=found["value"].astype(np.float32),
            roots=found["roots"].astype(np.int32),
            depth=int(found["depth"]),
        )
        stored = [found[name].astype(np.float32) for name in sorted(found.files) if name.startswith("layer")]
        layers = Layers(
            low=found["low"],
            high=found["high"],
            mean=found["mean"],
            spread=found["spread"],
            weights=tuple(np.ascontiguousarray(part[:, :-1]) for part in stored),
            offsets=tuple(np.ascontiguousarray(part[:, -1]) for part in stored),
        )
        return LineModel(weights=found["weights"], words=found["words"], forest=forest, layers=layers)


def _pairs(layers: Layers) -> Iterator[tuple[Floats, Floats]]:
    return zip(layers.weights, layers.offsets, strict=True)


def _joined(weights: Floats, offsets: Floats) -> NDArray[np.float16]:
    """Return a layer in one array, its offsets as the last row."""
    return np.concatenate([weights, offsets[:, None]], axis=1).astype(np.float16)
