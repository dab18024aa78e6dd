"""One worker process: started when needed, killed when late, and made anew when it died."""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Generic, NamedTuple, Protocol, TypeVar

from monitor.errors import WorkerLost
from monitor.wire import Rubbish, read_frame, write_frame

# Why an input did not become an article where that cost a worker its life.
OVERDUE = "took too long"  # the reason of a death by deadline
LOSSES = (OVERDUE, "crashed the worker", "answered rubbish", "given up")
# Signals that nothing sends itself by mistake.
_SENT_BY_OTHERS = {
    signal.SIGTERM,
    signal.SIGINT,
    getattr(signal, "SIGKILL", None),
    getattr(signal, "SIGHUP", None),
}
_STOP_S = 2.0
_START_S = 60.0
_STARTS = 3


class Death(NamedTuple):
    """Why a process ended: a reason that groups, a line for people, and whether somebody else ended it.

    That is a person, or a system short of memory: what it worked on at the time need not be at fault.
    """

    reason: str
    detail: str
    is_foreign: bool = False


class Answering(Protocol):
    """A record that a worker answers with; the one after the last answer to a task is `done`."""

    @property
    def done(self) -> bool:
        """Whether the task is worked off."""


_Answer = TypeVar("_Answer", bound=Answering)


class WorkerProcess(Generic[_Answer]):
    """One worker process and its pipes; it is told `begin` once, and answers with records of one kind."""

    def __init__(
        self, command: list[str], begin: object, deadline_s: float, *, answer: type[_Answer]
    ) -> None:
        self._answer = answer
        self._command, self._begin, self._deadline_s = command, begin, deadline_s
        self._process: subprocess.Popen[bytes] | None = None
        self._cause: tuple[str, str] | None = None
        self._served = 0
        self._starting, self._retired = threading.Lock(), False
        self.overdue_at: float | None = None

    @property
    def is_used(self) -> bool:
        """Whether the process has worked off a task before, and so may have died of that one."""
        return self._served > 0

    def answers(self, task: object) -> Iterator[_Answer]:
        """Yield the answers to a task; raises EOFError when the worker dies or is killed over it."""
        process = self._started()
        self._cause = None
        assert process.stdin
        assert process.stdout
        self._tick()
        try:
            write_frame(process.stdin, task)
            while (answer := read_frame(process.stdout, self._answer)) and not answer.done:
                self.overdue_at = None  # the consumer's time is not the worker's
                yield answer
                self._tick()
        except Rubbish as error:
            self.distrust(str(error))
            raise
        except OSError as error:
            raise EOFError(str(error)) from error
        finally:
            self.overdue_at = None
        if answer is None:
            raise EOFError("the worker ended")
        self._served += 1

    def distrust(self, why: str) -> None:
        """Kill a worker that gives answers nobody asked for."""
        self._cause = ("answered rubbish", f"the process {why}")
        self.kill()

    def kill_if_overdue(self, now: float) -> None:
        """Kill a worker whose deadline has passed."""
        if self.overdue_at is not None and now > self.overdue_at:
            self._cause = (OVERDUE, f"stopped after {self._deadline_s:g} s")
            self.kill()

    def kill(self) -> None:
        """End the process at once."""
        if self._process:
            self._process.kill()

    def retire(self) -> None:
        """End the process for good, whichever thread is using it: none is started after it."""
        with self._starting:
            self._retired = True
            self.kill()

    def epitaph(self) -> Death:
        """Return how the process died that an answer's end told of, and make way for a new one."""
        code = self._exit_code()
        cause, self._cause = self._cause, None
        self.close()
        if cause:
            return Death(*cause)
        how = f"signal {-code}" if code < 0 else f"exit status {code}"
        return Death(
            "crashed the worker", f"the process ended with {how}", is_foreign=-code in _SENT_BY_OTHERS
        )

    def close(self) -> None:
        """End the process and free its pipes."""
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(OSError):
            process.stdin.close()  # type: ignore[union-attr]
        try:
            process.wait(_STOP_S)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        with suppress(OSError):
            process.stdout.close()  # type: ignore[union-attr]

    def _exit_code(self) -> int:
        """Return how the process ended; one that lives on with its pipe closed is ended."""
        if self._process is None:
            return 0
        try:
            return self._process.wait(_STOP_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._served = 0
            self._start()
        assert self._process
        return self._process

    def _start(self) -> None:
        """Start a process; where one dies before it is ready, that may be somebody's doing, so some are tried."""
        for _ in range(_STARTS):
            if self._shakes_hands(self._launched()):
                return
            self.close()
        raise WorkerLost(f"a worker process does not start: {' '.join(self._command)}")

    def _launched(self) -> subprocess.Popen[bytes]:
        with self._starting:
            if self._retired:
                raise WorkerLost("a worker process is wanted after the end")
            self._process = subprocess.Popen(  # noqa: S603  # our own interpreter and module
                self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=_environment()
            )
            return self._process

    def _shakes_hands(self, process: subprocess.Popen[bytes]) -> bool:
        """Tell a new worker its settings and wait until it is ready."""
        assert process.stdin
        assert process.stdout
        self.overdue_at = time.monotonic() + _START_S
        try:
            write_frame(process.stdin, self._begin)
            return read_frame(process.stdout, self._answer) is not None
        except (OSError, EOFError):
            return False
        finally:
            self.overdue_at = None

    def _tick(self) -> None:
        self.overdue_at = time.monotonic() + self._deadline_s


def _environment() -> dict[str, str]:
    """Return a worker's environment: this very monitor, one thread each, the same hashes every time."""
    here = str(Path(__file__).parents[1])
    path = os.pathsep.join(filter(None, (here, os.environ.get("PYTHONPATH"))))
    fixed = {"PYTHONPATH": path, "PYTHONUTF8": "1", "PYTHONHASHSEED": "0"}
    single = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    return {**os.environ, **fixed, **single}
