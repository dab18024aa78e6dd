"""What follows an ingest, beside the ingest itself: `python -m bench.corpus [FOLDER] [--batch 1000] [--batches 2]`.

FOLDER holds articles of any kind; without it they are made up, 4 kB each. They come in batches, each an ingest of its
own. Prints the seconds of reading (extraction, cleaning, detection, by one worker), of loading (the rows into the
file), and of each step that looks at many articles. The bar: all steps together take no longer than reading and
loading; beside it stands how they compare with loading alone.
"""

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bench.made_up import InventedTexts
from monitor.config import make_plan
from monitor.corpus.measures import Measures
from monitor.corpus_steps import STEPS
from monitor.pipeline import Plan, Run, execute, load_all, pending_tasks, processed_by_workers
from monitor.settings import read_settings
from monitor.warehouse.measures import update_measures
from monitor.warehouse.mentions import adopt_watchlist, update_mentions
from monitor.warehouse.search import index_path, update_search_index

if TYPE_CHECKING:
    from monitor.models import Processed

Step = Callable[[Run], object]
Times = dict[str, tuple[float, float]]


def main(argv: list[str]) -> int:
    """Ingest the batches and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?")
    parser.add_argument("--batch", type=int, default=1_000)
    parser.add_argument("--batches", type=int, default=2)
    given = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as place:
        folder = (
            Path(given.folder) if given.folder else _made(Path(place) / "in", given.batch * given.batches)
        )
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        plan = _plan(Path(place) / "monitor.duckdb")
        for number, batch in zip(range(given.batches), _parts(files, given.batch), strict=False):
            _print(f"batch {number + 1}, {len(batch):,} files", _ingest(plan, batch))
    return 0


def _parts(files: Sequence[Path], size: int) -> list[Sequence[Path]]:
    return [files[at : at + size] for at in range(0, len(files), size)]


def _plan(warehouse: Path) -> Plan:
    settings = read_settings(None, warehouse=str(warehouse))
    return make_plan(replace(settings, workers=replace(settings.workers, count=1)), phases=())


def _ingest(plan: Plan, files: Iterable[Path]) -> Times:
    times: Times = {}
    tasks, _ = pending_tasks([*files], plan)
    processed: list[Processed] = []

    def read() -> None:
        processed.extend(processed_by_workers(plan, tasks))

    def body(run: Run) -> None:
        times["loading"] = _timed(lambda: load_all(run, processed))
        for name, step in _steps().items():
            times[name] = _timed(partial(step, run))

    times["reading"] = _timed(read)
    execute(plan, body)
    return times


def _steps() -> dict[str, Step]:
    def of(step: Callable[..., object]) -> Step:
        return lambda run: step(run.connection, run.renewed)

    return {name: of(step) for name, step in STEPS.items()} | {
        "mentions": _look_out,
        "measures": lambda run: update_measures(run.connection, Measures()),
        "search index": lambda run: update_search_index(
            run.connection, index_path(run.plan.warehouse.current)
        ),
    }


def _look_out(run: Run) -> None:
    adopt_watchlist(run.connection, _WATCHLIST)
    update_mentions(run.connection, now=run.started_at)


_WATCHLIST = b"""
entities:
- {name: Government, type: office, aliases: [government, minister, parliament]}
- {name: Apple, type: company, aliases: [Apple, \xe8\x8b\xb9\xe6\x9e\x9c], exclude: [apple pie]}
queries:
- {name: Trade, query: 'trade AND (tariff OR export) NOT football'}
"""


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    """Return the wall seconds and this process's processor seconds that work takes."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


def _print(title: str, times: Times) -> None:
    reading, loading = times.pop("reading"), times.pop("loading")
    total = (sum(wall for wall, _ in times.values()), sum(cpu for _, cpu in times.values()))
    rows = {"reading": reading, "loading": loading, **times, "all steps": total}
    print(f"\n{title:28}   seconds   of this process's processor")
    for name, (wall, cpu) in rows.items():
        print(f"{name:28} {wall:9.2f} {cpu:9.2f}")
    against = total[0] / (reading[0] + loading[0])
    print(
        f"all steps / (reading + loading): {against:.2f}   bar 1.00;  / loading: {total[0] / loading[0]:.2f}"
    )


def _made(folder: Path, count: int) -> Path:
    """Write articles in which names recur and one in ten is a copy with another ending."""
    folder.mkdir()
    maker = InventedTexts()
    texts: list[str] = []
    for number in range(count):
        copied = random.Random(number).random() < 0.1 and texts
        text = texts[number % len(texts)] + "\n" + maker.sentence() if copied else maker.text()
        texts.append(text)
        (folder / f"{number:06}.txt").write_text(f"{maker.sentence()}\n{text}\n", encoding="utf-8")
    return folder


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
