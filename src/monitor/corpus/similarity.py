"""Measure how alike articles are, two by two."""

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from monitor.corpus.terms import Vector

Matrix = npt.NDArray[np.float32]
Places = npt.NDArray[np.intp]

NEIGHBOURS = 12
AS_GOOD_AS_A_COPY = (
    0.4  # likeness from which on nearness says no more about the others: copies are nearest to copies
)
FREQUENT = 40  # articles with a term from which on a product of dense columns is faster

# A matrix of 4,000 articles takes 64 MB, so all is worked out in one, some of it at a time.
ROWS = 128
_COLUMNS = 1_500
_TERMS = 500
_CELLS = 1 << 16


def similarity(vectors: Sequence[Vector]) -> Matrix:
    """Return the cosines of all pairs, shape (n, n), in [0, 1]."""
    result = np.zeros((len(vectors), len(vectors)), np.float32)
    rows, weights, starts, counts = _postings(vectors)
    for count in range(2, FREQUENT):
        first, second = np.triu_indices(count, 1)
        terms = starts[counts == count]
        for part in _parts(len(terms), _CELLS // len(first)):
            ours, theirs = terms[part, None] + first, terms[part, None] + second
            cells = (rows[ours] * len(vectors) + rows[theirs]).reshape(-1)
            np.add.at(result.reshape(-1), cells, (weights[ours] * weights[theirs]).reshape(-1))
    frequent = np.flatnonzero(counts >= FREQUENT)
    for part in _parts(len(frequent), _TERMS):
        dense = np.zeros((len(vectors), len(frequent[part])), np.float32)
        for column, term in enumerate(frequent[part]):
            places = slice(starts[term], starts[term] + counts[term])
            dense[rows[places], column] = weights[places]
        for some in _parts(len(vectors), ROWS):
            result[some, some.start :] += dense[some] @ dense[some.start :].T
    for some in _parts(len(vectors), ROWS):
        result[some.stop :, some] = result[some, some.stop :].T
        below = np.tril_indices(len(result[some]), -1)
        result[some, some][below] = result[some, some].T[below]
    np.fill_diagonal(result, 1.0)
    return result


def _parts(count: int, step: int) -> Iterator[slice]:
    """Yield slices that cover so many entries, so many in each."""
    for start in range(0, count, max(step, 1)):
        yield slice(start, min(start + max(step, 1), count))


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
) -> None:
    """Make of the cosines those that result when each article takes on something of its nearest neighbours.

    Each vector gets the sum of its nearest vectors, weighted by cosine and by its own entry of `pulls`,
    shape (n,): two articles that share no word become alike when the same third articles resemble both.
    Only neighbours count that are at least `close`, shape (n,), times as near as the nearest, and whose
    cosine is at least `least`, shape (n,). The vectors are not needed: with K the weights, the new products
    are (I + K) S (I + K)'. The matrix, shape (n, n), is changed in place.
    """
    count = len(cosines)
    if count < 2:  # noqa: PLR2004 - one article has no neighbour
        return
    nearest = _nearest(cosines, min(neighbours, count - 1))
    likeness = np.take_along_axis(cosines, nearest, axis=1)
    likeness[nearest == np.arange(count)[:, None]] = 0.0
    nearest_of_all = np.minimum(likeness.max(axis=1, keepdims=True), AS_GOOD_AS_A_COPY)
    counts = likeness >= np.maximum(close[:, None] * nearest_of_all, least[:, None])
    weights = np.asarray(pulls[:, None] * likeness * counts, np.float32)
    heaviest = np.argsort(-weights, axis=1, kind="stable")
    nearest = np.take_along_axis(nearest, heaviest, axis=1)
    weights = np.take_along_axis(weights, heaviest, axis=1)
    used = np.count_nonzero(weights, axis=1).tolist()
    added = [(row, nearest[row, :some], weights[row, :some]) for row, some in enumerate(used) if some]
    _add_neighbours(cosines, added)
    _turn(cosines)
    _add_neighbours(cosines, added)
    lengths = np.sqrt(np.diag(cosines)).astype(np.float32)
    cosines /= lengths[:, None]
    cosines /= lengths[None, :]


def _nearest(cosines: Matrix, wanted: int) -> Places:
    """Return for each row the so many columns with the highest cosines, itself aside; some rows at a time."""
    nearest = np.empty((len(cosines), wanted), np.intp)
    for some in _parts(len(cosines), ROWS):
        away = -cosines[some]
        rows = np.arange(len(away))
        away[rows, some.start + rows] = 0.0
        nearest[some] = np.argpartition(away, wanted - 1, axis=1)[:, :wanted]
    return nearest


def _add_neighbours(matrix: Matrix, added: Sequence[tuple[int, Places, Matrix]]) -> None:
    """Add to rows other rows as they were, with weights; a part of the columns at a time, so that few are kept."""
    for some in _parts(len(matrix), _COLUMNS):
        part = matrix[:, some]
        before = part.copy()
        for row, rows, weights in added:
            changed = part[row]
            changed += weights @ before.take(rows, axis=0)
        del before


def _turn(matrix: Matrix) -> None:
    """Exchange rows and columns, in place."""
    for some in _parts(len(matrix), ROWS):
        matrix[some, some] = matrix[some, some].T.copy()
        above = matrix[some, some.stop :].copy()
        matrix[some, some.stop :] = matrix[some.stop :, some].T
        matrix[some.stop :, some] = above.T
