"""Disk full, damage, other writers, signals: one clear line, an exit code, and nothing is lost."""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from monitor.warehouse.connection import open_reader
from monitor.warehouse.digest import logical_digest
from monitor.warehouse.query import ask

ROOT = Path(__file__).parents[1]
MONITOR = [sys.executable, "-m", "monitor"]
BUSY, NO_SPACE, BAD_DATA = 75, 74, 65
needs_strace = pytest.mark.skipif(
    sys.platform != "linux" or not shutil.which("strace"), reason="needs Linux and strace"
)


@pytest.fixture
def place(tmp_path):
    corpus = tmp_path / "in"
    corpus.mkdir()
    for number in range(6):
        (corpus / f"{number}.txt").write_text(article(number))
    return tmp_path


@pytest.fixture
def environment(place):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT", "MONITOR"))}
    return kept | {"HOME": str(place), "PYTHONPATH": f"{ROOT / 'src'}", "PYTHONUNBUFFERED": "1"}


def article(number):
    return (
        f"The harbour town number {number} voted on Sunday to keep its old lighthouse open.\n"
        f"More than {number + 3} thousand people took part, the mayor said, twice as many as before.\n"
    )


def run(place, environment, *arguments, before=()):
    command = [*before, *MONITOR, *arguments]
    return subprocess.run(
        command, cwd=place, env=environment, capture_output=True, text=True, timeout=240, check=False
    )


def digest(place):
    connection = open_reader(place / "warehouse" / "monitor.duckdb")
    try:
        return logical_digest(connection)
    finally:
        connection.close()


def undisturbed_digest(place, environment):
    assert run(place, environment, "ingest", "in").returncode == 0
    found = digest(place)
    shutil.rmtree(place / "warehouse")
    return found


@needs_strace
@pytest.mark.end_to_end
@pytest.mark.parametrize("call", ["pwrite64", "fsync", "rename"])
def test_a_full_disk_is_one_line_and_the_rerun_is_as_if_there_had_been_space(place, environment, call):
    expected = undisturbed_digest(place, environment)
    inject = [
        "strace",
        "-f",
        "-qq",
        "-o",
        "/dev/null",
        "-e",
        f"trace={call}",
        "-e",
        f"inject={call}:error=ENOSPC:when=3+",
    ]
    failed = run(place, environment, "ingest", "in", before=inject)
    if failed.returncode != 0:
        assert failed.returncode in (NO_SPACE, BAD_DATA), failed.stderr
        assert "Traceback" not in failed.stderr
        assert len([line for line in failed.stderr.splitlines() if line.startswith("monitor: ")]) == 1
    assert run(place, environment, "ingest", "in").returncode == 0
    assert digest(place) == expected


@pytest.mark.end_to_end
def test_a_place_that_cannot_be_written_is_one_line_and_exit_74(place, environment):
    failed = run(place, environment, "ingest", "in", "--warehouse", "/dev/null/monitor.duckdb")
    assert failed.returncode == NO_SPACE
    assert failed.stderr.startswith("monitor: cannot write")
    assert failed.stderr.count("\n") == 1


