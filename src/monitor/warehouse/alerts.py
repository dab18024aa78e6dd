"""Remember which answers to saved queries somebody has seen; list those that are new.

The note stands in a small file beside the warehouse, because asking must not write the warehouse.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from monitor.errors import WarehouseFull
from monitor.warehouse.query import ask

_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_NEW = """
select
    query, query_matches.article_id, title, url, source_id, language,
    strftime(published_at, '%Y-%m-%d') as published_on, sentence, first_matched_at
from query_matches
join articles using (article_id)
where first_matched_at > $1
order by first_matched_at, query, article_id
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """An article that answers a saved query, with the sentence that shows it."""

    query: str
    article_id: str
    title: str | None
    url: str | None
    outlet: str | None
    language: str
    published_on: str | None
    sentence: str | None
    first_matched_at: datetime

    def as_json(self) -> str:
        """Return the alert as one line of JSON."""
        return msgspec.json.encode(self).decode()


class _Note(msgspec.Struct):
    seen_until: datetime


def new_alerts(warehouse: Path, *, everything: bool = False) -> list[Alert]:
    """Return the answers found since those that were last marked as seen, in the order in which they came."""
    rows = ask(warehouse, _NEW, (_NEVER if everything else _seen_until(warehouse),)).rows
    return [Alert(**dict(zip(Alert.__dataclass_fields__, row, strict=True))) for row in rows]


def mark_seen(warehouse: Path, alerts: Sequence[Alert]) -> None:
    """Note that these have been seen; raises `WarehouseFull` where the note cannot be written."""
    if not alerts:
        return
    path = _note_path(warehouse)
    draft = path.with_name(path.name + ".tmp")
    newest = max(_seen_until(warehouse), *(alert.first_matched_at for alert in alerts))
    try:
        draft.write_bytes(msgspec.json.encode(_Note(seen_until=newest)))
        draft.replace(path)
    except OSError as error:
        raise WarehouseFull(f"cannot note in {str(path)!r} what was seen: {error.strerror}") from error


def _seen_until(warehouse: Path) -> datetime:
    """Return how far the answers were seen; a note that is lost or cannot be read means never."""
    try:
        return msgspec.json.decode(_note_path(warehouse).read_bytes(), type=_Note).seen_until
    except (OSError, msgspec.DecodeError, msgspec.ValidationError):
        return _NEVER


def _note_path(warehouse: Path) -> Path:
    return warehouse.with_name(warehouse.name + ".alerts")
