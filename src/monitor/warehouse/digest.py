"""One hash of all that a warehouse knows, without run ids and times: equal digests mean equal content."""

import hashlib

from monitor.warehouse.connection import Connection

# What differs between two undisturbed runs over the same input, and so is left out.
_INCIDENTAL = {
    "run_id", "seen_at", "first_seen_at", "indexed_at", "rejected_at", "started_at", "ended_at", "mtime_ns",
    "translated_at", "updated_at", "created_at", "dated_at", "first_at", "last_at", "first_matched_at",
    "watchlist_path",
}  # fmt: skip
_LEFT_OUT_TABLES = {"runs", "schema_migrations", "schema_views"}


def logical_digest(connection: Connection) -> str:
    """Return the SHA-256, in hexadecimal, over the sorted business rows of all tables."""
    total = hashlib.sha256()
    for table, names in _business_columns(connection).items():
        total.update(f"\x1d{table}\x1e{','.join(names)}".encode())
        row = ", ".join(f'"{name}"' for name in names)
        rows = connection.execute(
            f"select sha256(cast(row({row}) as varchar)) as digest from {table} order by digest"  # noqa: S608
        )
        while chunk := rows.fetchmany(10_000):
            total.update("".join(digest for (digest,) in chunk).encode())
    return total.hexdigest()


def _business_columns(connection: Connection) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    rows = connection.execute(
        """
        select c.table_name, c.column_name
        from information_schema.columns as c
        join information_schema.tables as t using (table_schema, table_name)
        where t.table_type = 'BASE TABLE' and c.table_schema = 'main'
        order by all
        """
    ).fetchall()
    for table, column in rows:
        if table not in _LEFT_OUT_TABLES and column not in _INCIDENTAL:
            found.setdefault(table, []).append(column)
    return found
