"""What Prefect must find in the environment before it is imported; values that the user has set stand."""

import os
from pathlib import Path

_DEFAULTS = {
    "PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS": "120",  # the default of 20 s fails on a busy machine
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_LEVEL": "INFO",
    "PREFECT_RESULTS_DEFAULT_SERIALIZER": "json",  # Prefect's own default is pickle
    "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
}


def set_environment() -> None:
    """Give Prefect a home of its own (a home that a later Prefect has used stops this one) and quiet defaults."""
    home = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "monitor" / "prefect"
    for name, value in {"PREFECT_HOME": str(home), **_DEFAULTS}.items():
        os.environ.setdefault(name, value)
    Path(os.environ["PREFECT_HOME"]).mkdir(parents=True, exist_ok=True)


def flows_folder() -> Path:
    """Return where the flows lie: beside the sources in a checkout, inside the package once installed."""
    here = Path(__file__).parent
    installed = here / "flows"
    return installed if installed.is_dir() else here.parents[1] / "flows"
