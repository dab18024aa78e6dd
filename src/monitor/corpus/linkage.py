"""Join what is alike into groups, always the two groups that are most alike on average."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float32]
Sizes = npt.NDArray[np.float64]

_ROWS = 128  # worked on at once, where more would only take memory


def average_link(scores: Matrix, groups: Sequence[int]) -> list[int]:
    """Return a group number for each row: the smallest row number in its group.

    `scores[i, j]` says how much speaks for joining i and j, negative when more speaks against it; groups
    are joined while their mean score is positive. `groups` gives the groups to start from, as numbers
    for each row. Average linkage (Sokal and Michener 1958) by nearest-neighbour chains (Murtagh 1983);
    ties go to the earlier row, so the result depends on the rows' order alone. The scores are used up: the
    work is done in their place.
    """
    first = {group: row for row, group in reversed(list(enumerate(groups)))}
    starts = sorted(set(first.values()))
    place = {start: number for number, start in enumerate(starts)}
    member = np.array([place[first[group]] for group in groups], np.intp)
    joined = _chain(*_group_means(scores, member, len(starts)))
    top: dict[int, int] = {}
    return [top.setdefault(joined[number], row) for row, number in enumerate(member.tolist())]


def _group_means(scores: Matrix, member: npt.NDArray[np.intp], count: int) -> tuple[Matrix, Sizes]:
    """Return the mean score of each pair of groups, in a corner of the scores, and the groups' sizes."""
    sizes = np.bincount(member, minlength=count).astype(np.float64)
    if count == len(member):
        return scores, sizes
    order = np.argsort(member, kind="stable")
    begins = np.searchsorted(member[order], np.arange(count))
    for start in range(0, len(member), _ROWS):
        columns = slice(start, start + _ROWS)
        scores[:count, columns] = np.add.reduceat(scores[order, columns], begins, axis=0)
    for start in range(0, count, _ROWS):
        rows = slice(start, min(start + _ROWS, count))
        scores[rows, :count] = np.add.reduceat(scores[rows][:, order], begins, axis=1)
    means = scores[:count, :count]
    means /= sizes[:, None].astype(np.float32)
    means /= sizes[None, :].astype(np.float32)
    return means, sizes


def _even_out(means: Matrix) -> None:
    """Give each pair the same score both ways, and a score at all: rounding gives neither."""
    for start in range(0, len(means), _ROWS):
        rows = slice(start, start + _ROWS)
        even = means[rows, start:] + means[start:, rows].T
        even /= 2
        even[np.isnan(even)] = -1.0
        means[rows, start:] = even
        means[start:, rows] = even.T
    np.fill_diagonal(means, -np.inf)


def _chain(means: Matrix, sizes: Sizes) -> list[int]:
    """Follow each group to its best partner until two choose each other; join them if they score > 0.

    The same score both ways is what makes every chain end.
    """
    _even_out(means)
    parent = list(range(len(means)))
    settled = np.zeros(len(means), bool)
    for start in range(len(means)):
        chain = [] if settled[start] else [start]
        while chain:
            last = chain[-1]
            best = int(np.argmax(means[last]))
            if means[last, best] <= 0:
                settled[last] = True  # and for good: a mean of means that speak against it is no better
                chain.pop()
            elif len(chain) > 1 and means[last, chain[-2]] >= means[last, best]:
                kept, gone = sorted((chain.pop(), chain.pop()))
                _join(means, sizes, kept, gone)
                parent[gone], settled[gone] = kept, True
                chain = chain or [kept]
            else:
                chain.append(best)
    return [_root(parent, number) for number in range(len(means))]


def _join(means: Matrix, sizes: Sizes, kept: int, gone: int) -> None:
    """Make `kept` stand for both groups."""
    both = sizes[kept] + sizes[gone]
    mean = (sizes[kept] * means[kept] + sizes[gone] * means[gone]) / both
    means[kept], means[:, kept] = mean, mean
    means[gone], means[:, gone] = -np.inf, -np.inf
    means[kept, kept] = -np.inf
    sizes[kept] = both


def _root(parent: Sequence[int], number: int) -> int:
    while parent[number] != number:
        number = parent[number]
    return number
