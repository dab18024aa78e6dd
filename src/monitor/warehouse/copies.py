"""Find the copies of new articles in the warehouse, and keep the duplicate groups up to date."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from functools import partial
from typing import NamedTuple

import numpy as np

from monitor.corpus.article_text import ArticleText
from monitor.corpus.copies import Copy, compare
from monitor.corpus.duplicates import Appearance, Duplicate, Link, group_copies
from monitor.corpus.fingerprints import Fingerprint, fingerprint
from monitor.languages import ENGLISH
from monitor.warehouse import columns
from monitor.warehouse.article_texts import forget, stale_articles, text_portions
from monitor.warehouse.batches import Renewed, batches, renewing
from monitor.warehouse.connection import Connection
from monitor.warehouse.sparing import sparing
from monitor.warehouse.trusted_texts import fetch_trusted_texts

AT_ONCE = 500  # articles a transaction
MOST_REMEMBERED = 3_000_000  # numbers in fingerprints kept in memory, 8 bytes each: some 5,000 articles

# A mark in very many articles leads to the earliest of them alone: the first copies of a text that went
# everywhere, or a phrase that proves nothing.
_CANDIDATES = """
with new as (
    select article_id, mark
    from copy_marks
    where article_id in (select unnest(string_split($1, chr(10))))
),
known as (
    select marks.mark, marks.article_id, texts.dated_at
    from copy_marks as marks
    join copy_texts as texts using (article_id)
    where marks.mark in (select mark from new)
    qualify row_number() over (partition by marks.mark order by texts.dated_at, marks.article_id) <= 50
)
select new.article_id, known.article_id
from new
join known on known.mark = new.mark and known.article_id <> new.article_id
group by new.article_id, known.article_id, known.dated_at
having count(*) >= 2
qualify row_number() over (partition by new.article_id order by count(*) desc, known.dated_at, known.article_id) <= 10
order by all
"""


class Versions(NamedTuple):
    """The fingerprints of an article: as it was written, and in English where that is not the same."""

    original: Fingerprint
    english: Fingerprint | None
    is_english: bool


def update_copies(connection: Connection, renewed: Renewed | None = None) -> int:
    """Look for copies of every article that is new or has changed; return how many articles that were.

    An article is compared only with those that share marks with it. Groups are made from all links, so
    they do not depend on the order in which articles came.
    """
    todo, gone = sparing(connection, partial(stale_articles, connection, "copy_texts"))
    remembered: dict[str, Versions] = {}
    for ids in batches(gone, AT_ONCE):
        sparing(connection, partial(_forget, connection, ids))
    parts = sparing(connection, partial(text_portions, connection, todo, AT_ONCE))
    for connection, ids in renewing(connection, parts, renewed):  # noqa: B020, PLR1704 - goes on with it
        sparing(connection, partial(_enter, connection, ids, remembered))
        _let_go(remembered)
    sparing(connection, partial(_regroup, connection))
    return len(todo)


def _let_go(remembered: dict[str, Versions]) -> None:
    """Drop what was remembered first where it has become too much: copies mostly come soon after each other."""
    over = sum(map(_size, remembered.values())) - MOST_REMEMBERED
    while over > 0:
        over -= _size(remembered.pop(next(iter(remembered))))


def _size(versions: Versions) -> int:
    """Return how many numbers the fingerprints of an article take."""
    taken = filter(None, (versions.original, versions.english))
    return sum(len(one.words) + len(one.shingles) + len(one.marks) for one in taken)


def _forget(connection: Connection, ids: Sequence[str]) -> None:
    forget(connection, "copy_texts", "article_id", ids)
    forget(connection, "copy_marks", "article_id", ids)
    forget(connection, "copy_links", "first_id", ids)
    forget(connection, "copy_links", "second_id", ids)


def _enter(connection: Connection, ids: Sequence[str], remembered: dict[str, Versions]) -> None:
    _forget(connection, [*_entered(connection, ids)])
    found = _versions(connection, ids, remembered)
    connection.execute(
        """
        insert into copy_texts by name
        select article_id, signature, dated_at, published_at
        from article_signatures
        where article_id in (select unnest(string_split($1, chr(10))))
        """,
        [columns.listed(ids)],
    )
    _insert_marks(connection, found)
    columns.insert(connection, "copy_links", list(_links(connection, ids, remembered)))


def _entered(connection: Connection, ids: Sequence[str]) -> Iterator[str]:
    """Yield the articles that were entered before: looking for what is to be forgotten of others reads all."""
    sql = "select article_id from copy_texts where article_id in (select unnest(string_split($1, chr(10))))"
    for (article_id,) in connection.execute(sql, [columns.listed(ids)]).fetchall():
        yield article_id


def _versions(
    connection: Connection, ids: Sequence[str], remembered: dict[str, Versions]
) -> dict[str, Versions]:
    """Return the fingerprints of articles, taking those that are missing."""
    missing = [article_id for article_id in ids if article_id not in remembered]
    for some in batches(missing, AT_ONCE):
        for text in fetch_trusted_texts(connection, some):
            remembered[text.article_id] = _take(text)
    return {article_id: remembered[article_id] for article_id in ids}


def _take(text: ArticleText) -> Versions:
    translation = text.text_translation
    return Versions(
        original=fingerprint(text.text),
        english=fingerprint(translation) if translation and text.language != ENGLISH else None,
        is_english=text.language == ENGLISH,
    )


def _insert_marks(connection: Connection, found: Mapping[str, Versions]) -> None:
    owners: list[str] = []
    numbers: list[np.ndarray[tuple[int], np.dtype[np.int64]]] = []
    for article_id, versions in found.items():
        for version in filter(None, (versions.original, versions.english)):
            numbers.append(version.marks.view(np.int64))
            owners.extend([article_id] * len(version.marks))
    if not owners:
        return
    batch = {"article_id": np.array(owners, object), "mark": np.concatenate(numbers)}
    assert batch  # found by name in the statement below
    connection.execute(
        "insert into copy_marks by name select article_id::varchar as article_id, mark from batch"
    )


def _links(
    connection: Connection, ids: Sequence[str], remembered: dict[str, Versions]
) -> Iterator[dict[str, object]]:
    pairs = connection.execute(_CANDIDATES, [columns.listed(ids)]).fetchall()
    versions = _versions(
        connection, sorted({article_id for pair in pairs for article_id in pair}), remembered
    )
    for first_id, second_id in sorted({(min(pair), max(pair)) for pair in pairs}):
        copy = _compare(versions[first_id], versions[second_id])
        if copy:
            yield {"first_id": first_id, "second_id": second_id, **asdict(copy)}


def _compare(first: Versions, second: Versions) -> Copy | None:
    """Compare two articles as they were written; if that shows nothing, in English."""
    found = compare(first.original, second.original)
    if found is None and (first.english or second.english):
        ours, theirs = _in_english(first), _in_english(second)
        found = compare(ours, theirs, translated=True) if ours and theirs else None
    return found


def _in_english(versions: Versions) -> Fingerprint | None:
    return versions.original if versions.is_english else versions.english


def _regroup(connection: Connection) -> None:
    """Make the table of duplicates agree with the links, touching only rows that differ."""
    links = connection.execute("select * from copy_links").fetchall()
    appeared = connection.execute(
        """
        select article_id, published_at, dated_at
        from copy_texts
        where article_id in (select first_id from copy_links union all select second_id from copy_links)
        """
    ).fetchall()
    wanted = group_copies(
        [Link(first_id=row[0], second_id=row[1], copy=_copy(row[2:])) for row in links],
        {row[0]: Appearance(article_id=row[0], published_at=row[1], dated_at=row[2]) for row in appeared},
    )
    known = {row[0]: row for row in connection.execute(f"select {_COLUMNS} from duplicates").fetchall()}  # noqa: S608 - own names
    rows = {duplicate.article_id: asdict(duplicate) for duplicate in wanted}
    changed = [key for key, row in rows.items() if known.get(key) != tuple(row.values())]
    forget(connection, "duplicates", "article_id", [*changed, *(known.keys() - rows.keys())])
    columns.insert(connection, "duplicates", [rows[key] for key in changed])


_COLUMNS = ", ".join(Duplicate.__dataclass_fields__)


def _copy(row: Sequence[object]) -> Copy:
    return Copy(**dict(zip(Copy.__dataclass_fields__, row, strict=True)))  # type: ignore[arg-type]