@pytest.mark.end_to_end
@pytest.mark.parametrize("harm", ["cut in half", "overwritten", "another program's"])
def test_a_damaged_warehouse_is_recognised_never_written_and_repaired(place, environment, harm):
    expected = undisturbed_digest(place, environment)
    (place / "in" / "0.txt").rename(place / "later.txt")
    assert run(place, environment, "ingest", "in").returncode == 0
    (place / "later.txt").rename(place / "in" / "0.txt")
    assert run(place, environment, "ingest", "in").returncode == 0
    path = place / "warehouse" / "monitor.duckdb"
    data = path.read_bytes()
    broken = {
        "cut in half": data[: len(data) // 2],
        "overwritten": data[:16384] + bytes(len(data) - 16384),
        "another program's": b"SQLite format 3\0" + bytes(8000),
    }[harm]
    path.write_bytes(broken)
    for command in (["ingest", "in", "--again"], ["status"], ["sql", "select text from articles"]):
        failed = run(place, environment, *command)
        assert failed.returncode == BAD_DATA, (command, failed.stderr)
        assert "monitor doctor" in failed.stderr
        assert "Traceback" not in failed.stderr
    assert path.read_bytes() == broken
    assert run(place, environment, "doctor").returncode == 1
    assert run(place, environment, "doctor", "--repair").returncode == 0
    assert digest(place) == expected
    assert run(place, environment, "doctor").returncode == 0


@pytest.mark.end_to_end
def test_a_second_writer_is_told_who_holds_the_warehouse_and_may_wait(place, environment):
    script = (
        "import sys; from pathlib import Path; from monitor.warehouse.files import Generations\n"
        "with Generations(Path('warehouse/monitor.duckdb')).writing():\n"
        "    print('held', flush=True); sys.stdin.read()"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", script],
        cwd=place, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    with holder:
        assert holder.stdout.readline() == "held\n"
        refused = run(place, environment, "ingest", "in")
        assert refused.returncode == BUSY
        assert f"process {holder.pid}" in refused.stderr
        threading.Timer(2.0, holder.stdin.close).start()
        assert run(place, environment, "ingest", "in", "--wait", "120").returncode == 0


@pytest.mark.end_to_end
def test_many_ingests_and_readers_at_once_lose_and_see_nothing_wrong(place, environment):
    expected = undisturbed_digest(place, environment)
    assert run(place, environment, "ingest", "in/0.txt").returncode == 0
    command = [*MONITOR, "ingest", "in", "--wait", "200", "--quiet"]
    writers = [
        subprocess.Popen(command, cwd=place, env=environment, stdout=subprocess.DEVNULL) for _ in range(8)
    ]
    seen = []
    while any(writer.poll() is None for writer in writers):
        seen.append(ask(place / "warehouse" / "monitor.duckdb", "select count(*) from articles").rows[0][0])
        time.sleep(0.02)
    assert [writer.wait() for writer in writers] == [0] * 8
    assert set(seen) <= {1, 6}
    assert digest(place) == expected


@pytest.mark.end_to_end
@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_the_run_soon_with_no_process_left_and_the_next_goes_on(place, environment, sent, code):
    expected = undisturbed_digest(place, environment)
    for number in range(200):
        (place / "in" / f"more{number}.txt").write_text(article(number + 100))
    script = (  # what a shell starts in the background is told to pass over SIGINT, and so are all that it starts
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler); import monitor.__main__"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script, "ingest", "in"],
        cwd=place, env=environment, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    while not any((place / "warehouse").glob("*.next")):  # from here on it writes, with 200 articles to go
        assert process.poll() is None
        time.sleep(0.005)
    process.send_signal(sent)
    started = time.monotonic()
    _, errors = process.communicate(timeout=60)
    assert process.returncode == code
    assert "Traceback" not in errors
    assert time.monotonic() - started < 30
    assert subprocess.run(["pgrep", "-g", str(process.pid)], check=False, capture_output=True).stdout == b""
    for path in (place / "in").glob("more*.txt"):
        path.unlink()
    shutil.rmtree(place / "warehouse", ignore_errors=True)
    assert run(place, environment, "ingest", "in").returncode == 0
    assert digest(place) == expected


@pytest.mark.end_to_end
@pytest.mark.parametrize(("sent", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_in_the_middle_of_a_query_is_told_like_any_other(environment, sent, code):
    script = (
        "import os, signal, sys, threading, click, duckdb\n"
        "from monitor.cli.outcome import run\n"
        "@click.command()\n"
        "def long():\n"
        "    signal.alarm(60)\n"
        "    threading.Timer(0.5, lambda: os.kill(os.getpid(), number)).start()\n"
        "    duckdb.sql('select sum(a.range * b.range % 7) from range(1000000000) a, range(1000000) b').fetchall()\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "number = int(sys.argv.pop())\n"
        "sys.exit(run(long))\n"
    )
    command = [sys.executable, "-c", script, str(int(sent))]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=90)
    assert (done.returncode, len(done.stderr.splitlines())) == (code, 1)
