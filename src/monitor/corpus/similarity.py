"""Measure how alike articles are, two by two."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from monitor.corpus.terms import Vector

Matrix = npt.NDArray[np.float32]
Places = npt.NDArray[np.intp]

NEIGHBOURS = 12
AS_GOOD_AS_A_COPY = (
    0.4  # likeness from which on nearness says no more about the others: copies are nearest to copies
)
ROWS = 256  # of a matrix worked on at once, where more would only take memory
FREQUENT = 40  # articles with a term from which on a product of dense columns is faster


def similarity(vectors: Sequence[Vector]) -> Matrix:
    """Return the cosines of all pairs, shape (n, n), in [0, 1]."""
    result = np.zeros((len(vectors), len(vectors)), np.float32)
    rows, weights, starts, counts = _postings(vectors)
    for count in range(2, FREQUENT):
        places = starts[counts == count][:, None] + np.arange(count)
        theirs, values = rows[places], weights[places]
        cells = theirs[:, :, None] * len(vectors) + theirs[:, None, :]
        np.add.at(
            result.reshape(-1), cells.reshape(-1), (values[:, :, None] * values[:, None, :]).reshape(-1)
        )
    frequent = np.flatnonzero(counts >= FREQUENT)
    dense = np.zeros((len(vectors), len(frequent)), np.float32)
    for column, term in enumerate(frequent):
        places = slice(starts[term], starts[term] + counts[term])
        dense[rows[places], column] = weights[places]
    result += dense @ dense.T
    np.fill_diagonal(result, 1.0)
    return result


def _postings(vectors: Sequence[Vector]) -> tuple[Places, Matrix, Places, Places]:
    """Return rows and weights of all terms, term after term, and where each term starts and how many it has."""
    numbers: dict[str, int] = {}
    terms = np.array(
        [numbers.setdefault(term, len(numbers)) for vector in vectors for term in vector], np.intp
    )
    weights = np.array([weight for vector in vectors for weight in vector.values()], np.float32)
    rows = np.repeat(np.arange(len(vectors)), [len(vector) for vector in vectors])
    order = np.argsort(terms, kind="stable")
    counts = np.bincount(terms, minlength=len(numbers))
    return rows[order], weights[order], np.cumsum(counts) - counts, counts


def draw_together(
    cosines: Matrix, pulls: Matrix, close: Matrix, least: Matrix, neighbours: int = NEIGHBOURS
) -> Matrix:
    """Return the cosines that result when each article takes on something of its nearest neighbours.

    Each vector gets the sum of its nearest vectors, weighted by cosine and by its own entry of `pulls`,
    shape (n,): two articles that share no word become alike when the same third articles resemble both.
    Only neighbours count that are at least `close`, shape (n,), times as near as the nearest, and whose
    cosine is at least `least`, shape (n,). Shape (n, n) as given. The vectors are not needed: with K the
    weights, the new products are (I + K) S (I + K)'.
    """
    count = len(cosines)
    if count < 2:  # noqa: PLR2004 - one article has no neighbour
        return cosines
    nearest = _nearest(cosines, min(neighbours, count - 1))
    likeness = np.take_along_axis(cosines, nearest, axis=1)
    likeness[nearest == np.arange(count)[:, None]] = 0.0
    nearest_of_all = np.minimum(likeness.max(axis=1, keepdims=True), AS_GOOD_AS_A_COPY)
    counts = likeness >= np.maximum(close[:, None] * nearest_of_all, least[:, None])
    weights = np.asarray(pulls[:, None] * likeness * counts, np.float32)
    turned = np.ascontiguousarray(_add_neighbours(cosines, nearest, weights).T)
    products = _add_neighbours(turned, nearest, weights)
    lengths = np.sqrt(np.diag(products)).astype(np.float32)
    products /= lengths[:, None]
    products /= lengths[None, :]
    return products


def _nearest(cosines: Matrix, wanted: int) -> Places:
    """Return for each row the so many columns with the highest cosines, itself aside; some rows at a time."""
    nearest = np.empty((len(cosines), wanted), np.intp)
    for start in range(0, len(cosines), ROWS):
        away = -cosines[start : start + ROWS]
        rows = np.arange(len(away))
        away[rows, start + rows] = 0.0
        nearest[start : start + ROWS] = np.argpartition(away, wanted - 1, axis=1)[:, :wanted]
    return nearest


def _add_neighbours(matrix: Matrix, nearest: Places, weights: Matrix) -> Matrix:
    result = matrix.copy()
    for row, (rows, pulls) in enumerate(zip(nearest, weights, strict=True)):
        result[row] += pulls @ matrix[rows]
    return result
