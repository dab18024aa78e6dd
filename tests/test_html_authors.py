"""Who wrote an article: from what a page states, else from the lines at its headline."""

import pytest

from monitor.readers.fields import metadata_from
from monitor.readers.html import read_html

PARAGRAPH = "<p>The council met on Monday to hear what the bridge would cost, and heard it twice over.</p>"


def authors(head="", body="", title="The old bridge will be rebuilt", url="https://www.courier.example/a/1"):
    page = (
        f"<html><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1>{body}{PARAGRAPH * 5}"
        "</article></body></html>"
    )
    return read_html(page.encode(), url=url).metadata.authors


@pytest.mark.parametrize(
    ("stated", "names"),
    [
        ("Ann Example", ("Ann Example",)),
        ("By Ann Example and Bo Muster", ("Ann Example", "Bo Muster")),
        ("Written By: Ann Example", ("Ann Example",)),
        ("Ann Example And Bo Muster", ("Ann Example", "Bo Muster")),
        ("José Ortega Y Gasset", ("José Ortega Y Gasset",)),
        ("Theresa May, Tom May", ("Theresa May", "Tom May")),
        ("Von Ann Example, Bo Muster, dpa", ("Ann Example", "Bo Muster", "dpa")),
        ("Ann Example (Image: Big Pictures / Stock)", ("Ann Example",)),
        ("Ann Example, annexample", ("Ann Example",)),
        ("ANN EXAMPLE, National Political Writer", ("ANN EXAMPLE",)),
        ("作者：大渡 美咲", ("大渡 美咲",)),
        ("Από Άννα Παράδειγμα", ("Άννα Παράδειγμα",)),
        ("Gabo", ("Gabo",)),
        ("Guardian staff reporter", ("Guardian staff reporter",)),
    ],
)
def test_a_stated_author_is_given_by_name(stated, names):
    assert authors(f'<meta name="author" content="{stated}">') == names


@pytest.mark.parametrize(
    "stated",
    [
        "https://www.courier.example/authors/ann-example",
        "/profile/ann-example",
        "www.facebook.com/courier",
        "ann-example",
        "@annexample",
        "webadmin",
        "Anonymous",
        "View more posts",
        "courier.example",
        "Courier",
        "The Courier",
        "courier.example — Courier Publishing House",
        "Courier Media GmbH",
        "None",
    ],
)
def test_an_address_a_user_a_firm_or_the_outlet_is_no_author(stated):
    head = f'<meta property="og:site_name" content="The Courier"><meta name="author" content="{stated}">'
    assert authors(head) == ()


def test_what_a_page_states_goes_on_where_it_names_nobody():
    head = (
        '<meta property="article:author" content="https://www.courier.example/author/ann-example">'
        '<meta name="byl" content="By Ann Example">'
    )
    assert authors(head) == ("Ann Example",)


def test_a_writer_whose_own_site_it_is_stays():
    stated = '<meta name="author" content="Ann Example">'
    assert authors(stated, url="https://annexample.example/a") == ("Ann Example",)


@pytest.mark.parametrize(
    ("body", "names"),
    [
        ("<p>By Ann Example and Bo Muster November 18, 2019</p>", ("Ann Example", "Bo Muster")),
        ("<div>Von Ann von der Au</div>", ("Ann von der Au",)),
        ("<div class=byline>by Ann Example<br>Monday, November 18, 2019</div>", ("Ann Example",)),
        ("<div class=author-name>Ann Example<time>4 May</time></div>", ("Ann Example",)),
        ("<p><a href='/authors/ann'>Ann Example</a></p>", ("Ann Example",)),
        ("<p>By the river, nobody was surprised.</p>", ()),
        ("<p>By Monday it was over</p>", ()),
        ("<div class=byline>New Delhi</div>", ()),
        ("<aside><a href='/authors/ann'>Ann Example</a></aside>", ()),
        ("<ul><li class=author>Ann Example</li></ul>", ()),
    ],
)
def test_a_page_that_states_no_author_has_the_name_at_its_headline(body, names):
    assert authors(body=body) == names


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ("By Ann Example and Bo Muster", ("Ann Example", "Bo Muster")),
        (["Ann Example", {"name": "Bo Muster"}], ("Ann Example", "Bo Muster")),
        ("ann-example", ("ann-example",)),
        ("Courier Media GmbH", ("Courier Media GmbH",)),
    ],
)
def test_the_author_of_a_record_is_told_apart_where_that_can_be_and_kept_where_not(given, names):
    assert metadata_from({"author": given}).authors == names
