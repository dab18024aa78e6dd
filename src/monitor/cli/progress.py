"""Show progress: a live bar on a terminal, a plain line now and then elsewhere, always on standard error."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

from monitor.progress import Progress as ProgressSink
from monitor.progress import Silent
from monitor.terminal import one_line

_PLAIN_EVERY_S = 10.0


@contextmanager
def shown_progress(*, quiet: bool = False) -> Iterator[ProgressSink]:
    """Yield what shows the progress of a run."""
    if quiet:
        yield Silent()
    elif sys.stderr.isatty():
        from monitor.cli.bar import live_bar  # noqa: PLC0415  # a log needs none, and it is slow to load

        with live_bar() as bar:
            yield bar
    else:
        yield Lines()


class Lines:
    """A plain line every ten seconds, for logs."""

    def __init__(self) -> None:
        self._phase = ""
        self._total: int | None = None
        self._started = self._last = 0.0
        self._done = 0

    def begin(self, phase: str, total: int | None) -> None:
        """Start a phase; it is silent unless it takes long."""
        self._phase, self._total, self._done = phase, total, 0
        self._started = self._last = time.monotonic()

    def advance(self, steps: int = 1, **counts: int) -> None:
        """Print a line if the last one is some time ago."""
        self._done += steps
        now = time.monotonic()
        if now - self._last >= _PLAIN_EVERY_S:
            self._last = now
            rate = self._done / (now - self._started)
            left = f", {(self._total - self._done) / rate:,.0f} s left" if self._total and rate else ""
            self.note(
                f"{self._phase}: {self._done:,} of {self._total or '?'}, {rate:,.0f}/s{left} {counted(counts)}"
            )

    def note(self, line: str) -> None:
        """Print one line."""
        print(one_line(line), file=sys.stderr)  # noqa: T201


def counted(counts: dict[str, int]) -> str:
    """Return the counts that are not zero, in one line."""
    return " ".join(f"{name} {count:,}" for name, count in counts.items() if count)
