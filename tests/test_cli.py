"""The command line: help for everything, answers in every format, one line for what goes wrong."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from monitor.cli import COMMANDS

ROOT = Path(__file__).parents[1]
ARTICLE = (
    "The harbour town of Vellmar voted on Sunday to keep its old lighthouse open.\n"
    "More than nine thousand people took part, the mayor said, twice as many as four years ago.\n"
    "Advertisements\n"
)
pytestmark = pytest.mark.end_to_end


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    place = tmp_path_factory.mktemp("cli")
    (place / "in").mkdir()
    (place / "in" / "one.txt").write_text(ARTICLE)
    assert monitor(place, "ingest", "in", "--title", "x").returncode == 2
    return place


def monitor(place, *arguments, stdin=""):
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PREFECT", "MONITOR"))}
    environment = kept | {"HOME": str(place), "PYTHONPATH": str(ROOT / "src"), "COLUMNS": "120"}
    command = [sys.executable, "-c", "from monitor.cli import main; main()", *map(str, arguments)]
    return subprocess.run(
        command,
        cwd=place,
        env=environment,
        input=stdin,
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )


@pytest.fixture(scope="module")
def summary(place):
    done = monitor(place, "ingest", "in", "--json", "--source", "Vellmar Post")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_the_summary_as_json_has_the_counts(summary):
    counts = {name: summary[name] for name in ("seen", "new", "unchanged", "rejected", "lines_removed")}
    assert counts == {"seen": 1, "new": 1, "unchanged": 0, "rejected": 0, "lines_removed": 1}
    assert summary["languages"] == {"en": 1}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(place, command):
    done = monitor(place, command, "--help")
    assert done.returncode == 0
    assert done.stdout.startswith("Usage: ")
    assert len(done.stdout.splitlines()) > 3


def test_help_imports_none_of_the_heavy_parts():
    heavy = {"duckdb", "numpy", "trafilatura", "langdetect", "ctranslate2", "prefect", "rich"}
    script = (
        "import sys; from monitor.cli import cli; cli(['--help'], standalone_mode=False); print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, env={**os.environ, "PYTHONPATH": "src"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert not heavy & set(done.stdout.split())


@pytest.mark.parametrize(
    ("command", "heavy"),
    [
        ("['status']", {"numpy", "trafilatura", "langdetect", "ctranslate2", "prefect", "monitor.pipeline"}),
        ("['sql', 'select 1']", {"trafilatura", "langdetect", "ctranslate2", "prefect", "monitor.pipeline"}),
        (
            "['ingest', 'in']",
            {"trafilatura", "langdetect", "ctranslate2", "prefect", "rich.progress", "sklearn"},
        ),
    ],
)
def test_a_command_imports_nothing_that_it_does_not_use(place, summary, command, heavy):
    assert summary["new"] == 1
    script = (
        f"import sys; from monitor.cli import cli; cli({command}, standalone_mode=False); print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=place, env={**os.environ, "PYTHONPATH": str(ROOT / "src")},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert not heavy & set(done.stdout.split())


def test_answers_come_as_csv_json_markdown_and_parquet(place, summary):
    assert summary["new"] == 1
    question = "select source_id, language, word_count from articles"
    as_csv = monitor(place, "sql", question)
    assert list(csv.reader(io.StringIO(as_csv.stdout))) == [
        ["source_id", "language", "word_count"],
        ["vellmar post", "en", "31"],
    ]
    as_json = monitor(place, "sql", question, "--format", "json")
    assert json.loads(as_json.stdout) == [{"source_id": "vellmar post", "language": "en", "word_count": 31}]
    as_markdown = monitor(place, "sql", "-", "--format", "markdown", stdin=question)
    assert as_markdown.stdout.splitlines()[-1] == "| vellmar post | en | 31 |"
    assert monitor(place, "export", "articles", "articles.parquet").returncode == 0
    assert (place / "articles.parquet").read_bytes()[:4] == b"PAR1"


def test_explain_shows_what_was_removed_and_the_raw_text(place, summary):
    assert summary["new"] == 1
    shown = monitor(place, "explain", "one.txt").stdout
    assert "[-Advertisements-]" in shown
    assert "line:advertisement" in shown
    assert monitor(place, "explain", "one.txt", "--raw").stdout == ARTICLE


def test_every_analysis_runs_as_it_is(place, summary):
    assert summary["new"] == 1
    for script in sorted((ROOT / "warehouse" / "analyses").glob("*.sql")):
        done = monitor(place, "sql", "--file", script)
        assert done.returncode == 0, (script.name, done.stderr)


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["sql", "drop table articles"], 1, "only SELECT and EXPLAIN"),
        (["sql", "select nothing from nowhere"], 1, "nowhere"),
        (["show", "no such article"], 2, "no article 'no such article'"),
        (["export", "articles", "articles.docx"], 2, ".parquet"),
        (["status", "--warehouse", "missing.duckdb"], 1, "monitor ingest PATH"),
        (["ingest", "in", "--published", "soon"], 2, "is no date"),
        (["status", "--config", "missing.toml"], 78, "missing.toml"),
        (["nonsense"], 2, "No such command"),
    ],
)
def test_what_is_wrong_is_said_in_one_line_with_an_exit_code(place, summary, arguments, code, says):
    assert summary["new"] == 1
    done = monitor(place, *arguments)
    assert done.returncode == code, done.stderr
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_setting_is_an_error_that_names_it(place):
    (place / "odd.toml").write_text("[workers]\ncuont = 2\n")
    done = monitor(place, "status", "--config", "odd.toml")
    assert done.returncode == 78
    assert "'workers.cuont'" in done.stderr


def test_standard_input_is_read(place, summary):
    assert summary["new"] == 1
    done = monitor(
        place,
        "ingest",
        "-",
        "--json",
        "--warehouse",
        "stdin.duckdb",
        stdin=ARTICLE.replace("Vellmar", "Hallen"),
    )
    assert json.loads(done.stdout)["new"] == 1


def test_a_missing_file_is_a_reject_and_not_the_end(place, summary):
    assert summary["new"] == 1
    done = monitor(place, "ingest", "nowhere", "in", "--warehouse", "other.duckdb", "--json")
    counts = json.loads(done.stdout)
    assert done.returncode == 0
    assert (counts["new"], counts["rejected"], counts["reject_reasons"]) == (1, 1, {"read: not found": 1})
    assert Path(place / "other.duckdb").exists()


def test_a_question_that_heeds_no_limit_is_ended_with_its_process(place):
    script = (
        "import time; from monitor.cli.sql import _limited_process\n"
        "with _limited_process(-1.5): time.sleep(60)"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=place, env=environment, capture_output=True, text=True, timeout=50, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr == "monitor: stopped after 0.5 s; ask for less\n"


def test_a_question_that_ends_in_time_leaves_no_limit_behind_in_its_process(place, summary):
    assert summary["new"] == 1
    script = (
        "import resource, threading; from monitor.cli import cli\n"
        "before = resource.getrlimit(resource.RLIMIT_AS)\n"
        "cli(['sql', 'select 1 as one'], standalone_mode=False)\n"
        "assert resource.getrlimit(resource.RLIMIT_AS) == before\n"
        "assert not [t for t in threading.enumerate() if isinstance(t, threading.Timer) and not t.finished.is_set()]"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=place, env=environment, capture_output=True, text=True, timeout=50, check=False,
    )  # fmt: skip
    assert (done.stderr, done.stdout) == ("", "one\n1\n")


@pytest.mark.usefixtures("summary")
def test_a_story_is_shown_for_an_article_named_as_other_commands_take_it(place):
    by_file, by_id = monitor(place, "stories", "one.txt"), monitor(place, "stories", article_id(place)[:10])
    assert by_file.stdout == by_id.stdout
    assert "harbour town" in by_file.stdout
    for wanted in ("nosuch.txt", article_id(place)[:1]):
        done = monitor(place, "stories", wanted)
        assert (done.returncode, done.stdout) == (2, "")
        assert f"no article {wanted!r}" in done.stderr


def article_id(place):
    return monitor(place, "sql", "select article_id from articles", "--format", "csv").stdout.split()[1]


@pytest.mark.parametrize("command", [["stories"], ["duplicates"]])
def test_a_limit_that_cannot_be_is_wrong_usage(place, command):
    done = monitor(place, *command, "--limit", "-1")
    assert done.returncode == 2
    assert "--limit" in done.stderr


@pytest.mark.usefixtures("summary")
@pytest.mark.parametrize("name", ["x.csv", "x.parquet"])
def test_a_file_that_cannot_be_written_is_one_line(place, name):
    done = monitor(place, "export", "articles", f"nowhere/{name}")
    assert done.returncode == 74
    assert done.stderr.count("\n") == 1
    assert "No such file or directory" in done.stderr
