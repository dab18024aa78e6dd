"""Fetch one article with its edits and segments, for people to look at."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from monitor.cleaning.edits import undo_edits
from monitor.errors import UsageError
from monitor.models import Cleaned, Edit
from monitor.warehouse.query import ask


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredArticle:
    """One article as the warehouse holds it: its row, its cleaning, and the rows of its segments.

    `sentences` are the translated ones (view `sentence_pairs`), `translations` what became of it in each target.
    """

    row: dict[str, Any]
    cleaned: Cleaned
    segments: list[dict[str, Any]]
    sentences: list[dict[str, Any]]
    translations: list[dict[str, Any]]


def fetch_article(path: Path, wanted: str) -> StoredArticle:
    """Return the article that an id (or its beginning), a URL, or a file name stands for.

    Raises UsageError when none or several answer to it.
    """
    row = find_article(path, wanted)
    key = (row["article_id"], row["revision"])
    edits = tuple(Edit(**e) for e in _rows(path, _EDITS, key))
    cleaned = Cleaned(raw=undo_edits(row["text"], edits), text=row["text"], edits=edits)
    return StoredArticle(
        row=row,
        cleaned=cleaned,
        segments=_rows(path, _SEGMENTS, key),
        sentences=_rows(path, _SENTENCES, key[:1]),
        translations=_rows(path, _TRANSLATIONS, key),
    )


_EDITS = """
select start_offset as start, end_offset as "end", removed, inserted, rule, confidence
from edits where article_id = $1 and revision = $2 order by ordinal
"""
_SEGMENTS = "select * from segment_texts where article_id = $1 and revision = $2 order by ordinal"
_SENTENCES = """
select * from sentence_pairs where article_id = $1 order by target_language, segment_ordinal, ordinal
"""
_TRANSLATIONS = """
select target_language, state, reason, route, doubtful_count, translation_quality
from article_translations where article_id = $1 and revision = $2 order by target_language
"""
FEWEST_LETTERS = 4  # of an id that say which is meant, below too
_MATCHES = """
select *
from articles
where article_id = $1 or url = $1 or canonical_url = $1 or input_uri = $1
    or (length($1) >= 4 and starts_with(article_id, $1)) or ends_with(input_uri, '/' || $1)
order by article_id
limit 6
"""


def find_article(path: Path, wanted: str) -> dict[str, Any]:
    """Return the row of the article that an id (or its beginning), a URL, or a file name stands for.

    Raises UsageError when none or several answer to it.
    """
    found = _rows(path, _MATCHES, (wanted,))
    if not found:
        raise UsageError(
            f"no article {wanted!r}: give an article_id (or its first letters), a URL or a file name"
        )
    if len(found) > 1 and found[0]["article_id"] != wanted:
        ids = ", ".join(row["article_id"] for row in found)
        raise UsageError(f"{wanted!r} stands for several articles: {ids}")
    return found[0]


def _rows(path: Path, sql: str, parameters: tuple[object, ...]) -> list[dict[str, Any]]:
    answer = ask(path, sql, parameters)
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
