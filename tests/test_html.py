"""Reading web pages; cases/html has pages with what must come out beside them."""

import json
import random
from pathlib import Path

import pytest

from monitor.errors import DocumentError
from monitor.readers.html import read_html
from monitor.readers.html_blocks import lay_out
from monitor.readers.html_dates import read_moment
from monitor.readers.html_parsing import parse

CASES = sorted(Path(__file__).with_name("cases").joinpath("html").glob("*.html"))
PARAGRAPH = (
    "<p>The council met on Tuesday and agreed, after two hours, to repair the old bridge over the river.</p>"
)


def page(body: str, head: str = "") -> bytes:
    return f"<html><head>{head}</head><body><article>{body}</article></body></html>".encode()


def blocks(body: str) -> list[str]:
    return [block.text for block in lay_out(parse(page(body)).tree).blocks]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_page_gives_its_article_and_nothing_else(case):
    assert read_html(case.read_bytes()).text + "\n" == case.with_suffix(".txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "case", [case for case in CASES if case.with_suffix(".json").exists()], ids=lambda case: case.stem
)
def test_a_page_gives_its_metadata(case):
    known = read_html(case.read_bytes()).metadata
    for name, wanted in json.loads(case.with_suffix(".json").read_text(encoding="utf-8")).items():
        value = getattr(known, name)
        have = (
            value.isoformat()
            if hasattr(value, "isoformat")
            else list(value)
            if isinstance(value, tuple)
            else value
        )
        assert (name, have) == (name, wanted)


@pytest.mark.parametrize(
    "data", [b"", b"   ", b"<![CDATA[ x ]]>", b"<html><body><script>1</script></body></html>"]
)
def test_a_page_without_text_is_a_document_error(data):
    with pytest.raises(DocumentError) as caught:
        read_html(data)
    assert caught.value.stage == "extract"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (PARAGRAPH * 3 + "<!-- oops " + PARAGRAPH.replace("council", "last council"), "unclosed comment"),
        (
            PARAGRAPH * 3 + "<script>var a = 1;\n" + PARAGRAPH.replace("council", "last council"),
            "unclosed script",
        ),
        ("<div>" * 5_000 + PARAGRAPH * 3 + PARAGRAPH.replace("council", "last council"), "nested too deep"),
        ("<b>" * 50_000 + PARAGRAPH * 3 + PARAGRAPH.replace("council", "last council"), "nested too deep"),
        (
            f"<div {' '.join(f'a{n}=1' for n in range(60_000))}>{PARAGRAPH * 3}</div>"
            + PARAGRAPH.replace("council", "last council"),
            "attributes dropped",
        ),
    ],
    ids=["comment", "script", "divs", "bold", "attributes"],
)
def test_what_swallows_a_page_is_undone_and_reported(body, reason):
    document = read_html(page(body))
    assert "The last council met" in document.text
    assert document.partial_reason == reason


def test_a_page_that_is_cut_off_in_a_script_ends_before_it():
    cut = f"<html><body>{PARAGRAPH * 3}<script>\nwindow.later = function (page) {{\n  var next = page.next || 'none"
    document = read_html(cut.encode())
    assert "var next" not in document.text
    assert "The council met" in document.text
    assert document.partial_reason == "unclosed script"
    with pytest.raises(DocumentError, match="no text"):
        read_html(cut.replace(PARAGRAPH, "").encode())


@pytest.mark.parametrize("form", ["{}\n{}", "<p>{}</p><p>{}</p>"])
def test_a_page_whose_text_a_script_puts_in_has_the_text_that_it_states(form):
    told = [
        f"The council met on {day} and voted on the old bridge for the {day} market."
        for day in ("Monday", "Friday")
    ]
    stated = json.dumps({"@type": "NewsArticle", "headline": "Vellmar", "articleBody": form.format(*told)})
    head = f'<script type="application/ld+json">{stated}</script>'
    document = read_html(f"<html><head>{head}</head><body><div>Loading…</div></body></html>".encode())
    assert document.text == "\n".join(told)
    assert document.metadata.title == "Vellmar"


LARGE = {
    "siblings": PARAGRAPH + "".join(f"<p>{n}</p>" for n in range(100_000)),
    "one text": f"{PARAGRAPH}<p>{'All work and no play makes a long text. ' * 300_000}</p>",
}


