"""Prefect flows that work on what is loaded: translate what waits, and bring up to date what many articles tell.

A rerun changes nothing. Run them by hand with `python flows/upkeep.py [translate|corpus]`, or deploy them with
`prefect.yaml`.
"""

import sys
from pathlib import Path
from typing import Any

from monitor.prefect_environment import set_environment

set_environment()

from prefect import flow, task  # noqa: E402  # after its environment
from prefect.cache_policies import NO_CACHE  # noqa: E402

from monitor.config import corpus_phases, make_plan, usual_phases  # noqa: E402
from monitor.errors import MonitorError  # noqa: E402
from monitor.pipeline import execute, run_phases  # noqa: E402
from monitor.settings import read_settings  # noqa: E402

WAIT_S = 900.0  # how long a run waits for another one that writes the same warehouse
PHASES = {"translate": usual_phases, "corpus": corpus_phases}


@task(retries=1, retry_delay_seconds=10, cache_policy=NO_CACHE, task_run_name="{command}")
def refresh(command: str, warehouse: str | None, config: str | None) -> dict[str, Any]:
    """Do the phases of a command as one run of the warehouse and return its counts."""
    settings = read_settings(Path(config) if config else None, warehouse=warehouse)
    plan = make_plan(settings, wait_s=WAIT_S, phases=PHASES[command](settings))
    return execute(plan, run_phases, command=command).as_dict()


@flow(name="translate", flow_run_name="translate what waits", persist_result=False)
def translate(warehouse: str | None = None, config: str | None = None) -> dict[str, Any]:
    """Translate what waits, then look again at what the translations tell."""
    return refresh("translate", warehouse, config)


@flow(name="corpus", flow_run_name="bring the corpus up to date", persist_result=False)
def corpus(warehouse: str | None = None, config: str | None = None) -> dict[str, Any]:
    """Bring copies, stories, mentions, saved queries, measures and the search index up to date."""
    return refresh("corpus", warehouse, config)


if __name__ == "__main__":
    try:
        {"translate": translate, "corpus": corpus}[sys.argv[1] if len(sys.argv) > 1 else "translate"]()
    except MonitorError as error:
        sys.exit(f"monitor: {error}")
