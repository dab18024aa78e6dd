"""Addresses: which lead to one page, which to another, which to none, and whose site it is."""

import json

import pytest

from monitor.addresses import outlet_of, page_of
from monitor.config import make_plan
from monitor.pipeline import ingest
from monitor.settings import read_settings
from monitor.warehouse.query import ask

PAGE = "https://www.courier.example/2025/02/bridge?id=7"


@pytest.mark.parametrize(
    "other",
    [
        "http://courier.example/2025/02/bridge?id=7",
        "HTTPS://WWW.Courier.Example:443/2025/02/bridge/?id=7#comments",
        "https://www.courier.example/2025/02/bridge?utm_source=rss&id=7&utm_medium=feed&fbclid=x",
        "courier.example/2025/02/bridge?id=7",
        "//courier.example/2025/02/bridge?id=7",
        " https://www.courier.example/2025/02/bridge?id=7\n",
        "https://www.courier.example/2025/02/%62ridge?id=7",
    ],
)
def test_ways_to_one_page_are_one(other):
    assert page_of(other) == page_of(PAGE)


@pytest.mark.parametrize(
    "other",
    [
        "https://www.courier.example/2025/02/bridge?id=8",
        "https://www.courier.example/2025/02/bridge?cid=7",
        "https://www.courier.example/2025/02/bridge?7",
        "https://www.courier.example/2025/02/bridge?source=7",
        "https://www.courier.example/2025/02/Bridge?id=7",
        "https://sport.courier.example/2025/02/bridge?id=7",
        "https://www.courier.example:8080/2025/02/bridge?id=7",
        "https://www.courier.example/2025/02/bridge?id=7#!/2",
        "https://www.courier.example/2025/02/bridge/1?id=7",
    ],
)
def test_what_may_lead_to_another_page_stays_apart(other):
    assert page_of(other) != page_of(PAGE)


@pytest.mark.parametrize(
    "front", ["https://courier.example/", "courier.example", "http://www.courier.example/?utm_a=b"]
)
def test_a_front_page_is_no_page_of_its_own_but_names_the_outlet(front):
    assert (page_of(front), outlet_of(front)) == (None, "courier.example")


@pytest.mark.parametrize(
    "url", ["www.courier.example", "https://www2.courier.example/a", "http://WWW1.Courier.Example/"]
)
def test_an_outlet_is_named_without_the_number_of_its_machine(url):
    assert outlet_of(url) == "courier.example"


@pytest.mark.parametrize(
    "url", ["https://www2.example/a", "https://www.example/a", "https://wwwnews.courier.example/a"]
)
def test_what_is_all_the_name_that_a_host_has_stays(url):
    assert outlet_of(url) == url.split("/")[2]


@pytest.mark.parametrize(
    "other",
    [
        "", None, "  ", "N/A", "null", "-", "#", "/2025/02/bridge", "17", "two words", "//", "https://", "\ud800",
        "about:blank", "javascript:void(0)", "mailto:desk@courier.example", "note: none",
    ],
)  # fmt: skip
def test_no_address_leads_nowhere(other):
    assert (page_of(other), outlet_of(other)) == (None, None)


@pytest.mark.parametrize(
    "other",
    ["urn:uuid:1", "tag:courier.example,2025:1", "doi:10.1000/1", "ftp://a/b", "http://[bad", "http://a:b/c"],
)
def test_what_is_no_web_address_names_itself_and_no_outlet(other):
    assert (page_of(other), outlet_of(other)) == (other, None)


@pytest.fixture
def loaded(tmp_path, monkeypatch):
    monkeypatch.delenv("MONITOR_WAREHOUSE", raising=False)
    monkeypatch.chdir(tmp_path)

    def load(*records):
        (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
        ingest(["in.jsonl"], make_plan(read_settings(None)))
        return ask(
            tmp_path / "warehouse" / "monitor.duckdb",
            "select title, source_id, revision from articles order by 1",
        ).rows

    return load


def record(url, title):
    text = f"{title}: the harbour town voted on Sunday to keep its old lighthouse open, and the mayor was glad of it."
    return {"url": url, "title": title, "text": text}


def test_articles_whose_scraper_gave_the_front_page_as_address_are_several(loaded):
    rows = loaded(
        *(
            record(url, url)
            for url in ("https://courier.example/", "courier.example", "https://www.courier.example")
        )
    )
    assert [row[1:] for row in rows] == [("courier.example", 1)] * 3


def test_an_article_that_came_by_two_ways_is_one(loaded):
    rows = loaded(
        record("http://courier.example/a?utm_source=rss", "Old"),
        record("https://www.courier.example/a", "New"),
    )
    assert rows == [("New", "courier.example", 2)]


def test_articles_without_an_address_stay_apart_whatever_stands_in_its_place(loaded):
    assert len(loaded(*(record("N/A", text) for text in ("Ferry", "Mill", "Bridge")))) == 3
