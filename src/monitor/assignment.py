"""Work off one task with one worker, and go on after each input that costs the worker its life."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from monitor.frames import Answer, ReadFile
from monitor.models import Input, Processed, Reject
from monitor.wire import Rubbish
from monitor.workers import OVERDUE, Death, WorkerProcess

_MOST_DEATHS = 3  # deaths in a row without a result between them, after which a file is given up
_WHEN_AGAIN = "tried again when the file or monitor's version changes, or with --again"


@dataclass(slots=True)
class _Course:
    """How far a task has come: inputs `done`, deaths since the last, what was `begun` when the worker died."""

    task: ReadFile
    unread: Processed
    done: int
    deaths: int = 0
    begun: Processed = field(init=False)
    is_whole: bool = False  # the file's own input has been answered for; it comes last
    is_again: bool = False  # what is read now is tried for the second time

    def __post_init__(self) -> None:
        self.begun = self.unread

    def left(self) -> ReadFile:
        """Return what is still to do of the task, with nothing of it begun."""
        self.begun = self.unread
        return replace(self.task, skip=self.done)

    def note(self, answer: Answer) -> Processed | None:
        """Take an answer down and return the result that it brings, if any."""
        if answer.begins:
            self.begun = answer.begins
        elif answer.processed:
            self.done, self.deaths, self.begun, self.is_again = self.done + 1, 0, self.unread, False
            self.is_whole = answer.processed.input.uri == self.task.uri
        return answer.processed

    def may_be_innocent(self, death: Death, *, was_used: bool) -> bool:
        """Say whether the worker may have died of something else than what it was reading."""
        of_before = self.begun is self.unread and was_used and death.reason != OVERDUE
        return death.is_foreign or of_before

    def lose(self, death: Death) -> Processed:
        """Go on after what the worker was reading, and return its reject."""
        self.done, self.deaths, self.is_again = self.done + 1, self.deaths + 1, False
        lost = replace(self.begun, reject=_lost(death.reason, death.detail))
        return _unstamped(lost) if death.is_foreign else lost

    def was_last(self) -> bool:
        """Say whether nothing can follow what was lost: the file itself, or what died before any input began."""
        return self.begun is self.unread or self.begun.input.uri == self.task.uri

    def give_up(self) -> Processed:
        detail = f"{_MOST_DEATHS} of its inputs in a row each ended a worker; those after them were not read"
        return replace(self.unread, reject=_lost("given up", detail))


def worked_off(worker: WorkerProcess[Answer], task: ReadFile) -> Iterator[Processed]:
    """Yield the results of one task.

    An input is tried once more where the worker may have died of something else.
    """
    course = _Course(task, _unread(task), task.skip)
    while course.deaths < _MOST_DEATHS:
        was_used = worker.is_used
        try:
            for answer in _in_turn(worker, course.left()):
                if processed := course.note(answer):
                    yield processed
        except EOFError:
            death = worker.epitaph()
            if course.is_whole:
                return
            if course.may_be_innocent(death, was_used=was_used) and not course.is_again:
                course.is_again = True
                continue
            yield course.lose(death)
            if course.was_last():
                return
        else:
            return
    yield course.give_up()


def _unread(task: ReadFile) -> Processed:
    name = task.uri if task.part == 0 else f"{task.uri} (part {task.part + 1} of {task.parts})"
    return Processed(input=Input(uri=name, sha256="", size=task.size, mtime_ns=task.mtime_ns))


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
