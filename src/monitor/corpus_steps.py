"""What follows an ingest: everything that only many articles tell, brought up to date in the warehouse."""

from collections.abc import Callable

from monitor.pipeline import Run
from monitor.warehouse.article_texts import stale_articles
from monitor.warehouse.batches import MANY, Renewed
from monitor.warehouse.boilerplate import update_boilerplate
from monitor.warehouse.connection import Connection
from monitor.warehouse.copies import update_copies
from monitor.warehouse.migrations import is_current
from monitor.warehouse.stories import rebuild_stories, update_stories

# name -> what looks at the articles that it has not seen as they are now, and says how many those were
STEPS: dict[str, Callable[[Connection, Renewed | None], int]] = {
    "duplicates": update_copies,
    "boilerplate": update_boilerplate,
    "stories": update_stories,
}

_SEEN = ("copy_texts", "story_articles")  # where the steps note what they have seen


def update_corpus(run: Run) -> None:
    """Bring every step up to date; does nothing, and opens no writer, when they all are."""
    if not run.session.is_writing and not _anything_waits(run):
        return
    run.progress.begin("corpus", len(STEPS))
    for step in STEPS.values():
        if step(run.connection, run.renewed) >= MANY:
            run.session.renew()
        run.progress.advance(1)


def _anything_waits(run: Run) -> bool:
    """Say whether an earlier run, killed or told to load only, left articles that the steps have not seen."""
    reader = run.session.reader()
    if reader is None:
        return False
    try:
        return not is_current(reader) or any(any(stale_articles(reader, seen)) for seen in _SEEN)
    finally:
        reader.close()


def regroup_stories(run: Run) -> None:
    """Group all articles anew."""
    rebuild_stories(run.connection, run.renewed)
