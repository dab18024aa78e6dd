"""Kill work at its storage calls and compare: `python -m bench.crash [--points 1000] [--seed 1] [--only NAME …]`.

strace kills a run (SIGKILL) at one of its writes, syncs, renames or removals; then it is run again undisturbed. The
warehouse, or the folder of models, must then be equal to one that was never disturbed, by its digest, and no file may
be left over. The kinds of work: a first and a later ingest (with corpus steps and publishing), a translation, a
migration from the first schema, the installation of a model; and an ingest whose workers are killed at 40 moments.
Needs Linux and strace. Prints lost, doubled and different; all must be 0.
"""

import argparse
import random
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench import crash_work
from bench.crash_work import NAME, difference
from bench.killing import Forge, Point
from bench.killing_workers import WorkerTrial
from monitor.config import make_plan
from monitor.pipeline import pending_tasks
from monitor.settings import read_settings
from monitor.spool import prepare_batch, write_tasks

PACKAGES = Path(__file__).parents[1] / "tests" / "packages"
MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108  # a kill needs no disk, and syncs take long
_WORDS = "harbour council bridge lighthouse school winter market river festival engineer ticket garden library".split()  # noqa: SIM905


class Trial:
    """Some work on a folder that can be killed anywhere; `kind` says whose states and troubles are looked at."""

    def __init__(
        self, folder: Path, forge: Forge, work: str, *arguments: str, kind: str = "warehouse"
    ) -> None:
        self._folder, self._forge, self._kind = folder, forge, kind
        self._work, self._arguments = work, arguments
        (folder / "base").mkdir(parents=True, exist_ok=True)
        place = self._fresh("undisturbed")
        forge.do(work, place, *arguments)
        self._expected = forge.do(f"{kind}_state", place)

    def points(self) -> list[Point]:
        """Return every storage call of the work."""
        log = self._folder / "trace.log"
        return self._forge.points(self._work, self._fresh("traced"), *self._arguments, log=log)

    def survives(self, point: Point) -> tuple[bool, str]:
        """Kill the work at a point, do it again, and say whether it was killed and what is wrong afterwards."""
        place = self._fresh("killed")
        was_killed = self._forge.kill(point, self._work, place, *self._arguments)
        wrong = self._forge.do(f"{self._kind}_trouble", place)
        self._forge.do(self._work, place, *self._arguments)
        found = self._forge.do(f"{self._kind}_state", place)
        return was_killed, f"{wrong} {difference(found, self._expected)}".strip()

    def _fresh(self, name: str) -> str:
        place = self._folder / name
        shutil.rmtree(place, ignore_errors=True)
        shutil.copytree(self._folder / "base", place)
        return str(place)


def first_run(folder: Path, forge: Forge) -> Trial:
    """Make a warehouse."""
    corpus = _corpus(folder, _article)
    return Trial(folder, forge, "load", _prepared(folder, corpus, "spool"))


def later_run(folder: Path, forge: Forge) -> Trial:
    """Change, move, add and break files of an earlier run."""
    corpus = _corpus(folder, _article)
    forge.do("load", str(folder / "base"), _prepared(folder, corpus, "earlier"))
    rng = random.Random(4)
    for number in (1, 4, *range(20, 28)):
        (corpus / f"{number:02}.txt").write_text(_article(rng))
    (corpus / "02.txt").rename(corpus / "moved.txt")
    (corpus / "03.txt").write_bytes(b"")
    return Trial(folder, forge, "load", _prepared(folder, corpus, "spool"))


def migration(folder: Path, forge: Forge) -> Trial:
    """Bring a warehouse of the first schema to the present one."""
    corpus = _corpus(folder, _article)
    forge.do("load_old", str(folder / "base"), _prepared(folder, corpus, "earlier"))
    return Trial(folder, forge, "migrate")


