"""The ledger: which inputs were seen, and what became of them."""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from monitor.warehouse.connection import Connection
from monitor.workers import LOSSES


class Stamp(NamedTuple):
    """What tells that a file is unchanged without reading it."""

    size: int
    mtime_ns: int | None


class Entry(NamedTuple):
    """What the ledger says of one input."""

    uri: str
    sha256: str
    outcome: str
    article_id: str | None


def stamps(connection: Connection, version: str) -> dict[str, Stamp]:
    """Return size and time of every file seen, by URI; members and records of files are not among them.

    A file that cost another version of monitor a worker is left out: this one may be able to read it.
    """
    rows = connection.execute(
        """
        select uri, size_bytes, mtime_ns
        from inputs
        where container_uri is null
            and mtime_ns is not null
            and uri not in (
                select coalesce(lost.container_uri, lost.uri)
                from inputs as lost
                join rejects using (uri)
                join runs on runs.run_id = lost.run_id
                where list_contains($losses, rejects.reason) and runs.code_version <> $version
            )
        """,
        {"losses": list(LOSSES), "version": version},
    ).fetchall()
    return {uri: Stamp(size, mtime) for uri, size, mtime in rows}


def entries(connection: Connection, uris: Collection[str], hashes: Collection[str]) -> list[Entry]:
    """Return the ledger's rows for any of these URIs or SHA-256 sums."""
    rows = connection.execute(
        """
        select uri, sha256, outcome, article_id
        from inputs
        where uri in (select unnest($uris::varchar[])) or sha256 in (select unnest($hashes::varchar[]))
        order by uri
        """,
        {"uris": list(uris), "hashes": list(hashes)},
    ).fetchall()
    return [Entry(*row) for row in rows]


def forget(connection: Connection, uris: Iterable[str]) -> None:
    """Remove the rows that are about to be written anew."""
    gone = list(uris)
    for table in ("inputs", "rejects"):
        connection.execute(f"delete from {table} where uri in (select unnest($1::varchar[]))", [gone])  # noqa: S608
