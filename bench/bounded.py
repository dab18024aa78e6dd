"""Watch an ingest grow: `python -m bench.bounded [--documents 100000] [--at 10000]`, without translation.

Prints the parent's resident memory, open descriptors and files beside the warehouse after so many documents and at the
end. Memory may stay under 300 MB and grow by less than 20 MB between the two; the other numbers may not grow.
Needs Linux, whose /proc tells.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from pathlib import Path

from monitor.config import make_plan, read_settings
from monitor.pipeline import ingest
from monitor.progress import Silent

_WORDS = "harbour council bridge lighthouse school winter market river festival engineer ticket garden library".split()  # noqa: SIM905
_SENTENCES = 12


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
        "descriptors": _count(Path("/proc/self/fd")),
        "files": _count(warehouse.parent) + _count(Path(tempfile.gettempdir())),
    }


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
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-bounded-") as folder:
        place = Path(folder)
        (place / "temporary").mkdir()
        (place / "warehouse").mkdir()
        _generate(place / "in", options.documents)
        notes = _run(place)
    first = next(note for note in notes if note["documents"] >= min(options.at, options.documents // 2))
    print("| after | parent's memory, MB | descriptors | files beside the warehouse |")
    print("| --- | ---: | ---: | ---: |")
    for name, note in (
        (f"{first['documents']:,}", first),
        (f"{options.documents:,}", notes[-2]),
        ("the end", notes[-1]),
    ):
        print(f"| {name} | {note['memory_mb']:.0f} | {note['descriptors']} | {note['files']} |")
    peak = max(note["memory_mb"] for note in notes)
    drift = max(note["memory_mb"] for note in notes[-5:]) - first["memory_mb"]
    print(f"\npeak {peak:.0f} MB (may be 300), drift {drift:+.0f} MB (may be 20)")
    return int(peak > 300 or drift > 20 or notes[-2]["descriptors"] > first["descriptors"])


def _run(place: Path) -> list[dict[str, float]]:
    script = "import sys; from bench.bounded import watched; watched(*sys.argv[1:])"
    done = subprocess.run(  # noqa: S603  # our own interpreter
        [sys.executable, "-c", script, str(place / "in"), str(place / "warehouse" / "monitor.duckdb")],
        env={**os.environ, "TMPDIR": str(place / "temporary")}, check=True, capture_output=True, text=True,
    )  # fmt: skip
    notes: list[dict[str, float]] = json.loads(done.stdout)
    return notes


def _generate(folder: Path, documents: int) -> None:
    rng = random.Random(5)
    for number in range(documents):
        place = folder / f"{number // 1000:04}"
        place.mkdir(parents=True, exist_ok=True)
        sentences = (" ".join(rng.choices(_WORDS, k=12)).capitalize() + "." for _ in range(_SENTENCES))
        (place / f"{number}.txt").write_text(f"Report {number}. " + "\n".join(sentences), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
