"""Clean the warehouse's articles again from their raw texts, with what is known of their outlets by now."""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

from monitor import identity
from monitor.corpus.boilerplate import LineCounts, Outline, learned_lines, outline
from monitor.frames import ReadFile
from monitor.models import Document, Metadata, Prepared, Processed
from monitor.pipeline import Run, run_phases
from monitor.warehouse import boilerplate, columns, rows
from monitor.warehouse.batches import portions
from monitor.warehouse.connection import Connection, atomic, cursor_of, relieve
from monitor.warehouse.known import Known
from monitor.worker_pool import WorkerPool

AT_ONCE = 200  # articles a transaction
_LEG = 10_000  # articles with one connection: what it keeps of each row is gone with it
NAME = "clean"
_WRITTEN = ("articles", "article_revisions", "segments", "edits")
_STALE = ("article_translations", "translated_sentences")  # they lead to places in the text as it was
_ALL = "select source_id, article_id, length(text) from articles order by source_id, article_id"
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
    boilerplate.recount(run.connection, run.renewed)
    parts = list(_parts(run.connection))
    relieve(run.connection)
    total = sum(len(part.ids) for part in parts)
    run.progress.begin(NAME, total)
    changed = kept = 0
    for leg in portions(parts, _LEG, lambda part: len(part.ids), _LEG):
        for done in portions(_worked_off(run, leg), AT_ONCE, _characters):
            kept += sum(result.reject is not None and result.reject.stage != "clean" for _, result in done)
            changed += _replace_changed(run, done)
            run.progress.advance(len(done))
        run.session.renew()
    lines = [f"{changed:,} of {total:,} articles have another clean text"]
    if kept:
        lines.append(f"{kept:,} could not be cleaned again and stay as they were")
    run.tally.phases[NAME] = {"changed": changed, "lines": lines}
    if changed:
        run_phases(run)


class Part(NamedTuple):
    """Some articles of an outlet."""

    source_id: str | None
    ids: Sequence[str]


def _parts(connection: Connection) -> Iterator[Part]:
    """Yield all articles, outlet by outlet, so many at a time or fewer where they are long."""
    rows = connection.execute(_ALL)
    for source_id, same in groupby(iter(rows.fetchone, None), key=itemgetter(0)):
        for part in portions(same, AT_ONCE, itemgetter(2)):
            yield Part(source_id, [article_id for _, article_id, _ in part])


def _characters(result: tuple[Row, Processed]) -> int:
    return len(result[0]["text"])


def _worked_off(run: Run, parts: Sequence[Part]) -> Iterator[tuple[Row, Processed]]:
    """Yield articles with what worker processes make of their raw texts."""
    marks = boilerplate.marks_by_outlet(run.connection)
    begin = replace(run.plan.begin, learned={}, marks=marks)
    waiting: deque[Row] = deque()
    # The pool asks for tasks in its own threads, one at a time: they read through a connection of their own.
    with (
        closing(cursor_of(run.connection)) as reader,
        WorkerPool(begin, workers=run.plan.workers, deadline_s=run.plan.deadline_s) as pool,
    ):
        for processed in pool.run(_tasks(reader, parts, waiting)):
            yield waiting.popleft(), processed


def _tasks(connection: Connection, parts: Sequence[Part], waiting: deque[Row]) -> Iterator[ReadFile]:
    """Yield a task for each article, and put its row behind those that are `waiting`."""
    for source_id, same in groupby(parts, key=lambda part: part.source_id):
        counts = boilerplate.counts_of(connection, source_id) if source_id else LineCounts()
        for _, part in same:
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
