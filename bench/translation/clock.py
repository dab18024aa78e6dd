"""Measures what a piece of work costs this process."""

import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import TypeVar

from monitor.translation.crew import Outcome, Processes
from monitor.translation.engine import GREEDY, Decoding, Hypothesis, Translator
from monitor.translation.tasks import Answer, Setup, Task
from monitor.workers import WorkerProcess

_Result = TypeVar("_Result")


def timed(work: Callable[[], _Result]) -> tuple[_Result, float]:
    """Return a result and the CPU seconds that it took."""
    begun = time.process_time()
    result = work()
    return result, time.process_time() - begun


class Clocked:
    """A translator that counts the CPU seconds of its decoding; satisfies `Translator`."""

    def __init__(self, translator: Translator) -> None:
        self._translator = translator
        self.pair, self.model = translator.pair, translator.model
        self.seconds = 0.0

    def translate(
        self, sentences: Sequence[str], decoding: Decoding = GREEDY
    ) -> list[tuple[Hypothesis, ...]]:
        """Translate, and add to the seconds."""
        found, seconds = timed(lambda: self._translator.translate(sentences, decoding))
        self.seconds += seconds
        return found


class Watched(Processes):
    """Processes of which it is known how long each had nothing to do between its first and its last task."""

    def __init__(self, setup: Setup, *, workers: int, command: tuple[str, ...]) -> None:
        super().__init__(setup, workers=workers, command=command)
        self.spans: defaultdict[int, list[tuple[float, float]]] = defaultdict(list)

    def _ask(self, worker: WorkerProcess[Answer], task: Task) -> Outcome:
        begun = time.perf_counter()
        outcome = super()._ask(worker, task)
        self.spans[id(worker)].append((begun, time.perf_counter()))
        return outcome

    def idle(self) -> float:
        """Return the part of all workers' time, from the first task to the last answer, in which they had none."""
        every = [span for spans in self.spans.values() for span in spans]
        whole = (max(end for _, end in every) - min(begun for begun, _ in every)) * len(self.spans)
        return 1 - sum(end - begun for begun, end in every) / whole
