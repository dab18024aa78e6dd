"""Duplicates, stories and revisions in the warehouse, as they follow an ingest."""

import json
import random
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

import pytest
from bench.in_memory import Made, open_in_memory, put
from bench.stories import invented

from monitor.cli import cli
from monitor.config import make_plan
from monitor.corpus.article_text import ArticleText
from monitor.corpus.shelf import MOST_ASKED
from monitor.corpus.stories import Clipping, group
from monitor.corpus.terms import weigh
from monitor.pipeline import ingest
from monitor.settings import read_settings
from monitor.warehouse import columns, story_finder
from monitor.warehouse import stories as stories_step
from monitor.warehouse.copies import update_copies
from monitor.warehouse.digest import logical_digest
from monitor.warehouse.files import Generations
from monitor.warehouse.history import fetch_steps
from monitor.warehouse.migrations import migrate
from monitor.warehouse.query import ask
from monitor.warehouse.stories import rebuild_stories, update_stories
from monitor.warehouse.story_finder import find_stories
from monitor.warehouse.story_keys import close_gaps, term_number
from monitor.warehouse.trusted_texts import without

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SHIP = (
    "A cargo ship carrying timber lost forty containers in heavy seas off the Lofoten islands on Tuesday. "
    "The vessel, the Nordvik Star, was sailing from Murmansk to Rotterdam when it met waves of nine metres. "
    "None of the fourteen sailors was hurt, the Norwegian coast guard said in Bodø. "
    "Captain Ivar Solheim told the broadcaster that the lashings had been inspected in Tromsø earlier."
)
RIVAL = (
    "Dozens of containers are adrift near Lofoten after a timber freighter ran into a storm overnight. "
    "All fourteen crew of the Nordvik Star are safe, rescuers said, who sent a helicopter and two lifeboats. "
    "Environmental groups demanded stricter rules for deck cargo after the third accident since autumn."
)
BRIDGE = (
    "市政府周三表示，橫跨愛河的新人行橋將於十月一日啟用，比原定計畫提早兩個月。這座橋全長三百二十公尺，"
    "造價四億元，由三家公司共同興建，預計每天有兩萬人通行。"
)
LIBRARY = (
    "中央图书馆下周一重新开放，读者可以借阅六十万册藏书，其中一半是儿童读物。开馆时间延长到晚上九点，"
    "周末还有讲座和展览，馆长说希望更多家庭来参观。"
)
VOTE = (
    "Voters in Vellmar decided on Sunday to keep the old lighthouse open, the electoral office announced. "
    "Turnout reached sixty percent, twice as much as four years ago, and mayor Hanna Brandt thanked everyone. "
    "The lighthouse will be painted before summer; schools may visit it for nothing, the council promised."
)
ARTICLES = (
    Made(article_id="ship", title="Containers lost", text=SHIP, published_at=NOON, source_id="wire"),
    Made(
        article_id="copy",
        title="Boxes overboard off Lofoten",
        text=SHIP + " Shares of the operator fell in Oslo.",
        published_at=NOON + timedelta(minutes=42),
        source_id="daily",
    ),
    Made(
        article_id="rival",
        title="Timber freighter loses containers near Lofoten",
        text=RIVAL,
        published_at=NOON + timedelta(hours=2),
        source_id="rival",
    ),
    Made(article_id="vote", title="Lighthouse stays", text=VOTE, published_at=NOON, source_id="daily"),
)


def update(connection):
    return update_copies(connection), update_stories(connection)


def all_rows(connection, table):
    return sorted(map(str, connection.execute(f"from {table}").fetchall()))


@pytest.fixture
def connection():
    with open_in_memory() as connection:
        put(connection, ARTICLES)
        yield connection


def test_a_copy_is_in_a_group_with_its_original_and_a_rival_report_is_not(connection):
    update(connection)
    rows = connection.execute(
        "select article_id, original_id, method, lag_minutes, evidence from duplicates order by all"
    ).fetchall()
    assert rows == [
        ("copy", "ship", "near", 42.0, "published first"),
        ("ship", "ship", "original", 0.0, "published first"),
    ]


def test_reports_and_copies_of_one_event_are_one_story_with_counts(connection):
    update(connection)
    found = connection.execute(
        "select story_id, article_count, original_count, source_count, first_at, last_at from stories order by all"
    ).fetchall()
    assert found == [
        ("ship", 3, 2, 3, NOON, NOON + timedelta(hours=2)),
        ("vote", 1, 1, 1, NOON, NOON),
    ]


