"""Train the model that judges a web page's blocks: `python -m bench.train_html FOLDER`.

FOLDER holds labelled pages in files *html*.jsonl, plain, .xz or .gz, with `id source url html gold` a line.
Prints the score cross-validated by domain, then writes the model trained on all pages beside the reader.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha1
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import lightgbm
import numpy as np
from numpy.typing import NDArray

from bench.html_scores import Bag, score_of, shingles, summed, tokens
from bench.predict.html import pages
from monitor.readers import html_judge
from monitor.readers.html import look_at
from monitor.readers.html_article import written
from monitor.readers.html_blocks import Layout
from monitor.readers.html_evidence import bare
from monitor.readers.html_features import measure

MODEL = Path(html_judge.__file__).with_name("html_model.npz")
FOLDS = 5
ROUNDS = 160
PARAMETERS = {
    "objective": "binary", "learning_rate": 0.08, "num_leaves": 15, "max_depth": 6, "min_data_in_leaf": 20,
    "feature_fraction": 0.4, "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 5.0,
    "seed": 1, "deterministic": True, "force_row_wise": True, "num_threads": 1, "verbose": -1,
}  # fmt: skip
_SECOND_LEVEL = 3  # letters of a label such as "co" in example.co.uk


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One labelled page: its blocks' measures, how much of each is in the article, and what it weighs."""

    domain: str
    source: str
    gold: Bag
    layout: Layout
    table: NDArray[np.float32]
    label: NDArray[np.float64]
    weight: NDArray[np.float64]


def domain_of(address: str) -> str:
    """Return the registered domain of an address, roughly: two labels, three below a short second one."""
    labels = (urlsplit(address if "//" in address else f"//{address}").hostname or address).split(".")
    short = len(labels) > 1 and len(labels[-2]) <= _SECOND_LEVEL
    return ".".join(labels[-3 if short else -2 :])


def example(page: dict[str, str]) -> tuple[Example, tuple[str, ...]] | None:
    """Return a page as an example with its measures' names; None for one without blocks."""
    look = look_at(page["html"].encode("utf-8", "replace"))
    if not look.layout.blocks:
        return None
    columns = measure(look.layout, look.extracted, look.hints)
    gold = shingles(page["gold"])
    label = labels(look.layout, gold, page["gold"])
    made = Example(
        domain=domain_of(page.get("url") or page["id"]),
        source=page["source"],
        gold=gold,
        layout=look.layout,
        table=np.stack(list(columns.values()), axis=1),
        label=label,
        weight=weights(look.layout, label, len(tokens(page["gold"]))),
    )
    return made, tuple(columns)


def labels(layout: Layout, gold: Bag, text: str) -> NDArray[np.float64]:
    """Return the share of each block's runs of four tokens that the labelled text has.

    A block with fewer tokens counts where it is a line of that text or continues it from a neighbour.
    """
    lines = {bare(line) for line in text.split("\n")}
    found = [tokens(block.text) for block in layout.blocks]
    result = []
    for at, own in enumerate(found):
        before = found[at - 1][-3:] if at else []
        after = found[at + 1][:3] if at + 1 < len(found) else []
        if len(own) >= 4:
            runs = shingles(layout.blocks[at].text)
            result.append(sum((runs & gold).values()) / runs.total())
        else:
            joined = (run for run in (before + own, own + after) if len(run) >= 4)
            result.append(float(bare("".join(own)) in lines or any(_all_in(run, gold) for run in joined)))
    return np.array(result)


def _all_in(run: list[str], gold: Bag) -> bool:
    return all(tuple(run[at : at + 4]) in gold for at in range(len(run) - 3))


def weights(layout: Layout, label: NDArray[np.float64], size: int) -> NDArray[np.float64]:
    """Return what each block weighs: its share of its page's article, less where the label is in doubt."""
    length = np.array([len(tokens(block.text)) for block in layout.blocks], float)
    share = np.minimum(length / max(50, size), 2) + 0.02 / np.sqrt(len(length))
    return np.asarray(share * np.clip(np.abs(label - 0.5) * 2, 0.05, 1), float)


def train(examples: Sequence[Example]) -> Any:
    """Return the booster trained on the examples."""
    weight = np.concatenate([one.weight for one in examples])
    data = lightgbm.Dataset(
        np.concatenate([one.table for one in examples]),
        np.concatenate([one.label >= 0.5 for one in examples]).astype(int),
        weight=weight / weight.mean(),
    )
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
    for threshold in (0.35, 0.45, 0.55):
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
    examples = [one[0] for one in made if one]
    names = next(one[1] for one in made if one)
    cross_validate(examples)
    store(train(examples), names, MODEL)
    print(f"{len(examples)} pages; {MODEL.name}: {MODEL.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
