"""Bring a warehouse's tables to this version's form, forwards only."""

from importlib.resources import files

from monitor.errors import WarehouseTooNew
from monitor.identity import sha256_text
from monitor.warehouse.connection import Connection, atomic

MIGRATIONS = (
    "0001_articles.sql",
    "0002_translations.sql",
    "0003_duplicates_stories.sql",
    "0004_reading.sql",
    "0005_boilerplate.sql",
    "0006_story_vectors.sql",
    "0007_story_key_numbers.sql",
    "0008_story_postings.sql",
)
VIEWS = ("views.sql", "translation_views.sql", "corpus_views.sql", "metrics.sql")


def migrate(connection: Connection, code_version: str) -> None:
    """Run the migrations that the warehouse lacks, then make all views anew; each step all or nothing.

    Raises WarehouseTooNew when a later version of monitor has been there.
    """
    version = schema_version(connection)
    if version > len(MIGRATIONS):
        raise WarehouseTooNew(
            f"the warehouse has schema {version}, this monitor knows {len(MIGRATIONS)}: use the newer monitor"
        )
    for number, name in enumerate(MIGRATIONS[version:], start=version + 1):
        with atomic(connection):
            connection.execute(_script(name))
            connection.execute("insert into schema_migrations values (?, ?, now())", [number, name])
    views = [_script(name) for name in VIEWS]
    wanted = f"{code_version} {sha256_text(''.join(views))[:12]}"
    if version == len(MIGRATIONS) and _views_version(connection) == wanted:
        return
    with atomic(connection):
        for script in views:
            connection.execute(script)
        connection.execute("delete from schema_views")
        connection.execute("insert into schema_views values (?)", [wanted])


def is_current(connection: Connection) -> bool:
    """Say, over a connection that may only read, whether the warehouse has all tables of this version."""
    row = connection.execute(
        "select count(*) from information_schema.tables where table_name = 'schema_migrations'"
    ).fetchone()
    if not row or not row[0]:
        return False
    version = connection.execute("select max(version) from schema_migrations").fetchone()
    return version is not None and version[0] == len(MIGRATIONS)


def schema_version(connection: Connection) -> int:
    """Return how many migrations the warehouse has had, after making sure that it can count them."""
    connection.execute(
        "create table if not exists schema_migrations (version integer, name varchar, applied_at timestamptz)"
    )
    connection.execute("create table if not exists schema_views (code_version varchar)")
    row = connection.execute("select coalesce(max(version), 0) from schema_migrations").fetchone()
    return int(row[0]) if row else 0


def _views_version(connection: Connection) -> str | None:
    row = connection.execute("select max(code_version) from schema_views").fetchone()
    return row[0] if row else None


def _script(name: str) -> str:
    return files("monitor.warehouse").joinpath("schema", name).read_text(encoding="utf-8")