def test_each_article_has_its_reasons_and_each_story_one_central_article(connection):
    update(connection)
    reasons = json.loads(
        connection.execute("select reasons from story_articles where article_id = 'rival'").fetchone()[0]
    )
    assert "lofot" in " ".join(reasons)
    centrals = connection.execute(
        "select story_id, count(*) filter (is_central) from story_articles group by all order by all"
    ).fetchall()
    assert centrals == [("ship", 1), ("vote", 1)]


def test_a_rerun_changes_nothing(connection):
    update(connection)
    before = logical_digest(connection)
    assert update(connection) == (0, 0)
    assert logical_digest(connection) == before


def test_the_order_of_arrival_does_not_matter_after_a_rebuild():
    digests = set()
    for seed in range(4):
        with open_in_memory() as connection:
            shuffled = random.Random(seed).sample(ARTICLES, len(ARTICLES))
            for article in shuffled:
                put(connection, [article])
                update(connection)
            rebuild_stories(connection)
            digests.add(
                json.dumps([all_rows(connection, "duplicates"), all_rows(connection, "story_articles")])
            )
    assert len(digests) == 1


def test_a_changed_text_leaves_its_group_and_its_story(connection):
    update(connection)
    put(connection, [replace(ARTICLES[1], text=VOTE, title="Lighthouse stays open")], revision=2)
    assert update(connection) == (1, 1)
    groups = connection.execute("select article_id, original_id from duplicates order by all").fetchall()
    assert groups == [("copy", "vote"), ("vote", "vote")]
    story = "select story_id from story_articles where article_id = 'copy'"
    assert connection.execute(story).fetchone() == ("vote",)


def test_an_article_that_is_gone_leaves_nothing_behind(connection):
    update(connection)
    connection.execute("delete from articles where article_id = 'ship'")
    update(connection)
    for table in ("duplicates", "copy_texts", "copy_marks", "copy_links", "story_articles"):
        assert "'ship'" not in "".join(all_rows(connection, table))
    assert connection.execute(
        "select bool_or(is_central) from story_articles group by story_id"
    ).fetchall() == [
        (True,),
        (True,),
    ]


def test_a_copy_that_comes_first_but_was_published_later_gives_way_to_the_original():
    with open_in_memory() as connection:
        put(connection, [ARTICLES[1]])
        update(connection)
        put(connection, [ARTICLES[0]])
        update(connection)
        rows = connection.execute("select article_id, original_id from duplicates order by all").fetchall()
        assert rows == [("copy", "ship"), ("ship", "ship")]


def test_in_a_large_warehouse_new_articles_join_the_stories_that_they_resemble(connection, monkeypatch):
    update(connection)
    monkeypatch.setattr(stories_step, "EXACT", 0)
    late = Made(
        article_id="late",
        title="Nordvik Star: containers wash ashore on Lofoten",
        text=RIVAL.replace("Dozens of", "Some forty"),
        published_at=NOON + timedelta(days=1),
    )
    other = replace(late, article_id="other", title="Rain", text="Rain is expected in the Alps until Friday.")
    put(connection, [late, other])
    assert update_stories(connection) == 2
    found = dict(connection.execute("select article_id, story_id from story_articles").fetchall())
    assert (found["late"], found["other"]) == ("ship", "other")
    central = "select count(*) from story_articles where is_central"
    assert connection.execute(central).fetchone() == (3,)


def test_many_copies_of_one_text_do_not_push_an_independent_report_out_of_the_story(connection):
    more = [
        replace(ARTICLES[1], article_id=f"copy{number}", title=f"Boxes overboard, part {number}")
        for number in range(6)
    ]
    put(connection, more)
    update(connection)
    assert connection.execute("select article_count from stories order by 1").fetchall() == [(1,), (9,)]


def test_an_earlier_report_gives_the_story_its_name(connection, monkeypatch):
    update(connection)
    monkeypatch.setattr(stories_step, "EXACT", 0)
    put(connection, [replace(ARTICLES[2], article_id="early", published_at=NOON - timedelta(hours=1))])
    update_stories(connection)
    found = dict(connection.execute("select article_id, story_id from story_articles").fetchall())
    assert found == {"ship": "early", "copy": "early", "rival": "early", "early": "early", "vote": "vote"}
    keys = connection.execute("select distinct story_id from story_spans order by all").fetchall()
    assert keys == [("early",), ("vote",)]


