"""The full-text index: what is found, in which order, and what becomes of a damaged file."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest
from bench.in_memory import Made, open_in_memory, put
from hypothesis import given
from hypothesis import strategies as st

from monitor.corpus.article_text import ArticleText
from monitor.corpus.search_question import read_question
from monitor.errors import UsageError
from monitor.languages import Language
from monitor.warehouse.search import update_search_index
from monitor.warehouse.search_file import CannotWrite, with_index
from monitor.warehouse.search_index import SearchIndex

ARTICLES = [
    ArticleText(
        article_id="bridge",
        title="New bridge opens",
        text="The bridge in Easton opens in May. The mayor is happy.",
        language=Language("en"),
        outlet="easton.example",
        published_at=datetime(2026, 5, 1, tzinfo=UTC),
    ),
    ArticleText(
        article_id="puente",
        title="Reabre la estación",
        text="La estación reabre en mayo junto al puente.",
        title_translation="Station reopens",
        text_translation="The station reopens in May beside the bridge.",
        language=Language("es"),
        outlet="diario.example",
        published_at=datetime(2026, 5, 2, tzinfo=UTC),
    ),
    ArticleText(
        article_id="zh", title="阿里巴巴与苹果合作", text="在中国提供人工智能。", language=Language("zh-Hans")
    ),
    ArticleText(article_id="ja", text="東京都のアップルストア", language=Language("ja")),
    ArticleText(article_id="th", text="รัฐบาลไทยประกาศนโยบายใหม่", language=Language("th")),
    ArticleText(article_id="ko", text="애플은 서울에서 발표했다", language=Language("ko")),
    ArticleText(article_id="hi", text="भारत की राजधानी में", language=Language("hi")),
]


def fill(index: SearchIndex) -> None:
    known = index.signatures()
    index.update(((a, "1") for a in ARTICLES if a.article_id not in known), (), {})


def found(path: Path, question: str, **rest) -> list[str]:
    def work(index: SearchIndex) -> list[str]:
        fill(index)
        return [hit.article_id for hit in index.search(read_question(question), limit=10, **rest)]

    return with_index(path, work)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "monitor.duckdb.search"


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        ("bridge", ["bridge", "puente"]),
        ("BRIDGE AND station", ["puente"]),
        ("bridge NOT station", ["bridge"]),
        ('"station reopens"', ["puente"]),
        ("estacion", ["puente"]),
        ("reop*", ["puente"]),
        ("title:bridge", ["bridge"]),
        ("mayor NEAR/3 happy", ["bridge"]),
        ("easton NEAR/1 happy", []),
        ("(mayor OR station) bridge", ["puente", "bridge"]),
        ("阿里巴巴", ["zh"]),
        ("苹果", ["zh"]),
        ("作", ["zh"]),
        ("果阿", []),
        ("アップル", ["ja"]),
        ("東京", ["ja"]),
        ("นโยบาย", ["th"]),
        ("애플", ["ko"]),
        ("राजधानी", ["hi"]),
        ("राज", []),
        ("bridge language:es", ["puente"]),
        ("bridge NOT language:es", ["bridge"]),
        ("language:zh", ["zh"]),
        ("bridge outlet:easton.example", ["bridge"]),
        ("bridge date:2026-05-02..", ["puente"]),
        ("date:..2026-05-01", ["bridge"]),
        ("nothing-like-this", []),
    ],
)
def test_a_question_finds_its_articles_best_first(path, question, answers):
    assert found(path, question) == answers


def test_only_the_articles_asked_about_are_searched(path):
    assert found(path, "bridge", among=["puente", "zh"]) == ["puente"]
    assert found(path, "bridge", among=[]) == []


def test_an_article_that_changed_is_found_by_its_new_words_alone(path):
    def change(index: SearchIndex) -> None:
        fill(index)
        index.update([(ArticleText(article_id="bridge", text="A tunnel instead."), "2")], ["zh"], {})

    with_index(path, change)
    assert with_index(path, lambda index: index.signatures())["bridge"] == "2"
    assert found(path, "tunnel") == ["bridge"]
    assert found(path, "easton") == []
    assert found(path, "苹果") == ["zh"]  # the article that was gone is entered again by fill


def test_an_update_that_fails_is_made_good_by_the_next_one(path):
    def fail(index: SearchIndex) -> None:
        fill(index)

        def broken():
            yield ArticleText(article_id="new", text="A tunnel."), "1"
            raise ValueError("reading stopped")

        with pytest.raises(ValueError, match="reading stopped"):
            index.update(broken(), ["bridge"], {"state": "new"})

    with_index(path, fail)
    assert with_index(path, lambda index: index.fact("state")) is None
    assert found(path, "easton") == ["bridge"]


def test_an_index_that_may_only_be_read_is_used_as_it_is_or_copied_to_be_updated(path, monkeypatch):
    def update(index: SearchIndex) -> list[str]:
        index.update([(ArticleText(article_id="new", text="A tunnel."), "1")], ["bridge"], {})
        return [hit.article_id for hit in index.search(read_question("tunnel OR bridge"), limit=9)]

    with_index(path, fill)
    before = path.read_bytes()
    connect = sqlite3.connect

    def read_only(place, **rest):
        if place == ":memory:" or "uri" in rest:
            return connect(place, **rest)
        return connect(f"{place.as_uri()}?mode=ro", uri=True, **rest)

    monkeypatch.setattr(sqlite3, "connect", read_only)
    assert found(path, "easton") == ["bridge"]
    assert with_index(path, update) == ["new", "puente"]
    assert path.read_bytes() == before


def test_an_update_that_cannot_be_written_says_so(tmp_path):
    with pytest.raises(CannotWrite):
        with_index(tmp_path / "no such folder" / "x.search", fill, in_memory=False)


def test_a_search_waits_for_no_writer_that_has_not_committed(path):
    with_index(path, fill)
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("begin immediate")
    question = read_question("easton")
    hits = with_index(path, lambda index: index.search(question, limit=1))
    assert [hit.article_id for hit in hits] == ["bridge"]
    writer.execute("rollback")
    writer.close()


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda _: b"not a database at all" * 500,
        lambda data: data[: len(data) // 2],
        lambda data: data[:4096] + b"\xff" * (len(data) - 4096),
        lambda data: data.replace(b"create table facts", b"create table fact5"),
    ],
    ids=["empty", "foreign", "cut", "overwritten", "changed"],
)
def test_a_damaged_index_is_made_again_and_answers(path, damage):
    assert found(path, "bridge") == ["bridge", "puente"]
    path.write_bytes(damage(path.read_bytes()))
    assert found(path, "bridge") == ["bridge", "puente"]
    assert with_index(path, lambda index: len(index.signatures())) == len(ARTICLES)


def test_an_index_of_another_version_is_made_again(path):
    found(path, "bridge")
    with_index(path, lambda index: index.update((), (), {"layout": "0"}))
    assert with_index(path, lambda index: index.signatures()) == {}


def test_where_no_file_can_be_written_the_index_is_made_in_memory(tmp_path):
    assert found(tmp_path / "no such folder" / "x.search", "bridge") == ["bridge", "puente"]


def test_an_update_finds_what_is_new_has_changed_or_is_gone(tmp_path):
    connection, path = open_in_memory(), tmp_path / "monitor.search"

    def indexed():
        known = with_index(path, lambda index: index.signatures())
        assert known == dict(
            connection.execute("select article_id, signature from article_signatures").fetchall()
        )
        return "".join(sorted(known))

    put(connection, [Made(article_id=letter, text=f"the first {letter}") for letter in "bcdgh"])
    assert (update_search_index(connection, path), indexed()) == (5, "bcdgh")
    put(connection, [Made(article_id=letter, text=f"the second {letter}") for letter in "aceg"])
    assert (update_search_index(connection, path), indexed()) == (4, "abcdegh")
    connection.execute("delete from articles where article_id in ('a', 'd', 'g', 'h')")
    assert (update_search_index(connection, path), indexed()) == (0, "bce")
    connection.close()


def test_many_replaced_entries_make_an_index_worn(path):
    def work(index: SearchIndex) -> tuple[bool, bool]:
        articles = [ArticleText(article_id=f"{n}", text="word") for n in range(1200)]
        index.update([(article, "1") for article in articles], (), {})
        fresh = index.is_worn()
        for signature in ("2", "3"):
            index.update([(article, signature) for article in articles], (), {})
        return fresh, index.is_worn()

    assert with_index(path, work) == (False, True)


def test_a_question_that_cannot_be_read_is_searched_word_by_word_with_a_note(path):
    question = read_question('bridge AND ("Easton')
    assert question.note is not None
    assert "never closed" in question.note
    assert found(path, 'bridge ("Easton') == ["bridge"]


@pytest.mark.parametrize("question", ["", "   ", "???", '""', "language:es OR bridge"])
def test_a_question_that_nothing_can_answer_is_refused_in_one_line(question):
    with pytest.raises(UsageError) as error:
        read_question(question)
    assert "\n" not in str(error.value)


@given(st.text(alphabet="a\"'*^:()-+{}[]NEARAND /,\\%;苹ไ\x00é0", max_size=25))
def test_nothing_that_is_typed_reaches_the_index_as_syntax(question):
    try:
        asked = read_question(question)
    except UsageError:
        return
    with_index(Path(":memory:"), lambda index: index.search(asked, limit=1))
