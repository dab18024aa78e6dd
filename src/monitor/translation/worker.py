"""The process that translates: one task at a time, apart from everything else, with one model in memory.

It takes tasks from standard input and answers with frames on standard output; the parent may kill it at any time.
"""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from monitor.errors import ConfigurationError, ModelDamaged, TranslationError
from monitor.languages import Language
from monitor.translation.checked import Check, translate_checked
from monitor.translation.engine import Pair, Translator
from monitor.translation.gate import check_with
from monitor.translation.glossary import read_glossary
from monitor.translation.routes import Route, open_route
from monitor.translation.store import Store
from monitor.translation.tasks import Answer, Setup, Task
from monitor.wire import read_frame, write_frame

_MOST_SENTENCES = 20_000  # after which a model is loaded anew: engines have been seen to grow

Opener = Callable[[Setup, Task], Translator]


def open_installed(setup: Setup, task: Task) -> Translator:
    """Load the models that a task names, after checking their files."""
    store = Store(Path(setup.models), lambda: tuple(map(Path, setup.others)))
    models = tuple(store.named(name) for name in task.models)
    route = Route(pair=Pair(Language(task.source), Language(task.target)), models=models)
    if task.hash and route.hash != task.hash:
        raise ModelDamaged(f"{' and '.join(task.models)} was exchanged for another model during the run")
    return open_route(route)


class Desk:
    """Answers tasks; keeps the models of the last pair open, since tasks come pair by pair."""

    def __init__(self, setup: Setup, opener: Opener, check: Check | None = None) -> None:
        self._setup, self._opener = setup, opener
        self._check = check or check_with(read_glossary(setup.glossary))
        self._open: tuple[tuple[str, ...], str, Translator] | None = None
        self._count = 0

    def answer(self, task: Task) -> Answer:
        """Translate and check the sentences of a task."""
        try:
            translator = self._translator(task)
            begun = time.perf_counter()
            results = translate_checked(translator, task.sentences, self._check, self._setup.recipe)
        except (TranslationError, ConfigurationError) as error:
            return Answer(error=str(error))
        return Answer(results=tuple(results), seconds=time.perf_counter() - begun)

    def _translator(self, task: Task) -> Translator:
        wanted = task.models, task.hash
        if self._open is None or self._open[:2] != wanted or self._count > _MOST_SENTENCES:
            self._open = None  # frees the memory before the next model needs it
            self._open, self._count = (*wanted, self._opener(self._setup, task)), 0
        self._count += len(task.sentences)
        return self._open[2]


def serve(opener: Opener = open_installed, check: Check | None = None) -> None:
    """Answer tasks until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides when to stop
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not end up between the frames
    setup = read_frame(sys.stdin.buffer, Setup)
    if setup is None:
        return
    desk = Desk(setup, opener, check)
    write_frame(answers, Answer())  # ready
    for task in _tasks():
        write_frame(answers, desk.answer(task))
        write_frame(answers, Answer(done=True))


def _tasks() -> Iterator[Task]:
    while (task := read_frame(sys.stdin.buffer, Task)) is not None:
        yield task


if __name__ == "__main__":
    serve()
