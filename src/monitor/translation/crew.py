"""Keeps translating processes at work, one task in flight each; what kills one costs one sentence."""

import queue
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Protocol, Self

from monitor.translation.checked import Translated
from monitor.translation.tasks import Answer, Setup, Task
from monitor.wire import Rubbish
from monitor.workers import WorkerProcess

COMMAND = (sys.executable, "-m", "monitor.translation.worker")
DEADLINE_S = 300.0
_WATCH_EVERY_S = 0.1
_PARTING_S = 5.0
_MOST_DEATHS = 3  # in a row without an answer, after which a model is given up for the run


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of a task: its translations in order, or the error that spares asking again for its models."""

    task: Task
    results: tuple[Translated, ...] = ()
    error: str = ""
    seconds: float = 0.0


Ready = Outcome | BaseException | None


class Crew(Protocol):
    """Whoever translates tasks."""

    def translate(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        """Yield the outcome of every task, in the order in which they are ready."""


class Processes:
    """Several processes with one thread each, which is faster than one with several; a context manager."""

    def __init__(
        self,
        setup: Setup,
        *,
        workers: int = 1,
        deadline_s: float = DEADLINE_S,
        command: tuple[str, ...] = COMMAND,
    ) -> None:
        self._workers = [
            WorkerProcess(list(command), setup, deadline_s, answer=Answer) for _ in range(workers)
        ]
        self._closed = threading.Event()
        self._threads: list[threading.Thread] = []
        self._broken: dict[tuple[str, ...], str] = {}

    def __enter__(self) -> Self:
        self._start(self._watch)
        return self

    def __exit__(self, *_: object) -> None:
        self._closed.set()
        for worker in self._workers:
            worker.retire()
        for thread in self._threads:
            thread.join(_PARTING_S)
        for worker in self._workers:
            worker.close()

    def translate(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        """Yield the outcome of every task; tasks are only taken when a process is free."""
        source = _Source(tasks)
        ready: queue.Queue[Ready] = queue.Queue(2 * len(self._workers))
        for worker in self._workers:
            self._start(self._serve, worker, source, ready)
        serving = len(self._workers)
        while serving:
            outcome = ready.get()
            if isinstance(outcome, BaseException):
                raise outcome
            if outcome is None:
                serving -= 1
            else:
                yield outcome

    def _start(self, work: Callable[..., None], *arguments: object) -> None:
        self._threads.append(threading.Thread(target=work, args=arguments, daemon=True))
        self._threads[-1].start()

    def _serve(self, worker: WorkerProcess[Answer], source: "_Source", ready: "queue.Queue[Ready]") -> None:
        try:
            while (task := source.next()) is not None and not self._closed.is_set():
                self._put(ready, self._work_off(worker, task))
        except Exception as error:  # noqa: BLE001  raised again where the outcomes are read
            self._put(ready, error)
        self._put(ready, None)

    def _put(self, ready: "queue.Queue[Ready]", item: Ready) -> None:
        """Put an item, waiting for room unless nobody reads any more."""
        while not self._closed.is_set():
            try:
                ready.put(item, timeout=_WATCH_EVERY_S)
            except queue.Full:
                continue
            return

    def _work_off(self, worker: WorkerProcess[Answer], task: Task) -> Outcome:
        """Return the outcome of a task, sentence by sentence once it has killed its process."""
        if task.models in self._broken:
            return Outcome(task=task, error=self._broken[task.models])
        try:
            return self._ask(worker, task)
        except EOFError:
            worker.epitaph()
        results: list[Translated] = []
        seconds, deaths = 0.0, 0
        for sentence in task.sentences:
            try:
                outcome = self._ask(worker, replace(task, sentences=(sentence,)))
            except EOFError:
                deaths += 1
                reason, detail = worker.epitaph()
                if deaths == _MOST_DEATHS:
                    self._broken[task.models] = f"{' and '.join(task.models)} {reason}: {detail}"
                    return Outcome(task=task, error=self._broken[task.models])
                results.append(failed(sentence, reason))
            else:
                if outcome.error:
                    return replace(outcome, task=task)
                results += outcome.results
                seconds, deaths = seconds + outcome.seconds, 0
        return Outcome(task=task, results=tuple(results), seconds=seconds)

    def _ask(self, worker: WorkerProcess[Answer], task: Task) -> Outcome:
        answer = None
        for answered in worker.answers(task):
            if answer or not (answered.error or tuple(r.source for r in answered.results) == task.sentences):
                worker.distrust("answered for other sentences than it was asked for")
                raise Rubbish(task.source)
            answer = answered
        if answer is None:
            worker.distrust("left its sentences without an answer")
            raise Rubbish(task.source)
        return Outcome(task=task, results=answer.results, error=answer.error, seconds=answer.seconds)

    def _watch(self) -> None:
        while not self._closed.wait(_WATCH_EVERY_S):
            now = time.monotonic()
            for worker in self._workers:
                worker.kill_if_overdue(now)


class _Source:
    """The tasks, handed out one at a time to whichever process is free."""

    def __init__(self, tasks: Iterable[Task]) -> None:
        self._tasks, self._lock = iter(tasks), threading.Lock()

    def next(self) -> Task | None:
        with self._lock:
            return next(self._tasks, None)


def failed(sentence: str, reason: str) -> Translated:
    """Return what is remembered of a sentence that no engine survives: the sentence itself, in doubt."""
    return Translated(
        source=sentence, text=sentence, quality=0.0, flags=(f"engine {reason}",), method="failed"
    )
