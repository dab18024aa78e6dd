"""Clean the warehouse's articles again from their raw texts, with what is known of their outlets by now."""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import islice
from typing import Any

from monitor import identity
from monitor.corpus.boilerplate import LineCounts, Outline, learned_lines, outline
from monitor.frames import ReadFile
from monitor.models import Document, Metadata, Prepared, Processed
from monitor.pipeline import Run, run_phases
from monitor.warehouse import boilerplate, columns, rows
from monitor.warehouse.batches import batches
from monitor.warehouse.connection import Connection, atomic, cursor_of
from monitor.warehouse.known import Known
from monitor.worker_pool import WorkerPool

AT_ONCE = 200  # articles a transaction
NAME = "clean"
_WRITTEN = ("articles", "article_revisions", "segments", "edits")
_STALE = ("article_translations", "translated_sentences")  # they lead to places in the text as it was
_OF_OUTLET = "select article_id from articles where source_id is not distinct from $1 order by article_id"
_STORED = """
select articles.*, sources.name as source_name, line_works.work_id
from articles
left join sources using (source_id)
left join line_works using (article_id)
where articles.rowid in (select rowid from articles where article_id in (select unnest($1::varchar[])))
order by article_id
"""
_WORKMATES = """
select work_id, article_id
from line_works
where work_id in (select work_id from line_works where article_id in (select unnest($1::varchar[])))
order by all
"""


Row = dict[str, Any]


def clean_again(run: Run) -> None:
    """Count all lines anew and clean every article with them; then bring the rest up to date.

    The result depends on the articles alone, not on the order in which they came. An article whose clean
    text changes stays the same revision: the outlet has published nothing new. One that no worker can clean,
    or of which nothing would be left, stays as it is.
    """
    boilerplate.recount(run.connection)
    total = run.connection.execute("select count(*) from articles").fetchone()
    run.progress.begin(NAME, total[0] if total else 0)
    changed = kept = 0
    results = _worked_off(run)
    while part := list(islice(results, AT_ONCE)):
        kept += sum(done.reject is not None and done.reject.stage != "clean" for _, done in part)
        changed += _replace_changed(run, part)
        run.progress.advance(len(part))
    lines = [f"{changed:,} of {total[0] if total else 0:,} articles have another clean text"]
    if kept:
        lines.append(f"{kept:,} could not be cleaned again and stay as they were")
    run.tally.phases[NAME] = {"changed": changed, "lines": lines}
    if changed:
        run_phases(run)


def _worked_off(run: Run) -> Iterator[tuple[Row, Processed]]:
    """Yield every article with what worker processes make of its raw text."""
    marks = boilerplate.marks_by_outlet(run.connection)
    begin = replace(run.plan.begin, learned={}, marks=marks)
    waiting: deque[Row] = deque()
    # The pool asks for tasks in its own threads, one at a time: they read through a connection of their own.
    with (
        closing(cursor_of(run.connection)) as reader,
        WorkerPool(begin, workers=run.plan.workers, deadline_s=run.plan.deadline_s) as pool,
    ):
        for processed in pool.run(_tasks(reader, waiting)):
            yield waiting.popleft(), processed


def _tasks(connection: Connection, waiting: deque[Row]) -> Iterator[ReadFile]:
    """Yield a task for each article, outlet by outlet, and put its row behind those that are `waiting`."""
    sources = connection.execute("select distinct source_id from articles order by all").fetchall()
    for (source_id,) in sources:
        counts = boilerplate.counts_of(connection, source_id) if source_id else LineCounts()
        ids = [row[0] for row in connection.execute(_OF_OUTLET, [source_id]).fetchall()]
        for part in batches(ids, AT_ONCE):
            raws = boilerplate.raw_texts(connection, part)
            works = _outlines_of_works(connection, part)
            for row in _stored(connection, part):
                raw = raws[row["article_id"]]
                waiting.append(row)
                yield ReadFile(
                    uri=row["input_uri"],
                    document=_document(row, raw),
                    learned=learned_lines(outline(raw), counts, own=works.get(row["work_id"])),
                )


def _replace_changed(run: Run, part: Sequence[tuple[Row, Processed]]) -> int:
    fresh = [
        (row, done.prepared)
        for row, done in part
        if done.prepared and done.prepared.cleaned.text != row["text"]
    ]
    if fresh:
        assert run.run_id
        _write(run.connection, fresh, run.run_id)
    return len(fresh)


def _stored(connection: Connection, ids: Sequence[str]) -> Iterator[dict[str, Any]]:
    found = connection.execute(_STORED, [list(ids)])
    names = [column[0] for column in found.description or ()]
    return (dict(zip(names, row, strict=True)) for row in found.fetchall())


def _outlines_of_works(connection: Connection, ids: Sequence[str]) -> dict[str, Outline]:
    """Return what was counted of the works that the articles belong to."""
    found = connection.execute(_WORKMATES, [list(ids)]).fetchall()
    outlines = boilerplate.outlines_of(connection, [article_id for _, article_id in found])
    works: dict[str, Outline] = {}
    for work_id, article_id in found:
        works[work_id] = works.get(work_id, Outline()) | outlines.get(article_id, Outline())
    return works


def _document(row: Mapping[str, Any], raw: str) -> Document:
    return Document(
        text=raw,
        metadata=Metadata(
            url=row["url"], canonical_url=row["canonical_url"], title=row["title"], authors=tuple(row["authors"]),
            source=row["source_name"] or row["source_id"], published_at=row["published_at"],
            published_at_precision=row["published_at_precision"],
            published_at_source=row["published_at_source"], language_hint=row["language_hint"],
        ),
        extraction_method=row["text_extraction_method"],
        partial_reason=row["partial_reason"],
    )  # fmt: skip


def _write(connection: Connection, fresh: Sequence[tuple[dict[str, Any], Prepared]], run_id: str) -> None:
    """Put the articles' current revisions in the place of those that are stored."""
    ids = [row["article_id"] for row, _ in fresh]
    tables: dict[str, list[dict[str, Any]]] = {table: [] for table in _WRITTEN}
    for row, prepared in fresh:
        content = identity.content_sha256(prepared.title, row["published_at"], prepared.cleaned.text)
        known = Known(row["revision"], content, row["first_seen_at"], row["input_uri"])
        for table, _, written in rows.article(prepared, row["article_id"], known, run_id, row["indexed_at"]):
            if table in tables:
                tables[table].append(written)
    with atomic(connection):
        for table in (*_WRITTEN[1:], *_STALE):
            connection.execute(
                f"""
                delete from {table}
                where (article_id, revision) in (
                    select (article_id, revision) from articles where article_id in (select unnest($1::varchar[]))
                )
                """,  # noqa: S608  names from the tables above
                [ids],
            )
        connection.execute("delete from articles where article_id in (select unnest($1::varchar[]))", [ids])
        for table, found in tables.items():
            columns.insert(connection, table, found)
