"""Load a batch of processed inputs: ledger and rows in one transaction, nothing lost, nothing twice."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from monitor import identity
from monitor.corpus.captures import Whole, Worth, worth_of
from monitor.models import SUMMARY, Input, Prepared, Processed, Reject
from monitor.warehouse import columns, ledger, rows
from monitor.warehouse.connection import Connection, atomic, relieve
from monitor.warehouse.known import Batch, Known, id_of, look_up, page_of_article

_COMPLETE = """
update articles
set partial_reason = null, text_extraction_method = completed.method
from (select unnest($1::varchar[]) as article_id, unnest($2::varchar[]) as method) as completed
where articles.article_id = completed.article_id
"""
_NOT_REACHED = "cut off before the article"


class Fate(NamedTuple):
    """What became of one input: new, changed, unchanged, moved, duplicate, rejected (and why) or container."""

    what: str
    article_id: str | None = None
    revision: int = 0
    reject: Reject | None = None


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
    state = look_up(connection, batch, run_id, now)
    fates = [_place(state, processed, exists) for processed in batch]
    with atomic(connection):
        ledger.forget(connection, state.replaced)
        gone = [*state.rows.get("articles", {})]
        connection.execute(
            "delete from articles where article_id in (select unnest(string_split($1, chr(10))))",
            [columns.listed(gone)],
        )
        if state.completed:
            connection.execute(_COMPLETE, [[*state.completed], [*state.completed.values()]])
        relieve(connection)  # what was looked through to find a few rows
        _insert_new_sources(connection, state)
        for table, found in state.rows.items():
            columns.insert(connection, table, list(found.values()))
    return fates


def _place(state: Batch, processed: Processed, exists: Callable[[str], bool]) -> Fate:
    if processed.prepared is not None:
        return _place_article(state, processed, processed.prepared, exists)
    if processed.reject is not None:
        return _refuse(state, processed, processed.reject)
    _enter(state, processed, "container", None)
    return Fate("container")


def _refuse(state: Batch, processed: Processed, why: Reject) -> Fate:
    _enter(state, processed, "reject", None)
    state.put("rejects", processed.input.uri, rows.reject(processed.input, why, state.run_id, state.seen_at))
    return Fate("rejected", reject=why)


def _place_article(
    state: Batch, processed: Processed, prepared: Prepared, exists: Callable[[str], bool]
) -> Fate:
    before = state.by_uri.get(processed.input.uri)
    if before and before.article_id and before.sha256 == processed.input.sha256:
        _enter(state, processed, before.outcome, before.article_id)
        return Fate("unchanged", before.article_id)
    twin = _twin(state, processed.input) if page_of_article(prepared) is None else None
    if twin and twin.article_id:
        moved = not exists(twin.uri)
        if moved:
            _leave(state, twin)
        _enter(state, processed, "article" if moved else "duplicate", twin.article_id)
        return Fate("moved" if moved else "duplicate", twin.article_id)
    return _place_text(state, processed, prepared, before)


def _twin(state: Batch, seen: Input) -> ledger.Entry | None:
    entry = state.by_hash.get(seen.sha256)
    return entry if entry and entry.uri != seen.uri else None


def _place_text(state: Batch, processed: Processed, prepared: Prepared, before: ledger.Entry | None) -> Fate:
    in_place = page_of_article(prepared) is None and not processed.input.is_listed
    owns = in_place and before is not None and before.outcome == "article"
    article_id = before.article_id if owns and before and before.article_id else id_of(processed)
    known = state.articles.get(article_id)
    document = prepared.document
    content = identity.content_sha256(prepared.title, document.metadata.published_at, prepared.cleaned.text)
    worth = _worth(state, prepared, article_id)
    if worth == "not the article":
        why = Reject(stage="load", reason=_NOT_REACHED, detail=document.partial_reason or "")
        return _refuse(state, processed, why)
    if known and (known.content_sha256 == content or worth == "nothing new"):
        if known.is_partial and document.partial_reason is None:
            _complete(state, prepared, article_id, known)
        same = known.input_uri == processed.input.uri
        _enter(state, processed, "article" if same else "duplicate", article_id)
        return Fate("unchanged" if same else "duplicate", article_id)
    return _revise(state, processed, prepared, article_id, content)


def _complete(state: Batch, prepared: Prepared, article_id: str, known: Known) -> None:
    """Note that an article is not partial after all: what was cut off its page was no part of its text."""
    method = state.completed[article_id] = prepared.document.extraction_method
    state.articles[article_id] = known._replace(is_partial=False, is_summary=False)
    state.wholes[article_id] = Whole(prepared.title, prepared.cleaned.raw)
    if row := state.rows.get("articles", {}).get(article_id):
        row.update(partial_reason=None, text_extraction_method=method)


def _worth(state: Batch, prepared: Prepared, article_id: str) -> Worth:
    """Say whether a capture is a revision: a summary is none of an article, nor is a part of what is here whole."""
    known, whole = state.articles.get(article_id), state.wholes.get(article_id)
    if prepared.document.extraction_method == SUMMARY:
        return "revision" if known is None or known.is_summary else "nothing new"
    return worth_of(prepared, whole) if whole and prepared.document.partial_reason else "revision"


def _revise(state: Batch, processed: Processed, prepared: Prepared, article_id: str, content: str) -> Fate:
    known = state.articles.get(article_id)
    revision = known.revision + 1 if known else 1
    first_seen_at = known.first_seen_at if known else state.seen_at
    is_summary = prepared.document.extraction_method == SUMMARY
    is_partial = prepared.document.partial_reason is not None
    state.articles[article_id] = Known(
        revision, content, first_seen_at, processed.input.uri, is_summary, is_partial
    )
    state.wholes.pop(article_id, None)
    if not is_partial:
        state.wholes[article_id] = Whole(prepared.title, prepared.cleaned.raw)
    _enter(state, processed, "article", article_id)
    written = rows.article(prepared, article_id, state.articles[article_id], state.run_id, state.seen_at)
    for table, key, row in written:
        state.put(table, key, row)
    return Fate("changed" if known else "new", article_id, revision)


def _enter(state: Batch, processed: Processed, outcome: str, article_id: str | None) -> None:
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


def _leave(state: Batch, entry: ledger.Entry) -> None:
    """Forget the place that a moved file left."""
    state.replaced.add(entry.uri)
    state.by_uri.pop(entry.uri, None)
    state.by_hash.pop(entry.sha256, None)
    state.rows.get("inputs", {}).pop(entry.uri, None)


def _insert_new_sources(connection: Connection, state: Batch) -> None:
    wanted = state.rows.pop("sources", {})
    known = connection.execute(
        "select source_id from sources where source_id in (select unnest($1::varchar[]))", [list(wanted)]
    ).fetchall()
    for (source_id,) in known:
        wanted.pop(source_id)
    columns.insert(connection, "sources", list(wanted.values()))
