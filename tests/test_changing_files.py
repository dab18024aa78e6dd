"""Files that change under the reader's eyes, and files that end their reader: neither is taken for what it is not."""

import hashlib
import os
import sys
from functools import partial
from pathlib import Path

import pytest

from monitor.config import make_plan
from monitor.pipeline import ingest, pending_tasks
from monitor.readers.unpack import unpack
from monitor.settings import read_settings
from monitor.warehouse.connection import open_writer
from monitor.warehouse.query import ask
from monitor.worker_pool import WorkerPool

TEXT = "The harbour town voted on Sunday to keep its old lighthouse open.\n"
CHANGES = {
    "grows": lambda path: path.write_text(path.read_text() + TEXT),
    "shrinks": lambda path: os.truncate(path, 10),
    "is rewritten": lambda path: path.write_text(TEXT.upper()),
}


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(TEXT)
    os.utime(path, (1, 1))
    return path


def read(path, mtime_ns=10**9):
    return next(unpack(path, path.as_uri(), mtime_ns=mtime_ns))


@pytest.mark.parametrize("change", CHANGES)
def test_a_file_that_changes_while_it_is_read_is_refused_without_a_stamp(path, monkeypatch, change):
    real = hashlib.sha256

    def changed(data=b""):
        CHANGES[change](path)
        return real(data)

    monkeypatch.setattr("hashlib.sha256", changed)
    found = read(path)
    assert (found.read, found.error.reason, found.input.mtime_ns) == (None, "changed while it was read", None)


@pytest.mark.parametrize("change", CHANGES)
def test_a_list_that_changes_while_it_is_read_keeps_whole_records_and_no_stamp(tmp_path, change):
    path = tmp_path / "a.jsonl"
    path.write_text('{"text": "one", "url": "https://a.example/1"}\n' * 3)
    os.utime(path, (1, 1))
    found = unpack(path, path.as_uri(), mtime_ns=10**9)
    assert next(found).error is None
    CHANGES[change](path)
    own = [each for each in found if each.input.uri == path.as_uri()]
    assert [(each.error.reason, each.input.mtime_ns) for each in own] == [("changed while it was read", None)]


def test_a_file_replaced_by_another_is_read_as_the_other_and_read_again_next_time(path, tmp_path):
    plan = make_plan(read_settings(None, warehouse=str(tmp_path / "w" / "monitor.duckdb")), phases=())
    other = tmp_path / "other"
    other.write_text(TEXT.replace("lighthouse", "playground"))
    (task,), _ = pending_tasks([path], plan)
    other.replace(path)
    found = read(path, mtime_ns=task.mtime_ns)
    assert "playground" in found.read().text
    assert (found.input.size, found.input.mtime_ns) != (path.stat().st_size, path.stat().st_mtime_ns)


def test_a_file_that_is_gone_or_a_pipe_by_now_is_refused_at_once(path):
    path.unlink()
    assert read(path).error.reason == "unreadable"
    if sys.platform != "win32":
        os.mkfifo(path)
        assert read(path).error.reason == "not a regular file"


@pytest.fixture
def place(tmp_path, monkeypatch):
    faulty = (sys.executable, "-P", str(Path(__file__).parent / "faulty_worker.py"))
    monkeypatch.setattr("monitor.pipeline.WorkerPool", partial(WorkerPool, command=faulty))
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MONITOR_WAREHOUSE", raising=False)
    Path("in").mkdir()
    Path("in/deadly.txt").write_text("the mock dies of every file")


def run(**options):
    return ingest(["in"], make_plan(read_settings(), phases=(), **options)).as_dict()


@pytest.mark.skipif(sys.platform == "win32", reason="the mock uses signals and limits of Unix")
@pytest.mark.usefixtures("place")
def test_a_file_that_ends_its_worker_is_tried_again_when_it_or_monitor_changes():
    assert run()["rejected"] == 1
    ((reason, detail),) = ask(Path("warehouse/monitor.duckdb"), "select reason, detail from rejects").rows
    assert reason == "crashed the worker"
    assert "--again" in detail
    assert (run()["rejected"], run()["unchanged"]) == (0, 1)
    assert run(again=True)["rejected"] == 1
    Path("in/deadly.txt").write_text("early too")
    assert (run()["rejected"], run()["rejected"]) == (1, 0)
    connection = open_writer(Path("warehouse/monitor.duckdb"))
    connection.execute("update runs set code_version = 'before'")
    connection.close()
    assert (run()["rejected"], run()["rejected"]) == (1, 0)
