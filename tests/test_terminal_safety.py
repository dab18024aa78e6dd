"""Nothing in an article, a name or an error can steer the terminal that it is printed on."""

import json
import os
import re
import sys

import pytest

from monitor.cli import cli
from monitor.cli.outcome import run
from monitor.config import make_plan
from monitor.pipeline import ingest
from monitor.settings import read_settings
from monitor.terminal import one_line, printable
from monitor.warehouse.query import ask

UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f\u2028\u2029]")
STEER = "\x1b[2J\x1b]0;owned\x07\x1b]8;;http://x.example\x07link\x9b31m\u202etxt.exe\u2066\r\b\x7f"
STORY = (
    f"The harbour town {STEER} of Vellmar voted on Sunday to keep its old lighthouse open.\n"
    f"“We counted {STEER} nine thousand votes,” said the mayor {STEER} of Vellmar after the vote.\n"
    "The lighthouse will be painted again before the summer, and schools may visit it for nothing.\n"
)
COMMANDS = [
    ["ingest", "in", "--again"],
    ["ingest", f"no{STEER}where"],
    ["status"],
    ["doctor"],
    ["show", "{article}"],
    ["show", STEER],
    ["explain", "{article}"],
    ["explain", STEER],
    ["diff", "{article}"],
    ["search", "lighthouse"],
    ["search", f"lighthouse {STEER}"],
    ["search", f"title:{STEER}"],
    ["stories"],
    ["stories", "--at-least", "1"],
    ["stories", "{article}"],
    ["duplicates"],
    ["watch"],
    ["mentions", "Vellmar"],
    ["queries"],
    ["queries", "Towers"],
    ["alerts", "--all"],
    ["translate", "--dry-run"],
    ["sql", "--format", "table", "select * from articles"],
    ["sql", "--format", "table", "select * from inputs"],
    ["sql", "--format", "table", "select * from rejects"],
    ["sql", "--format", "table", f"select '{STEER}' as x"],  # an attack
    ["sql", f"select {STEER}"],  # an attack
    ["sql", f'select 1 as "{STEER}" from nowhere'],  # noqa: S608  # an attack
    ["export", f"table{STEER}", "out.csv"],
    ["status", "--warehouse", f"{STEER}.duckdb"],
    ["ingest", "in", "--config", f"{STEER}.toml"],
]


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    place = tmp_path_factory.mktemp("steered")
    (place / "in").mkdir()
    (place / "warehouse").mkdir()
    record = {
        "text": STORY,
        "title": f"Vellmar {STEER} votes",
        "author": [f"Ada {STEER}"],
        "source": f"News{STEER}",
    }
    copy = {
        **record,
        "source": f"Other{STEER}",
        "title": f"Vellmar {STEER} votes again",
        "date": "2026-01-02",
    }
    (place / "in" / "one.json").write_text(json.dumps(record))
    (place / "in" / "two.json").write_text(json.dumps(copy))
    (place / "in" / "broken.json").write_text('{"text": "' + STEER)
    (place / "in" / f"name{STEER.replace('/', '')}.txt").write_text(STORY.replace("Sunday", "Monday"))
    (place / "in" / f"none{STEER.replace('/', '')}.pdf").write_bytes(b"%PDF-1.4")
    (place / "warehouse" / "watchlist.yaml").write_text(
        "entities: [{name: Vellmar}]\nqueries: [{name: Towers, query: lighthouse}]\n"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        patch.delenv("MONITOR_WAREHOUSE", raising=False)
        ingest(["in"], make_plan(read_settings()))
    return place


@pytest.mark.skipif(sys.platform == "win32", reason="such file names need Unix")
@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: printable(" ".join(command))[:40])
def test_no_command_prints_what_could_steer_a_terminal(place, monkeypatch, command, capfd):
    monkeypatch.chdir(place)
    monkeypatch.delenv("MONITOR_WAREHOUSE", raising=False)
    warehouse = place / "warehouse" / "monitor.duckdb"
    ((article,),) = ask(warehouse, "select min(article_id) from articles where title is not null").rows
    words = [word.format(article=article) if word == "{article}" else word for word in command]

    monkeypatch.setattr(sys, "argv", ["monitor", *words])
    code = run(cli)
    out, err = capfd.readouterr()
    assert UNSAFE.findall(out + err) == [], repr((out + err)[:2000])
    assert "Traceback" not in err
    assert code in {0, 1, 2, 64, 65, 66, 74, 78}


def test_every_control_and_direction_mark_is_shown_instead_of_sent():
    everything = "".join(map(chr, range(0x3000)))
    assert UNSAFE.findall(printable(everything)) == []
    assert "\n" not in one_line("a\nb\rc\u2028d\x85e")
    assert printable("naïve 日本語 عربي\ttab\n") == "naïve 日本語 عربي\ttab\n"


def test_a_lone_surrogate_can_be_printed():
    assert printable(os.fsdecode(b"\xff.txt")).encode()
