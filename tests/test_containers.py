"""Crawls, feeds, tables and compressed lists hold many articles: each comes out once, with what is known of it."""

import bz2
import gzip
import lzma
import tracemalloc
from datetime import UTC, datetime

import pytest

from monitor.config import make_plan
from monitor.errors import DocumentError
from monitor.limits import Limits
from monitor.pipeline import ingest
from monitor.readers.unpack import unpack, unpack_bytes
from monitor.settings import read_settings
from monitor.warehouse.query import ask

FERRY = "The night ferry to Osmund sails again from Friday, the harbour office said on its notice board."
MILL = "The old paper mill at Tarn will become a school of music, the council decided by one vote."
BODY = f"<article><p>{FERRY}</p><p>{MILL}</p></article>"
PAGE = f"<html><head><title>Ferry sails again</title></head><body>{BODY}</body></html>"
ITEM = f"""<item><title>Ferry &amp; mill</title><link>https://osmund.example/ferry</link>
<dc:creator>Ada Holm</dc:creator>
<pubDate>Tue, 03 Mar 2026 08:15:00 +0100</pubDate><description>The ferry sails …</description>
<content:encoded><![CDATA[<p>{FERRY}</p><p>{MILL}</p>]]></content:encoded></item>"""
TOLD = "The mill at Tarn becomes a school of music …"
LINK = "https://osmund.example/mill"
BRIEF = f"<item><title>Mill</title><link>{LINK}</link><description>{TOLD}</description></item>"


PICTURE = "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n"


def rss(*items):
    spaces = (
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    )
    head = "<title>Osmund Post</title><language>en-gb</language>"
    channel = f"<channel>{head}{''.join(items)}</channel>"
    return f'<?xml version="1.0"?><rss version="2.0" {spaces}>{channel}</rss>'.encode()


def record(kind, url, body, *, http="HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n", **more):
    """Return one record of a WARC file; `http` is None where the body is not an answer."""
    content = f"{http}\r\n".encode() + body if http else body
    headers = {
        "WARC-Type": kind,
        "WARC-Target-URI": url,
        "WARC-Record-ID": f"<urn:uuid:{url}>",
        "WARC-Date": "2026-03-03T08:00:00Z",
        "Content-Type": "application/http; msgtype=response" if http else "text/plain",
        "Content-Length": str(len(content)),
        **more,
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"WARC/1.0\r\n{lines}\r\n".encode() + content + b"\r\n\r\n"


def found_in(data, name="", **limits):
    """Return (end of the URI, reason or text) of every input."""
    found = unpack_bytes(data, "mem:x", name, limits=Limits(**limits))
    return [
        (
            one.input.uri.removeprefix("mem:x"),
            one.error.reason if one.error else one.read().text if one.read else None,
        )
        for one in found
    ]


def documents_in(data, name=""):
    return [found.read() for found in unpack_bytes(data, "mem:x", name) if found.read]


def test_a_page_of_a_crawl_is_an_article_of_its_address():
    crawl = record("response", "https://www.osmund.example/ferry", PAGE.encode())
    (page,) = documents_in(crawl)
    assert FERRY in page.text
    assert MILL in page.text
    assert page.metadata.url == "https://www.osmund.example/ferry"
    assert page.metadata.source == "osmund.example"
    assert page.metadata.title == "Ferry sails again"


@pytest.mark.parametrize("packed", [bytes, gzip.compress, bz2.compress, lzma.compress])
def test_a_crawl_is_read_however_it_is_compressed(packed):
    crawl = b"".join(
        packed(record("response", f"https://osmund.example/{n}", PAGE.encode())) for n in range(3)
    )
    assert [uri for uri, _ in found_in(crawl)] == [f"!/https://osmund.example/{n}" for n in range(3)] + [""]


def test_what_is_no_page_in_a_crawl_is_left_out_or_refused_with_its_reason():
    data = b"".join(
        [
            record("warcinfo", "", b"software: crawler", http=None),
            record("request", "https://osmund.example/ferry", b"", http="GET /ferry HTTP/1.1\r\n"),
            record("response", "https://osmund.example/gone", b"", http="HTTP/1.1 404 Not Found\r\n"),
            record("response", "https://osmund.example/a.png", b"\x89PNG", http=PICTURE),
            record(
                "response", "https://osmund.example/robots.txt", b"User-agent: *", http="HTTP/1.1 200 OK\r\n"
            ),
            record("conversion", "https://osmund.example/text", FERRY.encode(), http=None),
            record("response", "https://osmund.example/text", FERRY.encode(), http="HTTP/1.1 200 OK\r\n"),
        ]
    )
    assert found_in(data) == [
        ("!/https://osmund.example/gone", "not a page"),
        ("!/https://osmund.example/a.png", "unsupported media type"),
        ("!/https://osmund.example/robots.txt", "not a page"),
        ("!/https://osmund.example/text", FERRY),
        ("!/https://osmund.example/text~2", FERRY),
        ("", None),
    ]


def test_what_a_server_packed_or_sent_in_chunks_is_put_together():
    page = gzip.compress(PAGE.encode())
    packed = record(
        "response", "https://o.example/1", page, http="HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n"
    )
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(PAGE), PAGE.encode())
    parts = record(
        "response", "https://o.example/2", chunked, http="HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n"
    )
    assert [FERRY in document.text for document in documents_in(packed + parts)] == [True, True]


