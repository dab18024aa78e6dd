"""Print how well scores of lines tell content from boilerplate, at both operating points."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from monitor.cleaning.lines import removable

Masks = Iterator[tuple[str, NDArray[np.bool_]]]


def show(pages: Sequence[Mapping[str, Any]], scores: NDArray[np.float64], by: str) -> None:
    """Print a table over the pages' text views by language and source; `scores` has one entry a line."""
    views = [page["labels"][slice(*page["txt"])] for page in pages]
    labels = np.array([label for view in views for label in view])
    lengths = np.array([len(line) for page in pages for line in page["lines"][slice(*page["txt"])]])
    where = np.repeat(np.arange(len(pages)), [len(view) for view in views])
    print(f"Cross-validated by {by}      lines  strict F1  careful: noise removed, content characters lost")
    for name, mask in _parts(pages, where):
        chosen = mask & (labels >= 0)
        numbers = labels[chosen], lengths[chosen]
        strict = character_f1(*numbers, ~removable(scores[chosen], lengths[chosen], "strict"))
        gone = removable(scores[chosen], lengths[chosen], "careful")
        noise, content = numbers[0] == 0, numbers[0] == 1
        removed = (gone & noise).sum() / max(noise.sum(), 1)
        lost = lengths[chosen][gone & content].sum() / max(lengths[chosen][content].sum(), 1)
        print(f"{name:24} {chosen.sum():9,}      {strict:.4f}      {removed:.4f}  {lost:.4f}")


def character_f1(labels: NDArray[np.int64], lengths: NDArray[np.int64], kept: NDArray[np.bool_]) -> float:
    """Return the F1 of kept characters against content characters."""
    both = lengths[kept & (labels == 1)].sum()
    return float(2 * both / (lengths[kept].sum() + lengths[labels == 1].sum()))


def _parts(pages: Sequence[Mapping[str, Any]], where: NDArray[np.int64]) -> Masks:
    english = np.array([page["lang"] == "en" for page in pages])[where]
    yield "all", np.ones(len(where), bool)
    yield "English", english
    yield "not English", ~english
    for key in ("source", "lang"):
        values = np.array([page[key] for page in pages])
        for value in sorted(set(values.tolist())):
            of_value = (values == value)[where]
            if of_value.sum() > 1000:
                yield f"{key} {value}", of_value
