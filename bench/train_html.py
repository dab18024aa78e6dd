"""Train the model that judges a web page's blocks: `python -m bench.train_html FOLDER`.

FOLDER holds labelled pages in files *html*.jsonl, plain, .xz or .gz, with `id source url html gold` a line.
Prints the score cross-validated by domain, then writes the model trained on all pages beside the reader.
"""

import argparse
import sys
from collections.abc import Sequence
from hashlib import sha1
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
from numpy.typing import NDArray

from bench.html_examples import Example, example
from bench.html_scores import score_of, summed
from bench.predict.html import pages
from monitor.readers import html_judge
from monitor.readers.html_article import written

MODEL = Path(html_judge.__file__).with_name("html_model.npz")
FOLDS = 5
ROUNDS = 200
PARAMETERS = {
    "objective": "binary", "learning_rate": 0.07, "num_leaves": 15, "max_depth": 7, "min_data_in_leaf": 20,
    "feature_fraction": 0.5, "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 5.0,
    "seed": 1, "deterministic": True, "force_row_wise": True, "num_threads": 1, "verbose": -1,
}  # fmt: skip
STAND_IN = 0.3  # what an example weighs whose extractor is another one


def train(examples: Sequence[Example]) -> Any:
    """Return the booster trained on the examples."""
    tables = [table for one in examples for table in (one.table, *one.stand_ins)]
    copies = [(one, part) for one in examples for part in (1.0, *(STAND_IN for _ in one.stand_ins))]
    weight = np.concatenate([one.weight * part for one, part in copies])
    label = np.concatenate([one.label >= 0.5 for one, _ in copies])
    data = lightgbm.Dataset(np.concatenate(tables), label.astype(int), weight=weight / weight.mean())
    return lightgbm.train(PARAMETERS, data, ROUNDS)


def cross_validate(examples: Sequence[Example]) -> None:
    """Print the scores by set of models that have not seen the page's domain, at a few thresholds."""
    fold = [int(sha1(one.domain.encode(), usedforsecurity=False).hexdigest(), 16) % FOLDS for one in examples]
    judged: list[tuple[Example, NDArray[np.float64]]] = []
    for held in range(FOLDS):
        booster = train([one for one, number in zip(examples, fold, strict=True) if number != held])
        judged += [
            (one, booster.predict(one.table))
            for one, number in zip(examples, fold, strict=True)
            if number == held
        ]
    for threshold in (0.4, 0.45, 0.5):
        scores = (
            (one.source, score_of(one.gold, written(one.layout, odds >= threshold))) for one, odds in judged
        )
        sets = (
            f"{name} {f1:.4f} ({p:.3f} {r:.3f}, {empty} empty)"
            for name, (p, r, f1, empty) in summed(scores).items()
        )
        print(f"threshold {threshold}:", ", ".join(sets))


def store(booster: Any, names: Sequence[str], path: Path) -> None:
    """Write the booster's trees as flat arrays, as `html_judge` reads them, unused measures left out."""
    used = [name for name, gain in zip(names, booster.feature_importance("gain"), strict=True) if gain > 0]
    nodes: list[tuple[int, float, int, int, float]] = []
    depths: list[int] = []

    def add(node: dict[str, Any], depth: int) -> int:
        at = len(nodes)
        if "leaf_value" in node:
            nodes.append((0, 0.0, at, at, node["leaf_value"]))
            depths.append(depth)
            return at
        nodes.append((0, 0.0, 0, 0, 0.0))
        left, right = (add(node[side], depth + 1) for side in ("left_child", "right_child"))
        nodes[at] = (used.index(names[node["split_feature"]]), node["threshold"], left, right, 0.0)
        return at

    roots = [add(tree["tree_structure"], 0) for tree in booster.dump_model()["tree_info"]]
    feature, threshold, left, right, value = zip(*nodes, strict=True)
    np.savez_compressed(
        path,
        names=np.array(used),
        roots=np.array(roots, np.int32),
        feature=np.array(feature, np.int32),
        threshold=_rounded_down(np.array(threshold)),
        left=np.array(left, np.int32),
        right=np.array(right, np.int32),
        value=np.array(value, np.float32),
        depth=np.array(max(depths)),
    )


def _rounded_down(values: NDArray[np.float64]) -> NDArray[np.float32]:
    """Return the largest float32 not above each value, so that no float32 measure changes sides."""
    near = values.astype(np.float32)
    return np.where(near > values, np.nextafter(near, np.float32(-np.inf)), near)


def main() -> int:
    """Train on a folder's labelled pages."""
    parser = argparse.ArgumentParser(prog="python -m bench.train_html", description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    made = [example(page) for path in sorted(folder.glob("*html*.jsonl*")) for page in pages(path)]
    examples = [one for one in made if one]
    cross_validate(examples)
    store(train(examples), examples[0].names, MODEL)
    print(f"{len(examples)} pages; {MODEL.name}: {MODEL.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