def test_an_article_that_gave_a_story_its_name_and_then_changes_does_not_take_the_name_along(
    connection, monkeypatch
):
    update(connection)
    monkeypatch.setattr(stories_step, "EXACT", 0)
    put(connection, [replace(ARTICLES[0], text=VOTE, title="Lighthouse stays open")], revision=2)
    update_stories(connection)
    found = dict(connection.execute("select article_id, story_id from story_articles").fetchall())
    assert found == {"copy": "copy", "rival": "copy", "ship": "ship", "vote": "ship"}
    put(connection, [replace(ARTICLES[2], article_id="late", published_at=NOON + timedelta(days=1))])
    update_stories(connection)
    assert connection.execute("select story_id, article_count from stories order by 1").fetchall() == [
        ("copy", 3),
        ("ship", 2),
    ]


def test_a_story_that_lost_its_earliest_article_and_won_another_is_found_as_it_is_now(
    connection, monkeypatch
):
    update(connection)
    monkeypatch.setattr(stories_step, "EXACT", 0)
    connection.execute("delete from articles where article_id = 'ship'")
    update_stories(connection)
    put(connection, [replace(ARTICLES[2], article_id="late", published_at=NOON + timedelta(days=1))])
    update_stories(connection)
    found = dict(connection.execute("select article_id, story_id from story_articles").fetchall())
    assert found == {"copy": "copy", "rival": "copy", "late": "copy", "vote": "vote"}
    spans = connection.execute("select story_id, first_at, last_at from story_spans order by all").fetchall()
    minutes = timedelta(minutes=42)
    assert spans == [("copy", NOON + minutes, NOON + timedelta(days=1)), ("vote", NOON, NOON)]
    postings = "select count(*), count(distinct term) from story_postings group by story_number"
    assert all(count == terms for count, terms in connection.execute(postings).fetchall())


def test_a_warehouse_of_an_earlier_version_keeps_its_stories_and_finds_them(connection, monkeypatch):
    update(connection)
    connection.execute(
        """
        create table story_keys as
        select story_id, term, weight::double as weight, first_at, last_at
        from story_postings
        join story_spans using (story_number, first_at, last_at);
        drop table story_postings;
        drop table story_spans;
        alter table story_vectors drop column dated_at;
        delete from schema_migrations where version >= 8
        """
    )
    before = all_rows(connection, "story_articles")
    migrate(connection, "later")
    assert all_rows(connection, "story_articles") == before
    vectors = "select article_id from story_articles anti join story_vectors using (article_id, dated_at)"
    assert connection.execute(vectors).fetchall() == []
    monkeypatch.setattr(stories_step, "EXACT", 0)
    put(connection, [replace(ARTICLES[2], article_id="late", published_at=NOON + timedelta(days=1))])
    assert update_stories(connection) == 1
    found = dict(connection.execute("select article_id, story_id from story_articles").fetchall())
    assert found == {"ship": "ship", "copy": "ship", "rival": "ship", "late": "ship", "vote": "vote"}


@pytest.mark.parametrize("most", [100, 1])
def test_the_nearest_stories_are_those_that_comparing_with_all_finds(most, monkeypatch):
    monkeypatch.setattr(story_finder, "MOST_POSTINGS", most)
    with open_in_memory() as connection:
        made = [*invented(range(400), 400)]
        put(connection, made)
        update_stories(connection)
        new = [
            Clipping(article_id=f"new{at}", terms=weigh(mixed), at=made[at].published_at)
            for at in range(0, 340, 10)
            if (mixed := " ".join(made[at + step].text[:250] for step in (0, 15, 30, 45)))
        ]
        latest, expected = all_postings(connection, most), {}
        for clipping in new:
            scores = defaultdict(float)
            for term, weight in islice(clipping.terms.items(), MOST_ASKED):
                for story_id, theirs, first_at, last_at in latest[term_number(term)]:
                    days = max(clipping.at - last_at, first_at - clipping.at, timedelta()) / timedelta(
                        days=15
                    )
                    scores[story_id] += weight * theirs * 2**-days
            enough = {s: score for s, score in scores.items() if score >= max(0.08, max(scores.values()) / 2)}
            expected[clipping.article_id] = dict(sorted(enough.items(), key=lambda pair: -pair[1])[:3])
        found = find_stories(connection, new).near
        assert max(map(len, expected.values())) > 1
        assert found == {name: pytest.approx(near) for name, near in expected.items() if near}


