"""Ingest hostile inputs and account for each: `python -m bench.hostile [FOLDER …] [--deadline 20]`.

Takes the generated ones and every file below the folders; their archives are unpacked as articles' archives are, by
monitor itself. Prints what became of the inputs, the slowest, and what must be 0: inputs without a row, workers that
were lost, mistakes. Exits with 1 where one of these is not.
"""

import argparse
import os
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from bench.hostile_documents import write_hostile
from monitor.config import make_plan
from monitor.frames import ReadFile
from monitor.models import Processed
from monitor.pipeline import Run, execute, load_all, processed_by_workers, run_phases
from monitor.settings import read_settings
from monitor.walk import find_files
from monitor.warehouse.query import ask
from monitor.workers import LOSSES

_LOST = (*LOSSES, "internal error")
_SLOWEST = 5


def main() -> int:
    """Print the tables; 1 where an input was lost or a worker fell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--deadline", type=float, default=20.0)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-hostile-") as folder:
        place = Path(folder)
        generated = write_hostile(place / "generated")
        print(f"{generated} generated files and those below {[str(path) for path in options.folders]}\n")
        return _ingest(place, [place / "generated", *options.folders], options.deadline)


def _ingest(place: Path, folders: list[Path], deadline_s: float) -> int:
    warehouse = place / "monitor.duckdb"
    plan = make_plan(read_settings(None, warehouse=str(warehouse)))
    plan = replace(plan, deadline_s=deadline_s, phases=plan.phases[1:], workers=1)
    files = [*find_files(folders)]
    tasks = [
        ReadFile(uri=f.uri, path=os.fsencode(f.path), mtime_ns=f.mtime_ns, problem=f.problem) for f in files
    ]
    seconds: dict[str, float] = defaultdict(float)

    def body(run: Run) -> None:
        load_all(run, _timed(processed_by_workers(plan, tasks), seconds))
        run_phases(run)

    began = time.perf_counter()
    tally = execute(plan, body)
    print(f"{tally.seen:,} inputs in {time.perf_counter() - began:.0f} s: {tally.new:,} articles, "
          f"{tally.duplicates:,} duplicates, {tally.rejected:,} rejected\n")  # fmt: skip
    return _report(warehouse, [file.uri for file in files], seconds)


def _timed(results: Iterable[Processed], seconds: dict[str, float]) -> Iterator[Processed]:
    at = time.perf_counter()
    for processed in results:
        seconds[processed.input.uri] += time.perf_counter() - at
        yield processed
        at = time.perf_counter()


def _report(warehouse: Path, uris: list[str], seconds: dict[str, float]) -> int:
    print("| reason | inputs |\n| --- | ---: |")
    reasons = ask(
        warehouse, "select stage || ': ' || reason, count(*) from rejects group by 1 order by 2 desc, 1"
    ).rows
    for reason, count in reasons:
        print(f"| {reason} | {count:,} |")
    print("\n| seconds | slowest |\n| ---: | --- |")
    for uri, spent in sorted(seconds.items(), key=lambda item: -item[1])[:_SLOWEST]:
        print(f"| {spent:.1f} | {uri.rpartition('/')[2]} |")
    known = {uri for (uri,) in ask(warehouse, "select uri from inputs").rows}
    unaccounted = [uri for uri in uris if uri not in known]
    lost = [uri for uri, reason in ask(warehouse, "select uri, reason from rejects").rows if reason in _LOST]
    print(f"\nwithout a row: {len(unaccounted)}   workers lost or mistakes: {len(lost)}")
    for uri in (*unaccounted, *lost):
        print(f"  {uri}")
    return int(bool(unaccounted or lost))


if __name__ == "__main__":
    sys.exit(main())
