"""Group the articles of a file into duplicate groups: one `{"id", "group"}` a line, for every article.

`group` is the id of the likely original: the article's own where it has no copies.
"""

from bench.in_memory import open_in_memory, put
from bench.predict.articles import options, read_articles
from bench.rows import write_rows
from monitor.warehouse.copies import update_copies

_GROUPS = """
select article_id, coalesce(original_id, article_id), coalesce(similarity, 1.0), method
from articles
left join duplicates using (article_id)
order by article_id
"""


def main(argv: list[str]) -> int:
    """Load articles into a warehouse in memory and do what follows an ingest."""
    given = options("duplicates", __doc__ or "", argv)
    connection = open_in_memory()
    put(connection, read_articles(given.file))
    update_copies(connection)
    found = connection.execute(_GROUPS).fetchall()
    write_rows(
        (
            {"id": article_id, "group": group, "similarity": similarity, "method": method}
            for article_id, group, similarity, method in found
        ),
        given.out,
    )
    return 0
