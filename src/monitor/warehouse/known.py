"""Look up what the warehouse knows of a batch of inputs before they are loaded."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from monitor import identity
from monitor.addresses import page_of
from monitor.corpus.captures import Whole
from monitor.models import SUMMARY, Prepared, Processed
from monitor.warehouse import boilerplate, columns, ledger
from monitor.warehouse.connection import Connection


class Known(NamedTuple):
    """What the warehouse holds of an article."""

    revision: int
    content_sha256: str
    first_seen_at: datetime
    input_uri: str
    is_summary: bool = False
    is_partial: bool = False


@dataclass(slots=True)
class Batch:
    """What one batch knows and what it will write; later inputs of a batch see what earlier ones did.

    `wholes` has the articles captured whole that the batch has partial captures of, and those it brings itself;
    `completed` the ways in which articles were read whole that were partial, though their text had been all there.
    """

    by_uri: dict[str, ledger.Entry]
    by_hash: dict[str, ledger.Entry]
    articles: dict[str, Known]
    wholes: dict[str, Whole]
    seen_at: datetime
    run_id: str
    replaced: set[str] = field(default_factory=set)
    completed: dict[str, str] = field(default_factory=dict)
    rows: dict[str, dict[Any, dict[str, Any]]] = field(default_factory=dict)

    def put(self, table: str, key: object, row: dict[str, Any]) -> None:
        """Write this row of a table at the end, in place of what was to be written under this key."""
        self.rows.setdefault(table, {})[key] = row


def look_up(connection: Connection, batch: Sequence[Processed], run_id: str, now: datetime) -> Batch:
    """Return what is known of the inputs, of equal files, and of the articles that they may be captures of."""
    found = ledger.entries(
        connection, [p.input.uri for p in batch], [p.input.sha256 for p in batch if p.prepared is not None]
    )
    ids = {entry.article_id for entry in found} | {id_of(p) for p in batch if p.prepared}
    known = connection.execute(
        """
        select
            article_id, revision, content_sha256, first_seen_at, input_uri, text_extraction_method = $2,
            partial_reason is not null
        from articles
        where article_id in (select unnest(string_split($1, chr(10))))
        """,
        [columns.listed(filter(None, ids)), SUMMARY],
    ).fetchall()
    by_uri = {entry.uri: entry for entry in found}
    cut = [p for p in batch if p.prepared and p.prepared.document.partial_reason]
    told_of = {id_of(p) for p in cut} | {by_uri[p.input.uri].article_id for p in cut if p.input.uri in by_uri}
    return Batch(
        by_uri=by_uri,
        by_hash={entry.sha256: entry for entry in reversed(found) if entry.outcome == "article"},
        articles={row[0]: Known(*row[1:]) for row in known},
        wholes=_wholes(connection, sorted(filter(None, told_of))),
        seen_at=now,
        run_id=run_id,
    )


def _wholes(connection: Connection, ids: Sequence[str]) -> dict[str, Whole]:
    """Return those of the articles that were captured whole."""
    if not ids:
        return {}
    found = connection.execute(
        """
        select article_id, title
        from articles
        where partial_reason is null and article_id in (select unnest(string_split($1, chr(10))))
        """,
        [columns.listed(ids)],
    )
    titles = dict(found.fetchall())
    raws = boilerplate.raw_texts(connection, [*titles]) if titles else {}
    return {article_id: Whole(titles[article_id], raw) for article_id, raw in raws.items()}


def id_of(processed: Processed) -> str:
    """Name the article that an input becomes: by its address, else by its place; a record in a list by its content."""
    assert processed.prepared
    seen = processed.input
    return identity.article_id(
        page_of_article(processed.prepared), seen.sha256 if seen.is_listed else seen.uri
    )


def page_of_article(prepared: Prepared) -> str | None:
    """Return the page that an article is; None where no address is its own."""
    metadata = prepared.document.metadata
    return page_of(metadata.canonical_url) or page_of(metadata.url)
