"""A writer's memory does not grow with what it writes: DuckDB keeps little, and nothing is left beside the file."""

import pytest

from monitor.errors import WarehouseFull
from monitor.warehouse.connection import atomic, cursor_of, open_writer, relieve, spill_of
from monitor.warehouse.files import Generations

KEPT = 12_000_000


@pytest.fixture
def path(tmp_path):
    return tmp_path / "monitor.duckdb"


def fill(connection, rows=20_000):
    connection.execute("create table if not exists notes (number bigint, text varchar)")
    connection.execute(
        "insert into notes select range, repeat(md5(range::varchar), 100) from range($1)", [rows]
    )


def test_a_checkpoint_never_has_many_rows_to_write_anew(path):
    connection = open_writer(path)
    for _ in range(4):
        fill(connection, 3_000)
        connection.execute("checkpoint")
    ((most,),) = connection.execute(
        "select max(start + count) - min(start) from pragma_storage_info('notes') group by row_group_id "
        "order by 1 desc limit 1"
    ).fetchall()
    connection.close()
    assert most <= 4096


def test_a_relieved_writer_keeps_little_and_may_use_as_much_as_before(path):
    connection = open_writer(path)
    fill(connection)
    connection.execute("checkpoint")
    connection.execute("select max(text) from notes").fetchall()
    relieve(connection)
    ((used,),) = connection.execute("select sum(memory_usage_bytes) from duckdb_memory()").fetchall()
    assert used <= KEPT
    assert connection.execute("select len(list(range)) from range(10_000_000)").fetchone() == (10_000_000,)
    connection.close()


def test_a_writer_is_relieved_within_a_transaction_that_goes_on_though_all_of_it_is_in_use(path):
    connection = open_writer(path)
    fill(connection, 20_000)
    with atomic(connection):
        connection.execute("update notes set text = text || number")
        relieve(connection)
        fill(connection, 3_000)
    assert connection.execute("select count(*) from notes").fetchone() == (23_000,)
    connection.close()


def test_a_second_connection_sees_the_warehouse_in_the_same_time_zone(path):
    connection = open_writer(path)
    fill(connection, 7)
    for opened in (connection, cursor_of(connection)):
        assert opened.execute("select count(*), current_setting('timezone') from notes").fetchall() == [
            (7, "UTC")
        ]
    connection.close()


def test_what_a_killed_writer_put_aside_is_swept_away(path):
    files = Generations(path)
    spill_of(files.next).mkdir()
    (spill_of(files.next) / "duckdb_temp_storage-0.tmp").write_bytes(b"left")
    path.with_name("monitor.duckdb.next.tmp").mkdir()
    with files.writing() as session:
        fill(session.connection)
    assert {place.name for place in path.parent.iterdir()} == {"monitor.duckdb", "monitor.duckdb.lock"}


def test_too_little_memory_is_said_and_taken_for_no_damage(path):
    files = Generations(path)
    with files.writing() as session:
        fill(session.connection, 5)

    def overreach():
        with files.writing() as session:
            session.connection.execute("set memory_limit = '4MB'")
            session.connection.execute("select list(text || range) from notes, range(100000)").fetchall()

    with pytest.raises(WarehouseFull, match="memory"):
        overreach()
    assert files.next.exists()


def test_a_renewed_session_goes_on_where_it_was_and_is_published(path):
    files = Generations(path)
    with files.writing() as session:
        session.renew()
        assert not session.is_writing
        fill(session.connection, 5)
        session.renew()
    reader = files.reader()
    assert reader.execute("select count(*) from notes").fetchall() == [(5,)]
    reader.close()
    assert {place.name for place in path.parent.iterdir()} == {"monitor.duckdb", "monitor.duckdb.lock"}
