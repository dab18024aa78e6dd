"""Hand the articles' texts to the steps that look at many of them, and tell what a step has not seen."""

from collections.abc import Sequence

from monitor.corpus.article_text import ArticleText
from monitor.warehouse import columns
from monitor.warehouse.batches import MOST_CHARACTERS, portions
from monitor.warehouse.connection import Connection

WHOLE = 2**31 - 1


def fetch_texts(connection: Connection, ids: Sequence[str], most: int = WHOLE) -> list[ArticleText]:
    """Return the texts of articles with their translations into English, in the order of their ids.

    `most` characters of each are enough. Found by the number of their row, few texts are read beside theirs: by their
    names alone, all.
    """
    if not ids:
        return []
    rows = connection.execute(
        """
        select
            articles.article_id, articles.title, left(articles.text, $2), articles.language, articles.source_id,
            articles.published_at, translated.title, left(translated.text, $2)
        from articles
        left join article_translations as translated
            on translated.article_id = articles.article_id
            and translated.revision = articles.revision
            and translated.target_language = 'en'
        where articles.rowid in (
            select rowid from articles where article_id in (select unnest(string_split($1, chr(10))))
        )
        order by articles.article_id
        """,
        [columns.listed(ids), most],
    ).fetchall()
    return [
        ArticleText(
            article_id=row[0],
            title=row[1],
            text=row[2],
            language=row[3],
            outlet=row[4],
            published_at=row[5],
            title_translation=row[6],
            text_translation=row[7],
        )
        for row in rows
    ]


def text_portions(connection: Connection, ids: Sequence[str], most: int) -> list[list[str]]:
    """Return articles in parts of so many, or fewer where their texts are long."""
    lengths = long_texts(connection, ids, most)
    return [*portions(ids, most, lambda article_id: lengths.get(article_id, 0))]


def long_texts(connection: Connection, ids: Sequence[str], most: int) -> dict[str, int]:
    """Return the characters of those articles of whose kind fewer than `most` are kept in memory at once."""
    rows = connection.execute(
        """
        select article_id, length(text)
        from articles
        where
            rowid in (select rowid from articles where article_id in (select unnest(string_split($1, chr(10)))))
            and length(text) > $2
        """,
        [columns.listed(ids), MOST_CHARACTERS // most],
    ).fetchall()
    return dict(rows)


def stale_articles(connection: Connection, done: str) -> tuple[list[str], list[str]]:
    """Return the articles that `done` has not seen as they are now, the earliest first, and those gone.

    `done` is a table with article_id and signature.
    """
    rows = connection.execute(
        f"""
        select articles.article_id, seen.article_id
        from article_signatures as articles
        full join {done} as seen on seen.article_id = articles.article_id
        where seen.signature is distinct from articles.signature
        order by articles.dated_at, articles.article_id, seen.article_id
        """  # noqa: S608 - a table's name, written in our own code
    ).fetchall()
    return [new for new, _ in rows if new is not None], [seen for new, seen in rows if new is None]


def forget(connection: Connection, table: str, column: str, ids: Sequence[str]) -> int:
    """Delete the rows of a table whose column names one of the articles; return how many."""
    row = None
    if ids:
        row = connection.execute(
            f"delete from {table} where {column} in (select unnest(string_split($1, chr(10))))",  # noqa: S608 - own names
            [columns.listed(ids)],
        ).fetchone()
    return int(row[0]) if row else 0
