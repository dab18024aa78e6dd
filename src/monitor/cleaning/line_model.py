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

from monitor.cleaning.line_context import context
from monitor.cleaning.line_evidence import Sound, evidence
from monitor.cleaning.line_features import OWN, extents
from monitor.cleaning.line_layers import Layers, layer_odds
from monitor.cleaning.line_marks import Floats, Ints, read_marks
from monitor.cleaning.line_packing import packed, unpacked
from monitor.cleaning.line_trees import log_odds
from monitor.cleaning.line_vocabulary import Vocabulary, subject_features, vocabulary_of
from monitor.cleaning.line_wording import wording
from monitor.cleaning.line_words import familiar
from monitor.forest import Forest

DATA = "line_model.npz"
LAYERS_SHARE = 0.4  # of the first look's log odds; the trees have the rest
CONTEXT_SHARE = 0.6  # of all log odds
SETTLED = 3.0  # log odds beyond which a second look has changed nothing


class LineModel(NamedTuple):
    """What was learned: how runs of letters and words sound, trees and layers over all evidence, trees in context.

    The trees of `context` see what those of `forest` and the layers made of the lines around.
    """

    weights: NDArray[np.int8]
    words: NDArray[np.int8]
    forest: Forest
    layers: Layers
    context: Forest


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
    sizes = [len(lines)]
    vocabulary = vocabulary_of(marks, sizes)
    rows = evidence(marks, lines, sizes, named, sound, vocabulary)
    first = first_odds(model.forest, model.layers, rows)
    around = context_rows(first, rows, marks.lengths, sizes, vocabulary)
    return probabilities(first, second_odds(model.context, first, around))


def first_odds(forest: Forest, layers: Layers, rows: Floats) -> Floats:
    """Return for each row of evidence the log odds that the line is content."""
    return (1 - LAYERS_SHARE) * log_odds(forest, rows) + LAYERS_SHARE * layer_odds(layers, rows)


def second_odds(context: Forest, first: Floats, rows: Floats) -> Floats:
    """Return the log odds that each line is content, by its surroundings unless the first look settled it."""
    odds = first.copy()
    doubtful = np.flatnonzero(np.abs(first) < SETTLED)
    odds[doubtful] = log_odds(context, rows[doubtful])
    return odds


def context_rows(
    odds: Floats, rows: Floats, lengths: Ints, sizes: Sequence[int], vocabulary: Vocabulary
) -> Floats:
    """Return what the first look's log odds say of each line's surroundings, with the line's own features."""
    return context(odds, rows[:, :OWN], lengths, extents(sizes), subject_features(vocabulary, odds))


def probabilities(first: Floats, second: Floats) -> Floats:
    """Return the probability that a line is content from the log odds of both looks."""
    odds = (1 - CONTEXT_SHARE) * first + CONTEXT_SHARE * second
    return np.asarray(1 / (1 + np.exp(-odds)), np.float32)


@functools.cache
def shipped_model() -> LineModel:
    """Return the model that comes with monitor."""
    return unpack(importlib.resources.files(__package__).joinpath(DATA).read_bytes())


def pack(model: LineModel) -> bytes:
    """Return the model as the bytes of an .npz file; `unpack` reads it again."""
    file = io.BytesIO()
    np.savez_compressed(
        file,
        weights=model.weights,
        words=model.words,
        low=model.layers.low,
        high=model.layers.high,
        mean=model.layers.mean,
        spread=model.layers.spread,
        allow_pickle=False,
        **{f"layer{i}": _joined(*parts) for i, parts in enumerate(_pairs(model.layers))},
        **dict(packed(model.forest, "forest")),
        **dict(packed(model.context, "context")),
    )
    return file.getvalue()


def unpack(data: bytes) -> LineModel:
    """Read a model from the bytes of an .npz file; nothing in it can be executed."""
    with np.load(io.BytesIO(data), allow_pickle=False) as found:
        stored = [found[name].astype(np.float32) for name in sorted(found.files) if name.startswith("layer")]
        return LineModel(
            weights=found["weights"],
            words=found["words"],
            forest=unpacked(found, "forest"),
            layers=Layers(
                low=found["low"],
                high=found["high"],
                mean=found["mean"],
                spread=found["spread"],
                weights=tuple(np.ascontiguousarray(part[:, :-1]) for part in stored),
                offsets=tuple(np.ascontiguousarray(part[:, -1]) for part in stored),
            ),
            context=unpacked(found, "context"),
        )


def _pairs(layers: Layers) -> Iterator[tuple[Floats, Floats]]:
    return zip(layers.weights, layers.offsets, strict=True)


def _joined(weights: Floats, offsets: Floats) -> NDArray[np.float16]:
    """Return a layer in one array, its offsets as the last row."""
    return np.concatenate([weights, offsets[:, None]], axis=1).astype(np.float16)