@pytest.mark.parametrize("body", LARGE.values(), ids=LARGE.keys())
def test_a_page_too_large_for_the_extractor_is_read_without_it(body):
    document = read_html(page(body))
    assert "The council met on Tuesday" in document.text
    assert document.partial_reason == "too large for the extractor: prose alone"
    assert document.extraction_method == "blocks"


def test_a_text_node_of_twelve_megabytes_is_kept():
    assert len(read_html(page(LARGE["one text"])).text) > 11_000_000


def test_a_well_formed_page_is_not_partial():
    assert read_html(page(PARAGRAPH * 4)).partial_reason is None


def test_entities_of_a_document_type_are_not_expanded():
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    kind = f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY e0 "boom">{levels}]>'
    data = f"{kind}<html><body><p>&e11;</p>{PARAGRAPH * 3}"
    assert len(read_html(data.encode()).text) < 1_000


def test_damaged_pages_give_a_document_or_a_document_error_and_the_same_one_twice():
    chance = random.Random(7)
    for case in CASES:
        data = bytearray(case.read_bytes())
        for _ in range(30):
            data[chance.randrange(len(data))] = chance.randrange(256)
        for damaged in (bytes(data), bytes(data[: len(data) // 2])):
            assert outcome(damaged) == outcome(damaged)


def outcome(data: bytes):
    try:
        return read_html(data)
    except DocumentError as error:
        return str(error)


def test_blocks_are_what_a_reader_sees_apart():
    assert blocks("<p>one <b>two</b>three</p>four<br>five<ul><li>six</li><li>se<i>ven</i></li></ul>") == [
        "one twothree",
        "four",
        "five",
        "six",
        "seven",
    ]


def test_a_row_of_short_cells_is_one_block_and_a_row_that_lays_out_a_page_is_not():
    assert blocks("<table><tr><td>1920</td><td>Leeds</td></tr></table>") == ["1920 | Leeds"]
    assert blocks("<table><tr><td>Menu<br>Home</td><td>Text</td></tr></table>") == ["Menu", "Home", "Text"]


def test_links_side_by_side_are_not_glued_but_a_link_inside_a_word_does_not_split_it():
    assert blocks("<p><a>One</a><a>Two</a> un<a>believ</a>able</p>") == ["One Two unbelievable"]


def test_scripts_styles_and_form_fields_are_no_text():
    assert blocks(
        "<style>p {}</style><script>x</script><noscript>n</noscript><select><option>a</select>text"
    ) == ["text"]


def test_metadata_comes_from_json_ld_before_meta_tags():
    head = """<title>Bridge to be repaired | Example Times</title>
    <meta property="article:published_time" content="2020-01-01T00:00:00Z">
    <script type="application/ld+json">{"@type": "NewsArticle", "headline": "Bridge to be repaired",
    "datePublished": "2019-11-19T23:30:00-05:00", "author": [{"name": "Ann Example"}, {"name": "Bo Muster"}]}
    </script>"""
    known = read_html(page(PARAGRAPH * 4, head), url="https://www.example.org/a/1?x=2").metadata
    assert (known.title, known.source) == ("Bridge to be repaired", "example.org")
    assert known.authors == ("Ann Example", "Bo Muster")
    assert known.published_at is not None
    assert known.published_at.isoformat() == "2019-11-20T04:30:00+00:00"
    assert (known.published_at_precision, known.published_at_source) == ("second", "json-ld datePublished")


def test_a_page_without_a_stated_date_takes_it_from_the_line_below_its_headline():
    body = (
        "<div>12 May 2018</div><h1>Bridge repaired</h1><div>Lindow, 4 March 2021 18:30</div>" + PARAGRAPH * 4
    )
    known = read_html(page(body, "<title>Bridge repaired</title>")).metadata
    assert known.published_at is not None
    assert known.published_at.isoformat() == "2021-03-04T18:30:00+00:00"
    assert (known.published_at_precision, known.published_at_source) == ("minute", "text")


def test_a_page_without_a_stated_date_takes_it_from_its_address():
    known = read_html(page(PARAGRAPH * 4), url="https://example.org/2019/11/19/bridge").metadata
    assert known.published_at is not None
    assert (known.published_at.date().isoformat(), known.published_at_precision) == ("2019-11-19", "day")
    assert known.published_at_source == "url"


@pytest.mark.parametrize(
    "url", ["http://[bad", "//", "mailto:x", "\ud800", "http://example.org:port/2019/13/45/"]
)
def test_an_impossible_address_harms_nothing(url):
    head = '<link rel="canonical" href="http://[worse"><meta property="og:url" content="http://a:b:c/">'
    assert read_html(page(PARAGRAPH * 4, head), url=url).text.startswith("The council met")


@pytest.mark.parametrize("front", ["https://example.org/", "https://example.org", "/?utm_source=page#top"])
def test_a_page_that_names_its_front_page_as_canonical_is_not_believed(front):
    head = f'<link rel="canonical" href="{front}">'
    assert read_html(page(PARAGRAPH * 4, head), url="https://example.org/a").metadata.canonical_url is None


@pytest.mark.parametrize(
    ("text", "moment", "precision"),
    [
        ("2019-11-19T23:30:00-05:00", "2019-11-20T04:30:00+00:00", "second"),
        ("20191119", "2019-11-19T00:00:00+00:00", "day"),
        ("2019-11", "2019-11-01T00:00:00+00:00", "month"),
        ("Tue, 19 Nov 2019 08:30:00 GMT", "2019-11-19T08:30:00+00:00", "second"),
        ("1574150000000", "2019-11-19T07:53:20+00:00", "second"),
        ("January 5, 2012 3:04 pm EST", "2012-01-05T20:04:00+00:00", "minute"),
        ("12 января 2012 12:44", "2012-01-12T12:44:00+00:00", "minute"),
        ("2012年1月17日 08:30", "2012-01-17T08:30:00+00:00", "minute"),
        ("5 de enero de 2012", "2012-01-05T00:00:00+00:00", "day"),
        ("12/31/2020", "2020-12-31T00:00:00+00:00", "day"),
    ],
)
def test_dates_are_read_as_aware_utc_with_their_precision(text, moment, precision):
    read = read_moment(text)
    assert read is not None
    assert (read[0].isoformat(), read[1]) == (moment, precision)


@pytest.mark.parametrize(
    "text", ["", "soon", "2019-13-45", "2020-02-30", "9999999999", "99/99/9999", "May 2012 was wet"]
)
def test_what_is_no_date_gives_none(text):
    assert read_moment(text) is None


@pytest.mark.xfail(strict=True, raises=AssertionError, reason="the model misjudges a block")
@pytest.mark.parametrize(
    "case", sorted(CASES[0].parent.glob("known_failures/*.html")), ids=lambda case: case.stem
)
def test_known_failures(case):
    assert read_html(case.read_bytes()).text + "\n" == case.with_suffix(".txt").read_text(encoding="utf-8")


def test_a_headline_above_the_text_is_left_to_the_metadata():
    document = read_html(page("<h1>Bridge</h1>" + PARAGRAPH * 4, "<title>Bridge</title>"))
    assert document.metadata.title == "Bridge"
    assert document.text.startswith("The council met")


TITLED = {
    "a kicker that is part of the headline": (
        "<title>Storm warning: Vellmar closes its harbour for three days</title>",
        "<h1>Storm warning</h1><h1>Storm warning: Vellmar closes its harbour for three days</h1>",
        "Storm warning: Vellmar closes its harbour for three days",
    ),
    "the outlet's name as the first heading": (
        """<title>Vellmar closes its harbour | The Vellmar Post</title>
        <meta property="og:site_name" content="The Vellmar Post">""",
        "<h1>The Vellmar Post</h1><h2>Vellmar closes its harbour</h2>",
        "Vellmar closes its harbour",
    ),
    "full-width separators": (
        "<title>費爾馬關閉港口三天｜生活新聞｜費爾馬電子報</title>",
        "<p>費爾馬關閉港口三天</p>",
        "費爾馬關閉港口三天",
    ),
    "a headline between outlet and section": (
        "<title>Vellmar Post - Harbour closed for three whole days - Town + Country</title>",
        "<p>Harbour closed for three whole days</p>",
        "Harbour closed for three whole days",
    ),
    "sections of the site behind a headline that stands nowhere else": (
        """<title>Harbour closed for three days | Town and Country | News</title>
        <meta property="og:title" content="Harbour closed for three days | Town and Country | News">""",
        "",
        "Harbour closed for three days",
    ),
}


@pytest.mark.parametrize("why", TITLED)
def test_the_title_is_the_headline_and_not_the_outlet(why):
    head, top, wanted = TITLED[why]
    story = "".join(
        f"<p>The town council of Vellmar closed the harbour on Sunday because of storm number {n}, the mayor said.</p>"
        for n in range(6)
    )
    page = (
        f"<html><head><meta charset='utf-8'>{head}</head><body>{top}<article>{story}</article></body></html>"
    )
    assert read_html(page.encode()).metadata.title == wanted
