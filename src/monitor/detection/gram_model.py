"""monitor's own model: weights of hashed n-grams for the languages of each shared script.

`ngrams.npz` is made by `python -m bench.language.train` from labelled texts and hand-written word lists. The
weights are whole numbers, so that sums, and hence answers, are the same on every machine.
"""

import threading
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from monitor.detection.ngrams import BUCKET_BITS, Grams
from monitor.languages import Language

SHARED_SCRIPTS = ("Latn", "Cyrl", "Arab", "Deva")
_LOADING = threading.Lock()

Scores = NDArray[np.float32]


class ScriptModel(NamedTuple):
    """What is known of the languages of one script.

    `rows` leads from bucket to row of `weights` (row 0: unknown, all zero). `alone` and `joint` turn scores into
    log odds: factors first, then one bias a language; `joint` has a factor for the byte model too.
    `typical` is the score a gram that all but one in fifty texts in each language exceed.
    """

    languages: tuple[Language, ...]
    rows: NDArray[np.uint16]
    weights: NDArray[np.int8]
    scale: float
    bias: Scores
    alone: Scores
    joint: Scores
    typical: Scores


def gram_scores(model: ScriptModel, grams: Grams, paragraphs: int) -> tuple[Scores, Scores]:
    """Return the scores (paragraphs x languages) and the root of the number of n-grams of each paragraph."""
    rows = model.rows.take(grams.buckets)
    kept = np.flatnonzero(rows)
    bounds = np.searchsorted(kept, np.append(grams.starts, len(rows))).tolist()
    known = model.weights.take(rows.take(kept), axis=0).astype(np.float32)
    ones = np.ones(len(known), dtype=np.float32)
    sums = np.empty((paragraphs, len(model.languages)), dtype=np.float32)
    for place, (start, end) in enumerate(pairwise(bounds)):
        sums[place] = ones[start:end] @ known[start:end]  # whole numbers below 2**24: exact in any order
    roots = np.sqrt(np.maximum(grams.counts, 1)).astype(np.float32)
    return sums * np.float32(model.scale) / roots[:, None] + model.bias, roots


def load_model() -> dict[str, ScriptModel]:
    """Return the models of the shared scripts, read once a process, whatever the number of threads."""
    with _LOADING:
        return _models()


@cache
def _models() -> dict[str, ScriptModel]:
    """Read the package's data file."""
    with files("monitor.detection").joinpath("ngrams.npz").open("rb") as file:
        stored = np.load(file, allow_pickle=False)
        return {script: _script_model(script, stored) for script in SHARED_SCRIPTS}


def _script_model(script: str, stored: np.lib.npyio.NpzFile) -> ScriptModel:
    """Return the model of one script from the arrays that bear its name."""
    buckets, weights = stored[f"{script}.buckets"], stored[f"{script}.weights"]
    rows = np.zeros(1 << BUCKET_BITS, dtype=np.uint16)
    rows[np.cumsum(buckets)] = np.arange(1, len(buckets) + 1)  # stored as differences, which pack well
    return ScriptModel(
        languages=tuple(Language(str(code)) for code in stored[f"{script}.languages"]),
        rows=rows,
        weights=np.concatenate(
            [np.zeros((1, weights.shape[0]), dtype=np.int8), np.ascontiguousarray(weights.T)]
        ),
        scale=float(stored[f"{script}.scale"]),
        bias=stored[f"{script}.bias"],
        alone=stored[f"{script}.alone"],
        joint=stored[f"{script}.joint"],
        typical=stored[f"{script}.typical"],
    )
