"""Take guards away one at a time and see a test fail: `python -m bench.mutations [--only WORD] [--list]`.

Each guard is replaced by nothing in a copy of the tree, and the test that watches over it is run there. A guard whose
test still passes is `missed`: nobody would notice if it went. Exits with 1 when there is one, or when a guard is not
found any more where the table has it.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_ROOT = Path(__file__).parents[1]
_TREES = (
    "src",
    "bench",
    "flows",
    "tests",
    "seeds",
    "pyproject.toml",
    "README.md",
    "CHANGELOG.md",
    "warehouse",
    "Makefile",
)
_LIMIT_S = 90
_FAILED = 1  # what pytest exits with when tests ran and failed


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """What protects, where, what takes it away, and the test that must notice."""

    what: str
    file: str
    text: str
    without: str
    test: str


_POOL = "tests/test_worker_pool.py::"
_ALONE = f"{_POOL}test_a_file_that_ruins_its_worker_is_marked_alone_wherever_it_stands"
_CHANGING = "tests/test_changing_files.py::"
_SQL = "tests/test_sql_attacks.py::"
_ATTACK = f"{_SQL}test_an_attack_is_refused_in_one_line_and_nothing_is_written"

GUARDS = (
    Guard(
        what="an announced length has a limit",
        file="src/monitor/wire.py",
        text="if size > _MOST_BYTES:",
        without="if False:",
        test=f"{_ALONE}[rubbish]",
    ),
    Guard(
        what="late workers are killed",
        file="src/monitor/workers.py",
        text="if self.overdue_at is not None and now > self.overdue_at:",
        without="if False:",
        test=f"{_ALONE}[hang]",
    ),
    Guard(
        what="answers must be in turn",
        file="src/monitor/assignment.py",
        text="            begun and (not ended or ended.input != begun.input)\n",
        without="            False\n",
        test=f"{_ALONE}[stranger]",
    ),
    Guard(
        what="an input that began must end",
        file="src/monitor/assignment.py",
        text="    if begun:\n",
        without="    if False:\n",
        test=f"{_ALONE}[silent]",
    ),
    Guard(
        what="a worker that lives on without a pipe is ended",
        file="src/monitor/workers.py",
        text="return self._process.wait(_STOP_S)",
        without="return self._process.wait()",
        test=f"{_ALONE}[leave]",
    ),
    Guard(
        what="a file is not blamed for the one before",
        file="src/monitor/assignment.py",
        text="self.begun is self.unread and was_used and death.reason != OVERDUE",
        without="False",
        test=f"{_POOL}test_a_worker_that_dies_after_its_answer_costs_the_next_file_nothing",
    ),
    Guard(
        what="a file is not blamed for what somebody else did to its worker",
        file="src/monitor/assignment.py",
        text="return death.is_foreign or of_before",
        without="return of_before",
        test=f"{_POOL}test_an_input_whose_worker_somebody_else_ends_is_read_again",
    ),
    Guard(
        what="a file that was answered for is not reported again",
        file="src/monitor/assignment.py",
        text="            if course.is_whole:",
        without="            if False:",
        test=f"{_POOL}test_a_worker_that_dies_at_the_end_of_a_file_has_said_all_of_it",
    ),
    Guard(
        what="a file that is given up says so",
        file="src/monitor/assignment.py",
        text="    yield course.give_up()\n",
        without="",
        test=f"{_POOL}test_a_file_whose_inputs_keep_ruining_workers_is_given_up_and_says_so",
    ),
    Guard(
        what="translations are of the sentences asked for",
        file="src/monitor/translation/crew.py",
        text="if answer or not (answered.error or tuple(r.source for r in answered.results) == task.sentences):",
        without="if False:",
        test="tests/translation/test_crew.py::"
        "test_a_sentence_that_ruins_its_process_is_marked_alone_wherever_it_stands[swapped]",
    ),
    Guard(
        what="one process changes the models at a time",
        file="src/monitor/translation/changing.py",
        text="    with exclusive(folder / _CHANGING, _CHANGE_WAIT_S, _busy):",
        without="    if True:",
        test="tests/translation/test_model_store.py::test_whoever_holds_the_models_is_named",
    ),
    Guard(
        what="nothing but a model is removed",
        file="src/monitor/translation/store.py",
        text="            if name not in lock.models and name not in",
        without="            if False and name not in",
        test="tests/translation/test_model_store.py::test_nothing_but_a_model_is_ever_removed",
    ),
    Guard(
        what="a model exchanged during a run is noticed",
        file="src/monitor/translation/worker.py",
        text="    if task.hash and route.hash != task.hash:",
        without="    if False:",
        test="tests/translation/test_model_store.py::"
        "test_a_model_exchanged_during_a_run_is_not_taken_for_the_one_before",
    ),
    Guard(
        what="what a model translated outlives it",
        file="src/monitor/waiting.py",
        text="            if not wanted or self._outlives_its_model(standing):",
        without="            if not wanted:",
        test="tests/translation/test_translating.py::test_what_a_model_translated_outlives_it",
    ),
    Guard(
        what="unpacking stops at a ratio",
        file="src/monitor/readers/archives.py",
        text="        if total > cap:",
        without="        if False:",
        test="tests/test_hostile_archives.py",
    ),
    Guard(
        what="archives in archives have a depth",
        file="src/monitor/readers/inputs.py",
        text="        if self.depth < self.limits.depth:",
        without="        if True:",
        test="tests/test_hostile_archives.py",
    ),
    Guard(
        what="what is compressed unfolds to no more than its size allows",
        file="src/monitor/readers/compressed.py",
        text="        if self._left < 0:",
        without="        if False:",
        test="tests/test_hostile_archives.py",
    ),
    Guard(
        what="a summary is no revision of the article",
        file="src/monitor/warehouse/load.py",
        text="known is None or known.is_summary",
        without="True",
        test="tests/test_containers.py",
    ),
    Guard(
        what="a part of an article never replaces it",
        file="src/monitor/corpus/captures.py",
        text='        return "nothing new"\n',
        without='        return "revision"\n',
        test="tests/test_captures.py",
    ),
    Guard(
        what="a page without its article is no revision of it",
        file="src/monitor/corpus/captures.py",
        text='else "not the article"',
        without='else "revision"',
        test="tests/test_captures.py",
    ),
    Guard(
        what="links and devices in archives are refused",
        file="src/monitor/readers/archives.py",
        text="            if not member.isfile():",
        without="            if False:",
        test="tests/test_hostile_archives.py",
    ),
    Guard(
        what="names that are no text become text",
        file="src/monitor/readers/archives.py",
        text='"utf-8", "backslashreplace"',
        without='"utf-8", "surrogatepass"',
        test="tests/test_hostile_archives.py",
    ),
    Guard(
        what="a name that comes twice keeps both members",
        file="src/monitor/readers/archives.py",
        text='return name if self._names[name] == 1 else f"{name}~{self._names[name]}"',
        without="return name",
        test="tests/test_hostile_archives.py",
    ),
    Guard(
        what="FIFOs and devices are not opened",
        file="src/monitor/walk.py",
        text="    if not stat.S_ISREG(found.st_mode):",
        without="    if False:",
        test="tests/test_hostile_archives.py",
    ),
    Guard(
        what="the engine of key terms gets no endless words",
        file="src/monitor/corpus/key_terms.py",
        text='_NO_WORD.sub(" ", whole[:_LONGEST_TEXT])',
        without="whole[:_LONGEST_TEXT]",
        test="tests/test_hostile_archives.py",
    ),
    Guard(
        what="questions have no way to files",
        file="src/monitor/warehouse/connection.py",
        text='    "enable_external_access": "false",\n',
        without="",
        test=f"{_ATTACK}[text]",
    ),
    Guard(
        what="questions do not see Python's variables",
        file="src/monitor/warehouse/connection.py",
        text='    "python_enable_replacements": "false",\n',
        without="",
        test=f"{_SQL}test_the_settings_that_lock_a_question_in_are_in_force",
    ),
    Guard(
        what="questions cannot change settings",
        file="src/monitor/warehouse/connection.py",
        text='        connection.execute("set lock_configuration = true")\n',
        without="",
        test=f"{_SQL}test_the_settings_that_lock_a_question_in_are_in_force",
    ),
    Guard(
        what="one statement at a time",
        file="src/monitor/warehouse/query.py",
        text="    if len(statements) != 1:",
        without="    if not statements:",
        test=f"{_ATTACK}[two statements]",
    ),
    Guard(
        what="only SELECT and EXPLAIN",
        file="src/monitor/warehouse/query.py",
        text="    if statements[0].type not in _ALLOWED:",
        without="    if False:",
        test=f"{_ATTACK}[a variable of the engine]",
    ),
    Guard(
        what="a question has a time limit",
        file="src/monitor/warehouse/query.py",
        text="    timer.start()\n",
        without="    timer.start()\n    timer.cancel()\n",
        test=f"{_SQL}test_a_question_is_stopped_soon_after_its_time",
    ),
    Guard(
        what="an answer has a size",
        file="src/monitor/warehouse/query.py",
        text="        if count > MOST_ROWS or characters > MOST_CHARACTERS:",
        without="        if False:",
        test=f"{_SQL}test_an_answer_that_no_memory_holds_is_refused",
    ),
    Guard(
        what="cells of a CSV are no formulas",
        file="src/monitor/tables.py",
        text='        return "\'" + value',
        without="        return value",
        test=f"{_SQL}test_no_cell_of_a_csv_is_a_formula",
    ),
    Guard(
        what="what is printed cannot steer a terminal",
        file="src/monitor/terminal.py",
        text='    return _UNSAFE.sub(lambda found: f"\\\\x{ord(found[0]):02x}", text)',
        without="    return text",
        test="tests/test_terminal_safety.py",
    ),
    Guard(
        what="a file must not change while it is read",
        file="src/monitor/readers/unpack.py",
        text="    if is_whole:",
        without="    if True:",
        test=f"{_CHANGING}test_a_file_that_changes_while_it_is_read_is_refused_without_a_stamp",
    ),
    Guard(
        what="a pipe in a file's place is not waited for",
        file="src/monitor/readers/unpack.py",
        text='flags | getattr(os, "O_NONBLOCK", 0)',
        without="flags",
        test=f"{_CHANGING}test_a_file_that_is_gone_or_a_pipe_by_now_is_refused_at_once",
    ),
    Guard(
        what="a deadly file is remembered as it is",
        file="src/monitor/assignment.py",
        text="size=task.size, mtime_ns=task.mtime_ns",
        without="size=0, mtime_ns=task.mtime_ns",
        test=f"{_CHANGING}test_a_file_that_ends_its_worker_is_tried_again_when_it_or_monitor_changes",
    ),
    Guard(
        what="the writer's memory is given back",
        file="src/monitor/warehouse/connection.py",
        text='_KEPT = "12MB"',
        without='_KEPT = "32GB"',
        test="tests/test_bounded.py::test_a_relieved_writer_keeps_little_and_may_use_as_much_as_before",
    ),
    Guard(
        what="too little memory is no damage",
        file="src/monitor/warehouse/connection.py",
        text="duckdb.TransactionException, duckdb.OutOfMemoryException) as error",
        without="duckdb.TransactionException) as error",
        test="tests/test_bounded.py::test_too_little_memory_is_said_and_taken_for_no_damage",
    ),
    Guard(
        what="what a killed writer put aside is swept away",
        file="src/monitor/warehouse/files.py",
        text="            _sweep(self.next)\n",
        without="",
        test="tests/test_bounded.py::test_what_a_killed_writer_put_aside_is_swept_away",
    ),
)


def main() -> int:
    """Print a line a guard; return 1 when one could go unnoticed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--only", default="", metavar="WORD", help="only guards, files or tests with this in it"
    )
    parser.add_argument("--list", action="store_true", help="name the guards, run nothing")
    options = parser.parse_args()
    chosen = [g for g in GUARDS if options.only in f"{g.what} {g.file} {g.test}"]
    outcomes = []
    for guard in chosen:
        outcomes.append("listed" if options.list else outcome_of(guard))
        print(f"{outcomes[-1]:10} {guard.what:50} {guard.file}", flush=True)
    print(f"{outcomes.count('caught')} of {len(outcomes)} caught")
    return int(any(outcome not in {"caught", "listed"} for outcome in outcomes))


def outcome_of(guard: Guard) -> str:
    """Return `caught` or `missed`, or `not found` where the guard's text or its test is gone."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for name in _TREES:
            _copy(_ROOT / name, copy / name)
        path = copy / guard.file
        source = path.read_text(encoding="utf-8")
        if source.count(guard.text) < 1:
            return "not found"
        path.write_text(source.replace(guard.text, guard.without), encoding="utf-8")
        return _tested(copy, guard.test)


def _copy(source: Path, target: Path) -> None:
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__", "*.duckdb*"))
    elif source.exists():
        shutil.copy(source, target)


def _tested(copy: Path, test: str) -> str:
    """Run one test; a run that never ends is noticed as well."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(copy / "src"), str(copy)))}
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", test]
    process = subprocess.Popen(  # noqa: S603  # our own interpreter
        command,
        cwd=copy,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        code = process.wait(_LIMIT_S)
    except subprocess.TimeoutExpired:
        return "caught"
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # with the workers that it left
        process.wait()
    return {0: "missed", _FAILED: "caught"}.get(code, "not found")


if __name__ == "__main__":
    sys.exit(main())
