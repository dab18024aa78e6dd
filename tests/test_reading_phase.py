"""Reading after an ingest: the watchlist beside the warehouse, nothing twice, and what can be left out."""

import json
from pathlib import Path

import pytest

from monitor.cli import cli
from monitor.config import make_plan, make_reading
from monitor.corpus.measures import Measures
from monitor.errors import ConfigurationError
from monitor.pipeline import ingest
from monitor.settings import read_settings
from monitor.warehouse.query import ask

STORY = (
    "The harbour town of Vellmar voted on Sunday to keep its old lighthouse open.\n"
    "More than nine thousand people took part, the mayor said, twice as many as four years ago.\n"
    "The lighthouse will be painted again before the summer, and schools may visit it for nothing.\n"
)
WATCHLIST = "entities: [{name: Vellmar}]\nqueries: [{name: Towers, query: lighthouse NEAR/5 open}]\n"


@pytest.fixture(autouse=True)
def _place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MONITOR_WAREHOUSE", raising=False)
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "one.txt").write_text(STORY)
    (tmp_path / "warehouse").mkdir()


def run(**settings):
    settings = read_settings(None, **settings)
    phases = (make_reading(settings),) if settings.corpus else ()
    return ingest(("in",), make_plan(settings, phases=phases))


def counts():
    sql = """
        select
            (select count(*) from mentions), (select count(*) from query_matches),
            (select count(*) from article_words), (select count(*) from key_terms),
            (select count(*) from article_tones), (select count(*) from measured_articles)
    """
    return ask(Path("warehouse/monitor.duckdb"), sql).rows[0]


def files():
    return {path.name: path.stat().st_mtime_ns for path in Path("warehouse").iterdir()}


def test_an_ingest_reads_for_the_watchlist_beside_the_warehouse_and_a_rerun_changes_nothing():
    Path("warehouse/watchlist.yaml").write_text(WATCHLIST)
    tally = run()
    assert "1 new answers to saved queries" in tally.phases["reading"]["lines"][0]
    assert counts()[:2] == (1, 1)
    before = files()
    assert "monitor.duckdb.search" in before
    assert "reading" not in run().phases
    assert {name: at for name, at in files().items() if not name.endswith(".lock")} == {
        name: at for name, at in before.items() if not name.endswith(".lock")
    }


def test_a_changed_watchlist_is_looked_for_in_old_articles_and_a_lost_one_stays_in_force():
    run()
    assert counts()[:2] == (0, 0)
    path = Path("warehouse/watchlist.yaml")
    path.write_text(WATCHLIST)
    run()
    assert counts()[:2] == (1, 1)
    path.unlink()
    Path("in/two.txt").write_text(STORY.replace("Sunday", "Monday").replace("summer", "winter"))
    run()
    assert counts()[:2] == (2, 2)


def test_the_watchlist_beside_the_warehouse_does_not_replace_one_that_was_put_in_force(capsys):
    beside, other = Path("warehouse/watchlist.yaml"), Path("other.yaml")
    beside.write_text(WATCHLIST)
    other.write_text("entities: [{name: Vellmar}, {name: Lighthouse, case: any}]")
    run()
    cli.main(["watch", "other.yaml"], standalone_mode=False)
    run()
    assert counts()[:2] == (3, 0)
    cli.main(["watch", str(beside)], standalone_mode=False)
    assert counts()[:2] == (1, 1)
    beside.write_text("entities: [{name: Nobody}]")
    run()
    assert counts()[:2] == (0, 0)
    run(watchlist="other.yaml")
    assert counts()[:2] == (3, 0)
    capsys.readouterr()


def test_what_is_left_out_is_not_measured_and_without_the_corpus_nothing_is():
    run(corpus=False)
    assert counts() == (0, 0, 0, 0, 0, 0)
    run(measures=Measures(key_terms=False, tone=False))
    assert counts()[2:] == (1, 0, 0, 1)


def test_a_mistake_in_the_watchlist_stops_a_run_before_it_begins():
    Path("warehouse/watchlist.yaml").write_text("entities: [{nam: Vellmar}]")
    with pytest.raises(ConfigurationError, match=r"watchlist\.yaml"):
        run()
    assert not Path("warehouse/monitor.duckdb").exists()
    with pytest.raises(ConfigurationError, match=r"missing\.yaml"):
        run(watchlist="missing.yaml")


def test_the_search_command_narrows_by_language_date_and_outlet_as_a_whole(capsys):
    run()

    def found(*arguments):
        cli.main(["search", "--json", *arguments], standalone_mode=False)
        return [json.loads(line)["language"] for line in capsys.readouterr().out.splitlines()]

    assert found("lighthouse") == ["en"]
    assert found("tunnel OR lighthouse", "--language", "es") == []
    assert found("tunnel OR lighthouse", "--language", "en") == ["en"]
    assert found("lighthouse", "--date", "2026-01-01..") == []
    assert found("lighthouse", "--story", "no such story") == []


def test_a_long_sentence_without_spaces_is_shown_whole(capsys):
    sentence = "新法律将保护消费者并且在全国范围内适用于所有银行和保险公司以及它们的客户和合作伙伴"
    Path("in/zh.txt").write_text(
        f"{sentence}，部长周二在首都的新闻发布会上说。\n这项法律明年一月生效。\n", encoding="utf-8"
    )
    run()
    cli.main(["search", "消费者"], standalone_mode=False)
    assert sentence in "".join(capsys.readouterr().out.split())
