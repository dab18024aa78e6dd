"""Show progress as a live bar on a terminal."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

from monitor.cli.progress import counted
from monitor.terminal import one_line


@contextmanager
def live_bar() -> Iterator["Bar"]:
    """Yield a bar on standard error that goes away when it is done."""
    progress = Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        TextColumn("{task.fields[counts]}"),
        console=Console(stderr=True),
        transient=True,
    )
    with progress:
        yield Bar(progress)


class Bar:
    """A live bar with rate, time left and counts."""

    def __init__(self, bar: Progress) -> None:
        self._bar, self._task = bar, TaskID(0)
        self._started, self._done = 0.0, 0

    def begin(self, phase: str, total: int | None) -> None:
        """Start the bar of a phase."""
        self._task = self._bar.add_task(phase, total=total, rate="", counts="")
        self._started, self._done = time.monotonic(), 0

    def advance(self, steps: int = 1, **counts: int) -> None:
        """Move the bar."""
        self._done += steps
        rate = self._done / max(1e-6, time.monotonic() - self._started)
        self._bar.update(self._task, advance=steps, rate=f"{rate:,.0f}/s", counts=counted(counts))

    def note(self, line: str) -> None:
        """Print a line above the bar."""
        self._bar.console.print(one_line(line), markup=False, highlight=False)
