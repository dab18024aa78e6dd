"""Print how well scores of lines tell content from boilerplate, at both operating points."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from monitor.cleaning.line_decision import removable, unlikely
from monitor.cleaning.line_rules import ready_rules
from monitor.cleaning.lines import name_lines
from monitor.cleaning.options import Mode

Masks = Iterator[tuple[str, NDArray[np.bool_]]]


def show(pages: Sequence[Mapping[str, Any]], scores: NDArray[np.floating], by: str) -> None:
    """Print a table over the pages' text views by language and source; `scores` has one entry a line.

    What goes is what rules, the scores and the guards of a document say together.
    """
    views = [page["labels"][slice(*page["txt"])] for page in pages]
    labels = np.array([label for view in views for label in view])
    lengths = np.array([len(line) for page in pages for line in page["lines"][slice(*page["txt"])]])
    strictly, carefully = (decided(pages, scores, mode) for mode in ("strict", "careful"))
    where = np.repeat(np.arange(len(pages)), [len(view) for view in views])
    print(f"Cross-validated by {by}      lines  strict F1  careful: noise removed, content characters lost")
    for name, mask in _parts(pages, where):
        chosen = mask & (labels >= 0)
        numbers = labels[chosen], lengths[chosen]
        strict = character_f1(*numbers, ~strictly[chosen])
        gone = carefully[chosen]
        noise, content = numbers[0] == 0, numbers[0] == 1
        removed = (gone & noise).sum() / max(noise.sum(), 1)
        lost = lengths[chosen][gone & content].sum() / max(lengths[chosen][content].sum(), 1)
        print(f"{name:24} {chosen.sum():9,}      {strict:.4f}      {removed:.4f}  {lost:.4f}")


def show_lost(lengths: NDArray[np.int64], scores: NDArray[np.floating]) -> None:
    """Print what part of the characters of articles set into pages is lost by the scores alone."""
    for mode in ("careful", "strict"):
        lost = lengths[unlikely(scores, lengths, mode)].sum() / lengths.sum()
        print(f"articles in other surroundings, {mode}: content characters lost {lost:.4f}")


def decided(
    pages: Sequence[Mapping[str, Any]], scores: NDArray[np.floating], mode: Mode
) -> NDArray[np.bool_]:
    """Return for each line of the pages' text views whether it goes."""
    gone, at = [], 0
    for page in pages:
        lines = page["lines"][slice(*page["txt"])]
        own = scores[at : (at := at + len(lines))]
        named = [rule is not None for rule in name_lines(lines, ready_rules())]
        gone.append(removable(lines, own, mode) | np.array(named, bool))
    return np.concatenate(gone)


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
