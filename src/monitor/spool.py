"""Prepare batches of files apart from each other, in files of frames, and load them together.

For runners that spread work over processes or machines: paths go in, counts come out, the articles stay on the disk.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, TypeVar

from monitor.frames import ReadFile
from monitor.models import Processed
from monitor.pipeline import Plan, Run, execute, informed, load_all, processed_by_workers, run_phases
from monitor.progress import Progress
from monitor.tally import Tally
from monitor.wire import read_frame, write_frame

_Frame = TypeVar("_Frame")


def write_tasks(folder: Path, tasks: Sequence[ReadFile], batch_size: int) -> list[Path]:
    """Write the tasks into files of at most `batch_size` each and return those, in order."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for start in range(0, len(tasks), batch_size):
        path = folder / f"{start:08}.tasks"
        with path.open("wb") as file:
            for task in tasks[start : start + batch_size]:
                write_frame(file, task)
        paths.append(path)
    return paths


def prepare_batch(tasks: Path, plan: Plan) -> int:
    """Read, extract, clean and identify the files of one batch; return how many inputs there were.

    The results lie beside the tasks, complete or not there at all.
    """
    files = plan.warehouse
    plan = informed(plan, files.reader() if files.current.exists() else None)
    draft = tasks.with_suffix(".tmp")
    count = 0
    with tasks.open("rb") as source, draft.open("wb") as target:
        for processed in processed_by_workers(plan, [*_frames(source, ReadFile)]):
            write_frame(target, processed)
            count += 1
    draft.replace(tasks.with_suffix(".results"))
    return count


def load_batches(
    tasks: Sequence[Path], plan: Plan, *, skipped: int = 0, progress: Progress | None = None
) -> Tally:
    """Load the results of prepared batches, in order, as one run, and return its counts."""

    def body(run: Run) -> None:
        run.tally.skipped(skipped)
        run.progress.begin("load", None)
        load_all(run, _results(tasks))
        run_phases(run)

    return execute(plan, body, progress)


def _results(tasks: Sequence[Path]) -> Iterator[Processed]:
    for path in tasks:
        with path.with_suffix(".results").open("rb") as file:
            yield from _frames(file, Processed)


def _frames(file: IO[bytes], kind: type[_Frame]) -> Iterator[_Frame]:
    while (frame := read_frame(file, kind)) is not None:
        yield frame
