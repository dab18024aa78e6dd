"""Keep count of each outlet's lines in the warehouse, and of what people said of single lines."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from itertools import groupby
from typing import Literal, NamedTuple

from monitor.cleaning.edits import undo_edits
from monitor.cleaning.line_rules import line_key
from monitor.cleaning.options import LineMarks
from monitor.corpus.boilerplate import FEWEST_WORKS, LineCounts, Outline, outline, surely_learned
from monitor.models import Edit
from monitor.warehouse import columns
from monitor.warehouse.article_texts import long_texts
from monitor.warehouse.batches import MOST_CHARACTERS, Renewed, portions, renewing
from monitor.warehouse.connection import Connection, atomic
from monitor.warehouse.sparing import sparing

AT_ONCE = 500  # articles a transaction

_UNCOUNTED = """
select articles.source_id, coalesce(duplicates.original_id, articles.article_id) as work_id, articles.article_id
from articles
left join duplicates using (article_id)
where articles.source_id is not null and articles.article_id not in (select article_id from line_works)
order by all
"""
_EDITS = """
select article_id, edits.start_offset, edits.end_offset, edits.removed, edits.inserted, edits.rule, edits.confidence
from edits
join articles using (article_id, revision)
where article_id in (select unnest(string_split($1, chr(10))))
order by article_id, edits.ordinal
"""
_KNOWN = """
select distinct source_id, work_id
from line_works
where work_id in (select unnest(string_split($1, chr(10))))
"""
_FREQUENT = """
select line, sum(works)::bigint, sum(edge_works)::bigint
from line_counts
where source_id = $1
group by line
having sum(works) >= $2
order by line
"""


Mark = Literal["keep", "drop"]


class Entry(NamedTuple):
    """An article whose lines are to be counted."""

    source_id: str
    work_id: str
    article_id: str


def update_boilerplate(connection: Connection, renewed: Renewed | None = None) -> int:
    """Count the lines of all articles that are not counted yet; return how many that were."""
    found = sparing(connection, partial(_uncounted, connection))
    ids = [entry.article_id for entry in found]
    lengths = sparing(connection, partial(long_texts, connection, ids, AT_ONCE))
    for connection, part in renewing(connection, _parts(found, lengths), renewed):  # noqa: B020, PLR1704 - goes on with it
        sparing(connection, partial(_count, connection, part))
    return len(found)


def _uncounted(connection: Connection) -> list[Entry]:
    """Return the articles to count, outlet by outlet; what many share is kept in memory once."""
    found: list[Entry] = []
    outlets: dict[str, str] = {}
    rows = connection.execute(_UNCOUNTED)
    while part := rows.fetchmany(AT_ONCE):
        for source_id, work_id, article_id in part:
            entry = (article_id if work_id == article_id else work_id, article_id)
            found.append(Entry(outlets.setdefault(source_id, source_id), *entry))
    return found


def is_counting(connection: Connection) -> bool:
    """Whether the warehouse has the tables; one that an older version wrote gets them at the next write."""
    sql = "select count(*) from information_schema.tables where table_name in ('line_counts', 'line_marks')"
    return connection.execute(sql).fetchone() == (2,)


def recount(connection: Connection, renewed: Renewed | None = None) -> None:
    """Count all lines anew: the result depends on the articles alone, not on how they came."""
    with atomic(connection):
        connection.execute("delete from line_counts")
        connection.execute("delete from line_works")
    update_boilerplate(connection, renewed)


def counts_of(connection: Connection, source_id: str) -> LineCounts:
    """Return the counts of an outlet's recurring lines."""
    rows = connection.execute(_FREQUENT, [source_id, FEWEST_WORKS]).fetchall()
    total = connection.execute(
        "select count(distinct work_id) from line_works where source_id = ?", [source_id]
    ).fetchone()
    return LineCounts(
        works=total[0] if total else 0,
        everywhere={row[0]: row[1] for row in rows},
        edges={row[0]: row[2] for row in rows},
    )


