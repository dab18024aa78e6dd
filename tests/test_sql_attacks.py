"""Questions in SQL read the warehouse's own tables and nothing else; every attack is one line, and changes nothing."""

import hashlib
import os
import threading
import time

import pytest

from monitor.config import make_plan
from monitor.errors import QueryRefused
from monitor.pipeline import ingest
from monitor.settings import read_settings
from monitor.tables import as_csv
from monitor.warehouse import query
from monitor.warehouse.export import write_parquet
from monitor.warehouse.query import ask

HIDDEN = "the secret that no question may see"
STORY = (
    "The harbour town of Vellmar voted on Sunday to keep its old lighthouse open.\n"
    "More than nine thousand people took part, the mayor said, twice as many as four years ago.\n"
)
seen_by_nobody = [HIDDEN]

ATTACKS = {
    # reading files
    "csv": "select * from read_csv('{secret}')",
    "csv auto": "select * from read_csv_auto('{secret}')",
    "text": "select content from read_text('{secret}')",
    "blob": "select content from read_blob('{secret}')",
    "json": "select * from read_json('{secret}')",
    "json objects": "select * from read_json_objects('{secret}')",
    "parquet": "select * from read_parquet('{secret}')",
    "parquet metadata": "select * from parquet_metadata('{secret}')",
    "file as a table": "select * from '{secret}'",
    "quoted file as a table": 'select * from "{secret}"',
    "names of files": "select * from glob('{folder}/*')",
    "sniffing": "select * from sniff_csv('{secret}')",
    "hidden in a common table": "with x as (select * from read_text('{secret}')) select * from x",
    "hidden in a subquery": "select (select content from read_text('{secret}'))",
    "hidden in a macro's name": "select * from query('select * from read_text(''{secret}'')')",
    "table by name": "select * from query_table('{secret}')",
    "explained": "explain analyze select * from read_text('{secret}')",
    "the environment": "select getenv('HOME')",
    "the network": "select * from read_csv('https://example.org/x.csv')",
    "a bucket": "select * from read_parquet('s3://bucket/x.parquet')",
    # writing files
    "copy out": "copy articles to '{folder}/out.csv'",
    "copy a question out": "copy (select 1) to '{folder}/out.parquet' (format parquet)",
    "copy in": "copy articles from '{secret}'",
    "export": "export database '{folder}/dump'",
    "import": "import database '{folder}/dump'",
    "attach": "attach '{folder}/other.duckdb' as other",
    "attach in memory": "attach ':memory:' as other",
    "detach": "detach monitor",
    "checkpoint": "checkpoint",
    "vacuum": "vacuum",
    # changing
    "create": "create table x as select 1",
    "temporary": "create temp table x as select 1",
    "view": "create or replace view articles_view as select 1",
    "macro": "create macro f(a) as a",
    "type": "create type t as enum ('a')",
    "insert": "insert into articles (article_id) values ('x')",
    "update": "update articles set title = 'x'",
    "delete": "delete from articles",
    "hidden delete": "with gone as (delete from articles returning *) select * from gone",
    "drop": "drop table articles",
    "alter": "alter table articles add column x integer",
    "truncate": "truncate articles",
    "explained delete": "explain analyze delete from articles",
    "explained copy": "explain analyze copy articles to '{folder}/out.csv'",
    "begin": "begin transaction",
    # settings and extensions
    "install": "install httpfs",
    "load": "load httpfs",
    "load a file": "load '{folder}/x.duckdb_extension'",
    "set": "set enable_external_access = true",
    "set globally": "set global memory_limit = '100GB'",
    "reset": "reset enable_external_access",
    "unlock": "set lock_configuration = false",
    "home": "set home_directory = '{folder}'",
    "pragma": "pragma enable_profiling",
    "pragma with a file": "pragma profiling_output = '{folder}/profile.json'",
    "call": "call pragma_version()",
    "logging": "call enable_logging(storage = 'file', storage_config = {{'path': '{folder}/log'}})",
    "secret": "create secret (type s3, key_id 'a', secret 'b')",
    "secrets": "select * from duckdb_secrets()",
    "prepare": "prepare p as select 1",
    "execute": "execute p",
    "use": "use memory",
    # others
    "a variable of Python": "select * from seen_by_nobody",
    "a variable of the engine": "set variable x = 1",
    "two statements": "select 1; select 2",
    "a second statement": "select 1; drop table articles",
    "after a comment": "select 1 /* */ ; /* */ delete from articles",
    "nothing": "",
    "only a comment": "-- select 1",
    "no SQL": "what is new?",
    "a null": "select '\x00' from nowhere",
    "a surrogate": "select '\udcff'",
    "deep brackets": "select " + "(" * 20_000 + "1" + ")" * 20_000,
    "deep calls": "select " + "abs(" * 5_000 + "1" + ")" * 5_000,
    "long sum": "select " + "+".join(["x"] * 20_000),
    "deep unions": " union all ".join(["select y"] * 5_000),
    "endless recursion": "with recursive t(n) as (select 1 union all select n + 1 from t) select max(n) from t",
    "cross join": "select count(*) from range(1000000) a, range(1000000) b where a.range * b.range = 7",
    "much memory": "select list(range) from range(2000000000)",
    "much sorting": "select * from (select range, hash(range) as h from range(400000000)) order by h",
    "many rows": "select * from range(10000000000)",
    "many long rows": "select repeat('x', 100000) from range(20000)",
}  # fmt: skip


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    place = tmp_path_factory.mktemp("attacked")
    (place / "in").mkdir()
    (place / "in" / "one.txt").write_text(STORY)
    (place / "secret.csv").write_text(f"{HIDDEN}\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        patch.setenv("MONITOR_WAREHOUSE", str(place / "monitor.duckdb"))
        plan = make_plan(read_settings(), phases=())
        ingest(["in"], plan)
    return place


def contents(place):
    return {
        str(path.relative_to(place)): hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
        for path in place.rglob("*")
    }


@pytest.mark.parametrize("name", ATTACKS)
def test_an_attack_is_refused_in_one_line_and_nothing_is_written(place, monkeypatch, name):
    monkeypatch.chdir(place)
    monkeypatch.setattr(query, "MOST_ROWS", 200_000)
    monkeypatch.setattr(query, "MOST_CHARACTERS", 200_000_000)
    before, variables = contents(place), dict(os.environ)
    statement = ATTACKS[name].format(secret=place / "secret.csv", folder=place)
    with pytest.raises(QueryRefused) as refused:
        ask(place / "monitor.duckdb", statement, limit_s=1.5)
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 700
    assert HIDDEN not in str(refused.value)
    assert contents(place) == before
    assert dict(os.environ) == variables


def test_a_question_is_stopped_soon_after_its_time(place):
    began = time.monotonic()
    with pytest.raises(QueryRefused, match=r"stopped after 0\.5 s"):
        ask(place / "monitor.duckdb", ATTACKS["endless recursion"], limit_s=0.5)
    assert time.monotonic() - began < 30
    assert not any(isinstance(thread, threading.Timer) for thread in threading.enumerate())


@pytest.mark.parametrize("name", ["many rows", "many long rows"])
def test_an_answer_that_no_memory_holds_is_refused(place, monkeypatch, name):
    monkeypatch.setattr(query, "MOST_ROWS", 20_000)
    monkeypatch.setattr(query, "MOST_CHARACTERS", 20_000_000)
    with pytest.raises(QueryRefused, match="the answer is too large"):
        ask(place / "monitor.duckdb", ATTACKS[name], limit_s=300)


def test_the_settings_that_lock_a_question_in_are_in_force(place):
    values = dict(ask(place / "monitor.duckdb", "select name, value from duckdb_settings()").rows)
    assert values["enable_external_access"] == "false"
    assert values["lock_configuration"] == "true"
    assert values["python_enable_replacements"] == "false"


@pytest.mark.parametrize("name", ["csv", "copy out", "attach", "two statements", "the environment"])
def test_writing_an_answer_to_a_file_gives_the_question_no_more_rights(place, tmp_path, name):
    statement = ATTACKS[name].format(secret=place / "secret.csv", folder=place)
    with pytest.raises(QueryRefused):
        write_parquet(place / "monitor.duckdb", statement, tmp_path / "out.parquet")
    assert list(tmp_path.iterdir()) == []


def test_plain_questions_are_answered(place):
    assert ask(place / "monitor.duckdb", "select count(*) from articles").rows == [(1,)]
    assert ask(place / "monitor.duckdb", "select $1 as x", ["a; drop table articles"]).rows == [
        ("a; drop table articles",)
    ]
    assert len(ask(place / "monitor.duckdb", "select * from range(5000)").rows) == 5000
    assert ask(place / "monitor.duckdb", "explain select 1").rows


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "=cmd|' /C calc'!A0", "＝1+1", " =1", "\n=1"],
)
def test_no_cell_of_a_csv_is_a_formula(cell):
    header, line = as_csv([cell], [[cell]]).split("\r\n", 1)
    for written in (header, line):
        assert written.lstrip('"').lstrip()[0] not in "=+-@＝\t\r\n" or written.lstrip('"').startswith("'")


def test_numbers_in_a_csv_stay_numbers():
    assert as_csv(["x"], [[-1.5], [None]]) == 'x\r\n-1.5\r\n""\r\n'