def translation(folder: Path, forge: Forge) -> Trial:
    """Translate articles with a small model, into the memory and the articles."""
    corpus = _corpus(folder, _spanish)
    forge.do("load_old", str(folder / "base"), _prepared(folder, corpus, "earlier"))
    forge.do("install", str(folder / "models"), _package("es"))
    return Trial(folder, forge, "translate", str(folder / "models"))


def installation(folder: Path, forge: Forge) -> Trial:
    """Install a second model, untried: the trial writes nothing."""
    forge.do("install", str(folder / "base"), _package("de"))
    return Trial(folder, forge, "install", _package("es"), kind="models")


def workers(folder: Path, forge: Forge) -> WorkerTrial:
    """Ingest with workers that are killed: nothing of what they were reading is lost, or takes the blame."""
    return WorkerTrial(folder, forge, _corpus(folder, _article, 300))


TRIALS: dict[str, Callable[[Path, Forge], Trial | WorkerTrial]] = {
    "first": first_run,
    "later": later_run,
    "translation": translation,
    "migration": migration,
    "model": installation,
    "workers": workers,
}


def main() -> None:
    """Kill at so many points and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--points", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="*", choices=[*TRIALS], default=[*TRIALS])
    options = parser.parse_args()
    wrong = 0
    print("| work | storage calls | points tried | killed | CPU-s a point | wrong afterwards |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for name in options.only:
        with (
            tempfile.TemporaryDirectory(prefix="bench-crash-", dir=MEMORY) as folder,
            Forge(crash_work.__name__) as forge,
        ):
            wrong += _rounds(name, forge, Path(folder), options.points // len(options.only), options.seed)
    sys.exit(wrong > 0)


def _rounds(name: str, forge: Forge, folder: Path, count: int, seed: int) -> int:
    """Kill at every storage call at least once, then at random ones; print a row and return how many went wrong."""
    trial = TRIALS[name](folder, forge)
    points = trial.points()
    rng = random.Random(seed)
    chosen = [*points, *rng.choices(points, k=max(0, count - len(points)))]
    chosen = chosen if len(points) <= count else rng.sample(points, count)
    killed, faults, began = 0, [], forge.cpu_s
    for point in chosen:
        was_killed, fault = trial.survives(point)
        killed += was_killed
        faults += [f"{point}: {fault}"] * bool(fault)
    seconds = f"{(forge.cpu_s - began) / len(chosen):.2f}"
    row = (name, len(points), len(chosen), killed, seconds, len(faults))
    print("| {} | {} | {} | {} | {} | {} |".format(*row), *faults, sep="\n", flush=True)
    return len(faults)


def _prepared(folder: Path, corpus: Path, name: str) -> str:
    base = folder / "base"
    base.mkdir(exist_ok=True)
    plan = make_plan(read_settings(None, warehouse=str(base / NAME)))
    tasks, _ = pending_tasks([corpus], plan)
    (base / f"{NAME}.lock").unlink()
    for path in write_tasks(folder / name, tasks, 8):
        prepare_batch(path, plan)
    return str(folder / name)


def _corpus(folder: Path, write: Callable[[random.Random], str], articles: int = 12) -> Path:
    corpus = folder / "corpus"
    corpus.mkdir(parents=True)
    rng = random.Random(3)
    for number in range(articles):
        (corpus / f"{number:02}.txt").write_text(write(rng))
    return corpus


def _article(rng: random.Random) -> str:
    lines = []
    for _ in range(6):
        words = rng.choices(_WORDS, k=12)
        lines.append(
            f"The {' '.join(words)} will open in {rng.randint(1900, 2100)}, the mayor said on Sunday."
        )
    return "\n".join(lines)


def _spanish(rng: random.Random) -> str:
    lines = (PACKAGES / "es.tsv").read_text("utf-8").splitlines()
    return "\n".join(line.split("\t")[0] for line in rng.sample(lines, 6))


def _package(code: str) -> str:
    return str(PACKAGES / f"translate-{code}_en-1_0.argosmodel")


if __name__ == "__main__":
    main()
