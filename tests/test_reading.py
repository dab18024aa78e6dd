"""Mentions, alerts, measures and search over a warehouse: each article is read once, and again when it changes."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.cli import cli
from monitor.config import make_plan
from monitor.corpus.measures import Measures
from monitor.corpus.search_question import read_question
from monitor.errors import ConfigurationError
from monitor.identity import sha256_text
from monitor.languages import ENGLISH
from monitor.models import Cleaned, Detection, Document, Input, LanguageProfile, Prepared, Processed
from monitor.pipeline import execute
from monitor.settings import read_settings
from monitor.warehouse.alerts import mark_seen, new_alerts
from monitor.warehouse.connection import open_reader
from monitor.warehouse.digest import logical_digest
from monitor.warehouse.load import load
from monitor.warehouse.measures import update_measures
from monitor.warehouse.mentions import adopt_watchlist, update_mentions
from monitor.warehouse.query import ask
from monitor.warehouse.search import index_path, search, update_search_index
from monitor.watch import watch_for

WAREHOUSE = Path("warehouse/monitor.duckdb")
WATCHLIST = b"""
entities:
  - {name: Vellmar Council, aliases: [Vellmar council, mayor of Vellmar], type: government}
  - {name: Nobody, type: person}
queries:
  - {name: Lighthouse votes, query: 'lighthouse AND (vote* OR poll)'}
