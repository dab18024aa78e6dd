"""Watch an ingest grow: `python -m bench.bounded [--documents 100000] [--at 10000] [--sentences 20]`, untranslated.

Prints the parent's resident memory, its peak since the row before, open descriptors and files beside the warehouse
after some numbers of documents loaded, and then the peak of each step that follows: copies, lines, stories, mentions,
measures, search index. The peak may reach 300 MB, and the memory grow by 20 MB between `--at` and the last documents
loaded; the other numbers may not grow. The news is made up; --same-words makes it of thirteen words, so that every
article resembles every other. --loading-only leaves the steps out. With --again, all stories are grouped anew and all
articles cleaned again in processes of their own. Needs Linux, whose /proc tells.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.made_up import watchlist, write_news, write_same_words
from monitor.config import corpus_phases, make_plan
from monitor.corpus_steps import STEPS, regroup_stories
from monitor.pipeline import Run, execute, ingest
from monitor.progress import Silent
from monitor.recleaning import clean_again
from monitor.settings import read_settings

_SHOWN_AT = (0.001, 0.01, 0.1, 0.25, 0.5, 0.75, 1.0)
_NEAR = 10  # batches whose mean counts as the memory at a point: it swings within a checkpoint's turn
_MOST_MB, _MOST_DRIFT_MB = 300, 20
_LOADING, _INDEX, _END = "loading", "search index", "publishing"
_PHASES = {"ingest": _LOADING, "watchlist": "mentions"}

Note = dict[str, float]
Notes = list[tuple[str, Note]]


class Watching(Silent):
    """Notes memory, descriptors and files whenever a step says that it is further, under the step's name."""

    def __init__(self, warehouse: Path) -> None:
        self._warehouse, self._step, self._done = warehouse, _LOADING, 0
        self._next: list[str] = []
        self.notes: Notes = []

    def begin(self, phase: str, total: int | None) -> None:
        """Go on to another phase, whose steps may have names of their own."""
        del total
        self._next = list(STEPS) if phase == "corpus" else []
        self._step = self._next.pop(0) if self._next else _PHASES.get(phase, phase)
        self._done = 0

    def advance(self, steps: int = 1, **counts: int) -> None:
        """Note how things are."""
        del counts
        self._done += steps
        self.note_as(self._step)
        if self._next:
            self._step = self._next.pop(0)

    def note_as(self, step: str) -> None:
        """Note how things are under a name."""
        self.notes.append((step, {"documents": self._done, **measured(self._warehouse)}))


def measured(warehouse: Path) -> Note:
    """Return resident memory in MB, open descriptors, and files beside the warehouse and in the temporary folder."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return {
        "memory_mb": pages * os.sysconf("SC_PAGE_SIZE") / 1e6,
        "peak_mb": _peak(),
        "descriptors": _count(Path("/proc/self/fd")),
        "files": _count(warehouse.parent) + _count(Path(tempfile.gettempdir())),
        "seconds": time.process_time(),
    }


def _peak() -> float:
    """Return the highest resident memory since the last call, in MB."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    peak = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return int(peak) * 1024 / 1e6


def _count(folder: Path) -> int:
    return sum(1 for _ in folder.iterdir())


def watched(corpus: str, warehouse: str, *steps: str) -> None:
    """Ingest with one eye on the process, and print the notes as JSON."""
    progress = Watching(Path(warehouse))
    settings = read_settings(None, warehouse=warehouse)
    phases = (*corpus_phases(settings), lambda _: progress.note_as(_INDEX)) if steps else ()
    ingest([corpus], make_plan(settings, phases=phases), progress)
    progress.note_as(_END)
    print(json.dumps(progress.notes))


def again(warehouse: str, name: str) -> None:
    """Do a whole piece of work again with one eye on the process, and print the notes as JSON."""
    progress = Watching(Path(warehouse))
    settings = read_settings(None, warehouse=warehouse)
    plan = make_plan(settings, phases=corpus_phases(settings))
    execute(plan, _AGAIN[name], progress, command=name)
    progress.note_as(_END)
    print(json.dumps(progress.notes))


_AGAIN: dict[str, Callable[[Run], None]] = {
    "stories --rebuild": regroup_stories,
    "clean --again": clean_again,
}


