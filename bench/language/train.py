"""Train monitor's own n-gram model: `python -m bench.language.train LABELLED.jsonl.gz [--more MORE.jsonl.gz]`.

The labelled file has one JSON object a line: `set`, `lang`, `text`, `src` and `key` (the document). Weights are
learnt by logistic regression on random windows of the documents and on the hand-written lists in `words.txt`;
how far to trust them beside py3langid is fitted on texts of documents that the weights have not seen.

`--more` (gzipped JSON lines of `lang` and `text`) adds texts to learn from that nothing is fitted or measured on.
The shipped model was given the FLORES-101 dev sentences of thirteen languages (CC BY-SA 4.0) and news pages, in
pieces of 800 characters, in a dozen. `--folds` keeps the models made without a fold each, for `bench.language`.
It is the mean (`bench.language.mean`) of two trainings, the first of which knew fewer of the hand-written words.
"""

import argparse
import sys
from collections.abc import Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.language.close import Evidence, close_arrays
from bench.language.fit import fit_alone, fit_joint, typical_scores
from bench.language.labelled import FOLDS, Text, fold_of, of_script, read_more, read_texts
from bench.language.learning import Weights, stored, train
from monitor.detection.gram_model import SHARED_SCRIPTS, ScriptModel, gram_scores
from monitor.detection.ngrams import BUCKET_BITS, MOST_AT_ONCE, grams_of, read
from monitor.detection.noise import without_noise
from monitor.languages import Language

MODEL = Path("src/monitor/detection/ngrams.npz")
PARTS = (*(f"fold{fold}.npz" for fold in range(FOLDS)), "all.npz")


def main(argv: list[str]) -> int:
    """Train, fit and write the model."""
    parser = argparse.ArgumentParser(prog="bench.language.train", description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--out", type=Path, default=MODEL)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--seed", type=int, default=7, help="of the windows that are learnt from")
    parser.add_argument("--more", type=Path, help="further texts to learn from: `lang` and `text` a line")
    parser.add_argument(
        "--folds", type=Path, help="folder for the models that have not seen a fold, to measure"
    )
    options = parser.parse_args(argv)
    texts = read_texts(options.file)
    more = read_more(options.more) if options.more else []
    parts: list[dict[str, Any]] = [{} for _ in range(FOLDS + 1)]
    with ProcessPoolExecutor(options.jobs) as pool:
        for script, group in [(script, of_script(texts, script)) for script in SHARED_SCRIPTS]:
            languages = sorted({text.language for text in group})
            extra = [text for text in more if text.language in languages]
            learnt = _learnt(pool, group, extra, script, languages, seed=options.seed)
            scores = held_out_scores(learnt, group, script, languages)
            fitted = fitted_odds(languages, group, *scores)
            evidence = Evidence(languages, scores[0])
            neighbours = close_arrays(pool, group, extra, script, evidence, seed=options.seed)
            for part, weights, close in zip(parts, learnt, neighbours, strict=True):
                arrays = stored(languages, weights) | fitted
                part.update({f"{script}.{name}": array for name, array in arrays.items()} | close)
            print(script, len(languages), "languages", len(learnt[-1].buckets), "n-grams", flush=True)
    save(parts, options.out, options.folds)
    return 0


def save(parts: Sequence[dict[str, Any]], out: Path, folds: Path | None) -> None:
    """Write the model of all texts, and in a folder beside it those that have not seen a fold each."""
    if folds:
        for name, part in zip(PARTS, parts, strict=True):
            np.savez_compressed(folds / name, **part)
    np.savez_compressed(out, **parts[-1])
    print(out, out.stat().st_size, "bytes")


def _learnt(
    pool: Executor,
    group: list[Text],
    extra: list[Text],
    script: str,
    languages: Sequence[Language],
    *,
    seed: int,
) -> list[Weights]:
    """Return what is learnt without each fold, then from all."""
    seen = [*([t for t in group if fold_of(t) != fold] + extra for fold in range(FOLDS)), group + extra]
    return list(pool.map(partial(train, seed=seed), seen, [script] * len(seen), [languages] * len(seen)))


def fitted_odds(
    languages: Sequence[Language], texts: Sequence[Text], scores: NDArray[np.float32], roots: NDArray[Any]
) -> dict[str, Any]:
    """Return the odds fitted on what the held-out trainings say."""
    return {
        "alone": fit_alone(texts, languages, scores),
        "joint": fit_joint(texts, languages, scores),
        "typical": typical_scores(texts, languages, (scores / roots[:, None]).astype(np.float32)),
    }


def held_out_scores(
    learnt: Sequence[Weights], texts: Sequence[Text], script: str, languages: Sequence[Language]
) -> tuple[NDArray[np.float32], NDArray[Any]]:
    """Return the scores and roots of texts by the training that has not seen each."""
    scores, roots = np.zeros((len(texts), len(languages)), dtype=np.float32), np.zeros(len(texts))
    for fold, weights in enumerate(learnt[:FOLDS]):
        places = [place for place, text in enumerate(texts) if fold_of(text) == fold]
        scores[places], roots[places] = _scored(
            as_model(weights, languages), [texts[p] for p in places], script
        )
    return scores, roots


def as_model(learnt: Weights, languages: Sequence[Language]) -> ScriptModel:
    """Return what was learnt in the form that monitor scores with, its odds not fitted yet."""
    rows = np.zeros(1 << BUCKET_BITS, dtype=np.uint16)
    rows[learnt.buckets] = np.arange(1, len(learnt.buckets) + 1)
    weights = np.concatenate([np.zeros((1, len(languages)), dtype=np.int8), learnt.weights])
    none = np.zeros(1, dtype=np.float32)
    return ScriptModel(tuple(languages), rows, weights, learnt.scale, learnt.bias, none, none, none)


def _scored(
    model: ScriptModel, texts: Sequence[Text], script: str
) -> tuple[NDArray[np.float32], NDArray[Any]]:
    """Return scores and roots of many texts."""
    scores, roots = [], []
    for start in range(0, len(texts), MOST_AT_ONCE):
        reading = read([without_noise(text.text) for text in texts[start : start + MOST_AT_ONCE]])
        wanted = np.array([name == script for name in reading.leading()])
        part = gram_scores(model, grams_of(reading, script, wanted), len(wanted))
        scores.append(part[0])
        roots.append(part[1])
    return np.concatenate(scores), np.concatenate(roots)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