def learned_by_outlet(connection: Connection) -> dict[str, frozenset[str]]:
    """Return for each outlet the lines that are boilerplate even if the article at hand was counted."""
    sources = connection.execute("select distinct source_id from line_works order by all").fetchall()
    found = {row[0]: surely_learned(counts_of(connection, row[0])) for row in sources}
    return {source: lines for source, lines in found.items() if lines}


def outlines_of(connection: Connection, ids: Sequence[str]) -> dict[str, Outline]:
    """Return the outlines of articles' raw texts."""
    return {article_id: outline(raw) for article_id, raw in raw_texts(connection, ids).items()}


def raw_texts(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
    """Return articles' texts as they were before cleaning."""
    texts = connection.execute(
        """
        select article_id, text
        from articles
        where rowid in (
            select rowid from articles where article_id in (select unnest(string_split($1, chr(10))))
        )
        """,
        [columns.listed(ids)],
    ).fetchall()
    edits: dict[str, list[Edit]] = {}
    for article_id, start, end, removed, inserted, rule, confidence in connection.execute(
        _EDITS, [columns.listed(ids)]
    ).fetchall():
        edits.setdefault(article_id, []).append(
            Edit(start=start, end=end, removed=removed, inserted=inserted, rule=rule, confidence=confidence)
        )
    return {article_id: undo_edits(text, edits.get(article_id, ())) for article_id, text in texts}


def mark_line(connection: Connection, source_id: str, line: str, mark: Mark, now: datetime) -> None:
    """Remember what a person said of an outlet's line; the latest word counts."""
    key = line_key(line)
    with atomic(connection):
        connection.execute("delete from line_marks where source_id = ? and line = ?", [source_id, key])
        connection.execute("insert into line_marks values (?, ?, ?, ?)", [source_id, key, mark, now])


def marks_by_outlet(connection: Connection) -> dict[str, LineMarks]:
    """Return the marks of each outlet."""
    found: dict[str, dict[str, set[str]]] = {}
    for source_id, line, mark in connection.execute(
        "select source_id, line, mark from line_marks"
    ).fetchall():
        found.setdefault(source_id, {"keep": set(), "drop": set()})[mark].add(line)
    return {
        source: LineMarks(keep=frozenset(marks["keep"]), drop=frozenset(marks["drop"]))
        for source, marks in found.items()
    }


def _parts(found: Sequence[Entry], lengths: Mapping[str, int]) -> Iterator[list[list[Entry]]]:
    """Yield works until they have so many articles or characters together; a work is never cut."""
    works = (list(group) for _, group in groupby(found, key=lambda entry: entry[:2]))
    least = -(-MOST_CHARACTERS // AT_ONCE)
    return portions(
        works, AT_ONCE, lambda work: sum(max(least, lengths.get(entry.article_id, 0)) for entry in work)
    )


def _count(connection: Connection, works: Sequence[Sequence[Entry]]) -> None:
    entries = [entry for work in works for entry in work]
    outlines = outlines_of(connection, [entry.article_id for entry in entries])
    known = {
        tuple(row)
        for row in connection.execute(_KNOWN, [columns.listed(e.work_id for e in entries)]).fetchall()
    }
    everywhere: Counter[tuple[str, str]] = Counter()
    edges: Counter[tuple[str, str]] = Counter()
    for work in works:
        if work[0][:2] in known:
            continue
        whole = Outline()
        for entry in work:
            whole |= outlines[entry.article_id]
        everywhere.update((work[0].source_id, key) for key in whole.everywhere)
        edges.update((work[0].source_id, key) for key in whole.edges)
    rows = [
        {"source_id": source, "line": line, "works": works_, "edge_works": edges[source, line]}
        for (source, line), works_ in sorted(everywhere.items())
    ]
    columns.insert(connection, "line_counts", rows)
    columns.insert(connection, "line_works", [entry._asdict() for entry in entries])
