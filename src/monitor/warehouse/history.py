"""Fetch how an article changed from revision to revision."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from monitor.corpus.revisions import Change, differences, reverts_to
from monitor.translation.sentences import split_sentences
from monitor.warehouse.articles import fetch_article
from monitor.warehouse.query import ask

_REVISIONS = """
select revision, title, published_at, text, language, content_sha256, indexed_at
from article_revisions
where article_id = $1
order by revision
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What one revision changed; `reverts_to` is the earlier revision whose content came back, if any."""

    revision: int
    indexed_at: datetime
    title: list[Change]
    text: list[Change]
    date_change: tuple[datetime | None, datetime | None] | None
    reverts_to: int | None


def fetch_steps(path: Path, wanted: str) -> list[Step]:
    """Return the changes of the article that an id, a URL or a file name stands for, the oldest first.

    Raises UsageError when none or several answer to it.
    """
    article_id = fetch_article(path, wanted).row["article_id"]
    answer = ask(path, _REVISIONS, (article_id,))
    rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
    return [_step(rows[: number + 1]) for number in range(1, len(rows))]


def _step(rows: Sequence[dict[str, Any]]) -> Step:
    before, after = rows[-2:]
    earlier = reverts_to([row["content_sha256"] for row in rows])
    dates = (before["published_at"], after["published_at"])
    return Step(
        revision=after["revision"],
        indexed_at=after["indexed_at"],
        title=differences(*([row["title"]] if row["title"] else [] for row in (before, after))),
        text=differences(_sentences(before), _sentences(after)),
        date_change=dates if dates[0] != dates[1] else None,
        reverts_to=rows[earlier - 1]["revision"] if earlier else None,
    )


def _sentences(row: dict[str, Any]) -> list[str]:
    text = row["text"]
    return [text[start:end] for start, end in split_sentences(text, row["language"])]
