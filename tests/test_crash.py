"""A run may be killed at any of its storage calls: the next one ends as if nothing had happened."""

import shutil
import sys

import pytest
from bench.crash import Trial

pytestmark = [
    pytest.mark.end_to_end,
    pytest.mark.skipif(
        sys.platform != "linux" or not shutil.which("strace"), reason="needs Linux and strace"
    ),
]
_TRIED = 48  # of about fifty; `python -m bench.crash` tries all, again and again
_FEWEST = 30  # storage calls that a run is known to make; fewer would mean that the tracing missed them


@pytest.mark.parametrize("first", [True, False], ids=["the first run", "a later run"])
def test_a_run_killed_at_any_storage_call_is_made_good_by_the_next(tmp_path, first):
    trial = Trial(tmp_path, first=first)
    every = trial.points()
    assert len(every) >= _FEWEST
    points = [every[len(every) * number // _TRIED] for number in range(min(_TRIED, len(every)))]
    outcomes = {point: trial.survives(point) for point in points}
    assert {point: wrong for point, (_, wrong) in outcomes.items() if wrong} == {}
    assert sum(killed for killed, _ in outcomes.values()) >= _FEWEST
