"""Keeps translating processes at work, one task in flight each; what kills one costs one sentence."""

import queue
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Protocol, Self

from monitor.staff import Feed, Staff
from monitor.translation.checked import Translated
from monitor.translation.tasks import Answer, Setup, Task
from monitor.wire import Rubbish
from monitor.workers import WorkerProcess

COMMAND = (sys.executable, "-m", "monitor.translation.worker")
DEADLINE_S = 300.0
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
        self._staff = Staff(
            [WorkerProcess(list(command), setup, deadline_s, answer=Answer) for _ in range(workers)]
        )
        self._broken: dict[tuple[str, ...], str] = {}

    def __enter__(self) -> Self:
        self._staff.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._staff.__exit__()

    def translate(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        """Yield the outcome of every task; tasks are only taken when a process is free."""
        feed = Feed(tasks)
        ready: queue.Queue[Ready] = queue.Queue(2 * len(self._staff.workers))
        serving = len([self._staff.start(self._serve, worker, feed, ready) for worker in self._staff.workers])
        while serving:
            outcome = ready.get()
            if isinstance(outcome, BaseException):
                raise outcome
            if outcome is None:
                serving -= 1
            else:
                yield outcome

    def _serve(self, worker: WorkerProcess[Answer], feed: Feed[Task], ready: queue.Queue[Ready]) -> None:
        try:
            while (task := feed.next()) is not None and not self._staff.is_ended:
                self._staff.put(ready, self._work_off(worker, task))
        except Exception as error:  # noqa: BLE001  raised again where the outcomes are read
            self._staff.put(ready, error)
        self._staff.put(ready, None)

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
                death = worker.epitaph()
                if deaths == _MOST_DEATHS:
                    self._broken[task.models] = f"{' and '.join(task.models)} {death.reason}: {death.detail}"
                    return Outcome(task=task, error=self._broken[task.models])
                results.append(failed(sentence, death.reason))
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


def failed(sentence: str, reason: str) -> Translated:
    """Return what is remembered of a sentence that no engine survives: the sentence itself, in doubt."""
    return Translated(
        source=sentence, text=sentence, quality=0.0, flags=(f"engine {reason}",), method="failed"
    )
