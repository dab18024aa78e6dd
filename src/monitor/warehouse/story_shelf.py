"""Fetch the stories that new articles may belong to, and write what placing made of them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta

import msgspec
import numpy as np

from monitor.corpus.article_text import ArticleText
from monitor.corpus.shelf import Example, Shelf
from monitor.corpus.stories import Clipping, Story
from monitor.corpus.terms import MOST_CHARACTERS, StoredVector, Vector, stored, weigh
from monitor.languages import ENGLISH
from monitor.warehouse import columns
from monitor.warehouse.connection import Connection
from monitor.warehouse.story_finder import find_stories
from monitor.warehouse.story_keys import write_keys
from monitor.warehouse.trusted_texts import fetch_trusted_texts

_EPOCH, _MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)
_VECTORS = """
select article_id, terms, weights
from story_vectors
where article_id in (select unnest(string_split($1, chr(10)))) and dated_at between $2 and $3
"""
_EXAMPLES = """
select story_id, article_id, similarity, is_central, dated_at
from story_articles
where story_id in (select unnest(string_split($1, chr(10)))) and dated_at between $2 and $3
qualify
    row_number() over (partition by story_id order by is_central desc, similarity desc, article_id) <= 5
    or row_number() over (partition by story_id order by dated_at, article_id) = 1
order by all
"""


def read_clippings(connection: Connection, ids: Sequence[str]) -> list[Clipping]:
    """Return what grouping sees of articles, in the order of their ids."""
    rows = connection.execute(
        """
        select article_id, dated_at
        from article_signatures
        where article_id in (select unnest(string_split($1, chr(10))))
        """,
        [columns.listed(ids)],
    ).fetchall()
    dated = dict(rows)
    texts = {text.article_id: text for text in fetch_trusted_texts(connection, ids, most=MOST_CHARACTERS)}
    return [Clipping(article_id=key, terms=_terms(texts[key]), at=dated[key]) for key in ids if key in texts]


def _terms(text: ArticleText) -> Vector:
    if english := text.english():
        return weigh(english, ENGLISH)
    return weigh("\n".join(filter(None, (text.title, text.text))), text.language)


def _kept(connection: Connection, dated: Mapping[str, datetime]) -> Iterator[Clipping]:
    """Yield what was kept of articles in stories; what was not is taken from the texts again."""
    span = (min(dated.values()), max(dated.values()))  # spares DuckDB most of the table
    kept = connection.execute(_VECTORS, [columns.listed(dated), *span]).fetchall()
    for article_id, terms, weights in kept:
        yield Clipping(article_id=article_id, terms=StoredVector(terms, weights), at=dated[article_id])
    if missing := sorted(dated.keys() - {row[0] for row in kept}):
        yield from read_clippings(connection, missing)


def keep_vectors(connection: Connection, clippings: Sequence[Clipping]) -> None:
    """Write the terms of new articles, for the time when they stand for a story."""
    written = [clipping for clipping in clippings if clipping.terms]
    if written:
        batch = columns.arrays(("article_id", "terms", "weights"), [_stored(c) for c in written])
        batch["dated_at"] = np.array([(c.at - _EPOCH) // _MICROSECOND for c in written])
        connection.execute(
            """
            insert into story_vectors by name
            select
                article_id::varchar as article_id, terms::varchar as terms, weights::blob as weights,
                make_timestamptz(dated_at) as dated_at
            from batch
            """
        )


def _stored(clipping: Clipping) -> tuple[str, str, bytes]:
    vector = stored(clipping.terms)
    return clipping.article_id, vector.lines, vector.weights


def fill_shelf(connection: Connection, new: Sequence[Clipping]) -> Shelf:
    """Return the stories within the window that share heavy terms with the new articles."""
    found = find_stories(connection, new)
    wanted = sorted({story_id for stories in found.near.values() for story_id in stories})
    if not wanted:
        return Shelf(near={}, examples={})
    rows = connection.execute(_EXAMPLES, [columns.listed(wanted), found.first_at, found.last_at]).fetchall()
    clippings = {c.article_id: c for c in _kept(connection, {row[1]: row[4] for row in rows})}
    examples: defaultdict[str, list[Example]] = defaultdict(list)
    for story_id, article_id, similarity, is_central, _ in rows:
        examples[story_id].append(
            Example(clipping=clippings[article_id], similarity=similarity, is_central=is_central)
        )
    return Shelf(near=found.near, examples=dict(examples))


def write_shelf(connection: Connection, shelf: Shelf) -> None:
    """Write the new articles' places, the stories' names, central articles and keys."""
    stories = [*shelf.stories.values()]
    if not stories:
        return
    # the earliest article of each story is among its examples: DuckDB passes over all that is older
    since = min(example.clipping.at for story in stories for example in shelf.examples[story.story_id])
    _rename(connection, shelf, since)
    _insert(connection, shelf)
    _mark_central(connection, stories, since)
    write_keys(connection, stories, shelf.renamed, since)


def _rename(connection: Connection, shelf: Shelf, since: datetime) -> None:
    if not shelf.renamed:
        return
    batch = columns.arrays(("old", "new"), [(old, shelf.story_of(old)) for old in sorted(shelf.renamed)])
    assert batch  # found by name in the statement
    connection.execute(
        """
        update story_articles set story_id = batch.new::varchar, is_central = false
        from batch
        where story_articles.story_id = batch.old::varchar and dated_at >= $1
        """,
        [since],
    )


def _insert(connection: Connection, shelf: Shelf) -> None:
    rows = [
        (
            shelf.story_of(story_id),
            article_id,
            member.similarity,
            msgspec.json.encode(dict(member.reasons)).decode(),
        )
        for article_id, (story_id, member) in shelf.placed.items()
    ]
    if not rows:
        return
    batch = columns.arrays(("story_id", "article_id", "similarity", "reasons"), rows)
    assert batch  # found by name in the statement
    connection.execute(
        """
        insert into story_articles by name
        select
            story_id::varchar as story_id, signatures.article_id, similarity, reasons::varchar::json as reasons,
            false as is_central, signatures.dated_at, signatures.signature
        from batch
        join article_signatures as signatures on signatures.article_id = batch.article_id::varchar
        """
    )


def _mark_central(connection: Connection, stories: Sequence[Story], since: datetime) -> None:
    connection.execute(
        """
        update story_articles set is_central = not is_central
        where
            dated_at >= $3
            and story_id in (select unnest(string_split($1, chr(10))))
            and is_central <> (article_id in (select unnest(string_split($2, chr(10)))))
        """,
        [
            columns.listed(story.story_id for story in stories),
            columns.listed(story.central for story in stories),
            since,
        ],
    )
