"""Keep worker processes at work: one task in flight each, results in the order of the tasks.

Python's own pools lose the neighbours' work or hang when a worker crashes; a pipe to each process does not.
"""

import queue
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Self

from monitor.assignment import worked_off
from monitor.frames import Answer, Begin, ReadFile
from monitor.models import Processed
from monitor.staff import Feed, Staff
from monitor.workers import WorkerProcess

_TASKS_AHEAD = 16  # tasks that each worker may be ahead of the consumer
_RESULTS_AHEAD = 32  # results that one task may be ahead of the consumer
SPLIT_BYTES = 4 << 20  # a larger file may hold many inputs: the workers read it together

Result = Processed | BaseException | None
Results = queue.Queue[Result]
COMMAND = (sys.executable, "-P", "-m", "monitor.worker")


class WorkerPool:
    """Several worker processes behind one ordered stream of results; use it as a context manager."""

    def __init__(
        self,
        begin: Begin,
        *,
        workers: int = 1,
        deadline_s: float = 60.0,
        split_bytes: int = SPLIT_BYTES,
        command: tuple[str, ...] = COMMAND,
    ) -> None:
        self._split_bytes = split_bytes
        self._staff = Staff(
            [WorkerProcess(list(command), begin, deadline_s, answer=Answer) for _ in range(workers)]
        )
        self._in_order: queue.Queue[tuple[int, Results] | None] = queue.Queue(_TASKS_AHEAD * workers)

    def __enter__(self) -> Self:
        self._staff.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._staff.__exit__()

    def run(self, tasks: Iterable[ReadFile]) -> Iterator[Processed]:
        """Yield what became of every input of the tasks, in their order, however many workers there are.

        A task that kills its worker or takes longer than the deadline costs the input at fault alone.
        """
        feed = Feed(part for task in tasks for part in self._parts(task))
        serving = [self._staff.start(self._serve, worker, feed) for worker in self._staff.workers]
        self._staff.start(self._close_after, serving)
        while first := self._in_order.get():
            parts, results = first
            others = [other for _ in range(1, parts) if (other := self._in_order.get())]
            yield from _in_turns([results, *(results for _, results in others)])

    def _parts(self, task: ReadFile) -> Iterator[ReadFile]:
        """Yield a task as it is, or for a large file one task for each worker."""
        count = len(self._staff.workers) if task.path and task.size >= self._split_bytes else 1
        return (replace(task, part=part, parts=count) for part in range(count))

    def _serve(self, worker: WorkerProcess[Answer], feed: Feed[ReadFile]) -> None:
        """Take tasks and work them off, one after the other, until there are none."""
        while not self._staff.is_ended:
            results: Results = queue.Queue(_RESULTS_AHEAD)
            with feed.lock:
                try:
                    task = feed.next()
                except Exception as error:  # noqa: BLE001  # raised again where the results are read
                    self._staff.put(self._in_order, (1, results))
                    self._staff.put(results, error)
                    return
                if task is None:
                    break
                self._staff.put(self._in_order, (task.parts, results))
            try:
                for processed in worked_off(worker, task):
                    self._staff.put(results, processed)
                self._staff.put(results, None)
            except Exception as error:  # noqa: BLE001  # same
                self._staff.put(results, error)
                return
        worker.close()

    def _close_after(self, threads: Sequence[threading.Thread]) -> None:
        for thread in threads:
            thread.join()
        self._staff.put(self._in_order, None)


def _in_turns(several: Iterable[Results]) -> Iterator[Processed]:
    """Yield one result of each, and again, until all have ended: the order in which one worker would have had them."""
    live = deque(several)
    while live:
        results = live.popleft()
        if isinstance(result := results.get(), BaseException):
            raise result
        if result is not None:
            yield result
            live.append(results)
