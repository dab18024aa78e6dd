"""Keep several worker processes, each served by a thread of ours, under one deadline watch until all is done."""

import queue
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Generic, Self, TypeVar

from monitor.workers import Answering, WorkerProcess

_WATCH_EVERY_S = 0.1
_PARTING_S = 5.0

_Answer = TypeVar("_Answer", bound=Answering)
_Item = TypeVar("_Item")
_Task = TypeVar("_Task")


class Staff(Generic[_Answer]):
    """Worker processes and the threads that serve them; use it as a context manager, which ends them all."""

    def __init__(self, workers: Sequence[WorkerProcess[_Answer]]) -> None:
        self.workers = workers
        self._ended = threading.Event()
        self._threads: list[threading.Thread] = []

    @property
    def is_ended(self) -> bool:
        """Whether nobody waits for results any more."""
        return self._ended.is_set()

    def __enter__(self) -> Self:
        self.start(self._watch)
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        for worker in self.workers:
            worker.retire()
        for thread in self._threads:
            thread.join(_PARTING_S)
        for worker in self.workers:
            worker.close()

    def start(self, work: Callable[..., None], *arguments: object) -> threading.Thread:
        """Do some work in a thread of its own."""
        thread = threading.Thread(target=work, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()
        return thread

    def put(self, target: queue.Queue[_Item], item: _Item) -> None:
        """Put an item, waiting for room unless nobody reads any more."""
        while not self._ended.is_set():
            try:
                target.put(item, timeout=_WATCH_EVERY_S)
            except queue.Full:
                continue
            return

    def _watch(self) -> None:
        """Kill workers whose deadline has passed."""
        while not self._ended.wait(_WATCH_EVERY_S):
            now = time.monotonic()
            for worker in self.workers:
                worker.kill_if_overdue(now)


class Feed(Generic[_Task]):
    """Tasks, handed out one at a time to whoever is free; hold `lock` to do more than that at once."""

    def __init__(self, tasks: Iterable[_Task]) -> None:
        self._tasks, self.lock = iter(tasks), threading.RLock()

    def next(self) -> _Task | None:
        """Return the next task, None after the last."""
        with self.lock:
            return next(self._tasks, None)
