"""A later capture of an article that is cut off or damaged never makes the article shorter by accident."""

import functools
import itertools
from datetime import UTC, datetime

import pytest

from monitor.cleaning.options import CleaningOptions
from monitor.config import make_plan
from monitor.detection import Detector
from monitor.models import Processed
from monitor.pipeline import ingest
from monitor.prepare import Tools, prepare
from monitor.readers.unpack import unpack_bytes
from monitor.settings import read_settings
from monitor.warehouse.connection import open_writer
from monitor.warehouse.load import load
from monitor.warehouse.migrations import migrate
from monitor.warehouse.query import ask

FERRY = "The night ferry to Osmund sails again from Friday, the harbour office wrote on its notice board."
MILL = "The old paper mill at Tarn will become a school of music, the council decided by one single vote."
BRIDGE = "Engineers will close the bridge at Lunde for three weeks in spring to replace its wooden deck."
SNOW = "Heavy snow fell on the pass overnight, and the post bus from Kellen arrived four hours behind time."
WHOLE = (FERRY, MILL, BRIDGE)


@functools.cache
def tools():
    return Tools(detector=Detector(), cleaning=CleaningOptions())


class Captures:
    """A warehouse that loads crawls, a run each."""

    def __init__(self, connection):
        self.connection = connection
        self.numbers = itertools.count()

    def load(self, *records, name=None):
        """Load the records of one crawl and return what became of each."""
        found = unpack_bytes(b"".join(records), f"file:///in/{name or next(self.numbers)}.warc", "")
        batch = [
            Processed(input=one.input, container=one.container, prepared=prepare(one.read(), tools()))
            for one in found
            if one.read
        ]
        now = datetime(2026, 3, 3, tzinfo=UTC)
        return [
            fate.what for fate in load(self.connection, batch, run_id="r", now=now, exists=lambda _: True)
        ]

    def ask(self, sql):
        return self.connection.execute(sql).fetchall()

    def articles(self):
        return self.ask("select revision, text, partial_reason from articles")


@pytest.fixture
def captures(tmp_path):
    connection = open_writer(tmp_path / "w.duckdb")
    migrate(connection, "0")
    yield Captures(connection)
    connection.close()


def page(paragraphs, *, cut=False, title="Ferry sails again", body=""):
    """Return the record of a crawl; `cut` says that the crawler kept only a part."""
    text = body or f"<article>{''.join(f'<p>{paragraph}</p>' for paragraph in paragraphs)}</article>"
    html = f'<html><head><meta charset="utf-8"><title>{title}</title></head><body>{text}'
    content = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + html.encode("utf-8", "surrogateescape")
    return (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://osmund.example/ferry\r\n"
        + (b"WARC-Truncated: length\r\n" if cut else b"")
        + b"Content-Type: application/http; msgtype=response\r\n"
        + b"Content-Length: %d\r\n\r\n%s\r\n\r\n" % (len(content), content)
    )


def whole(revision=1):
    return [(revision, "\n".join(WHOLE), None)]


def partial(revision, *paragraphs):
    return [(revision, "\n".join(paragraphs), "the crawler kept only a part")]


@pytest.mark.parametrize("part", [WHOLE[:1], WHOLE[:2], (FERRY, MILL[:73]), (FERRY, MILL[:20]), WHOLE])
def test_a_part_of_an_article_that_is_here_whole_is_noted_and_replaces_nothing(captures, part):
    captures.load(page(WHOLE))
    assert captures.load(page(part, cut=True)) == ["duplicate"]
    assert captures.articles() == whole()
    assert captures.ask(
        "select outcome, count(distinct article_id) from inputs group by all order by all"
    ) == [
        ("article", 1),
        ("duplicate", 1),
    ]


def test_a_part_that_comes_in_the_same_batch_replaces_nothing_either(captures):
    assert captures.load(page(WHOLE), page(WHOLE[:1], cut=True)) == ["new", "duplicate"]
    assert captures.articles() == whole()


def test_a_part_that_comes_first_gives_way_to_the_whole_and_does_not_come_back(captures):
    captures.load(page(WHOLE[:2], cut=True))
    assert captures.articles() == partial(1, *WHOLE[:2])
    captures.load(page(WHOLE))
    assert captures.articles() == whole(2)
    captures.load(page(WHOLE[:2], cut=True), page(WHOLE[:1], cut=True))
    assert captures.articles() == whole(2)