"""
LIGHTHOUSE = (
    "The harbour town of Vellmar voted on Sunday to keep its old lighthouse open.\n"
    "\u201cMore than nine thousand people took part in it,\u201d said Maria Lindqvist, the mayor of Vellmar.\n"
    "The lighthouse will be painted again before the summer, and the Vellmar council is happy about it.\n"
)
BRIDGE = (
    "Engineers in the valley finished the longest footbridge of the region on Tuesday.\n"
    "It took them three years and cost far less than the council had feared, the builder said.\n"
    "Walkers can cross it from the first of May, weather permitting, the owner of the inn told us.\n"
)


@pytest.fixture(autouse=True)
def _place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MONITOR_WAREHOUSE", raising=False)
    put(lighthouse=LIGHTHOUSE, bridge=BRIDGE)


def processed(name, text):
    return Processed(
        input=Input(uri=f"file:///in/{name}.txt", sha256=sha256_text(text), size=len(text)),
        prepared=Prepared(
            document=Document(text=text),
            title=None,
            cleaned=Cleaned(raw=text, text=text),
            segments=(),
            languages=LanguageProfile(
                main=Detection(language=ENGLISH, confidence=1.0, method="test"), share=1.0
            ),
        ),
    )


def put(**texts):
    batch = [processed(name, text) for name, text in texts.items()]

    def body(run):
        load(run.connection, batch, run_id=run.run_id, now=now(), exists=lambda _: True)

    execute(make_plan(read_settings()), body)


def in_a_run(work):
    answers = []
    execute(make_plan(read_settings()), lambda run: answers.append(work(run.connection)))
    return answers[0]


def rows(sql):
    return ask(WAREHOUSE, sql).rows


def now(minute=0):
    return datetime(2026, 5, 1, 12, minute, tzinfo=UTC)


def test_a_watchlist_is_looked_for_in_every_article_once():
    assert watch_for(WATCHLIST, make_plan(read_settings())) == 2
    assert rows("select entity, prominence, sentence from mentions order by start_offset") == [
        ("Vellmar Council", "rest", LIGHTHOUSE.splitlines()[1]),
        ("Vellmar Council", "rest", LIGHTHOUSE.splitlines()[2]),
    ]
    assert rows("select query, sentence from query_matches") == [
        ("Lighthouse votes", LIGHTHOUSE.splitlines()[0])
    ]
    assert watch_for(WATCHLIST, make_plan(read_settings())) == 0


def test_a_changed_article_is_read_again_and_a_gone_entity_is_forgotten():
    watch_for(WATCHLIST, make_plan(read_settings()))
    put(lighthouse=LIGHTHOUSE.replace("mayor of Vellmar", "mayor of the town"))
    assert in_a_run(lambda connection: update_mentions(connection, now=now())) == 1
    assert rows("select count(*) from mentions") == [(1,)]
    watch_for(b"entities: [{name: Nobody}]", make_plan(read_settings()))
    assert rows("select (select count(*) from mentions), (select count(*) from query_matches)") == [(0, 0)]


def test_a_mistake_in_a_watchlist_leaves_the_old_one_in_force():
    watch_for(WATCHLIST, make_plan(read_settings()))
    with pytest.raises(ConfigurationError, match="extra"):
        watch_for(b"entities: [{name: A, extra: b}]", make_plan(read_settings()))
    assert rows("select count(*) from watchlists") == [(2,)]


def test_alerts_list_each_answer_once_even_when_its_article_changes_later():
    in_a_run(lambda connection: adopt_watchlist(connection, WATCHLIST))
    in_a_run(lambda connection: update_mentions(connection, now=now()))
    first = new_alerts(WAREHOUSE)
    assert [(alert.query, alert.sentence) for alert in first] == [
        ("Lighthouse votes", LIGHTHOUSE.splitlines()[0])
    ]
    mark_seen(WAREHOUSE, first)
    assert new_alerts(WAREHOUSE) == []
    put(lighthouse=LIGHTHOUSE.replace("Sunday", "Monday"))
    in_a_run(lambda connection: update_mentions(connection, now=now(10)))
    assert new_alerts(WAREHOUSE) == []
    put(bridge=BRIDGE + "A poll about the lighthouse in the valley follows.\n")
    in_a_run(lambda connection: update_mentions(connection, now=now(20)))
    assert [alert.first_matched_at for alert in new_alerts(WAREHOUSE)] == [now(20)]
    assert len(new_alerts(WAREHOUSE, everything=True)) == 2


def test_a_lost_or_broken_note_lists_everything_again():
    in_a_run(lambda connection: adopt_watchlist(connection, WATCHLIST))
    in_a_run(lambda connection: update_mentions(connection, now=now()))
    mark_seen(WAREHOUSE, new_alerts(WAREHOUSE))
    Path("warehouse/monitor.duckdb.alerts").write_text("{broken")
    assert len(new_alerts(WAREHOUSE)) == 1


def test_measures_are_taken_once_each_with_method_and_version():
    in_a_run(lambda connection: update_measures(connection, Measures()))
    assert in_a_run(lambda connection: update_measures(connection, Measures())) == 0
    assert rows("select quotation, speaker, method from quotations") == [
        ("More than nine thousand people took part in it,", "Maria Lindqvist", "patterns")
    ]
    assert rows("select count(*) from article_tones where tone between -1 and 1 and method = 'vader'") == [
        (2,)
    ]
    assert rows("select bool_and(version like 'yake-rust %'), max(rank) from key_terms") == [(True, 10)]
    assert rows("select count(*) from article_words where list_contains(words, 'lighthouse')") == [(1,)]


def test_a_measure_that_is_not_wanted_is_not_taken_and_wanting_it_again_takes_it():
    in_a_run(lambda connection: update_measures(connection, Measures(tone=False)))
    assert rows("select count(*) from article_tones") == [(0,)]
    assert in_a_run(lambda connection: update_measures(connection, Measures())) == 2
    assert rows("select count(*) from article_tones") == [(2,)]


def test_the_order_of_work_does_not_show_in_the_warehouse():
    def all_of_it(connection):
        adopt_watchlist(connection, WATCHLIST)
        update_mentions(connection, now=now())
        update_measures(connection, Measures())
        return logical_digest(connection)

    together = in_a_run(all_of_it)
    again = in_a_run(all_of_it)
    Path("warehouse/monitor.duckdb").unlink()
    put(bridge=BRIDGE)
    in_a_run(all_of_it)
    put(lighthouse=LIGHTHOUSE)
    assert in_a_run(all_of_it) == together == again


def found(question, **rest):
    connection = open_reader(WAREHOUSE)
    try:
        return search(connection, index_path(WAREHOUSE), read_question(question), **rest)
    finally:
        connection.close()


def test_a_search_finds_new_articles_whether_or_not_the_index_was_kept_up():
    (one,) = found("footbridge")
    assert one.highlight.original.text == BRIDGE.splitlines()[0]
    assert [one.highlight.original.text[slice(*mark)] for mark in one.highlight.original.marks] == [
        "footbridge"
    ]
    put(bridge=BRIDGE.replace("footbridge", "tunnel"))
    assert found("footbridge") == []
    assert len(found("tunnel")) == 1


def test_a_translation_is_read_searched_and_shown_beside_its_original():
    text = "利马市长宣布新桥开放。\n居民们非常高兴。"
    put(peru=text)
    reading = "The mayor of Lima announced that the new bridge is open.\nPeople are very happy and proud."
    article_id = rows("select article_id from articles where input_uri like '%peru%'")[0][0]
    translate = """
        insert into article_translations by name
        select
            $1 as article_id, 1 as revision, 'en' as target_language, $2 as text, 'complete' as state, '' as route,
            2 as sentence_count, 0 as pending_count, 0 as doubtful_count, 1.0 as translation_quality,
            'model' as recipe_hash, now() as translated_at, '' as run_id
    """

    def read(connection):
        adopt_watchlist(connection, "entities: [{name: Lima, aliases: [Lima, 利马]}]".encode())
        return update_mentions(connection, now=now()), update_measures(connection, Measures())

    assert in_a_run(read) == (3, 3)
    assert rows("select part, alias from mentions") == [("text", "利马")]
    assert found("announced") == []
    in_a_run(lambda connection: connection.execute(translate, [article_id, reading]))
    in_a_run(
        lambda connection: connection.execute(
            "update articles set language = 'zh-Hans' where text like '利马%'"
        )
    )
    assert in_a_run(read) == (1, 1)
    assert rows("select part, alias from mentions order by part") == [
        ("text", "利马"),
        ("text_translation", "Lima"),
    ]
    assert rows(f"select tone > 0.2 from article_tones where article_id = '{article_id}'") == [(True,)]  # noqa: S608
    (one,) = found("announced mayor")
    assert one.highlight.original.text == "利马市长宣布新桥开放。"
    assert one.highlight.translation.text == reading.splitlines()[0]


def test_an_index_that_is_current_is_not_touched():
    reader = open_reader(WAREHOUSE)
    path = index_path(WAREHOUSE)
    assert update_search_index(reader, path) == 2
    before = path.read_bytes()
    assert update_search_index(reader, path) == 0
    assert path.read_bytes() == before
    path.write_bytes(before[: len(before) // 3])
    assert update_search_index(reader, path) == 2
    reader.close()


def test_the_commands_show_what_is_watched_mentioned_matched_and_found(capsys):
    def monitor(*arguments):
        cli.main(arguments, standalone_mode=False)
        return capsys.readouterr().out

    Path("list.yaml").write_bytes(WATCHLIST)
    assert "2 articles looked through" in monitor("watch", "list.yaml")
    assert "Vellmar Council (government): 1 articles, 0 by title, 2 mentions" in monitor("watch")
    assert "the Vellmar council is happy" in monitor("mentions", "vellmar council")
    assert "Lighthouse votes: 1 articles" in monitor("queries")
    assert "voted on Sunday" in monitor("queries", "lighthouse votes")
    assert "voted on Sunday" in monitor("alerts", "--keep")
    assert json.loads(monitor("alerts", "--json"))["query"] == "Lighthouse votes"
    assert monitor("alerts") == ""
    answer = json.loads(monitor("search", "--json", "lighthouse NEAR/3 open"))
    assert answer["sentence"]["text"] == LIGHTHOUSE.splitlines()[0]
    assert "footbridge" in monitor("search", "valley")
