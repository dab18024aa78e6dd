"""Records of articles as programs write them, which is not always as the standards say."""

import json

import pytest

from monitor.errors import DocumentError
from monitor.readers.unpack import unpack_bytes

FERRY = "The night ferry to Osmund sails again from Friday, the harbour office said on its notice board."
MILL = "The old paper mill at Tarn will become a school of music, the council decided by one vote."


def documents_in(data, name=""):
    return [found.read() for found in unpack_bytes(data, "mem:x", name) if found.read]


def test_half_an_emoji_in_one_record_costs_no_record():
    records = f'[{{"title": "Ferry \\ud83d", "text": "{FERRY} \\ud83d\\ude00"}}, {{"text": "{MILL}"}}]'
    ferry, mill = documents_in(records.encode())
    assert (ferry.metadata.title, ferry.text) == ("Ferry \ufffd", f"{FERRY} \U0001f600")
    assert mill.text == MILL


def test_a_value_that_is_not_a_number_is_no_value():
    (line,) = documents_in(
        f'{{"headline": "Ferry", "title": NaN, "text": "{FERRY}", "date": NaN}}'.encode(), "x.jsonl"
    )
    assert (line.metadata.title, line.metadata.published_at) == ("Ferry", None)


def test_line_ends_and_tabs_may_stand_in_a_text_as_they_are():
    (record,) = documents_in(f'{{"text": "{FERRY}\n\n{MILL}\tTarn"}}'.encode(), "x.json")
    assert record.text == f"{FERRY}\n\n{MILL}\tTarn"


@pytest.mark.parametrize(
    "broken",
    [
        b'{"text": "cut off',
        b'{"text": "a"} {"text": "b"}',
        b"[" * 100_000,
        b'{"n": ' + b"1" * 5000 + b"}",
        b"{'a': 1}",
    ],
)
def test_what_no_program_would_take_for_json_is_broken(broken):
    (found,) = unpack_bytes(broken, "mem:x", "x.json")
    with pytest.raises(DocumentError, match="broken JSON"):
        _ = found.read() if found.read else raised(found.error)


def raised(error):
    raise error


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.html", f"<html><head><title>Ferry</title></head><body><p>{FERRY}</p><p>{MILL}</p></body></html>"),
        ("a.json", f'{{"text": "{FERRY}\\n{MILL}"}}'),
        ("a.jsonl", f'{{"text": "{FERRY}\\n{MILL}"}}\n'),
        ("a.csv", f'title,text\nFerry,"{FERRY}\n{MILL}"\n'),
        ("a.txt", f"{FERRY}\n{MILL}"),
    ],
)
def test_utf_16_is_read_without_its_byte_order_mark(name, text, encoding):
    (document,) = documents_in(text.encode(encoding), name)
    assert document.text == f"{FERRY}\n{MILL}"
    assert document.partial_reason is None


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_bytes_that_fit_no_encoding_make_a_text_partial(name):
    whole = f"Zürich, Köln, Łódź und Århus: {FERRY}".encode()
    (document,) = documents_in(whole.replace(b"Friday", b"Fri\xffay"), name)
    assert "Fri\ufffday" in document.text
    assert document.partial_reason == "damaged characters"
    (document,) = documents_in(whole.replace(b"Friday", "Fri\ufffday".encode()), name)  # so it was written
    assert document.partial_reason is None


def test_a_text_in_markup_is_read_as_its_reader_sees_it():
    text = f"<p>{FERRY}</p>\n<script>track()</script><p>Fish &amp; chips: <b>{MILL}</b></p>"
    record = {"title": "Fish &amp; chips", "text": text}
    for document in (
        *documents_in(json.dumps(record).encode()),
        *documents_in(f'title,text\nFish &amp; chips,"{text}"\n'.encode(), "x.csv"),
    ):
        assert document.text == f"{FERRY}\nFish & chips: {MILL}"
        assert document.metadata.title == "Fish & chips"


def test_a_text_that_shows_a_tag_stays_as_it_is():
    text = f"{FERRY} A paragraph begins with <p>, and 3 < 5 &amp; 7 > 2. {MILL}"
    (document,) = documents_in(json.dumps({"text": text}).encode())
    assert document.text == text


def test_a_text_of_tags_alone_is_no_text():
    (found,) = [one for one in unpack_bytes(b'{"text": "<p></p><div></div>"}', "mem:x") if one.read]
    with pytest.raises(DocumentError, match="no text"):
        found.read()


def test_posts_as_wordpress_gives_them_are_articles():
    post = {
        "date": "2026-03-01T08:00:00",
        "link": "https://osmund.example/ferry",
        "title": {"rendered": "Ferry &#8211; again"},
        "content": {"rendered": f"<p>{FERRY}</p>\n<p>{MILL}</p>", "protected": False},
    }
    (document,) = documents_in(json.dumps([post]).encode())
    assert (document.text, document.metadata.title) == (f"{FERRY}\n{MILL}", "Ferry – again")


def test_a_quotation_mark_that_nobody_closes_joins_no_rows_of_a_table_with_tabs():
    table = f'title\ttext\n"Ferry\t{FERRY}\nMill\t"{MILL}\n'
    assert [document.text for document in documents_in(table.encode(), "x.tsv")] == [FERRY, f'"{MILL}']
    quoted = f'title\ttext\n"Ferry ""again"""\t"{FERRY}\n""Soon,"" it said. {MILL}"\n'
    (document,) = documents_in(quoted.encode(), "x.tsv")
    assert (document.metadata.title, document.text) == (
        'Ferry "again"',
        f'{FERRY}\n"Soon," it said. {MILL}',
    )


def test_a_table_may_state_its_delimiter_as_excel_does():
    table = f'sep=;\r\ntitle;text\r\nFerry, again, and, again;"{FERRY}"\r\n'
    for data in (table.encode(), table.encode("utf-8-sig"), table.encode("utf-16")):
        (document,) = documents_in(data, "x.csv")
        assert (document.metadata.title, document.text) == ("Ferry, again, and, again", FERRY)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (
            "sitemap.xml",
            "<?xml version='1.0'?><urlset><url><loc>https://osmund.example/ferry</loc></url></urlset>",
        ),
        ("logo.svg", "<svg><title>Osmund Post</title><text>Osmund Post</text></svg>"),
        ("style.css", "body { margin: 0 }\n" * 20),
        ("page.js", "function a(b) { return b }\n" * 20),
    ],
)
def test_what_a_mirrored_site_holds_beside_its_pages_is_refused(name, text):
    (found,) = unpack_bytes(text.encode(), "mem:x", name)
    assert found.error is not None
    assert found.error.reason == "unsupported media type"


@pytest.mark.parametrize("date", [0, -1, 0.0, "1970-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "0001-01-01"])
def test_a_date_that_was_left_out_is_no_date(date):
    (document,) = documents_in(json.dumps({"text": FERRY, "date": date}).encode())
    assert document.metadata.published_at is None


@pytest.mark.parametrize("date", ["1970-01-01", "1969-07-20T20:17:40Z", -14_182_940])
def test_news_of_old_archives_keep_their_date(date):
    (document,) = documents_in(json.dumps({"text": FERRY, "date": date}).encode())
    assert document.metadata.published_at is not None
