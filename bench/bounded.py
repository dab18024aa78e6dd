"""Watch an ingest grow: `python -m bench.bounded [--documents 100000] [--at 10000] [--sentences 12]`, untranslated.

Prints the parent's resident memory, its peak since the row before, open descriptors and files beside the warehouse
after some numbers of documents and at the end. The peak may reach 300 MB, and the memory grow by 20 MB between
`--at` and the last documents; the other numbers may not grow. Needs Linux, whose /proc tells.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from monitor.config import make_plan
from monitor.pipeline import ingest
from monitor.progress import Silent
from monitor.settings import read_settings

_WORDS = "harbour council bridge lighthouse school winter market river festival engineer ticket garden library".split()  # noqa: SIM905
_SHOWN_AT = (0.001, 0.01, 0.1, 0.25, 0.5, 0.75, 1.0)
_NEAR = 10  # batches whose mean counts as the memory at a point: it swings within a checkpoint's turn


class Watching(Silent):
    """Notes memory, descriptors and files after each batch of one phase."""

    def __init__(self, warehouse: Path) -> None:
        self._warehouse, self._done = warehouse, 0
        self._phase = ""
        self.notes: list[dict[str, float]] = []

    def begin(self, phase: str, total: int | None) -> None:
        """Go on to another phase."""
        del total
        self._phase = phase

    def advance(self, steps: int = 1, **counts: int) -> None:
        """Note how things are."""
        del counts
        if self._phase == "ingest":
            self._done += steps
            self.notes.append({"documents": self._done, **measured(self._warehouse)})


def measured(warehouse: Path) -> dict[str, float]:
    """Return resident memory in MB, open descriptors, and files beside the warehouse and in the temporary folder."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return {
        "memory_mb": pages * os.sysconf("SC_PAGE_SIZE") / 1e6,
        "peak_mb": _peak(),
        "descriptors": _count(Path("/proc/self/fd")),
        "files": _count(warehouse.parent) + _count(Path(tempfile.gettempdir())),
    }


def _peak() -> float:
    """Return the highest resident memory since the last call, in MB."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    peak = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return int(peak) * 1024 / 1e6


def _count(folder: Path) -> int:
    return sum(1 for _ in folder.iterdir())


def watched(corpus: str, warehouse: str) -> None:
    """Ingest with one eye on the process, and print the notes as JSON."""
    progress = Watching(Path(warehouse))
    plan = make_plan(read_settings(None, warehouse=warehouse), phases=())
    ingest([corpus], plan, progress)
    print(json.dumps([*progress.notes, {"documents": -1, **measured(Path(warehouse))}]))


def main() -> int:
    """Generate, ingest in a process of its own, print the table; 1 where something grew."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--at", type=int, default=10_000)
    parser.add_argument("--sentences", type=int, default=12)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-bounded-") as folder:
        place = Path(folder)
        (place / "temporary").mkdir()
        (place / "warehouse").mkdir()
        _generate(place / "in", options.documents, options.sentences)
        notes = _run(place)
    return _report(notes, min(options.at, options.documents // 2))


def _report(notes: list[dict[str, float]], at: int) -> int:
    last = notes[-2]["documents"]
    print(
        "| after | memory, MB | its peak since the row before, MB | descriptors | files beside the warehouse |"
    )
    print("| --- | ---: | ---: | ---: | ---: |")
    begin = 0
    ends = sorted({_index(notes, at), *(_index(notes, share * last) for share in _SHOWN_AT)})
    for end in (*ends, len(notes) - 1):
        note, peak = notes[end], max(n["peak_mb"] for n in notes[begin : end + 1])
        name = f"{note['documents']:,}" if note["documents"] > 0 else "the end"
        print(f"| {name} | {note['memory_mb']:.0f} | {peak:.0f} | {note['descriptors']} | {note['files']} |")
        begin = end + 1
    first = _index(notes, at)
    peak = max(note["peak_mb"] for note in notes)
    drift = _mean(notes[-_NEAR - 1 : -1]) - _mean(notes[first : first + _NEAR])
    print(f"\npeak {peak:.0f} MB (may be 300), drift from {at:,} on {drift:+.0f} MB (may be 20)")
    return int(peak > 300 or drift > 20 or notes[-2]["descriptors"] > notes[first]["descriptors"])


def _index(notes: list[dict[str, float]], documents: float) -> int:
    return next(number for number, note in enumerate(notes) if note["documents"] >= documents)


def _mean(notes: list[dict[str, float]]) -> float:
    return sum(note["memory_mb"] for note in notes) / len(notes)


def _run(place: Path) -> list[dict[str, float]]:
    script = "import sys; from bench.bounded import watched; watched(*sys.argv[1:])"
    done = subprocess.run(  # noqa: S603  # our own interpreter
        [sys.executable, "-c", script, str(place / "in"), str(place / "warehouse" / "monitor.duckdb")],
        env={**os.environ, "TMPDIR": str(place / "temporary")}, check=True, capture_output=True, text=True,
    )  # fmt: skip
    notes: list[dict[str, float]] = json.loads(done.stdout)
    return notes


def _generate(folder: Path, documents: int, sentences: int) -> None:
    rng = random.Random(5)
    for number in range(documents):
        place = folder / f"{number // 1000:04}"
        place.mkdir(parents=True, exist_ok=True)
        lines = (" ".join(rng.choices(_WORDS, k=12)).capitalize() + "." for _ in range(sentences))
        (place / f"{number}.txt").write_text(f"Report {number}. " + "\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
