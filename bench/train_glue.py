"""Train what finds glued sentences: `python -m bench.train_glue FOLDER [--validate [--languages …]]`.

FOLDER holds the labelled data. With --validate nothing is written: each document is judged by what was
trained without it and its parallel translations.
"""

import argparse
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import lightgbm
import numpy as np

from bench.forests import forest_of
from bench.glue_texts import FOLDS, Sample, clean_texts, labelled, training_texts
from monitor.cleaning.glue import SURE, SURER, TREES, probabilities
from monitor.cleaning.glue_evidence import NAMES, SENTENCE_START, WORDS, Context, evidence
from monitor.cleaning.glue_letters import SLOTS, STEP, end_keys, slot, start_keys, word_keys
from monitor.cleaning.glue_places import Place, find_places
from monitor.forest import Floats, Forest, arrays_of

ROUNDS = 600
SETTINGS = {
    "objective": "binary", "learning_rate": 0.07, "num_leaves": 16, "max_depth": 4, "min_data_in_leaf": 4,
    "min_sum_hessian_in_leaf": 1.0, "feature_fraction": 0.5, "bagging_fraction": 0.5, "bagging_freq": 1,
    "lambda_l2": 2.0, "extra_trees": True, "max_bin": 63, "seed": 1,
    "deterministic": True, "force_row_wise": True, "num_threads": 1, "verbose": -1,
}  # fmt: skip
FEWEST = 4  # a key seen less often says nothing
HOME = Path(__file__).parents[1] / "src" / "monitor" / "cleaning"


class Example(NamedTuple):
    """One place of a sample, its evidence, and whether something was lost there."""

    figures: list[float]
    glued: bool
    place: Place
    sample: Sample


def letters_of(texts: Iterable[Sample]) -> bytes:
    """Return the table of log-odds: whole words against pieces, first words against other capitals."""
    chance = random.Random(1)
    yes: Counter[str] = Counter()
    no: Counter[str] = Counter()
    for sample in texts:
        words = WORDS.findall(sample.text)
        for word in words:
            _count_word(word, chance, yes, no)
        starts = Counter(SENTENCE_START.findall(sample.text))
        for word, count in Counter(word for word in words if word[:1].isupper()).items():
            first = min(count, starts[word])
            for key in start_keys(word):
                yes[key] += first
                no[key] += count - first
    return _table(yes, no)


def _count_word(word: str, chance: random.Random, yes: Counter[str], no: Counter[str]) -> None:
    yes.update((*end_keys(word), *word_keys(word)))
    if len(word) > 2:
        cut = chance.randrange(1, len(word))
        no.update((*end_keys(word[:cut]), *word_keys(word[cut:])))


def _table(yes: Counter[str], no: Counter[str]) -> bytes:
    """Return one signed byte a slot; where keys collide the more frequent one keeps it."""
    table, seen = np.zeros(SLOTS, dtype=np.int8), [0] * SLOTS
    for key in sorted(yes.keys() | no.keys()):
        total, at = yes[key] + no[key], slot(key)
        if total >= FEWEST and total > seen[at]:
            odds = float(np.log((yes[key] + 0.5) / (no[key] + 0.5)))
            table[at], seen[at] = round(min(7.9, max(-7.9, odds)) * STEP), total
    return table.tobytes()


def examples_of(sample: Sample, letters: bytes) -> Iterator[Example]:
    """Yield the places of a sample of which it is known whether something was lost there."""
    places = list(find_places(sample.text))
    context = Context(sample.text, places, letters)
    exact = {place.at for place in places} & set(sample.splits)
    for place in places:
        near = {split for split in sample.splits if abs(split - place.at) <= 1}
        beside = place.at not in exact and near & exact
        sound = sample.sound[0] <= place.at < sample.sound[1] or place.at in sample.names
        if not beside and (near or sound):
            yield Example(evidence(context, place), bool(near), place, sample)


