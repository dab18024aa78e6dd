"""monitor's own model: weights of hashed n-grams for the languages of each shared script.

`ngrams.npz` is made by `python -m bench.language.train` from labelled texts and hand-written word lists. The
weights are whole numbers, so that sums, and hence answers, are the same on every machine.
"""

import threading
from functools import cache
from importlib.resources import files
from itertools import combinations, pairwise
from pathlib import Path
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
    kept = rows.nonzero()[0]
    bounds = [*kept.searchsorted(grams.starts).tolist(), len(kept)]
    known = model.weights.take(rows.take(kept), axis=0).astype(np.float32)
    ones = np.ones(len(known), dtype=np.float32)
    sums = np.empty((paragraphs, len(model.languages)), dtype=np.float32)
    for place, (start, end) in enumerate(pairwise(bounds)):
        sums[place] = ones[start:end] @ known[start:end]  # whole numbers below 2**24: exact in any order
    roots = np.sqrt(np.maximum(grams.counts, 1)).astype(np.float32)
    return sums * np.float32(model.scale) / roots[:, None] + model.bias, roots


class CloseModel(NamedTuple):
    """What tells the languages of a close group apart: sorted buckets, weights (buckets x languages).

    `factors` turn evidence into log odds: the general scores, the byte model's, these, telling words; then
    follows one bias a language.
    """

    languages: tuple[Language, ...]
    buckets: NDArray[np.intp]
    weights: NDArray[np.int8]
    scale: float
    bias: Scores
    factors: Scores


CloseModels = dict[frozenset[Language], CloseModel]


def close_scores(model: CloseModel, buckets: NDArray[np.intp]) -> Scores:
    """Return the scores of one paragraph, one a language of the group."""
    places = np.minimum(np.searchsorted(model.buckets, buckets), len(model.buckets) - 1)
    known = places[model.buckets.take(places) == buckets]
    sums = np.ones(len(known), dtype=np.float32) @ model.weights.take(known, axis=0).astype(np.float32)
    scores: Scores = sums * np.float32(model.scale / max(len(buckets), 1) ** 0.5) + model.bias
    return scores


def load_model() -> dict[str, ScriptModel]:
    """Return the models of the shared scripts, read once a process, whatever the number of threads."""
    return models()[0]


def close_model(first: Language, second: Language) -> CloseModel | None:
    """Return the model of the close group that two languages share; None where they share none."""
    return models()[1].get(frozenset((first, second)))


def models() -> tuple[dict[str, ScriptModel], CloseModels]:
    """Return both kinds of models, read once a process."""
    with _LOADING:
        return read_models()


@cache
def read_models(path: Path | None = None) -> tuple[dict[str, ScriptModel], CloseModels]:
    """Read the package's data file, or another one like it."""
    with (path or files("monitor.detection").joinpath("ngrams.npz")).open("rb") as file:
        stored = np.load(file, allow_pickle=False)
        groups = sorted({name.split(".")[1] for name in stored.files if name.startswith("close.")})
        close = [_close_model(f"close.{group}", stored) for group in groups]
        return (
            {script: _script_model(script, stored) for script in SHARED_SCRIPTS},
            {frozenset(pair): model for model in close for pair in combinations(model.languages, 2)},
        )


def _close_model(name: str, stored: np.lib.npyio.NpzFile) -> CloseModel:
    """Return the model of one close group."""
    return CloseModel(
        languages=tuple(Language(str(code)) for code in stored[f"{name}.languages"]),
        buckets=np.cumsum(stored[f"{name}.buckets"]).astype(np.intp),
        weights=np.ascontiguousarray(stored[f"{name}.weights"].T),
        scale=float(stored[f"{name}.scale"]),
        bias=stored[f"{name}.bias"],
        factors=stored[f"{name}.factors"],
    )


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
