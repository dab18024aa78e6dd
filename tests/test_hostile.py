"""Two hundred inputs that try to hang, crash, bloat, steer or confuse: each is accounted for, none touches another."""

import sys
from dataclasses import replace

import pytest
from bench.hostile_documents import write_hostile

from monitor.config import make_plan
from monitor.pipeline import ingest
from monitor.settings import read_settings
from monitor.terminal import one_line
from monitor.walk import find_files
from monitor.warehouse.query import ask

pytestmark = [
    pytest.mark.end_to_end,
    pytest.mark.skipif(sys.platform == "win32", reason="the names and special files need Unix"),
]
GOOD = 100
FEWEST = 170
TABLES = ("articles", "segments", "edits", "key_terms", "quotations", "article_tones", "article_words")


def article(number):
    return (
        f"The council of town {number} voted on Sunday to keep lighthouse number {number * 7}  open for good.\n"
        f"“We counted {number + 1000} letters from readers,” said the mayor, Ada Lind, in her office.\n"
        f"Engineers will paint it {number % 9 + 2} times before the summer, and schools may visit it for nothing.\n"
    )


def timeless(ran, table, uris):
    """Return the rows of a table about the articles of inputs like `uris`, without times and the run's id."""
    return ran.rows(
        f"select columns(c -> c not like '%\\_at' escape '\\' and c <> 'run_id') from {table} "  # noqa: S608  # our own tables
        "where article_id in (select article_id from inputs where uri like $1) order by all",
        uris,
    )


class Ran:
    """A finished ingest and its warehouse."""

    def __init__(self, warehouse, *folders):
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(warehouse.parent)
            patch.setenv("MONITOR_WAREHOUSE", str(warehouse))
            plan = make_plan(read_settings())
            self.tally = ingest(folders, replace(plan, deadline_s=600.0, phases=plan.phases[1:]))
        self.warehouse = warehouse

    def rows(self, sql, *parameters):
        return ask(self.warehouse, sql, parameters).rows


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    place = tmp_path_factory.mktemp("hostile")
    (place / "good").mkdir()
    for number in range(GOOD):
        (place / "good" / f"{number}.txt").write_text(article(number))
    assert write_hostile(place / "poison") >= FEWEST
    return place


@pytest.fixture(scope="module")
def together(place):
    return Ran(place / "together.duckdb", place / "good", place / "poison")


@pytest.fixture(scope="module")
def alone(place):
    return Ran(place / "alone.duckdb", place / "good")


def test_every_hostile_file_becomes_an_article_or_has_a_reason(place, together):
    outcomes = dict(together.rows("select uri, outcome from inputs"))
    unaccounted = [file.uri for file in find_files([place / "poison"]) if file.uri not in outcomes]
    assert unaccounted == []
    rejected = {uri for uri, outcome in outcomes.items() if outcome == "reject"}
    assert rejected == {uri for (uri,) in together.rows("select uri from rejects")}
    assert set(outcomes.values()) <= {"article", "duplicate", "reject", "container"}


def test_every_reason_is_one_line_that_cannot_steer_a_terminal(together):
    reasons = together.rows("select reason, detail from rejects")
    assert len(reasons) > 30
    for reason, detail in reasons:
        assert (reason, detail) == (one_line(reason, 60), one_line(detail))
        assert reason


def test_no_hostile_file_hangs_or_ends_a_worker(together):
    ended = together.rows(
        "select uri, reason, detail from rejects where reason in "
        "('took too long', 'crashed the worker', 'answered rubbish', 'given up', 'internal error')"
    )
    assert ended == []


def test_the_counts_of_the_run_add_up(together):
    tally = together.tally
    assert tally.seen == tally.new + tally.changed + tally.duplicates + tally.rejected
    ((inputs,),) = together.rows("select count(*) from inputs where outcome <> 'container'")
    assert tally.seen == inputs


@pytest.mark.parametrize("table", TABLES)
def test_good_articles_are_the_same_with_and_without_poison_beside_them(place, alone, together, table):
    good = f"{(place / 'good').as_uri()}/%"
    expected = timeless(alone, table, good)
    assert expected
    assert timeless(together, table, good) == expected


def test_the_same_hostile_files_again_change_nothing(place, together):
    ((articles,),) = together.rows("select count(*) from articles")
    again = Ran(together.warehouse, place / "good", place / "poison")
    assert (again.tally.new, again.tally.changed) == (0, 0)
    assert again.rows("select count(*) from articles") == [(articles,)]
