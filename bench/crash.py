"""Kill runs at their storage calls and compare: `python -m bench.crash [--points 1000] [--seed 1]`.

A run is loaded from prepared batches while strace kills it (SIGKILL) at one of its writes, syncs, renames or removals;
then it is run again undisturbed. The warehouse must then be equal, by its logical digest, to one that was never
disturbed, and no file may be left over. Needs Linux and strace. Prints lost, doubled and different; all must be 0.
"""

import argparse
import random
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from monitor.config import make_plan, read_settings
from monitor.pipeline import pending_tasks
from monitor.spool import load_batches, prepare_batch, write_tasks
from monitor.warehouse.connection import open_reader
from monitor.warehouse.digest import logical_digest
from monitor.warehouse.query import ask

CALLS = (
    "write",
    "pwrite64",
    "writev",
    "pwritev",
    "fsync",
    "fdatasync",
    "ftruncate",
    "rename",
    "link",
    "unlink",
)
_TRACED = re.compile(r"^(?P<pid>\d+) +(?P<call>\w+)\((?P<rest>.*)")
_KILLED = -9
_WORDS = "harbour council bridge lighthouse school winter market river festival engineer ticket garden library".split()  # noqa: SIM905


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """Where to kill: at the so-manieth of one kind of call, counted a thread."""

    call: str
    number: int


class Trial:
    """A run over a folder, prepared once, whose loading can be killed anywhere.

    A `first` run makes the warehouse; a later one changes, moves, adds and breaks files of an earlier run.
    """

    def __init__(self, folder: Path, *, first: bool) -> None:
        self.folder = folder
        self.base, self._spool, self._corpus = folder / "base", folder / "spool", folder / "corpus"
        for path in (self._corpus, self.base):
            path.mkdir(parents=True)
        rng = random.Random(3)
        for number in range(12):
            self._write(f"{number:02}.txt", rng)
        if not first:
            _load_in_process(self.base, self._prepared("earlier"))
            self._change(rng)
        self._prepared("spool")
        place = self._fresh("undisturbed")
        _load_in_process(place, self._spool)
        self.expected = digest_of(place), _names(place)

    def _change(self, rng: random.Random) -> None:
        for number in (1, 4, *range(20, 28)):
            self._write(f"{number:02}.txt", rng)
        (self._corpus / "02.txt").rename(self._corpus / "moved.txt")
        (self._corpus / "03.txt").write_bytes(b"")

    def _write(self, name: str, rng: random.Random) -> None:
        (self._corpus / name).write_text(_article(rng))

    def points(self) -> list[Point]:
        """Return every storage call of the second run."""
        place, log = self._fresh("traced"), self.folder / "trace.log"
        _run(["strace", "-f", "-qq", "-o", str(log), "-e", f"trace={','.join(CALLS)}", *self._command(place)])
        counts: Counter[tuple[str, str]] = Counter()
        for line in log.read_text(errors="replace").splitlines():
            if found := _TRACED.match(line):
                counts[found["pid"], found["call"]] += 1
        most: dict[str, int] = {}
        for (_, call), count in counts.items():
            most[call] = max(most.get(call, 0), count)
        return [
            Point(call=call, number=n) for call, count in sorted(most.items()) for n in range(1, count + 1)
        ]

    def survives(self, point: Point) -> tuple[bool, str]:
        """Kill a run at a point, run again, and say whether it was killed and what is wrong afterwards."""
        place = self._fresh("killed")
        inject = f"inject={point.call}:signal=KILL:when={point.number}"
        command = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"trace={point.call}", "-e", inject]
        status = _run([*command, *self._command(place)], check=False)
        wrong = _readable(place)
        _load_in_process(place, self._spool)
        digest, names = digest_of(place), _names(place)
        if digest != self.expected[0]:
            wrong += f" {_difference(place, self.folder / 'undisturbed')}"
        if names != self.expected[1]:
            wrong += f" files left over or missing: {sorted(names ^ self.expected[1])}"
        return status != 0, wrong.strip()

    def _prepared(self, name: str) -> Path:
        plan = make_plan(read_settings(None, warehouse=str(self.base / "monitor.duckdb")))
        tasks, _ = pending_tasks([self._corpus], plan)
        (self.base / "monitor.duckdb.lock").unlink()
        for path in write_tasks(self.folder / name, tasks, 8):
            prepare_batch(path, plan)
        return self.folder / name

    def _fresh(self, name: str) -> Path:
        place = self.folder / name
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(self.base, place)
        return place

    def _command(self, place: Path) -> list[str]:
        script = "import sys; from bench.crash import load_here; load_here(*sys.argv[1:])"
        return [sys.executable, "-c", script, str(place), str(self._spool)]


