"""The mean of several trained models: `python -m bench.language.mean LABELLED.jsonl.gz FOLDER… --folds NEW`.

Each folder holds what one training wrote with `--folds`. Trainings from other seeds or material err in other places;
the mean of their weights, the odds fitted to it anew, errs less than each. One folder alone: only the odds are new.
"""

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.language.close import KEPT_CLOSE, Evidence, fitted_factors
from bench.language.labelled import Text, of_script, read_texts
from bench.language.learning import KEPT, Weights, shortened, stored
from bench.language.train import MODEL, PARTS, fitted_odds, held_out_scores, save
from monitor.detection.gram_model import SHARED_SCRIPTS
from monitor.languages import Language

Arrays = Mapping[str, Any]
Floats = NDArray[np.float32]


def main(argv: list[str]) -> int:
    """Average, fit and write the model."""
    parser = argparse.ArgumentParser(prog="bench.language.mean", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, default=MODEL)
    parser.add_argument("--folds", type=Path, help="folder for the models that have not seen a fold")
    options = parser.parse_args(argv)
    texts = read_texts(options.file)
    models = [[dict(np.load(folder / part)) for folder in options.folders] for part in PARTS]
    parts: list[dict[str, Any]] = [{} for _ in PARTS]
    for script in SHARED_SCRIPTS:
        evidence = _general(parts, models, script, of_script(texts, script))
        _neighbours(parts, models, script, (texts, evidence))
    save(parts, options.out, options.folds)
    return 0


def _general(
    parts: Sequence[dict[str, Any]], models: Sequence[Sequence[Arrays]], script: str, texts: list[Text]
) -> Evidence:
    """Put into the parts the mean model of a script; return what it says of the texts that it has not seen."""
    languages = _languages(models[0][0], script)
    learnt = [_mean(several, script, KEPT[script]) for several in models]
    scores, roots = held_out_scores(learnt, texts, script, languages)
    fitted = fitted_odds(languages, texts, scores, roots)
    for part, weights in zip(parts, learnt, strict=True):
        part.update(
            {f"{script}.{name}": array for name, array in (stored(languages, weights) | fitted).items()}
        )
    return Evidence(languages, scores)


def _neighbours(
    parts: Sequence[dict[str, Any]],
    models: Sequence[Sequence[Arrays]],
    script: str,
    seen: tuple[list[Text], Evidence],
) -> None:
    """Put into the parts the mean models of the close groups of a script."""
    texts, evidence = of_script(seen[0], script), seen[1]
    for name in [key.removesuffix(".factors") for key in models[0][0] if key.endswith(".factors")]:
        members = _languages(models[0][0], name)
        if not set(members) <= set(evidence.languages):
            continue
        learnt = [_mean(several, name, KEPT_CLOSE) for several in models]
        factors = fitted_factors(learnt, texts, members, evidence, script)
        print(script, *members, "factors", *factors.round(2), flush=True)
        for part, weights in zip(parts, learnt, strict=True):
            part.update({f"{name}.{key}": array for key, array in stored(members, weights).items()})
            part[f"{name}.factors"] = factors


def _languages(model: Arrays, name: str) -> list[Language]:
    """Return the languages of one script or close group."""
    return [Language(str(code)) for code in model[f"{name}.languages"]]


def _mean(models: Sequence[Arrays], name: str, kept: int) -> Weights:
    """Return the mean of the weights that several models hold under one name; none for what one lacks."""
    buckets = [np.cumsum(model[f"{name}.buckets"]).astype(np.intp) for model in models]
    every = np.unique(np.concatenate(buckets))
    weights = np.zeros((len(every), len(models[0][f"{name}.languages"])), dtype=np.float32)
    for model, own in zip(models, buckets, strict=True):
        scale = np.float32(model[f"{name}.scale"] / len(models))
        weights[np.searchsorted(every, own)] += model[f"{name}.weights"].T * scale
    bias: Floats = np.stack([model[f"{name}.bias"] for model in models]).mean(axis=0).astype(np.float32)
    learnt = shortened(weights, bias, np.ones(len(every), dtype=np.int32), kept)
    return learnt._replace(buckets=every[learnt.buckets])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
