"""Kill the processes that read for an ingest, while it runs; it must go on as if nothing had happened."""

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from bench.crash_work import NAME, difference
from bench.killing import Forge, Point

_MOMENTS = 40  # at which a worker is killed, evenly over the time that it lives
_LIFE_S = 1.2  # of a worker, at least, on a machine of today; on a slower one it is killed sooner
_START_S = 60.0
_MOST_KILLED = (
    2  # workers a run, one after the other; three that die before they are ready end it, as they should
)


class WorkerTrial:
    """An ingest whose workers are killed; points count the moments of a worker's life."""

    def __init__(self, folder: Path, forge: Forge, corpus: Path) -> None:
        self._folder, self._forge, self._corpus = folder, forge, corpus
        self._ingest("undisturbed").wait()
        self._expected = forge.do("warehouse_state", str(folder / "undisturbed"))

    def points(self) -> list[Point]:
        """Return the moments."""
        return [Point(call="worker", number=number) for number in range(1, _MOMENTS + 1)]

    def survives(self, point: Point) -> tuple[bool, str]:
        """Kill workers from a moment on; say whether there was one, and what is wrong once the run has ended."""
        shutil.rmtree(self._folder / "killed", ignore_errors=True)
        run = self._ingest("killed")
        _await_a_child(run)
        time.sleep(_LIFE_S * point.number / _MOMENTS)
        rng = random.Random(point.number)
        killed = sum(_kill_a_child(run, rng) for _ in range(_MOST_KILLED))
        if run.wait():
            return bool(killed), f"the run ended with {run.returncode}"
        self._ingest("killed").wait()
        found = self._forge.do("warehouse_state", str(self._folder / "killed"))
        return bool(killed), difference(found, self._expected)

    def _ingest(self, name: str) -> subprocess.Popen[bytes]:
        warehouse = str(self._folder / name / NAME)
        command = [sys.executable, "-m", "monitor", "ingest", str(self._corpus), "--warehouse", warehouse]
        return subprocess.Popen(  # noqa: S603  # our own interpreter
            [*command, "--quiet"], stdout=subprocess.DEVNULL,
            env={**os.environ, "MONITOR_MODELS": str(self._folder / "models")},
        )  # fmt: skip


def _await_a_child(run: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + _START_S
    while not _children(run) and run.poll() is None and time.monotonic() < until:
        time.sleep(0.01)


def _kill_a_child(run: subprocess.Popen[bytes], rng: random.Random) -> bool:
    """Kill one of the processes that a run has started, if it has any, and give it time to notice."""
    with suppress(OSError, IndexError):
        os.kill(rng.choice(_children(run)), signal.SIGKILL)
        time.sleep(rng.random())
        return True
    return False


def _children(run: subprocess.Popen[bytes]) -> list[int]:
    pids: list[str] = []
    with suppress(OSError):
        for thread in Path(f"/proc/{run.pid}/task").iterdir():
            pids += (thread / "children").read_text(encoding="ascii").split()
    return [*map(int, pids)]
