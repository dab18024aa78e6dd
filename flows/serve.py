"""Serve the sweep of an inbox folder to a Prefect server: `python flows/serve.py INBOX [SECONDS [WAREHOUSE]]`."""

import sys
from pathlib import Path

from monitor.prefect_environment import set_environment

set_environment()
sys.path.insert(0, str(Path(__file__).parent))

from ingest import sweep  # noqa: E402  # after Prefect's environment
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy  # noqa: E402

DEFAULT_EVERY_S = 900


def main(inbox: str = "inbox", every_s: str = str(DEFAULT_EVERY_S), warehouse: str | None = None) -> None:
    """Serve until interrupted; a run that is due while another writes waits for it."""
    sweep.serve(
        name="inbox",
        interval=float(every_s),
        parameters={"inbox": str(Path(inbox).absolute()), "warehouse": warehouse},
        description=f"Bring in what is new in {inbox}.",
        tags=["monitor"],
        limit=1,
        global_limit=ConcurrencyLimitConfig(limit=1, collision_strategy=ConcurrencyLimitStrategy.ENQUEUE),
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
