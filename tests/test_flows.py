"""The same job through Prefect: on its embedded server, and deployed to a real one."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from monitor.warehouse.query import ask

ROOT = Path(__file__).parents[1]
FLOWS = ROOT / "flows"
ARTICLE = (
    "The harbour town of Vellmar voted on Sunday to keep its old lighthouse open.\n"
    "More than nine thousand people took part, the mayor said, twice as many as four years ago.\n"
)
pytestmark = [pytest.mark.end_to_end, pytest.mark.xdist_group("prefect")]


@pytest.fixture
def place(tmp_path):
    (tmp_path / "inbox").mkdir()
    (tmp_path / "inbox" / "one.txt").write_text(ARTICLE)
    (tmp_path / "inbox" / "empty.txt").write_bytes(b"")
    return tmp_path


@pytest.fixture
def environment(place):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT", "MONITOR"))}
    return kept | {
        "HOME": str(place / "home"),
        "XDG_DATA_HOME": str(place / "data"),
        "MONITOR_WAREHOUSE": str(place / "warehouse" / "monitor.duckdb"),
        "PYTHONPATH": str(ROOT / "src"),
    }


def test_the_flow_runs_on_the_embedded_server_and_leaves_the_same_rows(place, environment):
    done = subprocess.run(
        [sys.executable, FLOWS / "ingest.py", "inbox"],
        cwd=place, env=environment, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Finished in state Completed" in done.stderr + done.stdout
    assert ask(place / "warehouse" / "monitor.duckdb", "select outcome from inputs order by 1").rows == [
        ("article",),
        ("reject",),
    ]
    assert not list((place / "warehouse").glob("*.spool*"))


def test_the_corpus_flow_brings_up_to_date_what_an_ingest_left_out(place, environment):
    (place / "warehouse").mkdir()
    (place / "warehouse" / "watchlist.yaml").write_text("entities: [{name: Vellmar}]")
    load_only = (
        "import sys; from monitor.cli import main; sys.argv[1:] = ['ingest', 'inbox', '--no-corpus']; main()"
    )
    for command in ("-c", load_only), (FLOWS / "upkeep.py", "corpus"):
        done = subprocess.run(
            [sys.executable, *command],
            cwd=place, env=environment, capture_output=True, text=True, timeout=300, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
    tables = "(select count(*) from mentions), (select count(*) from story_articles)"
    assert ask(place / "warehouse" / "monitor.duckdb", f"select {tables}").rows == [(1, 1)]


def test_a_served_sweep_runs_when_it_is_triggered_and_leaves_its_artifacts(place, environment):
    port = _free_port()
    api = f"http://127.0.0.1:{port}/api"
    command = [sys.executable, "-c", "from monitor.cli import main; main()"]
    schedule = [*command, "schedule", "inbox", "--every", "86400", "--port", str(port)]
    with subprocess.Popen(schedule, cwd=place, env=environment, stderr=subprocess.PIPE) as process:
        try:
            deployment = _eventually(lambda: _get(f"{api}/deployments/name/sweep/inbox"), 240)
            start = f"{api}/deployments/{deployment['id']}/create_flow_run"
            run = _eventually(lambda: _post(start, {}), 60)  # a busy server answers 503 now and then
            state = _eventually(lambda: _final_state(f"{api}/flow_runs/{run['id']}"), 240)
            assert state["type"] == "COMPLETED", state
            artifacts = {
                key: _get(f"{api}/artifacts/{key}/latest") for key in ("monitor-ingest", "monitor-rejects")
            }
        finally:
            process.terminate()
            process.wait(60)
    assert "| new | 1 |" in artifacts["monitor-ingest"]["data"]
    assert [row["reason"] for row in json.loads(artifacts["monitor-rejects"]["data"])] == ["empty"]
    with pytest.raises(OSError):  # noqa: PT011  # refused or reset: nothing listens any more
        _get(f"{api}/health")


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _get(url):
    with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310  # loopback
        return json.load(answer)


def _post(url, data):
    request = urllib.request.Request(  # noqa: S310  # loopback
        url, data=json.dumps(data).encode(), headers={"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310  # same
        return json.load(answer)


def _final_state(url):
    state = _get(url)["state"]
    if state["type"] in ("PENDING", "SCHEDULED", "RUNNING"):
        raise LookupError(state["type"])
    return state


def _eventually(ask_again, within_s):
    deadline = time.monotonic() + within_s
    while True:
        try:
            return ask_again()
        except (OSError, LookupError):
            if time.monotonic() > deadline:
                raise
            time.sleep(1)
