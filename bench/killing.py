"""Kill work at its storage calls: a process that has imported everything forks for each piece of work, strace kills it.

Starting an interpreter and importing monitor costs more than the work itself; a fork costs next to nothing, and the
process that forks has no threads. Needs Linux and strace.
"""

import ctypes
import json
import os
import re
import subprocess
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Self

CALLS = (
    "write",
    "pwrite64",
    "writev",
    "pwritev",
    "fsync",
    "fdatasync",
    "ftruncate",
    "mkdir",
    "rename",
    "link",
    "unlink",
    "unlinkat",
    "rmdir",
)
_TRACED = re.compile(r"^(?P<pid>\d+) +(?P<call>\w+)\(")
_PR_SET_PTRACER, _ANY = 0x59616D61, -1
_ATTACH_S = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """Where to kill: at the so-manieth of one kind of call, counted a thread."""

    call: str
    number: int


class Forge:
    """The process that forks; `work` is the name of a function that it knows, its arguments and answer are JSON.

    `cpu_s` is what all forks and their tracers have taken so far, in seconds of processor time.
    """

    def __init__(self, module: str) -> None:
        self._process = subprocess.Popen(  # noqa: S603  # our own interpreter
            [sys.executable, "-m", "bench.killing", module],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.cpu_s = 0.0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with self._process as process:
            assert process.stdin
            process.stdin.close()

    def points(self, work: str, *arguments: str, log: Path) -> list[Point]:
        """Do work, undisturbed, and return every storage call of it."""
        self.do(work, *arguments, strace=["-o", str(log), "-e", f"trace={','.join(CALLS)}"])
        counts: Counter[tuple[str, str]] = Counter()
        for line in log.read_text(errors="replace").splitlines():
            if found := _TRACED.match(line):
                counts[found["pid"], found["call"]] += 1
        most: dict[str, int] = {}
        for (_, call), count in counts.items():
            most[call] = max(most.get(call, 0), count)
        return [
            Point(call=call, number=n) for call, count in sorted(most.items()) for n in range(1, count + 1)
        ]

    def kill(self, point: Point, work: str, *arguments: str) -> bool:
        """Do work until it is killed at a point; return whether it was."""
        inject = f"inject={point.call}:signal=KILL:when={point.number}"
        status, _ = self._ask(work, arguments, ["-o", "/dev/null", "-e", f"trace={point.call}", "-e", inject])
        return status != 0

    def do(self, work: str, *arguments: str, strace: Sequence[str] = ()) -> Any:
        """Do work to its end and return its answer."""
        status, answer = self._ask(work, arguments, strace)
        if status:
            raise RuntimeError(answer)
        return answer

    def _ask(self, work: str, arguments: Sequence[str], strace: Sequence[str]) -> tuple[int, Any]:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps([work, [*arguments], [*strace]]) + "\n")
        self._process.stdin.flush()
        status, answer, self.cpu_s = json.loads(self._process.stdout.readline())
        return status, answer


def main() -> None:
    """Fork for every line of standard input and answer with a line."""
    known = vars(import_module(sys.argv[1]))
    for line in sys.stdin:
        work, arguments, strace = json.loads(line)
        status, answer = _forked(known, work, arguments, strace)
        spent = os.times()
        print(json.dumps([status, answer, spent.children_user + spent.children_system]), flush=True)


def _forked(
    known: Mapping[str, Callable[..., Any]], work: str, arguments: Sequence[str], strace: Sequence[str]
) -> tuple[int, Any]:
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _work_off(lambda: known[work](*arguments), writing, traced=bool(strace))
    os.close(writing)
    tracer = None
    if strace:
        tracer = subprocess.Popen(["strace", "-f", "-qq", *strace, "-p", str(child)])  # noqa: S603, S607
    with os.fdopen(reading, "rb") as answers:
        answer = answers.read()
    _, status = os.waitpid(child, 0)
    if tracer:
        tracer.wait()
    return os.waitstatus_to_exitcode(status), json.loads(answer) if answer else None


def _work_off(work: Callable[[], Any], answers: int, *, traced: bool) -> None:
    """Do the work as the fork that it is, and end."""
    try:
        if traced:
            _await_tracer()
        answer = work()
        if answer is not None:
            os.write(answers, json.dumps(answer).encode())
        os._exit(0)
    except BaseException:  # noqa: BLE001  # the other process hears of it
        os.write(answers, json.dumps(traceback.format_exc()[-2000:]).encode())
        os._exit(1)


def _await_tracer() -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PTRACER, ctypes.c_ulong(_ANY), 0, 0, 0)
    until = time.monotonic() + _ATTACH_S
    while "TracerPid:\t0\n" in Path("/proc/self/status").read_text(encoding="ascii"):
        if time.monotonic() > until:
            raise TimeoutError("strace does not attach")
        time.sleep(0.001)


if __name__ == "__main__":
    main()
