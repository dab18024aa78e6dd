"""The phase of a run that reads new articles for the watchlist, measures them, and keeps the search index."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from monitor.corpus.measures import Measures
from monitor.pipeline import Run
from monitor.warehouse.batches import MANY

if TYPE_CHECKING:
    from monitor.warehouse.connection import Connection

NAME = "reading"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingPhase:
    """Brings mentions, saved queries, measures and search up to date; opens no writer when they are.

    `watchlist` is the content of `file`, None to go on with the one in force. One that is only there by
    default (`is_default`) does not replace what was put in force from another file.
    """

    watchlist: bytes | None = None
    file: Path = Path("watchlist.yaml")
    is_default: bool = False
    measures: Measures = field(default_factory=Measures)

    def __call__(self, run: Run) -> None:
        """Read what has not been read as it is, and enter what was found into the run's tally."""
        # here, because starting any command would otherwise wait for engines that it does not use
        from monitor.warehouse.search import index_path, update_search_index  # noqa: PLC0415

        if self._anything_waits(run):
            run.tally.phases[NAME] = self._read(run)
        reader = run.session.reader()
        if reader is not None:
            path = index_path(run.plan.warehouse.current)
            if update_search_index(reader, path) is None:
                run.progress.note(f"{str(path)!r} cannot be written: searches will be slow")
            reader.close()

    def _anything_waits(self, run: Run) -> bool:
        from monitor.warehouse import measures, mentions, migrations  # noqa: PLC0415

        reader = run.session.reader()
        if reader is None:
            return False
        try:
            return (
                not migrations.is_current(reader)
                or mentions.waiting(reader, self._wanted(reader))
                or measures.waiting(reader, self.measures)
            )
        finally:
            reader.close()

    def _wanted(self, connection: "Connection") -> bytes | None:
        from monitor.warehouse.mentions import path_in_force  # noqa: PLC0415

        in_force, path = path_in_force(connection)
        if self.is_default and in_force and path != str(self.file.resolve()):
            return None
        return self.watchlist

    def _read(self, run: Run) -> dict[str, object]:
        from monitor.warehouse.measures import update_measures  # noqa: PLC0415
        from monitor.warehouse.mentions import adopt_watchlist, count_found, update_mentions  # noqa: PLC0415

        connection = run.connection
        wanted = self._wanted(connection)
        if wanted is not None:
            adopt_watchlist(connection, wanted, name=str(self.file), path=str(self.file.resolve()))
        run.progress.begin("watchlist", None)
        update_mentions(connection, now=run.started_at, done=run.progress.advance, renewed=run.renewed)
        run.progress.begin("measures", None)
        count = update_measures(run.connection, self.measures, done=run.progress.advance, renewed=run.renewed)
        if count >= MANY:
            run.session.renew()
        mentions, matches = count_found(run.connection, since=run.started_at)
        lines = [f"watchlist: {mentions:,} mentions in all; {matches:,} new answers to saved queries"]
        return {"lines": lines if mentions or matches else []}


def default_watchlist(warehouse: Path) -> Path | None:
    """Return the watchlist beside the warehouse, where there is one."""
    path = warehouse.with_name("watchlist.yaml")
    return path if path.is_file() else None
