"""Measure how alike articles are, two by two."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from monitor.corpus.terms import Vector

Matrix = npt.NDArray[np.float32]

NEIGHBOURS = 12
PULL = 1.0
FREQUENT = 40  # articles with a term from which on a product of dense columns is faster


def similarity(vectors: Sequence[Vector]) -> Matrix:
    """Return the cosines of all pairs, shape (n, n), in [0, 1]."""
    postings: defaultdict[str, tuple[list[int], list[float]]] = defaultdict(lambda: ([], []))
    for row, vector in enumerate(vectors):
        for term, weight in vector.items():
            rows, weights = postings[term]
            rows.append(row)
            weights.append(weight)
    result = _frequent(postings.values(), len(vectors))
    for rows, weights in postings.values():
        if 1 < len(rows) < FREQUENT:
            values = np.array(weights, np.float32)
            result[np.ix_(rows, rows)] += values[:, None] * values
    np.fill_diagonal(result, 1.0)
    return result


def _frequent(postings: Iterable[tuple[list[int], list[float]]], count: int) -> Matrix:
    """Return what the frequent terms add to the cosines."""
    frequent = [posting for posting in postings if len(posting[0]) >= FREQUENT]
    dense = np.zeros((count, len(frequent)), np.float32)
    for column, (rows, weights) in enumerate(frequent):
        dense[rows, column] = weights
    return np.asarray(dense @ dense.T, np.float32)


def draw_together(cosines: Matrix, neighbours: int = NEIGHBOURS, pull: float = PULL) -> Matrix:
    """Return the cosines that result when each article takes on something of its nearest neighbours.

    Each vector gets `pull` times the sum of its nearest vectors, weighted by cosine: two articles that
    share no word become alike when the same third articles resemble both. Shape (n, n) as given. The
    vectors themselves are not needed: with K the weights, the new products are (I + K) S (I + K)'.
    """
    count = len(cosines)
    if count < 2:  # noqa: PLR2004 - one article has no neighbour
        return cosines
    others = cosines.copy()
    np.fill_diagonal(others, 0.0)
    wanted = min(neighbours, count - 1)
    nearest = np.argpartition(-others, wanted - 1, axis=1)[:, :wanted]
    weights = pull * np.take_along_axis(others, nearest, axis=1)
    half = _add_neighbours(cosines, nearest, weights)
    products = _add_neighbours(np.ascontiguousarray(half.T), nearest, weights)
    lengths = np.sqrt(np.diag(products)).astype(np.float32)
    return np.asarray(products / lengths[:, None] / lengths[None, :], np.float32)


def _add_neighbours(matrix: Matrix, nearest: npt.NDArray[np.intp], weights: Matrix) -> Matrix:
    result = matrix.copy()
    for row, (rows, pulls) in enumerate(zip(nearest, weights, strict=True)):
        result[row] += pulls @ matrix[rows]
    return result