def all_postings(connection, most):
    """Return the latest stories of each term: name, weight, first and last time."""
    postings = defaultdict(list)
    rows = connection.execute(
        """
        select term, story_id, weight, postings.first_at, postings.last_at
        from story_postings as postings
        join story_spans using (story_number)
        order by last_at desc, story_number
        """
    ).fetchall()
    for term, *posting in rows:
        postings[term].append(posting)
    return defaultdict(list, {term: found[:most] for term, found in postings.items()})


def test_a_story_long_past_needs_more_in_common_to_be_compared_with(connection):
    update(connection)
    text = "Rain over Lofoten ends; the harbour, quiet since autumn, expects tourists, says the council of fishermen."
    found = []
    for days in (0, 29):
        clipping = Clipping(article_id="new", terms=weigh(text), at=NOON + timedelta(days=days))
        found.append(find_stories(connection, [clipping]).near)
    assert [[*near.get("new", ())] for near in found] == [["ship"], []]


NONSENSE = (
    "The committee of the committee approved the report on the digital harvest of lamps. "
    "The committee of the lamps rejected the second harvest of digital reports on Tuesday. "
    "Lamps of the committee were reported to the digital harvest by the harvest of committees."
)


def translated(connection, article_id, language, text, flagged):
    """Put an article whose translation says NONSENSE, each sentence of it flagged or not."""
    put(
        connection,
        [Made(article_id=article_id, text=text, language=language, translation=NONSENSE, published_at=NOON)],
    )
    sentences = [f"{sentence.strip('.')}." for sentence in NONSENSE.split(". ")]
    assert "".join(sentences) == NONSENSE.replace(". ", ".")
    connection.execute(
        "update article_translations set doubtful_count = $1 where article_id = $2",
        [len(sentences) if flagged else 0, article_id],
    )
    for number, sentence in enumerate(sentences):
        connection.execute(
            """
            insert into translated_sentences values ($1, 1, 'en', 1, $2, 0, 1, $1 || $2)
            """,
            [article_id, number],
        )
        connection.execute(
            """
            insert into translations by name
            select
                $1 || $2 as translation_id, '' as source_language, 'en' as target_language, '' as source_text,
                $3 as text, '' as model_hash, '' as recipe, '' as glossary_version, '' as method, 0.1 as quality,
                $4 as flags, now() as translated_at, '' as run_id
            """,
            [article_id, number, sentence, ["repeats"] if flagged else []],
        )


@pytest.mark.parametrize(("flagged", "stories", "copies"), [(False, 1, 2), (True, 2, 0)])
def test_what_a_doubtful_translation_says_joins_nothing(flagged, stories, copies):
    with open_in_memory() as connection:
        translated(connection, "bridge", "zh-Hant", BRIDGE, flagged)
        translated(connection, "library", "zh-Hans", LIBRARY, flagged)
        update(connection)
        assert connection.execute("select count(*) from stories").fetchone() == (stories,)
        assert connection.execute("select count(*) from duplicates").fetchone() == (copies,)


def test_a_translation_with_one_doubtful_sentence_is_read_without_it():
    article = ArticleText(
        article_id="a", text="原文", text_translation="Ferry aground. Lamp lamp lamp. Crew safe."
    )
    assert without(article, ["Lamp lamp lamp."]).text_translation == "Ferry aground.   Crew safe."
    assert without(article, ["Ferry aground.", "Crew safe."]).text_translation is None


def test_many_rows_without_a_value_are_inserted(connection):
    rows = [{"article_id": str(n), "original_id": "a", "lag_minutes": None} for n in range(2500)]
    filled = {"copied_from": "a", "method": "near", "similarity": 1.0, "share_copied": 1.0, "evidence": "x"}
    columns.insert(connection, "duplicates", [row | filled for row in rows])
    assert connection.execute("select count(*) from duplicates where lag_minutes is null").fetchone() == (
        2500,
    )


def test_texts_with_any_character_are_inserted_as_they_are(connection):
    names = ["", "a\0", "\0", " é ", "日本", "x" * 100, "line\nbreak"]
    for part in (names, names[3:5], names[1:2]):
        connection.execute("delete from copy_marks")
        columns.insert(connection, "copy_marks", [{"article_id": name, "mark": 1} for name in part])
        assert connection.execute("select article_id from copy_marks").fetchall() == [(n,) for n in part]


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MONITOR_WAREHOUSE", raising=False)
    (tmp_path / "in").mkdir()
    return tmp_path


