"""Look for the watchlist in every article that is new, has changed, or met an older watchlist."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from monitor.corpus.lookout import Lookout, Report
from monitor.corpus.watchlist import Watchlist, parse_watchlist
from monitor.warehouse import columns
from monitor.warehouse.article_texts import fetch_texts, forget, stale_articles, text_portions
from monitor.warehouse.batches import Renewed, renewing
from monitor.warehouse.connection import Connection, atomic
from monitor.warehouse.sparing import sparing

AT_ONCE = 500  # articles a transaction


def stored_watchlist(connection: Connection) -> Watchlist:
    """Return the watchlist in force; an empty one where none was ever given."""
    row = connection.execute("select yaml from watchlist_files").fetchone()
    return parse_watchlist(row[0].encode(), name="stored watchlist") if row else Watchlist()


def path_in_force(connection: Connection) -> tuple[bool, str | None]:
    """Return whether a watchlist is in force, and the path that it came from."""
    row = connection.execute("select watchlist_path from watchlist_files").fetchone()
    return row is not None, row[0] if row else None


def waiting(connection: Connection, yaml: bytes | None) -> bool:
    """Say whether anything is to be looked for, over a connection that may only read."""
    row = connection.execute("select signature from watchlist_files").fetchone()
    if yaml is not None and parse_watchlist(yaml).signature != (row[0] if row else Watchlist().signature):
        return True
    return any(stale_articles(connection, "watched_articles"))


def count_found(connection: Connection, *, since: datetime) -> tuple[int, int]:
    """Return how many mentions there are, and how many answers to saved queries were found since then."""
    row = connection.execute(
        "select (select count(*) from mentions), (select count(*) from query_matches where first_matched_at >= $1)",
        [since],
    ).fetchone()
    return (row[0], row[1]) if row else (0, 0)


def adopt_watchlist(
    connection: Connection, yaml: bytes, *, name: str = "watchlist", path: str | None = None
) -> bool:
    """Put a watchlist, read from `path`, in force; return whether it differs from the one that was.

    Raises `ConfigurationError` for a mistake in it, before anything is changed.
    """
    watchlist = parse_watchlist(yaml, name=name)
    if watchlist.signature == stored_watchlist(connection).signature:
        connection.execute(
            "update watchlist_files set watchlist_path = $1 where watchlist_path is distinct from $1", [path]
        )
        return False
    with atomic(connection):
        for table in ("watchlist_files", "watchlists", "saved_queries", "watched_articles"):
            connection.execute(f"delete from {table}")  # noqa: S608 - own names
        connection.execute(
            "insert into watchlist_files values ($1, $2, $3)", [watchlist.signature, yaml.decode(), path]
        )
        columns.insert(connection, "watchlists", [*_entities(watchlist)])
        columns.insert(connection, "saved_queries", [*_queries(watchlist)])
        for table, owner, kept in (
            ("mentions", "entity_id", "watchlists"),
            ("query_matches", "query_id", "saved_queries"),
        ):
            connection.execute(f"delete from {table} where {owner} not in (select {owner} from {kept})")  # noqa: S608
    return True


def _entities(watchlist: Watchlist) -> Iterator[dict[str, Any]]:
    for entity in watchlist.entities:
        yield {
            "entity_id": entity.entity_id,
            "entity": entity.name,
            "entity_type": entity.type,
            "aliases": [alias.text for alias in entity.aliases],
        }


def _queries(watchlist: Watchlist) -> Iterator[dict[str, Any]]:
    for saved in watchlist.queries:
        yield {"query_id": saved.query_id, "query": saved.name, "question": saved.question}


def update_mentions(
    connection: Connection,
    *,
    now: datetime,
    done: Callable[[int], object] = lambda _: None,
    renewed: Renewed | None = None,
) -> int:
    """Look for the watchlist in the articles that have not met it as they are; return how many those were.

    `done` is told how many more have been read.
    """
    todo, gone = sparing(connection, partial(stale_articles, connection, "watched_articles"))
    if not todo and not gone:
        return 0
    lookout = Lookout(stored_watchlist(connection))
    with atomic(connection):
        for table in ("watched_articles", "mentions", "query_matches"):
            forget(connection, table, "article_id", gone)
    parts = sparing(connection, partial(text_portions, connection, todo, AT_ONCE))
    for connection, ids in renewing(connection, parts, renewed):  # noqa: B020, PLR1704 - goes on with it
        sparing(connection, partial(_read, connection, lookout, ids, now))
        done(len(ids))
    return len(todo)


def _read(connection: Connection, lookout: Lookout, ids: Sequence[str], now: datetime) -> None:
    reports = {article.article_id: lookout.read(article) for article in fetch_texts(connection, ids)}
    known = connection.execute(
        """
        select article_id, query_id, first_matched_at
        from query_matches
        where article_id in (select unnest(string_split($1, chr(10))))
        """,
        [columns.listed(ids)],
    ).fetchall()
    matched_at = {(row[0], row[1]): row[2] for row in known}
    for table in ("watched_articles", "mentions", "query_matches"):
        forget(connection, table, "article_id", ids)
    connection.execute(
        """
        insert into watched_articles by name
        select article_id, signature
        from article_signatures
        where article_id in (select unnest(string_split($1, chr(10))))
        """,
        [columns.listed(ids)],
    )
    columns.insert(
        connection, "mentions", [row for key, report in reports.items() for row in _mentions(key, report)]
    )
    columns.insert(
        connection,
        "query_matches",
        [
            row | {"first_matched_at": matched_at.get((key, row["query_id"]), now)}
            for key, report in reports.items()
            for row in _matches(key, report)
        ],
    )


def _mentions(article_id: str, report: Report) -> Iterator[dict[str, Any]]:
    for mention in report.mentions:
        yield {
            "article_id": article_id,
            "entity_id": mention.entity_id,
            "entity": mention.entity,
            "alias": mention.alias,
            "part": mention.part,
            "start_offset": mention.start,
            "end_offset": mention.end,
            "sentence": mention.sentence,
            "prominence": mention.prominence,
        }


def _matches(article_id: str, report: Report) -> Iterator[dict[str, Any]]:
    for match in report.matches:
        yield {
            "article_id": article_id,
            "query_id": match.query_id,
            "query": match.query,
            "part": match.part,
            "start_offset": match.start,
            "end_offset": match.end,
            "sentence": match.sentence,
        }
