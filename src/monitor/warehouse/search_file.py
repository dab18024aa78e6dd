"""Open the search index: a file beside the warehouse that can be thrown away at any time.

Whatever is wrong with the file, it is made again.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeVar

from monitor.warehouse.search_index import SearchIndex, atomic

Answer = TypeVar("Answer")
_LAYOUT = "1"  # raise when the tables below or the way of cutting terms change
_WAIT_S = 30.0
_SCHEMA = """
create table if not exists facts (name text primary key, value text not null) without rowid;
create table if not exists articles (
    entry integer primary key,
    article_id text not null,
    signature text not null,
    language text not null,
    outlet text,
    published_on text,
    is_dead integer not null default 0
);
create index if not exists articles_by_id on articles (article_id) where not is_dead;
create virtual table if not exists words using fts5 (
    title, text, title_translation, text_translation,
    content='', tokenize="unicode61 remove_diacritics 2 categories 'L* N* Co M*'"
);
"""


def with_index(path: Path, work: Callable[[SearchIndex], Answer], *, in_memory: bool = True) -> Answer:
    """Do work with the index at `path`; when it proves unusable, do it again with an empty one.

    `work` therefore begins with bringing the index up to date. Where it cannot be written, a copy in memory is,
    or else `CannotWrite` is raised.
    """
    try:
        try:
            with _opened(path) as index:
                return work(index)
        except _Unusable:
            _remove(path)
            with _opened(path) as index:
                return work(index)
    except (_Unusable, CannotWrite, OSError) as error:
        if not in_memory:
            raise CannotWrite(str(error)) from error
        return _in_memory(path, work)


class _Unusable(Exception):
    """The index file is damaged, or another version made it: it has to be made anew."""


class CannotWrite(Exception):
    """The file, folder or disk does not take the index."""


@contextmanager
def _opened(path: Path) -> Iterator[SearchIndex]:
    try:
        with closing(sqlite3.connect(path, timeout=_WAIT_S, isolation_level=None)) as connection:
            _prepare(connection)
            yield SearchIndex(connection=connection)
    except sqlite3.OperationalError as error:
        if any(sign in str(error) for sign in ("readonly", "unable to open", "full", "disk I/O", "locked")):
            raise CannotWrite(str(error)) from error
        raise _Unusable(str(error)) from error
    except sqlite3.DatabaseError as error:
        raise _Unusable(str(error)) from error


def _in_memory(path: Path, work: Callable[[SearchIndex], Answer]) -> Answer:
    """Do work with a copy of the index, or with an empty one where it cannot even be read."""
    for source in (path, None):
        with closing(sqlite3.connect(":memory:", isolation_level=None)) as memory:
            try:
                if source is not None:
                    with closing(sqlite3.connect(f"{source.resolve().as_uri()}?mode=ro", uri=True)) as file:
                        file.backup(memory)
                _prepare(memory)
                return work(SearchIndex(connection=memory))
            except (sqlite3.DatabaseError, _Unusable):
                if source is None:
                    raise
    raise AssertionError("an empty index in memory always opens")


def _prepare(connection: sqlite3.Connection) -> None:
    """Make the tables where there are none; raise where another version made them."""
    connection.execute("pragma synchronous = normal")
    connection.execute("pragma cache_size = -16384")  # kB
    if not connection.execute("select count(*) from sqlite_master").fetchone()[0]:
        with atomic(connection):
            for statement in _SCHEMA.split(";\n"):
                connection.execute(statement)
            connection.execute("insert or replace into facts values ('layout', ?)", [_LAYOUT])
    found = connection.execute("select value from facts where name = 'layout'").fetchone()
    if found is None or found[0] != _LAYOUT:
        raise _Unusable("another version of monitor made the index")


def _remove(path: Path) -> None:
    for name in (path.name, f"{path.name}-journal", f"{path.name}-wal", f"{path.name}-shm"):
        path.with_name(name).unlink(missing_ok=True)