def test_a_crawl_that_breaks_off_keeps_what_came_before_and_says_so():
    crawl = b"".join(record("response", f"https://o.example/{n}", PAGE.encode()) for n in range(3))
    packed = gzip.compress(crawl)
    found = found_in(packed[: len(packed) // 2], "x.warc.gz")
    assert found[-1] == ("", "damaged archive")
    assert found_in(crawl[:500] + b"WARC/9 nothing of the kind")[-1][0] == ""


@pytest.mark.parametrize("cut", [{"WARC-Truncated": "length"}, {"Content-Length": "5000"}])
def test_a_page_that_the_crawler_cut_off_is_partial(cut):
    (page,) = documents_in(record("response", "https://o.example/1", PAGE.encode(), **cut))
    assert FERRY in page.text
    assert page.partial_reason == "the crawler kept only a part"


def test_a_crawl_or_table_without_anything_says_so(capfd):
    assert found_in(b"WARC/1.0\r\n\r\nnothing of the kind") == [("", "no pages")]
    assert found_in(b"title,text\n", "t.csv") == [("", "empty")]
    lying = record("response", "https://o.example/1", PAGE.encode(), **{"Content-Length": "120"})
    assert found_in(lying)[-1] == ("", "damaged archive")
    assert capfd.readouterr().err == ""


def test_each_entry_of_a_feed_is_an_article_and_a_summary_is_a_partial_one():
    ferry, mill = documents_in(rss(ITEM, BRIEF))
    assert ferry.text == f"{FERRY}\n{MILL}"
    assert ferry.metadata.title == "Ferry & mill"
    assert ferry.metadata.url == "https://osmund.example/ferry"
    assert ferry.metadata.source == "osmund.example"
    assert ferry.metadata.authors == ("Ada Holm",)
    assert ferry.metadata.published_at == datetime(2026, 3, 3, 7, 15, tzinfo=UTC)
    assert ferry.metadata.language_hint == "en-gb"
    assert ferry.partial_reason is None
    assert mill.text == TOLD
    assert mill.partial_reason == "the feed's summary"


def test_atom_and_the_older_rss_are_feeds_too():
    atom = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>P</title><entry><title>Ferry</title>
        <link href="https://o.example/1"/><updated>2026-03-03T07:15:00Z</updated>
        <content type="html">&lt;p&gt;{FERRY}&lt;/p&gt;</content></entry></feed>"""
    rdf = f"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
        <item><title>Ferry</title><link>https://o.example/1</link><description>{FERRY}</description></item></rdf:RDF>"""
    for feed in (atom, rdf):
        (entry,) = documents_in(feed.encode())
        assert (entry.text, entry.metadata.title, entry.metadata.url) == (
            FERRY,
            "Ferry",
            "https://o.example/1",
        )


@pytest.mark.parametrize(
    ("feed", "reason"),
    [
        (rss(), "no entries"),
        (b"<rss><channel><item><title>Only this</title></item></channel></rss>", "no text"),
        (
            b'<!DOCTYPE r [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><rss><channel>&b;</channel></rss>',
            "no entries",
        ),
    ],
)
def test_a_feed_without_articles_says_so(feed, reason):
    assert reason in outcomes_of(feed)


def test_an_outside_file_that_a_feed_names_is_not_opened(tmp_path):
    (tmp_path / "secret").write_text("the secret of the lighthouse")
    feed = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>'.encode()
    feed += rss(ITEM.replace("Ferry &amp; mill", "&x;")).split(b"?>")[1]
    assert all("secret" not in f"{document.text}{document.metadata.title}" for document in documents_in(feed))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_each_row_of_a_table_is_an_article_whatever_the_delimiter(delimiter):
    lines = [
        delimiter.join(["URL", "Title", "Date", "Text"]),
        delimiter.join(["https://o.example/1", "Ferry", "2026-03-03", f'"{FERRY}\n\nIt said ""soon""."']),
        "",
        delimiter.join(["https://o.example/2", "Mill", "", f'"{MILL}"']),
    ]
    one, two = documents_in("\r\n".join(lines).encode(), "table.csv")
    assert one.text.splitlines() == [FERRY, "", 'It said "soon".']
    assert (one.metadata.url, one.metadata.title, two.metadata.title) == (
        "https://o.example/1",
        "Ferry",
        "Mill",
    )
    assert one.metadata.published_at == datetime(2026, 3, 3, tzinfo=UTC)


def outcomes_of(data, name=""):
    """Return the reason or the text of every input, read as an ingest reads it."""
    outcomes = []
    for found in unpack_bytes(data, "mem:x", name):
        try:
            outcomes.append(found.error.reason if found.error else found.read and found.read().text)
        except DocumentError as error:
            outcomes.append(error.reason)
    return outcomes


def test_a_row_with_too_many_cells_is_refused_and_not_cut():
    table = f'title,text\nFerry,{FERRY}, and more, unquoted\nMill,"{MILL}"\n'.encode()
    assert outcomes_of(table, "t.csv") == ["broken row", MILL, None]


def test_a_table_without_a_text_is_one_reject_that_names_its_columns():
    assert found_in(b"day,price\n1,2\n3,4\n", "prices.csv") == [("", "no text column")]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252", "gb18030"])
def test_a_table_is_read_in_the_encoding_that_it_is_in(encoding):
    text = (
        "港口办公室说，夜间渡轮从星期五起重新开航，票价不变。"
        if encoding == "gb18030"
        else "Zürich fährt früher: die Fähre über den Bodensee beginnt schon im März, hieß es."
    )
    table = f'titel,text\nA,"{text}"\nB,"{text}"\n'.encode(encoding)
    assert [document.text for document in documents_in(table, "t.csv")] == [text, text]


def test_a_stray_byte_in_a_table_costs_no_other_cell():
    table = (
        "text\nDie Fähre fährt im März wieder über den See.\n".encode()
        + b"Z\xfcrich wartet darauf schon lange.\n"
    )
    assert [document.text for document in documents_in(table, "t.csv")] == [
        "Die Fähre fährt im März wieder über den See.",
        "Zürich wartet darauf schon lange.",
    ]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_a_compressed_list_may_be_larger_than_what_is_read_at_once(pack):
    lines = b"".join(b'{"text": "%s Number %d."}\n' % (FERRY.encode(), n) for n in range(2000))
    found = found_in(pack(lines), "x.jsonl.gz", input_bytes=50_000)
    assert len(found) == 2001
    assert found[1999] == ("#2000", f"{FERRY} Number 1999.")
    assert found[-1] == ("", None)


def test_a_list_that_breaks_off_in_the_middle_keeps_the_records_before():
    packed = gzip.compress(b"".join(b'{"text": "%s %d"}\n' % (FERRY.encode(), n) for n in range(5000)))
    found = found_in(packed[:-2000], "x.jsonl.gz")
    assert len(found) > 100
    assert found[-1] == ("", "damaged archive")


def test_lists_in_utf_16_are_read_line_by_line():
    lines = "".join(f'{{"text": "{FERRY} {n}"}}\n' for n in range(3)).encode("utf-16")
    assert [text for _, text in found_in(lines, "x.jsonl")] == [f"{FERRY} {n}" for n in range(3)] + [None]


def test_a_large_crawl_is_never_held_in_memory(tmp_path):
    page = record("response", "https://o.example/1", b"<p>" + bytes(range(32, 127)) * 1000 + b"</p>")
    path = tmp_path / "x.warc.gz"
    path.write_bytes(b"".join(gzip.compress(page, 0) for _ in range(200)))
    tracemalloc.start()
    try:
        count = sum(1 for _ in unpack(path, "file:x"))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count == 201
    assert peak < len(page) * 20


def test_a_summary_never_takes_the_place_of_the_article_it_tells_of(tmp_path, monkeypatch):
    monkeypatch.delenv("MONITOR_WAREHOUSE", raising=False)
    warehouse = tmp_path / "w.duckdb"
    plan = make_plan(read_settings(None, warehouse=str(warehouse)), phases=())
    early, pages, late = tmp_path / "1.xml", tmp_path / "2.warc", tmp_path / "3.xml"
    early.write_bytes(rss(BRIEF))
    pages.write_bytes(record("response", "https://osmund.example/mill", PAGE.encode()))
    late.write_bytes(rss(BRIEF.replace("becomes", "will soon become")))

    def state():
        return ask(warehouse, "select revision, text_extraction_method from articles").rows

    ingest([early], plan)
    assert state() == [(1, "summary")]
    ingest([pages], plan)
    ((revision, method),) = state()
    assert (revision, method != "summary") == (2, True)
    assert ingest([late], plan).duplicates == 1
    assert state() == [(2, method)]


def test_a_file_that_is_a_crawl_is_unpacked_from_the_disk(tmp_path):
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(gzip.compress(record("response", "https://o.example/1", PAGE.encode())))
    found = [*unpack(path, "file:x", mtime_ns=7)]
    assert [one.input.uri for one in found] == ["file:x!/https://o.example/1", "file:x"]
    assert found[-1].input.mtime_ns == 7
    assert found[-1].input.size == path.stat().st_size