def main() -> int:
    """Generate, ingest in a process of its own, print the tables; 1 where something grew."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--at", type=int, default=10_000)
    parser.add_argument("--sentences", type=int, default=20)
    parser.add_argument("--same-words", action="store_true", help="every article resembles every other")
    parser.add_argument("--loading-only", action="store_true", help="no corpus steps")
    parser.add_argument("--again", action="store_true", help="group and clean all of it again afterwards")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-bounded-") as folder:
        place = Path(folder)
        (place / "temporary").mkdir()
        (place / "warehouse").mkdir()
        (place / "warehouse" / "watchlist.yaml").write_text(watchlist(), encoding="utf-8")
        write = write_same_words if options.same_words else write_news
        write(place / "in", options.documents, options.sentences)
        warehouse = str(place / "warehouse" / "monitor.duckdb")
        steps = () if options.loading_only else ("steps",)
        notes = _run(place, "watched", str(place / "in"), warehouse, *steps)
        failed = _report_loading(_of(notes, _LOADING), min(options.at, options.documents // 2))
        failed |= _report_steps(notes, "after loading")
        for name in _AGAIN if options.again else ():
            failed |= _report_steps(_run(place, "again", warehouse, name), name)
    return int(failed)


def _of(notes: Notes, step: str) -> list[Note]:
    return [note for name, note in notes if name == step]


def _report_loading(notes: list[Note], at: int) -> bool:
    last = notes[-1]["documents"]
    print(
        "| after | memory, MB | its peak since the row before, MB | descriptors | files beside the warehouse |"
    )
    print("| --- | ---: | ---: | ---: | ---: |")
    begin = 0
    for end in sorted({_index(notes, at), *(_index(notes, share * last) for share in _SHOWN_AT)}):
        note, peak = notes[end], max(n["peak_mb"] for n in notes[begin : end + 1])
        beside = f"{note['descriptors']} | {note['files']}"
        print(f"| {note['documents']:,} | {note['memory_mb']:.0f} | {peak:.0f} | {beside} |")
        begin = end + 1
    first = _index(notes, at)
    peak = max(note["peak_mb"] for note in notes)
    drift = _mean(notes[-_NEAR:]) - _mean(notes[first : first + _NEAR])
    print(
        f"\nloading: peak {peak:.0f} MB (may be {_MOST_MB}), drift from {at:,} on {drift:+.0f} MB "
        f"(may be {_MOST_DRIFT_MB})\n"
    )
    grew = notes[-1]["descriptors"] > notes[first]["descriptors"]
    return peak > _MOST_MB or drift > _MOST_DRIFT_MB or grew


def _report_steps(notes: Notes, title: str) -> bool:
    print(f"| {title} | memory at its end, MB | its peak, MB | processor, s | descriptors | files |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    before = 0.0
    for step in dict.fromkeys(name for name, _ in notes):
        found = _of(notes, step)
        note, peak = found[-1], max(note["peak_mb"] for note in found)
        print(
            f"| {step} | {note['memory_mb']:.0f} | {peak:.0f} | {note['seconds'] - before:.1f} | "
            f"{note['descriptors']} | {note['files']} |"
        )
        before = note["seconds"]
    name, note = max(notes, key=lambda entry: entry[1]["peak_mb"])
    print(f"\n{title}: peak {note['peak_mb']:.0f} MB in {name} (may be {_MOST_MB})\n", flush=True)
    return note["peak_mb"] > _MOST_MB


def _index(notes: list[Note], documents: float) -> int:
    return next(number for number, note in enumerate(notes) if note["documents"] >= documents)


def _mean(notes: list[Note]) -> float:
    return sum(note["memory_mb"] for note in notes) / len(notes)


def _run(place: Path, function: str, *arguments: str) -> Notes:
    script = f"import sys; from bench.bounded import {function}; {function}(*sys.argv[1:])"
    done = subprocess.run(  # noqa: S603  # our own interpreter
        [sys.executable, "-c", script, *arguments],
        env={**os.environ, "TMPDIR": str(place / "temporary")}, check=True, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    notes: Notes = [(name, note) for name, note in json.loads(done.stdout)]
    return notes


if __name__ == "__main__":
    sys.exit(main())
