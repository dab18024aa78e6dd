"""A writer's memory does not grow with what it writes: DuckDB keeps little, and nothing is left beside the file."""

import platform
import subprocess
import sys

import pytest
from bench.in_memory import SEEN, Made, open_in_memory, put

from monitor.corpus.measures import Measures
from monitor.errors import WarehouseFull
from monitor.warehouse.batches import MOST_CHARACTERS
from monitor.warehouse.boilerplate import Entry, _parts
from monitor.warehouse.connection import atomic, cursor_of, explained, open_writer, relieve, spill_of
from monitor.warehouse.files import Generations
from monitor.warehouse.measures import update_measures
from monitor.warehouse.mentions import update_mentions
from monitor.warehouse.sparing import sparing

KEPT, LITTLE = 12_000_000, 64_000_000


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


def test_what_does_not_fit_into_little_memory_is_done_again_with_as_much_as_there_is(path):
    connection = open_writer(path)
    fill(connection, 5)
    limits = []

    def work():
        limits.append(connection.execute("select current_setting('memory_limit')").fetchone())
        connection.execute("insert into notes values (6, 'six')")
        return connection.execute("select len(list(range)) from range(20_000_000)").fetchone()

    assert sparing(connection, work) == (20_000_000,)
    little, usual = limits
    assert little != usual
    assert connection.execute("select count(*) from notes").fetchone() == (6,)
    assert connection.execute("select current_setting('memory_limit')").fetchone() == usual
    connection.close()


def test_what_is_too_much_for_any_memory_is_undone_and_said(path):
    connection = open_writer(path)
    fill(connection, 5)
    connection.execute("set memory_limit = '70MB'")

    def work():
        connection.execute("insert into notes values (6, 'six')")
        connection.execute("select len(list(range)) from range(20_000_000)").fetchone()

    with pytest.raises(WarehouseFull, match="Memory"), explained(path):
        sparing(connection, work)
    assert connection.execute("select count(*) from notes").fetchone() == (5,)
    connection.close()


def test_looking_through_much_takes_little(path):
    connection = open_writer(path)
    fill(connection, 60_000)
    connection.execute("checkpoint")
    relieve(connection)

    def used():
        connection.execute("select max(text) from notes").fetchall()
        return connection.execute("select sum(memory_usage_bytes) from duckdb_memory()").fetchone()[0]

    assert used() > 2 * (little := sparing(connection, used))
    assert little <= LITTLE
    connection.close()


def test_the_limit_of_memory_stays_as_it_was_however_often_it_is_lowered(path):
    connection = open_writer(path)
    before = connection.execute("select current_setting('memory_limit')").fetchone()
    for _ in range(10):
        relieve(connection)
        sparing(connection, lambda: None)
    assert connection.execute("select current_setting('memory_limit')").fetchone() == before
    connection.close()


@pytest.mark.parametrize("update", [update_mentions, update_measures])
def test_few_long_texts_are_a_batch_as_many_short_ones_are(update):
    long = "Harbour." + " " * (MOST_CHARACTERS // 2)
    options = {update_mentions: {"now": SEEN}, update_measures: {"wanted": Measures()}}[update]
    done = []
    with open_in_memory() as connection:
        put(connection, [Made(article_id=f"short{number}", text="Harbour.") for number in range(3)])
        put(connection, [Made(article_id=f"long{number}", text=long) for number in range(3)])
        assert update(connection, done=done.append, **options) == 6
    assert done == [2, 4]


def test_the_works_of_a_batch_of_lines_are_few_where_they_are_long():
    entries = [Entry("wire", f"work{number // 2}", f"article{number}") for number in range(6)]
    lengths = {"article0": MOST_CHARACTERS, "article5": MOST_CHARACTERS}
    found = [[[entry.article_id for entry in work] for work in part] for part in _parts(entries, lengths)]
    assert found == [
        [["article0", "article1"]],
        [["article2", "article3"], ["article4", "article5"]],
    ]


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other C libraries keep no large pieces")
def test_large_pieces_of_memory_go_back_to_the_system_at_once():
    script = """
from pathlib import Path
from monitor.large_pieces import return_large_pieces

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096

return_large_pieces()
before = resident()
for _ in range(3):
    piece = bytearray(b"x") * (8 << 20)
    del piece
print(resident() - before)
"""
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert int(done.stdout) < 4 << 20


def test_a_warehouse_is_published_even_if_little_memory_is_too_little(path, monkeypatch):
    files = Generations(path)
    with files.writing() as session:
        fill(session.connection, 30_000)
    monkeypatch.setattr("monitor.warehouse.sparing._LITTLE", "1MB")
    with files.writing() as session:
        session.connection.execute("delete from notes where number % 3 = 0")
        session.connection.execute("update notes set text = text || number")
    reader = files.reader()
    assert reader.execute("select count(*), max(len(text)) from notes").fetchall() == [(20_000, 3_205)]
    reader.close()
    assert {place.name for place in path.parent.iterdir()} == {
        "monitor.duckdb", "monitor.duckdb.lock", "monitor.duckdb.previous"
    }  # fmt: skip