WAREHOUSE = Path("warehouse/monitor.duckdb")


def write(place, name, text):
    (place / "in" / name).write_text(text.replace(". ", ".\n") + "\n", encoding="utf-8")


def run(**options):
    return ingest(["in"], make_plan(read_settings(**options)))


def test_ingest_brings_duplicates_and_stories_up_to_date(place):
    write(place, "ship.txt", SHIP)
    write(place, "copy.txt", SHIP + " Shares of the operator fell in Oslo.")
    write(place, "vote.txt", VOTE)
    run()
    assert ask(WAREHOUSE, "select count(*), count(distinct original_id) from duplicates").rows == [(2, 1)]
    assert ask(WAREHOUSE, "select article_count from stories order by 1").rows == [(1,), (2,)]


def test_ingest_without_the_corpus_only_loads(place):
    write(place, "ship.txt", SHIP)
    run(corpus=False)
    assert ask(WAREHOUSE, "select count(*) from story_articles").rows == [(0,)]


def test_the_two_seeds_are_one_story(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    ingest([Path(__file__).parents[1] / "seeds" / name for name in SEEDS], make_plan(read_settings()))
    assert ask(WAREHOUSE, "select article_count, original_count from stories").rows == [(2, 2)]


SEEDS = ("000_ea65ad8dd09ff835.txt", "001_7db53a709fe0527f.txt")


def test_an_article_that_went_back_to_an_earlier_text_says_so(place):
    article_ids = []
    for text in (SHIP, SHIP.replace("forty", "fifty"), SHIP):
        write(place, "ship.txt", text)
        run()
        article_ids.append(ask(WAREHOUSE, "select article_id, revision from articles").rows)
    assert [rows[0][1] for rows in article_ids] == [1, 2, 3]
    changes = ask(
        WAREHOUSE,
        "select revision, text_changed, title_changed, reverts_to from article_changes order by revision",
    ).rows
    assert changes == [(2, True, False, None), (3, True, False, 1)]
    steps = fetch_steps(WAREHOUSE, "ship.txt")
    assert [(change.kind, "fifty" in change.after) for change in steps[0].text] == [("changed", True)]
    assert [step.reverts_to for step in steps] == [None, 1]


def test_the_commands_show_stories_duplicates_and_changes(place, capsys):
    write(place, "ship.txt", SHIP)
    write(place, "copy.txt", SHIP + " Shares of the operator fell in Oslo.")
    run()
    write(place, "ship.txt", SHIP.replace("forty", "fifty"))
    run()
    shown = {}
    for command in ("stories", "stories --rebuild", "duplicates", "diff ship.txt", "diff copy.txt"):
        cli.main(command.split(), standalone_mode=False)
        shown[command] = capsys.readouterr().out
    assert "+ A cargo ship carrying timber lost fifty" in shown["diff ship.txt"]
    assert "nothing has changed" in shown["diff copy.txt"]
    assert "original" in shown["duplicates"]
    assert shown["stories"] == shown["stories --rebuild"] != ""


def test_what_a_run_left_out_is_made_good_by_the_next_one_even_if_it_loads_nothing(place):
    write(place, "ship.txt", SHIP)
    settings = replace(read_settings(), corpus=False)
    ingest(("in",), make_plan(settings))
    assert ask(WAREHOUSE, "select count(*) from story_articles").rows == [(0,)]
    run()
    assert ask(WAREHOUSE, "select count(*) from story_articles").rows == [(1,)]


def test_no_more_is_compared_all_with_all_than_fits_when_every_article_resembles_other_stories(monkeypatch):
    sizes = []

    def watched(clippings):
        sizes.append(len(clippings))
        return group(clippings)

    monkeypatch.setattr("monitor.corpus.shelf.group", watched)
    monkeypatch.setattr(stories_step, "MOST_AT_ONCE", 40)
    monkeypatch.setattr(stories_step, "TOGETHER", 2)
    connection = open_in_memory()
    about = [
        " ".join(f"{stem}{number}" for stem in ("ando", "beru", "cami", "dolo", "ebra", "fino"))
        for number in range(8)
    ]
    made = [
        Made(
            article_id=f"a{at:02}", text=f"{about[at % 8]} told{at}", published_at=NOON + timedelta(hours=at)
        )
        for at in range(60)
    ]
    put(connection, made)
    rebuild_stories(connection)
    assert connection.execute("select count(*) from stories").fetchone() == (8,)
    assert sum(sizes) > 60 * 2  # examples of the stories stood beside the articles
    assert max(sizes) <= 40
    connection.close()


def test_fingerprints_are_remembered_up_to_a_bound_and_found_again(monkeypatch):
    def duplicates(bound):
        monkeypatch.setattr("monitor.warehouse.copies.MOST_REMEMBERED", bound)
        monkeypatch.setattr("monitor.warehouse.copies.AT_ONCE", 2)
        connection = open_in_memory()
        put(connection, ARTICLES)
        update_copies(connection)
        found = connection.execute("select * from duplicates order by all").fetchall()
        connection.close()
        return found

    assert duplicates(0) == duplicates(1_000_000) != []


def test_grouping_anew_that_is_killed_between_two_transactions_is_begun_again(monkeypatch):
    for name, value in (("EXACT", 0), ("MOST_AT_ONCE", 16), ("TOGETHER", 2)):
        monkeypatch.setattr(stories_step, name, value)
    made = [
        Made(
            article_id=f"a{at:02}",
            text=f"ando{at % 8} beru{at % 8} told{at}",
            published_at=NOON + timedelta(hours=at),
        )
        for at in range(60)
    ]

    def stories(connection):
        return connection.execute("select * from story_articles order by all").fetchall()

    undisturbed, killed = open_in_memory(), open_in_memory()
    put(undisturbed, made)
    put(killed, made)
    update_stories(undisturbed)
    turns = [killed]

    with pytest.raises(IndexError):
        update_stories(killed, turns.pop)  # the second time there is none
    assert len(stories(killed)) == 40  # more than half: what is left would otherwise be placed beside it
    update_stories(killed)
    assert stories(killed) == stories(undisturbed)
    tables = "select table_name from information_schema.tables order by all"
    assert killed.execute(tables).fetchall() == undisturbed.execute(tables).fetchall()
    assert ("story_rebuild",) not in killed.execute(tables).fetchall()
    for connection in (undisturbed, killed):
        connection.close()


def test_grouping_anew_that_is_interrupted_takes_no_story_from_readers(monkeypatch, tmp_path):
    for name, value in (("EXACT", 0), ("MOST_AT_ONCE", 16), ("TOGETHER", 2)):
        monkeypatch.setattr(stories_step, name, value)
    made = [
        Made(article_id=f"a{at:02}", text=f"ando{at % 8} told{at}", published_at=NOON + timedelta(hours=at))
        for at in range(60)
    ]
    files = Generations(tmp_path / "monitor.duckdb")

    def grouped():
        return ask(files.current, "select story_id, article_id from story_articles order by all").rows

    def interrupted():
        raise KeyboardInterrupt

    with files.writing() as session:
        put(session.connection, made)
        update_stories(session.connection)
    before = grouped()
    with pytest.raises(KeyboardInterrupt), files.writing() as session:
        rebuild_stories(session.connection, interrupted)
    assert grouped() == before
    with files.writing() as session:
        update_stories(session.connection)
    assert grouped() == before
    assert len(before) == len(made)


def test_what_changed_stories_leave_behind_is_closed_up_when_it_is_much(tmp_path):
    def places(connection):
        return connection.execute("select max(rowid) + 1 from story_postings").fetchone()

    path = str(tmp_path / "monitor.duckdb")
    connection = open_in_memory(path)
    connection.execute(
        "insert into story_postings select range, range % 7, 0.5, $1, $1 from range(100_000)", [NOON]
    )
    connection.execute("delete from story_postings where story_number % 5 = 0")
    close_gaps(connection)  # a fifth is not much
    connection.execute("checkpoint")
    assert places(connection) == (100_000,)
    connection.execute("delete from story_postings where story_number % 2 = 0")
    close_gaps(connection)
    connection.close()
    connection = open_in_memory(path)
    assert places(connection) == (40_000,)
    found = connection.execute(
        "select sum(story_number)::bigint, count(distinct story_number) from story_postings"
    )
    assert found.fetchone() == (sum(at for at in range(100_000) if at % 2 and at % 5), 40_000)
    connection.close()
