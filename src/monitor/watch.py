"""Put a watchlist in force and look for it in every article, as a run of its own."""

from pathlib import Path

from monitor.pipeline import Plan, Run, execute
from monitor.progress import Progress
from monitor.warehouse.mentions import adopt_watchlist, update_mentions


def watch_for(yaml: bytes, plan: Plan, progress: Progress | None = None, *, file: Path | None = None) -> int:
    """Adopt a watchlist, read from `file`, and return how many articles were looked through: none when it was in force.

    Raises `ConfigurationError` for a mistake in it; nothing is changed then.
    """
    looked_at = 0

    def body(run: Run) -> None:
        nonlocal looked_at
        adopt_watchlist(
            run.connection,
            yaml,
            name=str(file or "watchlist"),
            path=str(file.resolve()) if file else None,
        )
        looked_at = update_mentions(run.connection, now=run.started_at)

    execute(plan, body, progress, command="watch")
    return looked_at
