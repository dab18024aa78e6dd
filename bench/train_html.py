"""Train the two models that judge a web page's blocks: `python -m bench.train_html FOLDER`.

FOLDER holds labelled pages in files *html*.jsonl, plain, .xz or .gz, with `id source url html gold` a line, and the
labelled lines of `bench.train_lines`, which say how words sound: each page is measured by what other sites' lines say.
Prints the score cross-validated by domain, then writes the models trained on all pages beside the reader. The second
model learns from what first models make of pages whose domain they have not seen.
"""

import argparse
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha1
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from bench.forests import forest_of
from bench.html_examples import Example, domain_of, example, second_names, second_tables, site_of
from bench.html_scores import score_of, summed
from bench.line_windows import Split, fold
from bench.rows import labelled_files, read_rows
from bench.train_lines import learn_wording
from monitor.forest import arrays_of
from monitor.readers import html_judge
from monitor.readers.html_article import without_title, written
from monitor.readers.html_judge import FIRST, SECOND, enough
from monitor.readers.html_wording import Wording

HERE = Path(html_judge.__file__)
FOLDS = 5
INNER_FOLDS = 4  # in which the second model's examples are made
ROUNDS, SECOND_ROUNDS = 100, 60
SEEDS = (1, 2, 3)  # of forests whose mean counts: chance makes F1 of one .001 better or worse
PARAMETERS = {
    "objective": "binary", "learning_rate": 0.12, "num_leaves": 15, "max_depth": 7, "min_data_in_leaf": 20,
    "feature_fraction": 0.5, "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 5.0,
    "deterministic": True, "force_row_wise": True, "num_threads": 1, "verbose": -1,
    "max_bin": 63,
}  # fmt: skip
SECOND_PARAMETERS = PARAMETERS | {"learning_rate": 0.05, "num_leaves": 7}
RISING = re.compile(r"kept|sound_(?!.*_before).*")
FALLING = re.compile(
    r"linked|(?:near|under)_(?:comment|related|aside|social|menu|offer)|place_(?:nav|aside|footer|form)"
)
STAND_IN = 0.3  # what an example weighs whose extractor is another one

Odds = list[
    NDArray[np.float64]
]  # of an example's blocks: with the extractor that counts, then with the stand-ins'

Judged = list[tuple[Example, NDArray[np.float64]]]


def examples_of(folder: Path) -> list[Example]:
    """Return the labelled pages as examples, each measured by words that were learned without its site."""
    lines = [page | {"site": domain_of(page["domain"])} for page in read_rows(folder / "lines_dev.jsonl.gz")]
    split = Split("site")
    known = [Wording(*learn_wording(lines, split, number)) for number in range(split.folds)]
    labelled = [page for path in labelled_files(folder, "html") for page in read_rows(path)]
    made = [example(page, known[fold({"site": site_of(page)}, split)]) for page in labelled]
    return [one for one in made if one]


