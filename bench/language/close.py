"""What tells the languages of a close group apart: trained on these alone, beside the words that tell."""

from collections.abc import Sequence
from concurrent.futures import Executor
from functools import partial
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bench.language import learning
from bench.language.fit import fit_close
from bench.language.labelled import FOLDS, Text, fold_of
from monitor.detection.chances import neighbour_evidence
from monitor.detection.gram_model import CloseModel
from monitor.detection.noise import without_noise
from monitor.detection.telling_words import close_groups
from monitor.languages import Language

Floats = NDArray[np.float32]
_WINDOWS, KEPT_CLOSE = 1500, 12_000


class Evidence(NamedTuple):
    """What the general model says of each text, held out: its languages, scores (texts x languages)."""

    languages: Sequence[Language]
    scores: Floats


def close_arrays(
    pool: Executor, texts: list[Text], more: list[Text], script: str, evidence: Evidence, *, seed: int = 7
) -> list[dict[str, Any]]:
    """Return the stored arrays of all close groups of a script: without each fold, then from all."""
    parts: list[dict[str, Any]] = [{} for _ in range(FOLDS + 1)]
    for group in close_groups():
        members = sorted(group.members & set(evidence.languages))
        if len(members) < 2:
            continue
        own = [text for text in texts if text.language in members]
        also = [text for text in more if text.language in members]
        seen = [*([t for t in own if fold_of(t) != fold] + also for fold in range(FOLDS)), own + also]
        learn = partial(learning.train, windows=_WINDOWS, kept=KEPT_CLOSE, seed=seed)
        learnt = list(pool.map(learn, seen, [script] * len(seen), [members] * len(seen)))
        factors = fitted_factors(learnt, texts, members, evidence, script)
        print(script, *members, "factors", *factors.round(2), flush=True)
        for part, weights in zip(parts, learnt, strict=True):
            name = f"close.{members[0]}"
            part.update({f"{name}.{k}": v for k, v in learning.stored(members, weights).items()})
            part[f"{name}.factors"] = factors
    return parts


def fitted_factors(
    learnt: Sequence[learning.Weights],
    texts: Sequence[Text],
    members: Sequence[Language],
    evidence: Evidence,
    script: str,
) -> Floats:
    """Return what each kind of evidence is worth, fitted on texts that the weights have not seen."""
    places = [place for place, text in enumerate(texts) if text.language in members]
    columns = [evidence.languages.index(member) for member in members]
    own = [texts[place] for place in places]
    models = [_as_close(weights, members) for weights in learnt]
    close = np.zeros((len(own), len(members), 2), dtype=np.float32)
    for row, buckets in enumerate(learning.features([text.text for text in own], script)):
        if buckets is not None:
            close[row] = neighbour_evidence(models[fold_of(own[row])], without_noise(own[row].text), buckets)
    return fit_close(own, members, evidence.scores[places][:, columns], close)


def _as_close(learnt: learning.Weights, members: Sequence[Language]) -> CloseModel:
    """Return what was learnt in the form that monitor scores with, its worth not fitted yet."""
    none = np.zeros(2, dtype=np.float32)
    return CloseModel(tuple(members), learnt.buckets, learnt.weights, learnt.scale, learnt.bias, none)
