"""Prefect flow: bring up to date what only many articles tell, without an ingest.

Copies, stories, mentions, saved queries, measures and the search index; a rerun changes nothing. Run it by hand
with `python flows/corpus.py`, or deploy it with `prefect.yaml`.
"""

import sys
from pathlib import Path
from typing import Any

from monitor.prefect_environment import set_environment

set_environment()

from prefect import flow, task  # noqa: E402  # after its environment
from prefect.cache_policies import NO_CACHE  # noqa: E402

from monitor.config import corpus_phases, make_plan, read_settings  # noqa: E402
from monitor.errors import MonitorError  # noqa: E402
from monitor.pipeline import execute, run_phases  # noqa: E402

WAIT_S = 900.0  # how long a run waits for another one that writes the same warehouse


@task(retries=1, retry_delay_seconds=10, cache_policy=NO_CACHE)
def refresh(warehouse: str | None, config: str | None) -> dict[str, Any]:
    """Do every step in one run of the warehouse and return its counts."""
    settings = read_settings(Path(config) if config else None, warehouse=warehouse)
    plan = make_plan(settings, wait_s=WAIT_S, phases=corpus_phases(settings))
    return execute(plan, run_phases, command="corpus").as_dict()


@flow(name="corpus", persist_result=False)
def corpus(warehouse: str | None = None, config: str | None = None) -> dict[str, Any]:
    """Bring the corpus up to date; the warehouse comes from the argument, MONITOR_WAREHOUSE or the configuration."""
    return refresh(warehouse, config)


if __name__ == "__main__":
    try:
        corpus()
    except MonitorError as error:
        sys.exit(f"monitor: {error}")
