"""Whatever a translating process does to itself costs one sentence; the others of its batch are translated."""

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from monitor.errors import WorkerLost
from monitor.translation.crew import Processes
from monitor.translation.tasks import Setup, Task

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the mock uses signals and limits of Unix")
FAULTY = (sys.executable, "-P", str(Path(__file__).parent / "faulty_translator.py"))
SENTENCES = ("one", "two", "three", "four", "five")
HANGING = ("hang", "half")
MODES = {
    "exit": "engine crashed the worker",
    "raise": "engine crashed the worker",
    "segfault": "engine crashed the worker",
    "killed": "engine crashed the worker",
    "bloat": "engine crashed the worker",
    "hang": "engine took too long",
    "half": "engine took too long",
    "rubbish": "engine answered rubbish",
    "unreadable": "engine answered rubbish",
    "silent": "engine answered rubbish",
    "fewer": "engine answered rubbish",
    "more": "engine answered rubbish",
    "swapped": "engine answered rubbish",
    "twice": "engine answered rubbish",
    "endless": "engine answered rubbish",
}


def translated(mode, position):
    sentences = tuple(mode if n == position else sentence for n, sentence in enumerate(SENTENCES))
    task = Task(source="es", target="en", models=("m",), sentences=sentences)
    deadline_s = 3.0 if mode in HANGING else 60.0
    with Processes(Setup(models=""), command=FAULTY, deadline_s=deadline_s) as crew:
        (outcome, after) = crew.translate(
            [task, Task(source="es", target="en", models=("m",), sentences=("x",))]
        )
    assert [result.text for result in after.results] == ["X"]
    return [(result.text, result.flags) for result in outcome.results]


@pytest.mark.parametrize("mode", MODES)
def test_a_sentence_that_ruins_its_process_is_marked_alone_wherever_it_stands(mode):
    with ThreadPoolExecutor(len(SENTENCES)) as threads:
        found = [*threads.map(lambda position: translated(mode, position), range(len(SENTENCES)))]
    assert found == [
        [
            (mode, (MODES[mode],)) if n == position else (sentence.upper(), ())
            for n, sentence in enumerate(SENTENCES)
        ]
        for position in range(len(SENTENCES))
    ]


def test_processes_that_do_not_start_stop_the_run():
    task = Task(source="es", target="en", models=("m",), sentences=("one",))
    with (
        pytest.raises(WorkerLost, match="does not start"),
        Processes(Setup(models=""), command=(sys.executable, "-c", "raise SystemExit(3)")) as crew,
    ):
        list(crew.translate([task]))
