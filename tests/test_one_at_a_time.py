"""One process at a time: the others wait, and say for whom."""

import subprocess
import sys

import pytest

from monitor.one_at_a_time import exclusive

HOLDER = """
import sys
import time
from pathlib import Path
from monitor.one_at_a_time import exclusive
with exclusive(Path(sys.argv[1]), 0.0, RuntimeError):
    print("held", flush=True)
    sys.stdin.read(1)
    time.sleep(float(sys.argv[2]))
"""


def held(path, seconds=0.0):
    """Start a process that holds the lock until it is told something, and so many seconds longer."""
    command = [sys.executable, "-c", HOLDER, str(path), str(seconds)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_a_lock_that_another_process_holds_names_it(tmp_path):
    with held(tmp_path / "lock") as holder:
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(RuntimeError, match=f"process {holder.pid}"):
            exclusive(tmp_path / "lock", 0.0, RuntimeError)
        holder.communicate("x")
    with exclusive(tmp_path / "lock", 0.0, RuntimeError):
        pass


def test_a_long_wait_says_once_for_whom(tmp_path, caplog):
    with held(tmp_path / "lock", seconds=2.5) as holder:
        assert holder.stdout.readline() == "held\n"
        holder.stdin.write("x")
        holder.stdin.close()
        with exclusive(tmp_path / "lock", 60.0, RuntimeError):
            pass
    assert caplog.messages == [f"monitor: waiting for process {holder.pid}, 60 s at most"]


def test_a_short_wait_says_nothing(tmp_path, caplog):
    with exclusive(tmp_path / "lock", 60.0, RuntimeError):
        pass
    assert not caplog.messages
