"""Keep the terms that lead to stories, and the time that each story spans."""

import zlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial

from monitor.corpus.stories import Story
from monitor.warehouse import columns
from monitor.warehouse.connection import Connection
from monitor.warehouse.sparing import sparing

_MOST_GAPS = 40_000  # ten groups of rows; fewer take little


def term_number(term: str) -> int:
    """Return what stands for a term in the table of postings."""
    return zlib.crc32(term.encode())


def write_keys(
    connection: Connection, stories: Sequence[Story], gone: Iterable[str], since: datetime
) -> None:
    """Write the terms by which new articles find stories, and the time that each spans; forget those gone.

    None of the stories has an article from before `since`.
    """
    names = [story.story_id for story in stories]
    _forget(connection, [*names, *gone], since)
    connection.execute(
        """
        insert into story_spans by name
        select
            story_id, md5_number_lower(story_id) as story_number,
            min(dated_at) as first_at, max(dated_at) as last_at
        from story_articles
        where dated_at >= $2 and story_id in (select unnest(string_split($1, chr(10))))
        group by story_id
        order by last_at, story_id
        """,
        [columns.listed(names), since],
    )
    keys = [(story.story_id, term_number(term), weight) for story in stories for term, weight in story.terms]
    if not keys:
        return
    batch = columns.arrays(("story_id", "term", "weight"), keys)
    assert batch  # found by name in the statement
    connection.execute(
        """
        insert into story_postings by name
        select story_number, term::uinteger as term, weight::float as weight, first_at, last_at
        from batch
        join story_spans on story_spans.story_id = batch.story_id::varchar
        where last_at >= $1
        """,
        [since],
    )


def forget_empty(connection: Connection) -> None:
    """Forget the stories that no article belongs to any more."""
    rows = connection.execute(
        "select story_id, last_at from story_spans where story_id not in (select story_id from story_articles)"
    ).fetchall()
    if rows:
        _forget(connection, [story_id for story_id, _ in rows], min(last_at for _, last_at in rows))


def rename_stories(connection: Connection, names: Mapping[str, str]) -> None:
    """Give stories other names, wherever they stand."""
    if not names:
        return
    batch = columns.arrays(("old", "new"), [*names.items()])
    assert batch  # found by name in the statements
    connection.execute(
        """
        update story_articles set story_id = batch.new::varchar
        from batch
        where story_articles.story_id = batch.old::varchar
        """
    )
    connection.execute(
        """
        update story_postings set story_number = md5_number_lower(batch.new::varchar)
        from batch
        where story_postings.story_number = md5_number_lower(batch.old::varchar)
        """
    )
    connection.execute(
        """
        update story_spans set story_id = batch.new::varchar, story_number = md5_number_lower(batch.new::varchar)
        from batch
        where story_spans.story_id = batch.old::varchar
        """
    )


def close_gaps(connection: Connection) -> None:
    """Write the postings anew, if more than a third of their places are those of removed ones.

    A story that changes has all of its postings removed and written again, and DuckDB keeps 256 kB in memory for each
    group of rows that one was removed from.
    """
    row = connection.execute("select max(rowid), count(term) from story_postings").fetchone()
    last, kept = row or (None, 0)
    gaps = 0 if last is None else last + 1 - kept
    if gaps > max(kept // 2, _MOST_GAPS):
        sparing(connection, partial(_write_anew, connection))


def _write_anew(connection: Connection) -> None:
    connection.execute("create or replace temp table kept as select * from story_postings order by rowid")
    connection.execute("delete from story_postings")
    connection.execute("insert into story_postings by name select * from kept")
    connection.execute("drop table kept")


def _forget(connection: Connection, stories: Sequence[str], since: datetime) -> None:
    """Forget stories that last until `since` or longer, as they are entered."""
    connection.execute(
        """
        delete from story_postings
        where
            last_at >= $2
            and story_number in (
                select story_number
                from story_spans
                where last_at >= $2 and story_id in (select unnest(string_split($1, chr(10))))
            )
        """,
        [columns.listed(stories), since],
    )
    connection.execute(
        """
        delete from story_spans
        where last_at >= $2 and story_id in (select unnest(string_split($1, chr(10))))
        """,
        [columns.listed(stories), since],
    )