def test_the_same_crawl_once_more_changes_nothing(captures):
    records = [page(WHOLE[:1], cut=True), page(WHOLE), page(WHOLE[:2], cut=True)]
    assert captures.load(*records, name="crawl") == ["new", "changed", "duplicate"]
    before = captures.ask("from article_revisions order by revision")
    assert captures.load(*records, name="crawl") == ["unchanged"] * 3
    assert captures.ask("from article_revisions order by revision") == before


def test_a_part_in_the_place_where_the_whole_was_keeps_the_article(captures):
    captures.load(page(WHOLE), name="crawl")
    assert captures.load(page(WHOLE[:1], cut=True), name="crawl") == ["unchanged"]
    assert captures.load(page(WHOLE), name="crawl") == ["unchanged"]
    assert captures.articles() == whole()


@pytest.mark.parametrize("at_once", [True, False])
def test_a_part_that_had_all_of_the_text_is_partial_no_more_when_the_whole_says_the_same(captures, at_once):
    records = [page(WHOLE, cut=True), page(WHOLE)]
    if at_once:
        assert captures.load(*records) == ["new", "duplicate"]
    else:
        assert [captures.load(record) for record in records] == [["new"], ["duplicate"]]
    assert captures.articles() == whole()
    assert captures.load(page(WHOLE[:1], cut=True)) == ["duplicate"]
    assert captures.articles() == whole()


def test_a_part_that_says_something_new_is_a_revision_and_says_that_it_is_partial(captures):
    captures.load(page(WHOLE))
    update = (SNOW, FERRY, MILL)
    assert captures.load(page(update, cut=True)) == ["changed"]
    assert captures.articles() == partial(2, *update)
    assert captures.ask("select text from article_revisions where revision = 1") == [("\n".join(WHOLE),)]


@pytest.mark.parametrize(
    "change",
    [
        {"paragraphs": (FERRY.replace("Friday", "Sunday"), MILL)},
        {"paragraphs": (MILL, FERRY)},
        {"paragraphs": WHOLE[:2], "title": "Ferry sails at last"},
    ],
)
def test_a_changed_word_or_order_or_title_is_something_new(captures, change):
    captures.load(page(WHOLE))
    assert captures.load(page(**change, cut=True)) == ["changed"]


def test_a_number_that_ends_a_larger_one_is_something_new(captures):
    captures.load(page(("1,200 people came to the old harbour by boat and by train.", *WHOLE)))
    assert captures.load(
        page(("200 people came to the old harbour by boat and by train.", *WHOLE), cut=True)
    ) == ["changed"]


def test_damaged_characters_are_nothing_new_where_the_rest_is_there(captures):
    told = tuple(f"Fährmann Jürg erzählt später an Land: {paragraph}" for paragraph in WHOLE)
    captures.load(page(told))
    damaged = tuple(text.replace("ü", "\udcfc") for text in told)  # a byte of Latin-1 within UTF-8
    assert captures.load(page(damaged)) == ["duplicate"]
    assert captures.articles() == [(1, "\n".join(told), None)]


def test_of_captures_that_are_all_partial_each_change_is_a_revision(captures):
    captures.load(page(WHOLE[:2], cut=True))
    assert captures.load(page(WHOLE[:1], cut=True)) == ["changed"]
    assert captures.articles() == partial(2, FERRY)


def test_a_page_cut_off_before_the_article_is_refused_with_its_reason(tmp_path, monkeypatch):
    monkeypatch.delenv("MONITOR_WAREHOUSE", raising=False)
    warehouse = tmp_path / "w.duckdb"
    plan = make_plan(read_settings(None, warehouse=str(warehouse)), phases=())
    first, second = tmp_path / "1.warc", tmp_path / "2.warc"
    first.write_bytes(page(WHOLE))
    names = ("The weather in the mountains", "The tides along the coast", "Fairs and markets in spring")
    second.write_bytes(page((), cut=True, body=f"<ul>{''.join(f'<li>{name}</li>' for name in names)}"))
    ingest([first], plan)
    tally = ingest([second], plan)
    assert (tally.seen, tally.rejected, dict(tally.reject_reasons)) == (
        1,
        1,
        {"load: cut off before the article": 1},
    )
    assert ask(warehouse, "select revision, text, partial_reason from articles").rows == whole()
    assert ask(warehouse, "select stage, reason, detail from rejects").rows == [
        ("load", "cut off before the article", "the crawler kept only a part")
    ]
