"""Keep worker processes at work: one task in flight each, results in the order of the tasks.

Python's own pools lose the neighbours' work or hang when a worker crashes; a pipe to each process does not.
"""

import queue
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Self

from monitor.frames import Answer, Begin, ReadFile
from monitor.models import Input, Processed, Reject
from monitor.staff import Feed, Staff
from monitor.wire import Rubbish
from monitor.workers import OVERDUE, WorkerProcess

_TASKS_AHEAD = 16  # tasks that each worker may be ahead of the consumer
_RESULTS_AHEAD = 32  # results that one task may be ahead of the consumer
_MOST_DEATHS = 3  # deaths in a row without a result between them, after which a file is given up
_WHEN_AGAIN = "tried again when the file or monitor's version changes, or with --again"

Result = Processed | BaseException | None
COMMAND = (sys.executable, "-P", "-m", "monitor.worker")


class WorkerPool:
    """Several worker processes behind one ordered stream of results; use it as a context manager."""

    def __init__(
        self, begin: Begin, *, workers: int = 1, deadline_s: float = 60.0, command: tuple[str, ...] = COMMAND
    ) -> None:
        self._staff = Staff(
            [WorkerProcess(list(command), begin, deadline_s, answer=Answer) for _ in range(workers)]
        )
        self._in_order: queue.Queue[queue.Queue[Result] | None] = queue.Queue(_TASKS_AHEAD * workers)

    def __enter__(self) -> Self:
        self._staff.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        self._staff.__exit__()

    def run(self, tasks: Iterable[ReadFile]) -> Iterator[Processed]:
        """Yield what became of every input of the tasks, in their order, however many workers there are.

        A task that kills its worker or takes longer than the deadline costs the input at fault alone.
        """
        feed = Feed(tasks)
        serving = [self._staff.start(self._serve, worker, feed) for worker in self._staff.workers]
        self._staff.start(self._close_after, serving)
        while (results := self._in_order.get()) is not None:
            while (result := results.get()) is not None:
                if isinstance(result, BaseException):
                    raise result
                yield result

    def _serve(self, worker: WorkerProcess[Answer], feed: Feed[ReadFile]) -> None:
        """Take tasks and work them off, one after the other, until there are none."""
        while not self._staff.is_ended:
            results: queue.Queue[Result] = queue.Queue(_RESULTS_AHEAD)
            with feed.lock:
                try:
                    task = feed.next()
                except Exception as error:  # noqa: BLE001  # raised again where the results are read
                    self._staff.put(self._in_order, results)
                    self._staff.put(results, error)
                    return
                if task is None:
                    break
                self._staff.put(self._in_order, results)
            try:
                for processed in _worked_off(worker, task):
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


def _worked_off(worker: WorkerProcess[Answer], task: ReadFile) -> Iterator[Processed]:
    """Yield the results of one task, going on after each input that costs the worker its life.

    An input is tried once more where the worker may have died of something else.
    """
    done, deaths, is_whole, is_again = task.skip, 0, False, False
    unread = Processed(input=Input(uri=task.uri, sha256="", size=task.size, mtime_ns=task.mtime_ns))
    while deaths < _MOST_DEATHS:
        begun, was_used = unread, worker.is_used
        try:
            for answer in _in_turn(worker, replace(task, skip=done)):
                if answer.begins:
                    begun = answer.begins
                elif answer.processed:
                    done, deaths, begun, is_again = done + 1, 0, unread, False
                    is_whole = answer.processed.input.uri == task.uri
                    yield answer.processed
        except EOFError:
            death = worker.epitaph()
            if is_whole:
                return  # the file itself comes last: there is nothing more to say of it
            may_be_innocent = death.is_foreign or (
                begun is unread and was_used and death.reason != OVERDUE  # of what it did before
            )
            if may_be_innocent and not is_again:
                is_again = True
                continue
            done, deaths, is_again = done + 1, deaths + 1, False
            lost = replace(begun, reject=_lost(death.reason, death.detail))
            yield _unstamped(lost) if death.is_foreign else lost
            if begun.input.uri == task.uri:
                return  # the file itself, which comes last, or what died before any input began
        else:
            return
    detail = f"{_MOST_DEATHS} of its inputs in a row each ended a worker; those after them were not read"
    yield replace(unread, reject=_lost("given up", detail))


def _unstamped(lost: Processed) -> Processed:
    """Let the next run read the file again, as if it had changed."""
    return replace(lost, input=replace(lost.input, mtime_ns=None))


def _lost(reason: str, detail: str) -> Reject:
    """Return why an input cost its worker; the ledger remembers the file, or each run would lose workers over it."""
    return Reject(stage="extract", reason=reason, detail=f"{detail}; {_WHEN_AGAIN}")


def _in_turn(worker: WorkerProcess[Answer], task: ReadFile) -> Iterator[Answer]:
    """Yield the answers as long as each input begins and then is worked off; a worker that strays is ended."""
    begun: Processed | None = None
    for answer in worker.answers(task):
        ended = answer.processed
        if (begun is None) == (answer.begins is None) or (
            begun and (not ended or ended.input != begun.input)
        ):
            worker.distrust("answered out of turn")
            raise Rubbish(task.uri)
        yield answer
        begun = answer.begins
    if begun:
        worker.distrust("left an input without an answer")
        raise Rubbish(task.uri)
