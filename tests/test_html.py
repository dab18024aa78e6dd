"""Reading web pages: text, metadata, limits."""

import pytest

from monitor.errors import DocumentError
from monitor.readers.html import read_html

PARAGRAPH = (
    "<p>The council met on Tuesday and agreed, after two hours, to repair the old bridge over the river.</p>"
)


def page(body: str, head: str = "") -> bytes:
    return f"<html><head>{head}</head><body><article>{body}</article></body></html>".encode()


@pytest.mark.parametrize(
    "data", [b"", b"   ", b"<![CDATA[ x ]]>", b"<html><body><script>1</script></body></html>"]
)
def test_a_page_without_text_is_a_document_error(data):
    with pytest.raises(DocumentError) as caught:
        read_html(data)
    assert caught.value.stage == "extract"


def test_a_comment_that_never_ends_does_not_swallow_the_article():
    document = read_html(
        page(
            PARAGRAPH * 3
            + "<!-- oops "
            + "<p>The last paragraph, which stands after the comment, is kept too.</p>"
        )
    )
    assert "stands after the comment" in document.text
    assert document.partial_reason == "unclosed comment"


def test_metadata_comes_from_json_ld_before_meta_tags():
    head = """<title>Bridge to be repaired | Example Times</title>
    <meta property="article:published_time" content="2020-01-01T00:00:00Z">
    <script type="application/ld+json">{"@type": "NewsArticle", "headline": "Bridge to be repaired",
    "datePublished": "2019-11-19T23:30:00-05:00", "author": [{"name": "Ann Example"}, {"name": "Bo Muster"}]}
    </script>"""
    known = read_html(page(PARAGRAPH * 4, head), url="https://www.example.org/a/1?x=2").metadata
    assert (known.title, known.authors, known.source) == (
        "Bridge to be repaired",
        ("Ann Example", "Bo Muster"),
        "example.org",
    )
    assert known.published_at is not None
    assert known.published_at.isoformat() == "2019-11-20T04:30:00+00:00"
    assert (known.published_at_precision, known.published_at_source) == ("second", "json-ld datePublished")
