"""Which of Prefect's task runners prepares the batches: MONITOR_TASK_RUNNER names it."""

import os
from importlib import import_module
from typing import Any

# name -> module and class; dask and ray need `pip install prefect-dask` or `prefect-ray`, and a running server
RUNNERS = {
    "threads": ("prefect.task_runners", "ThreadPoolTaskRunner", {"max_workers": 2}),
    "processes": ("prefect.task_runners", "ProcessPoolTaskRunner", {"max_workers": 2}),
    "dask": ("prefect_dask", "DaskTaskRunner", {}),
    "ray": ("prefect_ray", "RayTaskRunner", {}),
}


def task_runner() -> Any:
    """Return the runner that MONITOR_TASK_RUNNER names; threads by default: the work is in worker processes anyway.

    Raises ValueError naming the runners that there are.
    """
    name = os.environ.get("MONITOR_TASK_RUNNER", "threads")
    if name not in RUNNERS:
        raise ValueError(f"MONITOR_TASK_RUNNER={name!r} is none of {', '.join(RUNNERS)}")
    module, kind, options = RUNNERS[name]
    return getattr(import_module(module), kind)(**options)
