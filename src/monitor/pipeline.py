"""The main job: files -> processed inputs -> warehouse, in bounded memory; then what works on the whole."""

import hashlib
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlsplit

import msgspec

import monitor
from monitor.frames import Begin, ReadFile
from monitor.large_pieces import return_large_pieces
from monitor.models import Input, Metadata, Processed, Reject
from monitor.progress import Progress, Silent
from monitor.tally import Tally
from monitor.terminal import one_line
from monitor.walk import FileSeen, find_files
from monitor.warehouse import boilerplate, ledger, runs
from monitor.warehouse.batches import portions
from monitor.warehouse.connection import Connection, relieve
from monitor.warehouse.files import Generations, WriteSession
from monitor.warehouse.load import load
from monitor.worker_pool import WorkerPool

BATCH = 500
_RENEWED_AFTER = 10  # batches with one connection: what it keeps of each row is gone with it
_FEW_FILES_A_WORKER = 8  # a second process costs more than it brings for fewer files than that
_FEW_BYTES_A_WORKER = 2 << 20
STANDARD_INPUT = "-"

Phase = Callable[["Run"], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How a run works: the warehouse, what workers are told, how many, how long one input may take in seconds.

    `phases` run in order after loading, over the whole warehouse: translation, then the corpus.
    """

    warehouse: Generations
    begin: Begin = field(default_factory=Begin)
    workers: int = 1
    deadline_s: float = 60.0
    wait_s: float = 0.0
    given: Metadata = field(default_factory=Metadata)
    configuration_sha256: str = ""
    phases: tuple[Phase, ...] = ()
    again: bool = False


@dataclass(slots=True)
class Run:
    """One execution: its session with the warehouse and what it has counted so far."""

    plan: Plan
    session: WriteSession
    progress: Progress
    started_at: datetime
    command: str = "ingest"
    paths: tuple[str, ...] = ()
    tally: Tally = field(default_factory=Tally)
    run_id: str | None = None

    @property
    def connection(self) -> Connection:
        """Return the connection for writing; the first use enters the run in the table of runs."""
        connection = self.session.connection
        if self.run_id is None:
            self.run_id = runs.new_run_id(self.started_at)
            runs.begin_run(
                connection,
                self.run_id,
                command=self.command,
                paths=self.paths,
                version=monitor.__version__,
                configuration=self.plan.configuration_sha256,
                now=self.started_at,
            )
        return connection

    def renewed(self) -> Connection:
        """Return a new connection for writing, which holds nothing of what the one before it noted."""
        self.session.renew()
        return self.connection


def ingest(paths: Sequence[str | Path], plan: Plan, progress: Progress | None = None) -> Tally:
    """Bring every article below `paths` into the warehouse and return the counts.

    What is wrong with one input is a reject and never stops the others. Raises WarehouseError when the warehouse
    cannot be used; what was loaded by then stays.
    """
    return execute(plan, lambda run: _ingest(run, paths), progress)


def execute(
    plan: Plan, body: Callable[[Run], None], progress: Progress | None = None, command: str = "ingest"
) -> Tally:
    """Do a piece of work as one run: with the write lock held, entered in `runs`, and published at the end."""
    return_large_pieces()
    with plan.warehouse.writing(plan.wait_s) as session:
        run = Run(plan, session, progress or Silent(), datetime.now(UTC), command)
        try:
            body(run)
        except BaseException as error:
            _end(run, "failed" if isinstance(error, Exception) else "interrupted", runs.end_failed_run)
            raise
        _end(run, "completed", runs.end_run)
    return run.tally


def _end(run: Run, status: str, write: Callable[[Connection, str, str, str, datetime], None]) -> None:
    if run.run_id is not None:
        counts = msgspec.json.encode(run.tally.as_dict()).decode()
        write(run.session.connection, run.run_id, status, counts, datetime.now(UTC))


def _ingest(run: Run, paths: Sequence[str | Path]) -> None:
    _load_unseen(run, paths)  # what notes each file is gone by then
    run_phases(run)


def _load_unseen(run: Run, paths: Sequence[str | Path]) -> None:
    run.paths = tuple(one_line(os.path.abspath(path)) for path in paths if path != STANDARD_INPUT)  # noqa: PTH100
    files = find_files(path for path in paths if path != STANDARD_INPUT)
    tasks = [_task(run.plan, file) for file in _unseen(run, files)]
    if STANDARD_INPUT in paths:
        tasks.append(_standard_input(run))
    run.progress.begin("ingest", len(tasks))
    load_all(run, processed_by_workers(informed(run.plan, run.session.reader()), tasks))


def informed(plan: Plan, reader: Connection | None) -> Plan:
    """Return the plan with what the warehouse knows of the outlets' lines, for the workers; closes the reader."""
    if reader is None:
        return plan
    try:
        if not boilerplate.is_counting(reader):
            return plan
        learned, marks = boilerplate.learned_by_outlet(reader), boilerplate.marks_by_outlet(reader)
    finally:
        reader.close()
    return replace(plan, begin=replace(plan.begin, learned=learned, marks=marks))


def processed_by_workers(plan: Plan, tasks: Sequence[ReadFile]) -> Iterator[Processed]:
    """Yield what worker processes make of the tasks, in the tasks' order."""
    readable = [task for task in tasks if not task.problem]
    yield from (_problem(task) for task in tasks if task.problem)
    if not readable:
        return
    enough = max(
        len(readable) // _FEW_FILES_A_WORKER, sum(task.size for task in readable) // _FEW_BYTES_A_WORKER
    )
    workers = max(1, min(plan.workers, enough))
    with WorkerPool(plan.begin, workers=workers, deadline_s=plan.deadline_s) as pool:
        yield from pool.run(readable)


def load_all(run: Run, results: Iterable[Processed]) -> None:
    """Load results in batches, a transaction each."""
    for number, batch in enumerate(portions(results, BATCH, _characters), start=1):
        _load(run, batch)
        if number % _RENEWED_AFTER == 0:
            run.session.renew()


def run_phases(run: Run) -> None:
    """Do what works on the whole warehouse, in order."""
    for phase in run.plan.phases:
        phase(run)


def pending_tasks(paths: Sequence[str | Path], plan: Plan) -> tuple[list[ReadFile], int]:
    """Return a task for each file that the ledger does not know as it is, and how many it knows."""
    with plan.warehouse.writing(plan.wait_s) as session:
        run = Run(plan, session, Silent(), datetime.now(UTC))
        tasks = [_task(plan, file) for file in _unseen(run, find_files(paths))]
        return tasks, run.tally.unchanged


def _load(run: Run, batch: Sequence[Processed]) -> None:
    connection = run.connection
    assert run.run_id
    fates = load(connection, batch, run_id=run.run_id, now=run.started_at, exists=_exists)
    relieve(connection)
    for processed, fate in zip(batch, fates, strict=True):
        run.tally.add(processed, fate.what, fate.reject)
    files = sum(processed.container is None for processed in batch)
    run.progress.advance(files, new=run.tally.new, changed=run.tally.changed, rejected=run.tally.rejected)


def _characters(processed: Processed) -> int:
    return len(processed.prepared.cleaned.raw) if processed.prepared else 0


def _unseen(run: Run, files: Iterable[FileSeen]) -> Iterator[FileSeen]:
    """Yield the files that are not as the ledger knows them, counting the others."""
    reader = run.session.reader()
    known = ledger.stamps(reader, monitor.__version__) if reader and not run.plan.again else {}
    if reader:
        reader.close()
    for file in files:
        if known.get(file.uri) == ledger.Stamp(file.size, file.mtime_ns):
            run.tally.skipped()
        else:
            yield file


def _task(plan: Plan, file: FileSeen) -> ReadFile:
    path = os.fsencode(file.path)
    return ReadFile(
        uri=file.uri,
        path=path,
        size=file.size,
        mtime_ns=file.mtime_ns,
        given=plan.given,
        problem=file.problem,
    )


def _standard_input(run: Run) -> ReadFile:
    data = sys.stdin.buffer.read(run.plan.begin.limits.input_bytes + 1)
    return ReadFile(uri=f"stdin:{hashlib.sha256(data).hexdigest()[:20]}", data=data, given=run.plan.given)


def _problem(task: ReadFile) -> Processed:
    assert task.problem
    detail = one_line(os.fsdecode(task.path))
    return Processed(
        input=Input(uri=task.uri, sha256="", size=0),
        reject=Reject(stage="read", reason=task.problem, detail=detail),
    )


def _exists(uri: str) -> bool:
    """Whether the file of an input is still there; members and records are where their file is."""
    if not uri.startswith("file:"):
        return True
    path = urlsplit(uri.partition("!/")[0]).path
    return Path(os.fsdecode(unquote_to_bytes(path))).exists()
