"""Take words, quotations, key terms and tone of every article that is new or has changed."""

import hashlib
import itertools
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from monitor.corpus import key_terms, quotations, tone
from monitor.corpus.article_text import ArticleText
from monitor.corpus.measures import Measures
from monitor.corpus.vocabulary import vocabulary
from monitor.warehouse import columns
from monitor.warehouse.article_texts import fetch_texts, forget, stale_articles, text_portions
from monitor.warehouse.batches import Renewed, renewing
from monitor.warehouse.connection import Connection, atomic
from monitor.warehouse.sparing import sparing

AT_ONCE = 500  # articles a transaction
_MOST_THREADS = 8
_TABLES = ("measured_articles", "article_words", "quotations", "key_terms", "article_tones")

Rows = Iterator[tuple[str, dict[str, Any]]]


def update_measures(
    connection: Connection,
    wanted: Measures,
    *,
    done: Callable[[int], object] = lambda _: None,
    renewed: Renewed | None = None,
) -> int:
    """Measure the articles that have not been measured as they are, or so; return how many those were.

    `done` is told how many more have been measured.
    """
    _notice_change(connection, wanted)
    todo, gone = sparing(connection, partial(stale_articles, connection, "measured_articles"))
    if gone:
        with atomic(connection):
            _forget(connection, gone)
    parts = sparing(connection, partial(text_portions, connection, todo, AT_ONCE))
    for connection, ids in renewing(connection, parts, renewed):  # noqa: B020, PLR1704 - goes on with it
        sparing(connection, partial(_measure, connection, ids, wanted))
        done(len(ids))
    return len(todo)


def measures_signature(wanted: Measures) -> str:
    """Name the measures wanted and the versions of what takes them."""
    versions = (key_terms.key_terms_version(), tone.tone_version(), quotations.VERSION)
    return hashlib.sha256(repr((wanted, versions)).encode()).hexdigest()[:16]


def waiting(connection: Connection, wanted: Measures) -> bool:
    """Say whether anything is to be measured, over a connection that may only read."""
    return _signature(connection) != measures_signature(wanted) or any(
        stale_articles(connection, "measured_articles")
    )


def _signature(connection: Connection) -> str | None:
    row = connection.execute("select signature from measure_settings").fetchone()
    return row[0] if row else None


def _notice_change(connection: Connection, wanted: Measures) -> None:
    """Let every article be measured anew when other measures are wanted, or others take them."""
    signature = measures_signature(wanted)
    if _signature(connection) == signature:
        return
    with atomic(connection):
        connection.execute("delete from measure_settings")
        connection.execute("insert into measure_settings values ($1)", [signature])
        connection.execute("delete from measured_articles")


def _measure(connection: Connection, ids: Sequence[str], wanted: Measures) -> None:
    _forget(connection, ids)
    connection.execute(
        """
        insert into measured_articles by name
        select article_id, signature
        from article_signatures
        where article_id in (select unnest(string_split($1, chr(10))))
        """,
        [columns.listed(ids)],
    )
    rows: dict[str, list[dict[str, Any]]] = {}
    articles = fetch_texts(connection, ids)
    with ThreadPoolExecutor(
        min(os.cpu_count() or 1, _MOST_THREADS)
    ) as pool:  # YAKE is Rust and lets other threads run
        terms = pool.map(key_terms.key_terms, articles if wanted.key_terms else ())
        for article, found in itertools.zip_longest(articles, terms, fillvalue=()):
            assert isinstance(article, ArticleText)
            for table, row in (*_rows(article, wanted), *_key_terms(found)):
                rows.setdefault(table, []).append({"article_id": article.article_id, **row})
    _insert_words(connection, rows.pop("article_words", []))
    for table, made in rows.items():
        columns.insert(connection, table, made)


def _insert_words(connection: Connection, rows: Sequence[dict[str, Any]]) -> None:
    """Insert lists as joined texts that DuckDB splits: it takes each element of a list over one by one."""
    if not rows:
        return
    batch = columns.arrays(
        ("article_id", "words", "counts"), [(row["article_id"], row["words"], row["counts"]) for row in rows]
    )
    assert batch  # found by name in the statement
    connection.execute(
        """
        insert into article_words
        select article_id::varchar, string_split(words::varchar, ' '), string_split(counts::varchar, ' ')::integer[]
        from batch
        where words::varchar <> ''
        """
    )


def _forget(connection: Connection, ids: Sequence[str]) -> None:
    for table in _TABLES:
        forget(connection, table, "article_id", ids)


def _rows(article: ArticleText, wanted: Measures) -> Rows:
    if wanted.words:
        counted = sorted(vocabulary(article).items())
        words, counts = zip(*counted, strict=True) if counted else ((), ())
        yield "article_words", {"words": " ".join(words), "counts": " ".join(map(str, counts))}
    if wanted.quotations:
        yield from _quotations(article)
    if wanted.tone and (found := tone.tone(article)):
        yield (
            "article_tones",
            {
                "tone": found.tone,
                "sentence_count": found.sentences,
                "method": tone.METHOD,
                "version": tone.tone_version(),
            },
        )


def _quotations(article: ArticleText) -> Rows:
    for ordinal, found in enumerate(quotations.quotations(article.text, article.language)):
        yield (
            "quotations",
            {
                "ordinal": ordinal,
                "start_offset": found.start,
                "end_offset": found.end,
                "quotation": found.text,
                "speaker": found.speaker,
                "method": quotations.METHOD,
                "version": quotations.VERSION,
            },
        )


def _key_terms(terms: Iterable[key_terms.KeyTerm]) -> Rows:
    for found in terms:
        yield (
            "key_terms",
            {
                "side": found.side,
                "rank": found.rank,
                "term": found.term,
                "score": found.score,
                "method": key_terms.METHOD,
                "version": key_terms.key_terms_version(),
            },
        )
