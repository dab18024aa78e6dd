"""What follows an ingest: everything that only many articles tell, brought up to date in the warehouse."""

from collections.abc import Callable

from monitor.pipeline import Run
from monitor.warehouse.connection import Connection
from monitor.warehouse.copies import update_copies
from monitor.warehouse.stories import rebuild_stories, update_stories

# name -> what looks at the articles that it has not seen as they are now, and says how many those were
STEPS: dict[str, Callable[[Connection], int]] = {
    "duplicates": update_copies,
    "stories": update_stories,
}


def update_corpus(run: Run) -> None:
    """Bring every step up to date; does nothing when the run has written nothing."""
    if not run.session.is_writing:
        return
    run.progress.begin("corpus", len(STEPS))
    for step in STEPS.values():
        step(run.connection)
        run.progress.advance(1)


def regroup_stories(run: Run) -> None:
    """Group all articles anew."""
    rebuild_stories(run.connection)