def load_here(place: str, spool: str) -> None:
    """Load prepared batches into the warehouse in a folder, as the process that will be killed does."""
    plan = make_plan(read_settings(None, warehouse=str(Path(place) / "monitor.duckdb")))
    load_batches(sorted(Path(spool).glob("*.tasks")), plan)


def digest_of(place: Path) -> str:
    """Return the logical digest of the warehouse in a folder."""
    connection = open_reader(place / "monitor.duckdb")
    try:
        return logical_digest(connection)
    finally:
        connection.close()


def main() -> None:
    """Kill at so many points and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    wrong = 0
    print("| run | storage calls | killed | wrong afterwards |")
    print("| --- | ---: | ---: | ---: |")
    for first in (True, False):
        with tempfile.TemporaryDirectory(prefix="bench-crash-") as folder:
            wrong += _rounds(
                Trial(Path(folder), first=first), arguments.points // 2, arguments.seed, first=first
            )
    sys.exit(wrong > 0)


def _rounds(trial: Trial, count: int, seed: int, *, first: bool) -> int:
    """Kill at every storage call at least once, then at random ones; print a row and return how many went wrong."""
    points = trial.points()
    chosen = [*points, *random.Random(seed).choices(points, k=max(0, count - len(points)))][:count]
    killed, faults = 0, []
    for point in chosen:
        was_killed, fault = trial.survives(point)
        killed += was_killed
        faults += [f"{point}: {fault}"] * bool(fault)
    print(
        f"| {'first' if first else 'later'} | {len(points)} | {killed} | {len(faults)} |",
        *faults,
        sep="\n",
        flush=True,
    )
    return len(faults)


def _load_in_process(place: Path, spool: Path) -> None:
    place.mkdir(exist_ok=True)
    script = "import sys; from bench.crash import load_here; load_here(*sys.argv[1:])"
    _run([sys.executable, "-c", script, str(place), str(spool)])


def _run(command: list[str], *, check: bool = True) -> int:
    done = subprocess.run(command, check=False, capture_output=True, text=True)  # noqa: S603  # our own commands
    if check and done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    return done.returncode


def _readable(place: Path) -> str:
    """Say what is wrong with what readers see right after the kill."""
    if not (place / "monitor.duckdb").exists():
        return ""  # there was none before either
    try:
        ask(place / "monitor.duckdb", "select count(*) from articles")
    except Exception as error:  # noqa: BLE001  # whatever it is, it is the finding
        return f"readers see {error}"
    return ""


def _difference(place: Path, right: Path) -> str:
    """Count lost and doubled articles between two warehouses."""
    sql = "select article_id, revision from article_revisions"
    have, want = (Counter(ask(p / "monitor.duckdb", sql).rows) for p in (place, right))
    return f"lost {sum((want - have).values())}, doubled {sum((have - want).values())}, different"


def _names(place: Path) -> set[str]:
    """Return the files of a warehouse; how many generations there were differs when a run was killed at its end."""
    return {path.name for path in place.iterdir()} - {"monitor.duckdb.previous"}


def _article(rng: random.Random) -> str:
    lines = []
    for _ in range(6):
        words = rng.choices(_WORDS, k=12)
        lines.append(
            f"The {' '.join(words)} will open in {rng.randint(1900, 2100)}, the mayor said on Sunday."
        )
    return "\n".join(lines)


if __name__ == "__main__":
    main()