@dataclass(frozen=True, slots=True)
class Mean:
    """Boosters that differ by chance alone; their mean in log-odds counts."""

    boosters: Sequence[Any]

    def predict(self, table: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return the probability, for each row, that it belongs to the article."""
        odds = np.mean([booster.predict(table, raw_score=True) for booster in self.boosters], axis=0)
        return np.asarray(1 / (1 + np.exp(-odds)), np.float64)


def train(examples: Sequence[Example]) -> Mean:
    """Return the boosters of the first look, trained on the examples.

    What no page can turn round is no matter of training: a block that stands in a menu or is one link is no
    likelier for it to be the article's, one that the extractor keeps or that sounds like an article no less likely.
    """
    sure = [bool(RISING.fullmatch(name)) - bool(FALLING.fullmatch(name)) for name in examples[0].names]
    parameters = PARAMETERS | {"monotone_constraints": sure}
    return _fit(examples, [one.tables for one in examples], parameters, ROUNDS)


def train_second(examples: Sequence[Example], first: Sequence[Odds]) -> Mean:
    """Return the boosters of the second look; `first` is what the first look made of the examples unseen."""
    tables = [second_tables(one, odds) for one, odds in zip(examples, first, strict=True)]
    return _fit(examples, tables, SECOND_PARAMETERS, SECOND_ROUNDS)


def _fit(
    examples: Sequence[Example],
    tables: Sequence[Sequence[NDArray[np.float32]]],
    parameters: dict[str, Any],
    rounds: int,
) -> Mean:
    """Train on all tables of the examples; those of stand-ins weigh less."""
    copies = [
        (one, table, STAND_IN if number else 1.0)
        for one, own in zip(examples, tables, strict=True)
        for number, table in enumerate(own)
    ]
    weight = np.concatenate([one.weight * part for one, _, part in copies])
    label = np.concatenate([one.label >= 0.5 for one, _, _ in copies])
    table = np.concatenate([table for _, table, _ in copies])
    data = lightgbm.Dataset(table, label, weight=weight / weight.mean(), params=parameters)
    return Mean([lightgbm.train(parameters | {"seed": seed}, data, rounds) for seed in SEEDS])


def unseen(examples: Sequence[Example]) -> list[Odds]:
    """Return what first models make of the examples whose domain they have not seen."""
    result: list[Odds] = [[] for _ in examples]
    inner = folds(examples, INNER_FOLDS, "inner ")
    for held in range(INNER_FOLDS):
        model = train([one for one, number in zip(examples, inner, strict=True) if number != held])
        for at, (one, number) in enumerate(zip(examples, inner, strict=True)):
            if number == held:
                result[at] = [model.predict(table) for table in one.tables]
    return result


def folds(examples: Sequence[Example], count: int, salt: str = "") -> list[int]:
    """Return the number of each example's fold, by its domain."""
    names = ((salt + one.domain).encode() for one in examples)
    return [int(sha1(name, usedforsecurity=False).hexdigest(), 16) % count for name in names]


def cross_validate(examples: Sequence[Example]) -> None:
    """Print the scores by set of models that have not seen the page's domain: of each look, and of their mean."""
    outer = folds(examples, FOLDS)
    looks: dict[str, Judged] = {"first": [], "second": [], "mean": []}
    for held in range(FOLDS):
        known = [one for one, number in zip(examples, outer, strict=True) if number != held]
        first, second = train(known), train_second(known, unseen(known))
        for one in (one for one, number in zip(examples, outer, strict=True) if number == held):
            odds = first.predict(one.tables[0])
            again = second.predict(second_tables(one, [odds])[0])
            for name, values in zip(looks, (odds, again, (odds + again) / 2), strict=True):
                looks[name].append((one, values))
    for name, judged in looks.items():
        _print_scores(name, judged)


def _print_scores(title: str, judged: Judged) -> None:
    size = judged[0][0].names.index("size")
    texts = (written(one.layout, odds >= enough(one.tables[0][:, size], odds)) for one, odds in judged)
    scores = (
        (one.source, score_of(one.gold, without_title(text, one.title)))
        for (one, _), text in zip(judged, texts, strict=True)
    )
    sets = (
        f"{name} {f1:.4f} ({p:.3f} {r:.3f}, {empty} empty)"
        for name, (p, r, f1, empty) in summed(scores).items()
    )
    print(f"{title}:", ", ".join(sets), flush=True)


def store(model: Mean, names: Sequence[str], path: Path) -> None:
    """Write the boosters' trees as `html_judge` reads them, unused measures left out."""
    forest = forest_of(*model.boosters)
    used = np.unique(forest.column[forest.left != np.arange(len(forest.left))])
    leaner = forest._replace(column=np.searchsorted(used, forest.column))
    np.savez_compressed(path, allow_pickle=False, names=np.array(names)[used], **arrays_of(leaner))


def main() -> int:
    """Train on a folder's labelled pages."""
    parser = argparse.ArgumentParser(prog="python -m bench.train_html", description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    threadpool_limits(1)  # sums over several threads come out otherwise on another machine
    examples = examples_of(folder)
    cross_validate(examples)
    store(train(examples), examples[0].names, HERE.with_name(FIRST))
    store(train_second(examples, unseen(examples)), second_names(examples[0]), HERE.with_name(SECOND))
    sizes = (f"{name} {HERE.with_name(name).stat().st_size:,} bytes" for name in (FIRST, SECOND))
    print(f"{len(examples)} pages;", ", ".join(sizes))
    return 0


if __name__ == "__main__":
    sys.exit(main())
