"""Say for each line of a document how likely it is part of the article, by a small trained model.

`python -m bench.train_lines FOLDER` makes the model's data file, line_model.npz.
"""

import functools
import importlib.resources
import io
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from monitor.cleaning.line_evidence import evidence
from monitor.cleaning.line_marks import Floats, read_marks
from monitor.cleaning.line_trees import Forest, log_odds
from monitor.cleaning.line_wording import wording

DATA = "line_model.npz"


class LineModel(NamedTuple):
    """What was learned: how runs of letters sound, and trees over all evidence."""

    weights: NDArray[np.int8]
    forest: Forest


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
    rows = evidence(marks, lines, [len(lines)], named, wording(marks, model.weights))
    return np.asarray(1 / (1 + np.exp(-log_odds(model.forest, rows))), np.float32)


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
        column=forest.column.astype(np.uint8),
        threshold=forest.threshold,
        left=forest.left.astype(np.uint16),
        value=forest.value.astype(np.float16),
        roots=forest.roots.astype(np.uint16),
        depth=np.int64(forest.depth),
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
        return LineModel(weights=found["weights"], forest=forest)
