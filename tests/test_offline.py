"""Nothing is fetched, nothing is unpickled: monitor works the same on a machine without any network."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from monitor.warehouse.connection import open_reader
from monitor.warehouse.digest import logical_digest

ROOT = Path(__file__).parents[1]
PACKAGES = ROOT / "tests" / "packages"
MONITOR = [sys.executable, "-m", "monitor"]
UNSHARE = ("unshare", "-r", "-n")
DANGEROUS = re.compile(
    r"^\s*(?:import|from)\s+(?:pickle|cPickle|dill|joblib|marshal|shelve|cloudpickle|_pickle)\b"
    r"|allow_pickle\s*=\s*True|torch\.load|yaml\.(?:unsafe_load|load|full_load)\b|\b(?:eval|exec)\(",
    re.MULTILINE,
)
# Notes every use of sockets but one: urllib3, which trafilatura brings, tries at import whether the machine knows IPv6.
WATCHED = """
import sys, traceback
def note(line):
    with open(LOG, "a") as log:
        log.write(line + "\\n")
def watch(event, arguments):
    if event.startswith(("socket.", "urllib.", "http.", "ftplib.", "smtplib.")):
        stack = traceback.extract_stack()
        if not any(frame.filename.replace(chr(92), "/").endswith("urllib3/util/connection.py") for frame in stack):
            note(f"{event} {arguments} {stack[-2]}")
note("started")
sys.addaudithook(watch)
"""


def test_no_source_file_uses_pickle_or_runs_text_as_code():
    sources = [path for folder in ("src", "flows", "bench") for path in (ROOT / folder).rglob("*.py")]
    assert len(sources) > 100
    found = [
        f"{path.relative_to(ROOT)}: {hit.group().strip()}"
        for path in sources
        for hit in DANGEROUS.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []
    shipped = {
        path.suffix
        for path in (ROOT / "src").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert shipped.isdisjoint({".pkl", ".pickle", ".joblib", ".pt"})


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    place = tmp_path_factory.mktemp("offline")
    (place / "in").mkdir()
    for number in range(4):
        (place / "in" / f"{number}.txt").write_text(
            f"La ministra de Energía de Chile, Ana Torres, dimitió ayer en la ciudad número {number}.\n"
            "El precio del cobre subió un 3 % en Madrid, según dijo el alcalde de la ciudad.\n",
            encoding="utf-8",
        )
    (place / "monitor.toml").write_text("[translation]\nmodels = 'models'\n[workers]\ncount = 1\n")
    package = str(PACKAGES / "translate-es_en-1_0.argosmodel")
    done = start(place, environment(place), "models", "install", package)
    assert done.returncode == 0, done.stderr
    return place


def environment(place, **more):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT", "MONITOR"))}
    return kept | {"HOME": str(place), "PYTHONPATH": str(ROOT / "src")} | more


def start(place, environment, *arguments, before=()):
    return subprocess.run(
        [*before, *MONITOR, *arguments],
        cwd=place, env=environment, capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip


def everything(place, environment, warehouse, before=()):
    """Ingest, translate, search and ask; return the digest and the answers."""
    told = {**environment, "MONITOR_WAREHOUSE": warehouse}
    answers = []
    for command in (
        ["ingest", "in"],
        ["search", "copper OR cobre"],
        ["sql", "select language, count(*) from articles group by all"],
        ["sql", "select count(*) from article_translations where text is not null"],
    ):
        done = start(place, told, *command, before=before)
        assert done.returncode == 0, done.stderr
        answers.append(done.stdout)
    connection = open_reader(place / warehouse)
    try:
        return logical_digest(connection), answers[1:]
    finally:
        connection.close()


@pytest.mark.end_to_end
@pytest.mark.skipif(
    not shutil.which("unshare")
    or subprocess.run([*UNSHARE, "true"], check=False, capture_output=True).returncode != 0,
    reason="needs Linux and the right to make a network namespace (unshare -r -n)",
)
def test_without_any_network_interface_everything_is_the_same(place):
    assert everything(place, environment(place), "in.duckdb") == everything(
        place, environment(place), "out.duckdb", before=UNSHARE
    )


@pytest.mark.end_to_end
def test_no_process_opens_a_socket(place):
    watching = place / "watching"
    watching.mkdir()
    log = place / "sockets.txt"
    (watching / "sitecustomize.py").write_text(f"LOG = {str(log)!r}\n{WATCHED}")
    path = os.pathsep.join((str(watching), str(ROOT / "src")))
    _, answers = everything(place, environment(place, PYTHONPATH=path), "watched.duckdb")
    assert "4" in answers[2]
    lines = log.read_text().splitlines()
    assert lines.count("started") >= 4 + 2  # four commands, a process that reads, one that translates
    assert [line for line in lines if line != "started"] == []
