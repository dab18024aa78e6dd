"""Load a batch of processed inputs: ledger and rows in one transaction, nothing lost, nothing twice."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from monitor import identity
from monitor.models import SUMMARY, Input, Prepared, Processed
from monitor.warehouse import columns, ledger, rows
from monitor.warehouse.connection import Connection, atomic, relieve


class Known(NamedTuple):
    """What the warehouse holds of an article."""

    revision: int
    content_sha256: str
    first_seen_at: datetime
    input_uri: str
    is_summary: bool = False


class Fate(NamedTuple):
    """What became of one input: new, changed, unchanged, moved, duplicate, rejected or container."""

    what: str
    article_id: str | None = None
    revision: int = 0


@dataclass(slots=True)
class _Batch:
    """What one batch knows and what it will write; later inputs of a batch see what earlier ones did."""

    by_uri: dict[str, ledger.Entry]
    by_hash: dict[str, ledger.Entry]
    articles: dict[str, Known]
    seen_at: datetime
    run_id: str
    replaced: set[str] = field(default_factory=set)
    rows: dict[str, dict[Any, dict[str, Any]]] = field(default_factory=dict)

    def put(self, table: str, key: object, row: dict[str, Any]) -> None:
        self.rows.setdefault(table, {})[key] = row


def load(
    connection: Connection,
    batch: Sequence[Processed],
    *,
    run_id: str,
    now: datetime,
    exists: Callable[[str], bool],
) -> list[Fate]:
    """Write a batch and return the fate of each input, in order.

    `exists(uri)` says whether another input's file is still where it was: if not, an equal file is the moved one.
    """
    state = _look_up(connection, batch, run_id, now)
    fates = [_place(state, processed, exists) for processed in batch]
    with atomic(connection):
        ledger.forget(connection, state.replaced)
        gone = [*state.rows.get("articles", {})]
        connection.execute(
            "delete from articles where article_id in (select unnest(string_split($1, chr(10))))",
            [columns.listed(gone)],
        )
        relieve(connection)  # what was looked through to find a few rows
        _insert_new_sources(connection, state)
        for table, found in state.rows.items():
            columns.insert(connection, table, list(found.values()))
    return fates


def _look_up(connection: Connection, batch: Sequence[Processed], run_id: str, now: datetime) -> _Batch:
    found = ledger.entries(
        connection, [p.input.uri for p in batch], [p.input.sha256 for p in batch if p.prepared is not None]
    )
    ids = {entry.article_id for entry in found} | {_id_of(p) for p in batch if p.prepared}
    known = connection.execute(
        """
        select
            article_id, revision, content_sha256, first_seen_at, input_uri, text_extraction_method = $2
        from articles
        where article_id in (select unnest(string_split($1, chr(10))))
        """,
        [columns.listed(filter(None, ids)), SUMMARY],
    ).fetchall()
    return _Batch(
        by_uri={entry.uri: entry for entry in found},
        by_hash={entry.sha256: entry for entry in reversed(found) if entry.outcome == "article"},
        articles={row[0]: Known(*row[1:]) for row in known},
        seen_at=now,
        run_id=run_id,
    )


def _id_of(processed: Processed) -> str:
    assert processed.prepared
    metadata = processed.prepared.document.metadata
    return identity.article_id(metadata.canonical_url or metadata.url, processed.input.uri)


def _place(state: _Batch, processed: Processed, exists: Callable[[str], bool]) -> Fate:
    if processed.prepared is not None:
        return _place_article(state, processed, processed.prepared, exists)
    _enter(state, processed, "reject" if processed.reject else "container", None)
    if processed.reject is None:
        return Fate("container")
    state.put(
        "rejects",
        processed.input.uri,
        rows.reject(processed.input, processed.reject, state.run_id, state.seen_at),
    )
    return Fate("rejected")


def _place_article(
    state: _Batch, processed: Processed, prepared: Prepared, exists: Callable[[str], bool]
) -> Fate:
    before = state.by_uri.get(processed.input.uri)
    if before and before.article_id and before.sha256 == processed.input.sha256:
        _enter(state, processed, before.outcome, before.article_id)
        return Fate("unchanged", before.article_id)
    twin = _twin(state, processed.input) if not _has_url(prepared) else None
    if twin and twin.article_id:
        moved = not exists(twin.uri)
        if moved:
            _leave(state, twin)
        _enter(state, processed, "article" if moved else "duplicate", twin.article_id)
        return Fate("moved" if moved else "duplicate", twin.article_id)
    return _place_text(state, processed, prepared, before)


def _has_url(prepared: Prepared) -> bool:
    return bool(prepared.document.metadata.canonical_url or prepared.document.metadata.url)


def _twin(state: _Batch, seen: Input) -> ledger.Entry | None:
    entry = state.by_hash.get(seen.sha256)
    return entry if entry and entry.uri != seen.uri else None


def _place_text(state: _Batch, processed: Processed, prepared: Prepared, before: ledger.Entry | None) -> Fate:
    owns = before is not None and before.outcome == "article" and not _has_url(prepared)
    article_id = before.article_id if owns and before and before.article_id else _id_of(processed)
    known = state.articles.get(article_id)
    metadata = prepared.document.metadata
    content = identity.content_sha256(prepared.title, metadata.published_at, prepared.cleaned.text)
    is_summary = prepared.document.extraction_method == SUMMARY
    # a summary is no revision of an article that is here in full
    if known and (known.content_sha256 == content or (is_summary and not known.is_summary)):
        same = known.input_uri == processed.input.uri
        _enter(state, processed, "article" if same else "duplicate", article_id)
        return Fate("unchanged" if same else "duplicate", article_id)
    revision = known.revision + 1 if known else 1
    first_seen_at = known.first_seen_at if known else state.seen_at
    state.articles[article_id] = Known(revision, content, first_seen_at, processed.input.uri, is_summary)
    _enter(state, processed, "article", article_id)
    written = rows.article(prepared, article_id, state.articles[article_id], state.run_id, state.seen_at)
    for table, key, row in written:
        state.put(table, key, row)
    return Fate("changed" if known else "new", article_id, revision)


def _enter(state: _Batch, processed: Processed, outcome: str, article_id: str | None) -> None:
    seen = processed.input
    entry = ledger.Entry(seen.uri, seen.sha256, outcome, article_id)
    state.by_uri[seen.uri] = entry
    if outcome == "article":
        state.by_hash.setdefault(seen.sha256, entry)
    state.replaced.add(seen.uri)
    state.rows.get("rejects", {}).pop(seen.uri, None)
    state.put(
        "inputs",
        seen.uri,
        rows.ledger_row(seen, processed.container, outcome, article_id, state.run_id, state.seen_at),
    )


def _leave(state: _Batch, entry: ledger.Entry) -> None:
    """Forget the place that a moved file left."""
    state.replaced.add(entry.uri)
    state.by_uri.pop(entry.uri, None)
    state.by_hash.pop(entry.sha256, None)
    state.rows.get("inputs", {}).pop(entry.uri, None)


def _insert_new_sources(connection: Connection, state: _Batch) -> None:
    wanted = state.rows.pop("sources", {})
    known = connection.execute(
        "select source_id from sources where source_id in (select unnest($1::varchar[]))", [list(wanted)]
    ).fetchall()
    for (source_id,) in known:
        wanted.pop(source_id)
    columns.insert(connection, "sources", list(wanted.values()))
