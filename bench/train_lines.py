"""Train the model that tells content lines from boilerplate: `python -m bench.train_lines FOLDER`.

FOLDER holds lines_dev.jsonl.gz: pages as lines, each labelled content 1, boilerplate 0, unsure -1. Articles in many
languages, to be set into the surroundings of those pages, come from ../langid/dev.jsonl.gz, seen from there. Needs
lightgbm and scikit-learn, which monitor itself does not. With --cross-validate nothing is written: the
figures of five models (or as many as --folds says) are printed, each tried on the part of the pages, or sites, and of
the articles that it has not seen.
"""

import argparse
import random
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import lightgbm
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, diags
from sklearn.linear_model import LogisticRegression
from threadpoolctl import threadpool_limits

import monitor.cleaning.line_model as shipped
from bench.forests import forest_of
from bench.layers import train_layers
from bench.line_figures import show, show_lost
from bench.line_splices import Article, read_articles, spliced
from bench.line_windows import FOLDS, VIEWS, Split, Window, fold, windows
from bench.rows import read_rows
from monitor.cleaning import line_words
from monitor.cleaning.line_evidence import Sound, evidence
from monitor.cleaning.line_layers import Layers
from monitor.cleaning.line_marks import Floats, Ints, read_marks
from monitor.cleaning.line_model import LineModel, context_rows, first_odds, probabilities, second_odds
from monitor.cleaning.line_vocabulary import Vocabulary, vocabulary_of
from monitor.cleaning.line_wording import BUCKETS, grams, wording
from monitor.cleaning.line_words import familiar, word_features
from monitor.forest import Forest

QUANTUM = 8  # steps of one unit of a weight
LEAST = 2  # steps; a word's smaller weight is none, which packs well
ROUNDS = 400
SETTINGS = {
    "objective": "binary",
    "num_leaves": 31,
    "max_depth": 9,
    "learning_rate": 0.06,
    "min_data_in_leaf": 60,
    "lambda_l2": 5,
    "feature_fraction": 0.3,
    "bagging_fraction": 0.7,
    "bagging_freq": 1,
    "extra_trees": True,
    "max_bin": 63,
    "num_threads": 1,
    "seed": 2,
    "deterministic": True,
    "force_row_wise": True,
    "verbose": -1,
}
CONTEXT_ROUNDS = 300
CONTEXT_SETTINGS = {**SETTINGS, "learning_rate": 0.05}
DOUBTED = 4.0  # log odds of a first look, beyond which a second one learns nothing


class Table(NamedTuple):
    """All windows' lines: a row of evidence each, label, length, window, fold and worth; and their tokens."""

    rows: Floats
    labels: NDArray[np.int64]
    lengths: NDArray[np.int64]
    window: NDArray[np.int64]
    folds: NDArray[np.int64]
    worth: NDArray[np.float64]
    vocabulary: Vocabulary


class Learned(NamedTuple):
    """How the runs of letters, and the words, of content and boilerplate sound: a weight a bucket."""

    wording: NDArray[np.int8]
    words: NDArray[np.int8]


def learn_wording(pages: Sequence[Mapping[str, Any]], split: Split, without: int | None) -> Learned:
    """Learn from all lines of the pages, but those of one fold, how content and boilerplate sound."""
    seen: dict[tuple[str, str], tuple[int, float]] = {}
    for page in pages:
        if fold(page, split) == without:
            continue
        first, end = page["win"]
        for i, (line, label) in enumerate(zip(page["lines"], page["labels"], strict=True)):
            if label >= 0:
                seen[page["domain"], line] = label, 1.0 if first <= i < end else 0.3
    lines = [line for _, line in seen]
    labels, weights = zip(*seen.values(), strict=True)
    marks = read_marks(lines)
    runs, words = (
        _weights(*found, size, np.array(labels), np.array(weights))
        for found, size in ((grams(marks), BUCKETS), (word_features(marks), line_words.BUCKETS))
    )
    return Learned(runs, np.where(np.abs(words) < LEAST, np.int8(0), words))


def _weights(
    row: Ints, bucket: Ints, size: int, labels: NDArray[np.int64], weights: NDArray[np.float64]
) -> NDArray[np.int8]:
    """Weigh buckets by logistic regression on the share of each in its line."""
    runs = np.bincount(row, minlength=len(labels))
    table = csr_matrix((np.ones(len(row), np.float32), (row, bucket)), shape=(len(labels), size))
    table = diags((1 / np.sqrt(np.maximum(runs, 1))).astype(np.float32)) @ table
    model = LogisticRegression(C=4.0, max_iter=300, tol=1e-4).fit(table, labels, sample_weight=weights)
    steps: NDArray[np.int8] = np.clip(np.round(model.coef_[0] * QUANTUM), -127, 127).astype(np.int8)
    return steps


def table_of(found: Sequence[Window], learned: Sequence[Learned]) -> Table:
    """Describe all lines, each with the wording that was learned without its own fold."""
    lines = [line for window in found for line in window.lines]
    sizes = [len(window.lines) for window in found]
    folds = np.repeat([window.fold for window in found], sizes)
    marks = read_marks(lines)
    each = [(wording(marks, part.wording), familiar(marks, part.words)) for part in learned]
    own = np.minimum(folds, len(each) - 1)[None, :]
    sound = Sound(*(np.take_along_axis(np.stack(kind), own, 0)[0] for kind in zip(*each, strict=True)))
    named = [rule for window in found for rule in window.named]
    vocabulary = vocabulary_of(marks, sizes)
    return Table(
        rows=evidence(marks, lines, sizes, named, sound, vocabulary),
        labels=np.array([label for window in found for label in window.labels]),
        lengths=np.array([len(line) for line in lines]),
        window=np.repeat(np.arange(len(found)), sizes),
        folds=folds,
        worth=np.repeat([window.worth for window in found], sizes),
        vocabulary=vocabulary,
    )


