"""Join what is alike into groups, always the two groups that are most alike on average."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Matrix = npt.NDArray[np.float32]
Sizes = npt.NDArray[np.float64]


def average_link(scores: Matrix, groups: Sequence[int]) -> list[int]:
    """Return a group number for each row: the smallest row number in its group.

    `scores[i, j]` says how much speaks for joining i and j, negative when more speaks against it; groups
    are joined while their mean score is positive. `groups` gives the groups to start from, as numbers
    for each row. Average linkage (Sokal and Michener 1958) by nearest-neighbour chains (Murtagh 1983);
    ties go to the earlier row, so the result depends on the rows' order alone.
    """
    first = {group: row for row, group in reversed(list(enumerate(groups)))}
    starts = sorted(set(first.values()))
    place = {start: number for number, start in enumerate(starts)}
    member = np.array([place[first[group]] for group in groups], np.intp)
    joined = _chain(*_group_means(scores, member, len(starts)))
    top: dict[int, int] = {}
    return [top.setdefault(joined[number], row) for row, number in enumerate(member.tolist())]


def _group_means(scores: Matrix, member: npt.NDArray[np.intp], count: int) -> tuple[Matrix, Sizes]:
    """Return the mean score of each pair of groups, and the groups' sizes."""
    sizes = np.bincount(member, minlength=count).astype(np.float64)
    if count == len(member):
        return scores, sizes
    by_row = np.zeros((count, len(member)), np.float32)
    np.add.at(by_row, member, scores)
    sums = np.zeros((count, count), np.float32)
    np.add.at(sums.T, member, by_row.T)
    return np.asarray(sums / sizes[:, None] / sizes[None, :], np.float32), sizes


def _chain(means: Matrix, sizes: Sizes) -> list[int]:
    """Follow each group to its best partner until two choose each other; join them if they score > 0.

    The same score both ways, and a score at all, is what makes every chain end: rounding gives neither.
    """
    means = means + means.T
    means /= 2
    np.nan_to_num(means, copy=False, nan=-1.0)
    np.fill_diagonal(means, -np.inf)
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
