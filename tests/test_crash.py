"""Work may be killed at any of its storage calls: the next run ends as if nothing had happened."""

import shutil
import sys

import pytest
from bench import crash_work
from bench.crash import TRIALS
from bench.killing import Forge

pytestmark = [
    pytest.mark.end_to_end,
    pytest.mark.skipif(
        sys.platform != "linux" or not shutil.which("strace"), reason="needs Linux and strace"
    ),
]
# How many points are tried (`python -m bench.crash` tries all, again and again), and how many storage calls the work is
# known to make at least; fewer would mean that the tracing missed them.
TRIED = {
    "first": (18, 60),
    "later": (20, 60),
    "translation": (10, 30),
    "migration": (12, 30),
    "model": (14, 20),
    "workers": (4, 40),
}


@pytest.mark.parametrize("name", TRIALS)
def test_work_killed_at_any_storage_call_is_made_good_by_the_next(tmp_path, name):
    tried, fewest = TRIED[name]
    with Forge(crash_work.__name__) as forge:
        trial = TRIALS[name](tmp_path, forge)
        every = trial.points()
        assert len(every) >= fewest
        points = [every[len(every) * number // tried] for number in range(tried)]
        outcomes = {point: trial.survives(point) for point in points}
    assert {point: wrong for point, (_, wrong) in outcomes.items() if wrong} == {}
    assert sum(killed for killed, _ in outcomes.values()) >= tried // 2
