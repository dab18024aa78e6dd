"""Trees answer alike row by row and in bulk, and after they were stored."""

import numpy as np
import pytest

from monitor.forest import Forest, arrays_of, forest_from, votes

# one tree asks whether column 1 is above 2, and then whether column 0 is above 0; the other one is a leaf
FOREST = Forest(
    column=np.array([1, 0, 0, 0, 0, 0]),
    threshold=np.array([2, 0, np.inf, np.inf, np.inf, np.inf], np.float32),
    left=np.array([1, 3, 2, 3, 4, 5]),
    value=np.array([0, 0, 10, 1, 2, 100], np.float32),
    roots=np.array([0, 5]),
    depth=2,
)
ROWS = np.array([[0, 2], [1, 2], [1, 2.5], [-1, 9]], np.float32)


def test_a_row_goes_right_where_its_value_is_above_the_threshold():
    assert votes(FOREST, ROWS).tolist() == [101, 102, 110, 110]


def test_some_trees_can_be_asked_alone():
    assert votes(FOREST, ROWS, slice(1)).tolist() == [1, 2, 10, 10]
    assert votes(FOREST, ROWS, slice(1, None)).tolist() == [100] * 4


@pytest.mark.parametrize("times", [0, 1, 300])
def test_many_rows_are_answered_like_single_ones(times):
    assert votes(FOREST, np.tile(ROWS, (times, 1))).tolist() == [101, 102, 110, 110] * times


def test_trees_answer_the_same_after_they_were_stored(tmp_path):
    np.savez(tmp_path / "trees.npz", allow_pickle=False, **arrays_of(FOREST))
    with np.load(tmp_path / "trees.npz") as stored:
        assert votes(forest_from(stored), ROWS).tolist() == votes(FOREST, ROWS).tolist()
