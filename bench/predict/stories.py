"""Group the articles of a file into stories: one `{"id", "story"}` a line."""

from bench.in_memory import open_in_memory, put
from bench.predict.articles import options, read_articles
from bench.rows import write_rows
from monitor.warehouse.stories import update_stories


def main(argv: list[str]) -> int:
    """Load headlines or articles into a warehouse in memory and do what follows an ingest."""
    given = options("stories", __doc__ or "", argv)
    connection = open_in_memory()
    put(connection, read_articles(given.file))
    update_stories(connection)
    found = connection.execute(
        "select article_id, story_id from story_articles order by article_id"
    ).fetchall()
    write_rows(({"id": article_id, "story": story_id} for article_id, story_id in found), given.out)
    return 0
