"""Boolean questions: how they are read, what they match, what a mistake says."""

import contextlib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.corpus.article_text import ArticleText
from monitor.corpus.lookout import Lookout
from monitor.corpus.queries import All, Either, Near, Not, Term
from monitor.corpus.query_match import QueryMatch
from monitor.corpus.query_parser import parse_query
from monitor.corpus.query_tokens import QuerySyntaxError
from monitor.corpus.watchlist import SavedQuery, Watchlist
from monitor.languages import Language

ARTICLE = ArticleText(
    article_id="1",
    title="Apple und Alibaba",
    text="Der Konzern Apple arbeitet seit Mai mit 阿里巴巴 zusammen. Banken warten.",
    text_translation="The Apple company has worked with Alibaba since May. Banks wait.",
    language=Language("de"),
    outlet="zeitung.example",
    published_at=datetime(2026, 5, 17, 12, tzinfo=UTC),
)


def match(query: str, article: ArticleText = ARTICLE) -> QueryMatch | None:
    saved = SavedQuery(query_id="q", name="Q", question=query, query=parse_query(query))
    matches = Lookout(Watchlist(queries=(saved,))).read(article).matches
    return matches[0] if matches else None


@pytest.mark.parametrize(
    "query",
    [
        '"Apple" AND (Alibaba OR 阿里巴巴) NOT fruit',
        "apple alibaba",
        "konzern company",
        "bank*",
        "fruit OR may",
        "Konzern NEAR/0 Apple",
        "Apple NEAR/2 Mai",
        "Apple NEAR/4 阿里巴巴",
        "(apple OR pear) NEAR/5 (alibaba OR tencent)",
        "title:alibaba",
        "title:(apple alibaba)",
        'text:"seit mai"',
        "language:de apple",
        "outlet:zeitung.example",
        "date:2026-05-17",
        "date:2026-05-01..2026-05-31 apple",
        "date:2026-05-17.. apple",
        "date:..2026-05-17 apple",
        "apple NOT (fruit OR pie)",
        "apple NOT language:en",
        "“since May”",
        "apple NOT NOT alibaba",
        "apple -fruit -(pie OR cake)",
    ],
)
def test_the_article_answers(query):
    assert match(query) is not None


@pytest.mark.parametrize(
    "query",
    [
        '"Apple" NOT Alibaba',
        "ban",
        "appl",
        "Apple NEAR/1 Mai",
        "Konzern NEAR/50 Banks",
        "title:konzern",
        "text:banks NEAR/2 title:apple",
        "language:en apple",
        "outlet:other.example apple",
        "date:2026-05-18.. apple",
        '"Apple Alibaba"',
        "fruit OR pie",
        "apple -alibaba",
        'apple -"since may"',
        "apple -language:de",
    ],
)
def test_the_article_does_not_answer(query):
    assert match(query) is None


def test_and_binds_closer_than_or_and_not_closest():
    a, b, c = Term("a"), Term("b"), Term("c")
    assert parse_query("a b OR c") == Either((All((a, b)), c))
    assert parse_query("a AND NOT b c") == All((a, Not(b), c))
    assert parse_query("a NEAR/3 b NEAR c") == All((Near((a,), (b,), 3), Near((b,), (c,), 10)))
    assert parse_query("a -b well-known") == All((a, Not(b), Term("well-known")))
    assert parse_query("and or not near") == All((Term("and"), Term("or"), Term("not"), Term("near")))


def test_a_match_shows_the_first_sentence_that_answers():
    found = match("banks OR alibaba")
    assert found is not None
    assert (found.part, found.start, found.end, found.sentence) == ("title", 10, 17, "Apple und Alibaba")


def test_a_match_by_a_condition_alone_has_no_sentence():
    assert match("language:de") == QueryMatch(query_id="q", query="Q")


@pytest.mark.parametrize(
    ("query", "position", "message"),
    [
        ("", 0, "ends where a word was expected"),
        ("apple AND", 9, "ends where a word was expected"),
        ("apple AND OR pear", 10, "OR stands where a word was expected"),
        ("(apple", 0, "never closed"),
        ("apple)", 5, "no opening one"),
        ('x "apple', 2, "never closed"),
        ('x ""', 2, "nothing between"),
        ("NOT fruit", 0, "something to find"),
        ("a OR NOT b", 0, "something to find"),
        ("apple titel:x", 6, "no field is called 'titel'"),
        ("language:(a b)", 9, "needs a value"),
        ("date:yesterday", 5, "'yesterday' is no day"),
        ("date:2026-02-30", 5, "'2026-02-30' is no day"),
        ("date:..", 5, "needs a day"),
        ("a NEAR/3 (b c)", 2, "NEAR stands between"),
        ("a NEAR/100000 b", 2, "too far"),
        ("a ???", 2, "no letter or digit"),
        ("title:language:en x", 0, "cannot stand inside"),
        ("(" * 50 + "a" + ")" * 50, 41, "nested"),
        ("title:" * 2000 + "a", 246, "nested"),
    ],
)
def test_a_mistake_is_named_with_its_place(query, position, message):
    with pytest.raises(QuerySyntaxError) as error:
        parse_query(query)
    assert message in str(error.value)
    assert error.value.position == position
    assert "\n" not in str(error.value)


@given(
    st.lists(
        st.sampled_from(
            [
                "a",
                "(",
                ")",
                '"',
                "AND",
                "OR",
                "NOT",
                "NEAR/2",
                "title:",
                "date:",
                "*",
                "：",
                "“",
                "\x00",
                "-",
                "苹",
            ]
        )
    )
)
def test_whatever_is_typed_is_read_or_refused(tokens):
    for text in (" ".join(tokens), "".join(tokens)):
        with contextlib.suppress(QuerySyntaxError):
            parse_query(text)