def first_look(table: Table, chosen: NDArray[np.bool_]) -> tuple[Forest, Layers]:
    """Train trees and layers on the chosen rows; a long line weighs more, because losing it costs more."""
    chosen = chosen & (table.labels >= 0)
    rows, labels, weight = table.rows[chosen], table.labels[chosen], _importance(table, chosen)
    return grown(rows, labels, weight, SETTINGS, ROUNDS), train_layers(rows, labels, weight)


def second_look(table: Table, chosen: NDArray[np.bool_], odds: Floats, rows: Floats) -> Forest:
    """Train trees on the chosen lines' surroundings, `rows`, as a first look sees them that did not know them.

    Lines that its log odds `odds` settle are left out: trees are asked about the others alone.
    """
    chosen = chosen & (table.labels >= 0) & (np.abs(odds) < DOUBTED)
    weight = _importance(table, chosen)
    return grown(rows[chosen], table.labels[chosen], weight, CONTEXT_SETTINGS, CONTEXT_ROUNDS)


def _importance(table: Table, chosen: NDArray[np.bool_]) -> NDArray[np.float64]:
    return np.sqrt(np.minimum(table.lengths[chosen], 600)) * table.worth[chosen]


def grown(
    rows: Floats,
    labels: NDArray[np.int64],
    weight: NDArray[np.float64],
    settings: Mapping[str, Any],
    rounds: int,
) -> Forest:
    """Return trees trained by LightGBM."""
    data = lightgbm.Dataset(rows, labels, weight=weight, params={"max_bin": 63})
    return forest_of(lightgbm.train(dict(settings), data, rounds))


class Looks(NamedTuple):
    """Both looks as trained on some lines; and every line's first log odds and surroundings.

    Those are by looks that did not know the line's fold.
    """

    forest: Forest
    layers: Layers
    context: Forest
    odds: Floats
    rows: Floats


def looks(table: Table, chosen: NDArray[np.bool_]) -> Looks:
    """Train both looks on the chosen lines alone, the second one on what the first makes of lines new to it."""
    forest, layers = first_look(table, chosen)
    odds = np.zeros(len(table.labels), np.float32)
    odds[~chosen] = first_odds(forest, layers, table.rows[~chosen])
    for number in np.unique(table.folds[chosen]):
        held = chosen & (table.folds == number)
        odds[held] = first_odds(*first_look(table, chosen & ~held), table.rows[held])
    sizes = np.bincount(table.window).tolist()
    rows = context_rows(odds, table.rows, table.lengths, sizes, table.vocabulary)
    return Looks(forest, layers, second_look(table, chosen, odds, rows), odds, rows)


class Labelled(NamedTuple):
    """What is learned from: pages, and articles in other languages."""

    pages: Sequence[Mapping[str, Any]]
    articles: Sequence[Article]


def cross_validate(labelled: Labelled, split: Split) -> None:
    """Print the figures on pages (by id) or sites (by domain) whose labels the models have not seen.

    The wording by which a model's own lines are described was learned from all folds but each line's own, this one
    among them; nothing of the fold itself is told by that.
    """
    table, pages, _ = described(labelled, split)
    scores = np.zeros(len(table.labels), np.float32)
    for number in range(split.folds):
        held = table.folds == number
        _, _, context, odds, rows = looks(table, ~held)
        scores[held] = probabilities(odds[held], second_odds(context, odds[held], rows[held]))
    first = table.window < pages
    show(labelled.pages, scores[first & (table.window % (VIEWS + 1) == 0)], split.by)
    content = ~first & (table.labels == 1)
    show_lost(table.lengths[content], scores[content])


def described(labelled: Labelled, split: Split) -> tuple[Table, int, list[Learned]]:
    """Return the table of all windows, how many of those are the pages' own, and the folds' wording.

    The first of a page's windows, and each after its further views, is its text view.
    """
    chance = random.Random(3)
    found = [each for page in labelled.pages for each in windows(page, split, chance)]
    learned = [learn_wording(labelled.pages, split, number) for number in range(split.folds)]
    articles = spliced(labelled.articles, labelled.pages, split, chance)
    return table_of([*found, *articles], learned), len(found), learned


def trained(labelled: Labelled) -> LineModel:
    """Train the model on all pages and articles."""
    split = Split("id")
    table, _, _ = described(labelled, split)
    forest, layers, context, _, _ = looks(table, np.ones(len(table.labels), bool))
    weights, words = learn_wording(labelled.pages, split, None)
    return LineModel(weights=weights, words=words, forest=forest, layers=layers, context=context)


def main(argv: Sequence[str]) -> int:
    """Train and write the model, or cross-validate."""
    parser = argparse.ArgumentParser(prog="python -m bench.train_lines", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--out", type=Path, default=Path(shipped.__file__).with_name(shipped.DATA))
    parser.add_argument("--cross-validate", choices=["id", "domain"])
    parser.add_argument("--folds", type=int, default=FOLDS)
    arguments = parser.parse_args(argv)
    threadpool_limits(1)  # sums over several threads come out otherwise on another machine
    labelled = Labelled(
        list(read_rows(arguments.folder / "lines_dev.jsonl.gz")),
        read_articles(arguments.folder.parent / "langid" / "dev.jsonl.gz"),
    )
    if arguments.cross_validate:
        cross_validate(labelled, Split(arguments.cross_validate, arguments.folds))
        return 0
    model = trained(labelled)
    data = shipped.pack(model)
    arguments.out.write_bytes(data)
    print(f"{arguments.out}: {len(data):,} bytes, {len(model.forest.roots)} trees")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
