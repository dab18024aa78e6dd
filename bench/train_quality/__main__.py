"""Train the shipped translation score: `python -m bench.train_quality FOLDER/translation/translations.dev.jsonl.gz`.

Cross-validates by reference, prints what `python -m bench.translation_quality` measures, then writes
src/monitor/translation/data/score.npz, trained on everything. The folders beside the file's (text, langid,
stories) give English news and parallel documents. Takes about five minutes.
"""

import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.rows import read_rows
from bench.train_quality.corpora import FOLDS, english, folds_of, parallel
from bench.train_quality.damage import damaged
from bench.train_quality.figures import Sample, measured, sample_of
from bench.train_quality.packing import packed
from bench.train_quality.trees import Lesson, grown
from monitor.translation.scoring.features import NAMES
from monitor.translation.scoring.model import Learned, Score, Usual, standard

OUT = Path(__file__).parents[2] / "src" / "monitor" / "translation" / "data" / "score.npz"
ASIDE = 0.2  # what sentences count that are damaged, or shown again
STRANGERS = 0.15  # part of the sentences that are shown once more as if their language were unknown


def main(argv: list[str]) -> int:
    """Train, report, write."""
    if len(argv) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    path = Path(argv[0])
    sample = sample_of(list(read_rows(path)))
    places, broken = damaged(sample)
    folds = folds_of(sample.references)
    beside = parallel(path.parent.parent), english(path.parent.parent)
    print(f"{len(folds)} sentences, {len(places)} damaged ones, {len(NAMES)} features", flush=True)
    raw, raw_broken = (np.zeros((len(one), len(NAMES)), dtype=np.float32) for one in (folds, places))
    for fold in range(FOLDS):
        tables = measured(sample, folds != fold, *beside)
        for figures, texts, of in ((raw, sample, folds), (raw_broken, broken, folds[places])):
            figures[of == fold] = texts.features(tables, np.flatnonzero(of == fold).tolist())
        print(f"fold {fold + 1} of {FOLDS}", flush=True)
    usual = usual_of(sample, raw)

    def learned_without(fold: int) -> Learned:
        lesson = shown(sample, raw, usual, folds != fold)
        hard = shown(broken, raw_broken, usual, folds[places] != fold, weight=ASIDE)
        return grown(lesson.with_more(hard), len(sample.codes))

    answers = np.zeros(len(folds), dtype=np.float32)
    for fold in range(FOLDS):
        mine = folds == fold
        answers[mine] = learned_without(fold).ask(
            standard(raw[mine], sample.languages[mine], usual), sample.languages[mine]
        )
    slope, offset = np.polyfit(answers, sample.relative, 1)
    report(sample, usual, slope * answers + offset)
    everything = measured(sample, np.ones(len(folds), dtype=bool), *beside)
    score = Score(sources=everything, usual=usual, learned=learned_without(-1), calibration=(slope, offset))
    np.savez_compressed(OUT, allow_pickle=False, **packed(score))
    print(f"{OUT}: {OUT.stat().st_size / 1e6:.2f} MB")
    return 0


def usual_of(sample: Sample, raw: NDArray[np.float32]) -> Usual:
    """Return what is usual in each language, and in all together."""
    groups = [sample.languages == number for number in range(len(sample.codes))]
    groups.append(np.ones(len(raw), dtype=bool))
    return Usual(
        codes=sample.codes,
        mean=np.array([raw[group].mean(axis=0) for group in groups]),
        spread=np.array([raw[group].std(axis=0) + 1e-6 for group in groups]),
        level=np.array([sample.chrf[group].mean() for group in groups], dtype=np.float32),
        span=np.array([sample.chrf[group].std() for group in groups], dtype=np.float32),
    )


def shown(
    sample: Sample,
    raw: NDArray[np.float32],
    usual: Usual,
    chosen: NDArray[np.bool_],
    *,
    weight: float = 1.0,
) -> Lesson:
    """Return what the chosen sentences teach, some of them again as if their language were unknown."""
    stranger = chosen & (np.random.default_rng(1).random(len(raw)) < STRANGERS)
    pooled = np.full(int(stranger.sum()), len(sample.codes))
    known = Lesson(
        standard(raw[chosen], sample.languages[chosen], usual),
        sample.languages[chosen],
        sample.relative[chosen],
        np.full(int(chosen.sum()), weight),
    )
    unknown = Lesson(
        standard(raw[stranger], pooled, usual), pooled, sample.relative[stranger], np.full(len(pooled), ASIDE)
    )
    return known.with_more(unknown)


def report(sample: Sample, usual: Usual, answers: NDArray[np.float32]) -> None:
    """Print how well the worst tenths are told apart, overall and by language."""
    from bench.translation_quality import worst_tenth  # noqa: PLC0415 - of the bench extra

    expected = usual.level[sample.languages] + usual.span[sample.languages] * answers
    print(f"overall {worst_tenth(sample.chrf, expected):.3f}")
    each = {
        code: worst_tenth(sample.chrf[mine], expected[mine])
        for number, code in enumerate(sample.codes)
        for mine in [sample.languages == number]
    }
    print(
        f"mean {np.mean(list(each.values())):.3f}", *(f"{code} {value:.3f}" for code, value in each.items())
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
