"""Write decision trees in few bytes, and read them again."""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from monitor.forest import Forest

_LEAF = 255  # in place of a column
_STEPS = 127  # between no vote and the strongest

Arrays = Mapping[str, NDArray[Any]]


def packed(forest: Forest, name: str) -> Iterator[tuple[str, NDArray[Any]]]:
    """Yield arrays that hold trees laid out level by level; votes are rounded.

    A node's place follows from how many nodes before it have children. Of a node with children the column is
    kept, and the place of its threshold among those of that column.
    """
    inner = forest.left != np.arange(len(forest.left))
    places = {(c, t): i for i, (c, t) in enumerate(_cuts(forest, inner))}
    first = {column: place for (column, _), place in reversed(places.items())}
    pairs = zip(forest.column[inner].tolist(), forest.threshold[inner].tolist(), strict=True)
    step = float(np.float16(np.abs(forest.value).max() / _STEPS))
    yield f"{name}_column", np.where(inner, forest.column, _LEAF).astype(np.uint8)
    yield f"{name}_cut", np.array([places[pair] - first[pair[0]] for pair in pairs], np.uint8)
    yield f"{name}_cuts_column", np.array([column for column, _ in places], np.uint8)
    yield f"{name}_cuts", np.array([cut for _, cut in places], np.float32)
    yield f"{name}_value", np.clip(np.round(forest.value[~inner] / step), -_STEPS, _STEPS).astype(np.int8)
    yield f"{name}_step", np.array(step, np.float16)
    yield f"{name}_sizes", np.diff([*forest.roots, len(forest.left)]).astype(np.uint16)
    yield f"{name}_depth", np.array(forest.depth, np.uint8)


def _cuts(forest: Forest, inner: NDArray[np.bool_]) -> list[tuple[int, float]]:
    """Return each threshold once, by column and size."""
    return sorted(set(zip(forest.column[inner].tolist(), forest.threshold[inner].tolist(), strict=True)))


def unpacked(found: Arrays, name: str) -> Forest:
    """Return the trees that arrays of `packed` hold."""
    stored = found[f"{name}_column"]
    inner = stored != _LEAF
    nodes = np.arange(len(stored))
    column = np.where(inner, stored, 0).astype(np.intp)
    sizes = found[f"{name}_sizes"].astype(np.intp)
    tree = np.repeat(np.arange(len(sizes)), sizes)
    place = np.searchsorted(found[f"{name}_cuts_column"], stored[inner]) + found[f"{name}_cut"]
    threshold = np.full(len(nodes), np.inf, np.float32)
    threshold[inner] = found[f"{name}_cuts"][place]
    value = np.zeros(len(nodes), np.float32)
    value[~inner] = found[f"{name}_value"] * np.float32(found[f"{name}_step"])
    return Forest(
        column=column,
        threshold=threshold,
        left=np.where(inner, 2 * np.cumsum(inner) + tree - 1, nodes),
        value=value,
        roots=np.cumsum(sizes) - sizes,
        depth=int(found[f"{name}_depth"]),
    )
