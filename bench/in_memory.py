"""Put articles into a warehouse in memory, past reading and cleaning, for what works on many of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import monitor
from monitor import identity
from monitor.warehouse import columns
from monitor.warehouse.connection import Connection, open_writer
from monitor.warehouse.migrations import migrate

SEEN = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """An article as a test or a benchmark gives it."""

    article_id: str
    text: str
    title: str | None = None
    published_at: datetime | None = None
    source_id: str | None = None
    language: str = "en"
    translation: str | None = None


def open_in_memory(path: str = ":memory:") -> Connection:
    """Return an empty warehouse."""
    connection = open_writer(Path(path))
    migrate(connection, monitor.__version__)
    return connection


def put(connection: Connection, articles: Iterable[Made], revision: int = 1) -> None:
    """Insert articles, replacing those of the same id."""
    made = list(articles)
    rows = [_row(article, revision) for article in made]
    ids = [row["article_id"] for row in rows]
    connection.execute("delete from articles where article_id in (select unnest($1::varchar[]))", [ids])
    columns.insert(connection, "articles", rows)
    translated = [_translation_row(article, revision) for article in made if article.translation]
    columns.insert(connection, "article_translations", translated)
    kept = [
        name
        for (name,) in connection.execute(
            "select column_name from information_schema.columns where table_name = 'article_revisions'"
        ).fetchall()
    ]
    columns.insert(connection, "article_revisions", [{name: row[name] for name in kept} for row in rows])


def _row(article: Made, revision: int) -> dict[str, object]:
    return {
        "article_id": article.article_id,
        "title": article.title,
        "text": article.text,
        "published_at": article.published_at,
        "source_id": article.source_id,
        "language": article.language,
        "authors": [],
        "first_seen_at": SEEN,
        "indexed_at": SEEN,
        "revision": revision,
        "language_confidence": 1.0,
        "language_method": "given",
        "language_share": 1.0,
        "other_languages": "{}",
        "word_count": len(article.text.split()),
        "text_extraction_method": "given",
        "content_sha256": identity.content_sha256(article.title, article.published_at, article.text),
        "text_sha256": identity.text_sha256(article.text),
        "input_uri": article.article_id,
        "run_id": "made",
    }


def _translation_row(article: Made, revision: int) -> dict[str, object]:
    return {
        "article_id": article.article_id,
        "revision": revision,
        "target_language": "en",
        "title": None,
        "text": article.translation,
        "state": "complete",
        "reason": None,
        "route": f"{article.language}→en",
        "sentence_count": 1,
        "pending_count": 0,
        "doubtful_count": 0,
        "translation_quality": None,
        "recipe_hash": "given",
        "translated_at": SEEN,
        "run_id": "made",
    }