def fit(examples: Sequence[Example]) -> Forest:
    """Return trees trained on the examples."""
    labels = [example.glued for example in examples]
    weights = [example.sample.weight for example in examples]
    data = lightgbm.Dataset(
        rows_of(examples), labels, weight=weights, params={"max_bin": SETTINGS["max_bin"]}
    )
    return forest_of(lightgbm.train(SETTINGS, data, ROUNDS))


def rows_of(examples: Sequence[Example]) -> Floats:
    """Return the examples' evidence, a row each."""
    return np.array([example.figures for example in examples], np.float32)


def prepared(folder: Path) -> tuple[list[Sample], list[Example]]:
    """Return the clean texts, and the examples with letters counted without the example's own fold."""
    clean = clean_texts(folder)
    letters = [letters_of(sample for sample in clean if sample.fold != fold) for fold in range(FOLDS)]
    texts = training_texts(clean, labelled(folder))
    return clean, [example for sample in texts for example in examples_of(sample, letters[sample.fold])]


def judged(trees: Forest, examples: Sequence[Example]) -> list[tuple[Example, float]]:
    """Return the labelled examples, not those made of them, each with its probability."""
    kept = [example for example in examples if example.sample.weight == 1]
    return list(zip(kept, probabilities(trees, rows_of(kept)).tolist(), strict=True))


def without_documents(examples: Sequence[Example]) -> list[tuple[Example, float]]:
    """Judge each document by trees and letters that never saw it or its translations."""
    found: list[tuple[Example, float]] = []
    for fold in range(FOLDS):
        trees = fit([example for example in examples if example.sample.fold != fold])
        found += judged(trees, [example for example in examples if example.sample.fold == fold])
    return found


def without_language(
    language: str, clean: Sequence[Sample], gold: Sequence[Sample], examples: Sequence[Example]
) -> list[tuple[Example, float]]:
    """Judge a language by trees and letters that never saw it."""
    letters = letters_of(sample for sample in clean if sample.language != language)
    trees = fit([example for example in examples if example.sample.language != language])
    texts = [sample for sample in gold if sample.language == language]
    return judged(trees, [example for sample in texts for example in examples_of(sample, letters)])


def print_table(results: Sequence[tuple[Example, float]]) -> None:
    """Print precision and recall among the places, and damaged texts of each kind, for some thresholds."""
    for least in (0.5, 0.6, 0.7, 0.75, SURE, 0.85, SURER, 0.95):
        count = Counter((e.glued, p >= least) for e, p in results if e.sample.kind == "glued")
        right, wrong, missed = count[True, True], count[False, True], count[True, False]
        damaged = Counter(
            kind
            for kind, _ in {(e.sample.kind, e.sample.text) for e, p in results if p >= least and not e.glued}
            if kind != "glued"
        )
        precision, recall = right / max(1, right + wrong), right / max(1, right + missed)
        print(f"{least:.2f} P={precision:.4f} R={recall:.4f} false={wrong} damaged={dict(damaged)}")


def validate(folder: Path, languages: Sequence[str]) -> None:
    """Print how well unseen documents, and unseen languages, are judged."""
    clean, examples = prepared(folder)
    print("documents left out")
    print_table(without_documents(examples))
    for language in languages:
        print(f"{language} left out")
        print_table(without_language(language, clean, labelled(folder), examples))


def main() -> None:
    """Train and write the data files, or validate."""
    parser = argparse.ArgumentParser(prog="python -m bench.train_glue", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--validate", action="store_true")
    parser.add_argument("--languages", nargs="*", default=(), help="to leave out, one after the other")
    arguments = parser.parse_args()
    if arguments.validate:
        validate(arguments.folder, arguments.languages)
        return
    clean, examples = prepared(arguments.folder)
    (HOME / "glue_letters.bin").write_bytes(letters_of(clean))
    np.savez_compressed(HOME / TREES, allow_pickle=False, names=np.array(NAMES), **arrays_of(fit(examples)))


if __name__ == "__main__":
    main()
