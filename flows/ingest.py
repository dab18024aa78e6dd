"""Prefect flows: ingest paths, translate what is pending, sweep an inbox folder.

Each splits, submits and sums; paths go into a task and counts come out. Run one by hand with
`python flows/ingest.py PATH…`, or deploy them with `prefect.yaml`.
"""

import logging
import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from monitor.prefect_environment import set_environment

set_environment()

from prefect import flow, get_run_logger, runtime, task  # noqa: E402  # after its environment
from prefect.artifacts import create_markdown_artifact, create_table_artifact  # noqa: E402
from prefect.cache_policies import NO_CACHE  # noqa: E402

from monitor.config import make_plan  # noqa: E402
from monitor.errors import MonitorError  # noqa: E402
from monitor.pipeline import Plan, pending_tasks  # noqa: E402
from monitor.settings import read_settings  # noqa: E402
from monitor.spool import load_batches, prepare_batch, write_tasks  # noqa: E402
from monitor.tally import Tally  # noqa: E402
from monitor.warehouse.query import ask  # noqa: E402

_here = str(Path(__file__).parent)
if _here not in sys.path:  # Prefect loads this file by its path
    sys.path.insert(0, _here)
from runners import task_runner  # noqa: E402

WAIT_S = 900.0  # how long a run waits for another one that writes the same warehouse
_MOST_BATCHES = 100
_MOST_REJECTS_SHOWN = 200
_REJECTS = "select uri, stage, reason, detail from rejects order by rejected_at desc, uri limit $1"


@task(retries=2, retry_delay_seconds=10, cache_policy=NO_CACHE, task_run_name="prepare {batch}")
def prepare(batch: str, folder: str, options: dict[str, Any]) -> int:
    """Read, extract, clean and identify the files of one batch; return how many inputs there were."""
    return prepare_batch(Path(folder) / batch, _plan(options))


@task(retries=1, retry_delay_seconds=10, cache_policy=NO_CACHE, task_run_name="load {count} batches")
def load(
    folder: str, batches: list[str], count: int, skipped: int, options: dict[str, Any]
) -> dict[str, Any]:
    """Load all batches in one run of the warehouse and return its counts."""
    del count  # only names the task run
    paths = [Path(folder) / batch for batch in batches]
    tally = load_batches(paths, _plan(options, phases=True), skipped=skipped, progress=Logged())
    _publish(tally, _plan(options))
    return tally.as_dict()


@flow(name="ingest", flow_run_name="ingest {paths}", task_runner=task_runner(), persist_result=False)
def ingest(
    paths: list[str], warehouse: str | None = None, config: str | None = None, batch_size: int = 200
) -> dict[str, Any]:
    """Bring every article below the paths into the warehouse: one task a batch, then one that loads."""
    options = {"warehouse": warehouse, "config": config}
    plan = _plan(options)
    tasks, skipped = pending_tasks(paths, plan)
    logger = get_run_logger()
    logger.info("%d files to read, %d unchanged", len(tasks), skipped)
    folder = plan.warehouse.current.with_name(f"{plan.warehouse.current.name}.spool-{runtime.flow_run.id}")
    try:
        size = max(batch_size, -(-len(tasks) // _MOST_BATCHES))
        batches = [path.name for path in write_tasks(folder, tasks, size)]
        prepared = [prepare.submit(batch, str(folder), options) for batch in batches]
        logger.info("%d inputs prepared", sum(future.result() for future in prepared))
        return load(str(folder), batches, len(batches), skipped, options)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@flow(name="sweep", flow_run_name="sweep {inbox}", task_runner=task_runner(), persist_result=False)
def sweep(inbox: str = "inbox", warehouse: str | None = None, config: str | None = None) -> dict[str, Any]:
    """Bring in what is new in an inbox folder; an empty one is nothing to do."""
    Path(inbox).mkdir(parents=True, exist_ok=True)
    counts: dict[str, Any] = ingest.fn([inbox], warehouse, config)
    return counts


class Logged:
    """Send progress to the flow run's logger."""

    def __init__(self) -> None:
        self._logger: logging.Logger | logging.LoggerAdapter[logging.Logger] = get_run_logger()

    def begin(self, phase: str, total: int | None) -> None:
        """Log that a phase begins."""
        self._logger.info("%s: %s steps", phase, "?" if total is None else total)

    def advance(self, steps: int = 1, **counts: int) -> None:
        """Log the counts of a batch."""
        self._logger.info("+%d %s", steps, counts)

    def note(self, line: str) -> None:
        """Log one line."""
        self._logger.info("%s", line)


def _plan(options: dict[str, Any], *, phases: bool = False) -> Plan:
    settings = read_settings(
        Path(options["config"]) if options["config"] else None, warehouse=options["warehouse"]
    )
    return make_plan(settings, wait_s=WAIT_S, phases=None if phases else ())


def _publish(tally: Tally, plan: Plan) -> None:
    """Leave the summary and the rejects where Prefect's pages show them."""
    counts = "\n".join(
        f"| {name} | {value} |" for name, value in tally.as_dict().items() if isinstance(value, int)
    )
    create_markdown_artifact(key="monitor-ingest", markdown=f"| what | count |\n| --- | ---: |\n{counts}\n")
    if plan.warehouse.current.exists():
        answer = ask(plan.warehouse.current, _REJECTS, [_MOST_REJECTS_SHOWN])
        rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
        create_table_artifact(key="monitor-rejects", table=rows or [{"rejects": "none"}])


def main(arguments: Sequence[str]) -> int:
    """Run the ingest flow on the paths given; the warehouse comes from MONITOR_WAREHOUSE or the configuration."""
    try:
        ingest([os.path.abspath(path) for path in arguments])  # noqa: PTH100  # resolve() would follow links
    except MonitorError as error:
        print(f"monitor: {error}", file=sys.stderr)  # noqa: T201
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
