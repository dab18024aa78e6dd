"""Measure what supervision costs: `python -m bench.respawn [--rounds 5]`.

Prints how long the next input waits once a file that hangs has passed its deadline, or a file has ended its worker;
and how much longer an ingest of a few files takes than the same work within one process, without and with the start
of the other interpreter, whose processor time stands beside: on a busy machine the others wait for more than that.
May be 2 s, 2 s and, without the start, 0.3 s. Needs Unix.
"""

import argparse
import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path

from monitor.config import make_plan
from monitor.detection import Detector
from monitor.frames import Begin, ReadFile
from monitor.prepare import Tools
from monitor.settings import read_settings
from monitor.worker import work
from monitor.worker_pool import COMMAND, WorkerPool

_DEADLINE_S = 1.5
_TEXT = "The council of the harbour town voted on Sunday to keep its lighthouse open, the mayor said.\n" * 3
_FEW = 5
# The real worker, but for two texts that it obeys.
_OBEDIENT = """
import os, time
from monitor import worker
real = worker.work
def work(task, *rest):
    if task.data == b"hang": time.sleep(600)
    if task.data == b"crash": os._exit(9)
    return real(task, *rest)
worker.work = work
worker.main()
"""


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    print("| measured | median, s | worst, s | may be, s |")
    print("| --- | ---: | ---: | ---: |")
    for name, poison, patience in (("hang", b"hang", _DEADLINE_S), ("crash", b"crash", 0.0)):
        _row(f"next input after a {name}", [_served_after(poison) - patience for _ in range(rounds)], "2")
    _report_few(rounds)


def _row(name: str, seconds: list[float], bar: str) -> None:
    print(f"| {name} | {statistics.median(seconds):.2f} | {max(seconds):.2f} | {bar} |")


def _served_after(poison: bytes) -> float:
    """Return the seconds from the input before a poisoned one to the input after it."""
    tasks = [
        ReadFile(uri=f"mock:{n}", data=data) for n, data in enumerate((_TEXT.encode(), poison, b"After " * 9))
    ]
    command = (sys.executable, "-P", "-c", _OBEDIENT)
    with WorkerPool(Begin(), deadline_s=_DEADLINE_S, command=command) as pool:
        results = pool.run(tasks)
        next(results)
        began = time.perf_counter()
        assert [result.input.uri for result in results][-1] == "mock:2"
        return time.perf_counter() - began


def _report_few(rounds: int) -> None:
    with tempfile.TemporaryDirectory(prefix="bench-respawn-") as folder:
        tasks = _few(Path(folder))
        begin = make_plan(read_settings(None, warehouse=str(Path(folder) / "monitor.duckdb"))).begin
        starts, pooled, plain, cpu = [], [], [], []
        for _ in range(rounds):
            before = _children_s()
            start, rest = _pooled(begin, tasks)
            cpu.append(_children_s() - before)
            starts.append(start)
            pooled.append(rest)
            plain.append(_in_process(begin, tasks))
    extra = [with_pool - without for with_pool, without in zip(pooled, plain, strict=True)]
    _row(f"supervising {_FEW} files, beyond their work", extra, "0.3")
    _row("a worker's start and first file, while the parent waits", starts, "")
    _row(f"processor time of a worker that starts and reads {_FEW + 1} files", cpu, "")


def _children_s() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _few(folder: Path) -> list[ReadFile]:
    tasks = []
    for number in range(_FEW):
        path = folder / f"{number}.txt"
        path.write_text(f"Report {number}. {_TEXT}", encoding="utf-8")
        tasks.append(ReadFile(uri=path.as_uri(), path=bytes(path)))
    return tasks


def _pooled(begin: Begin, tasks: list[ReadFile]) -> tuple[float, float]:
    """Return the seconds until the first file came back, and those of the others and the end."""
    at = time.perf_counter()
    with WorkerPool(begin, command=COMMAND) as pool:
        results = pool.run([tasks[0], *tasks])
        next(results)
        first = time.perf_counter()
        assert len([*results]) == _FEW
    return first - at, time.perf_counter() - first


def _in_process(begin: Begin, tasks: list[ReadFile]) -> float:
    tools = Tools(detector=Detector(begin.detector), cleaning=begin.cleaning)
    [*work(tasks[0], begin, tools)]
    at = time.perf_counter()
    for task in tasks:
        assert [*work(task, begin, tools)]
    return time.perf_counter() - at


if __name__ == "__main__":
    main()
