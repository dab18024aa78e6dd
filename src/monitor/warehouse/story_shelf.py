"""Fetch the stories that new articles may belong to, and write what placing made of them."""

import zlib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice

import msgspec
import numpy as np

from monitor.corpus.article_text import ArticleText
from monitor.corpus.shelf import FEWEST_IN_COMMON, MOST_ASKED, MOST_POSTINGS, MOST_STORIES, Example, Shelf
from monitor.corpus.stories import WINDOW, Clipping, Story
from monitor.corpus.terms import MOST_CHARACTERS, Vector, weigh
from monitor.languages import ENGLISH
from monitor.warehouse import columns
from monitor.warehouse.article_texts import forget
from monitor.warehouse.connection import Connection
from monitor.warehouse.trusted_texts import fetch_trusted_texts

# $5 is one more than are compared: placing may change how near the first ones are.
_NEAR = """
with wanted as (select article, term::uinteger as term, weight from batch),
keys as (
    select story_id, term, weight
    from story_keys
    where term in (select term from wanted) and last_at >= $1 and first_at <= $2
    qualify row_number() over (partition by term order by last_at desc, story_id) <= $3
),
scored as (
    select wanted.article, keys.story_id, sum(wanted.weight * keys.weight) as score
    from wanted
    join keys using (term)
    group by wanted.article, keys.story_id
    having score >= $4
)
select article, story_id, score
from scored
qualify row_number() over (partition by article order by score desc, story_id) <= $5
order by all
"""
_VECTORS = """
select article_id, terms, weights
from story_vectors
where article_id in (select unnest(string_split($1, chr(10))))
"""
_EXAMPLES = """
select story_id, article_id, similarity, is_central, dated_at
from story_articles
where story_id in (select unnest(string_split($1, chr(10))))
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
    kept = connection.execute(_VECTORS, [columns.listed(dated)]).fetchall()
    for article_id, terms, weights in kept:
        yield Clipping(article_id=article_id, terms=_vector(terms, weights), at=dated[article_id])
    yield from read_clippings(connection, sorted(dated.keys() - {row[0] for row in kept}))


def _vector(terms: str, weights: bytes) -> Vector:
    return dict(zip(terms.split("\n"), np.frombuffer(weights, "<f4").tolist(), strict=True))


def keep_vectors(connection: Connection, clippings: Sequence[Clipping]) -> None:
    """Write the terms of new articles, for the time when they stand for a story."""
    rows = [
        (c.article_id, "\n".join(c.terms), np.array([*c.terms.values()], "<f4").tobytes())
        for c in clippings
        if c.terms
    ]
    if rows:
        batch = columns.arrays(("article_id", "terms", "weights"), rows)
        assert batch  # found by name in the statement
        connection.execute(
            "insert into story_vectors select article_id::varchar, terms::varchar, weights::blob from batch"
        )


def fill_shelf(connection: Connection, new: Sequence[Clipping]) -> Shelf:
    """Return the stories within the window that share heavy terms with the new articles."""
    near = _near(connection, new)
    wanted = sorted({story_id for stories in near.values() for story_id in stories})
    rows = connection.execute(_EXAMPLES, [columns.listed(wanted)]).fetchall()
    clippings = {c.article_id: c for c in _kept(connection, {row[1]: row[4] for row in rows})}
    examples: defaultdict[str, list[Example]] = defaultdict(list)
    for story_id, article_id, similarity, is_central, _ in rows:
        examples[story_id].append(
            Example(clipping=clippings[article_id], similarity=similarity, is_central=is_central)
        )
    return Shelf(near=near, examples=dict(examples))


def _near(connection: Connection, new: Sequence[Clipping]) -> dict[str, dict[str, float]]:
    wanted = [
        (number, _number(term), weight)
        for number, clipping in enumerate(new)
        for term, weight in islice(clipping.terms.items(), MOST_ASKED)
    ]
    near: defaultdict[str, dict[str, float]] = defaultdict(dict)
    if wanted:
        times = [clipping.at for clipping in new]
        batch = columns.arrays(("article", "term", "weight"), wanted)
        assert batch  # found by name in the statement
        window = (min(times) - WINDOW, max(times) + WINDOW)
        bounds = (MOST_POSTINGS, FEWEST_IN_COMMON, MOST_STORIES + 1)
        rows = connection.execute(_NEAR, [*window, *bounds]).fetchall()
        for number, story_id, score in rows:
            near[new[number].article_id][story_id] = score
    return dict(near)


def _number(term: str) -> int:
    return zlib.crc32(term.encode())


def write_shelf(connection: Connection, shelf: Shelf) -> None:
    """Write the new articles' places, the stories' names, central articles and keys."""
    _rename(connection, shelf)
    _insert(connection, shelf)
    _mark_central(connection, list(shelf.stories.values()))
    _write_keys(connection, shelf)


def _rename(connection: Connection, shelf: Shelf) -> None:
    if not shelf.renamed:
        return
    batch = columns.arrays(("old", "new"), [(old, shelf.story_of(old)) for old in sorted(shelf.renamed)])
    assert batch  # found by name in the statement
    connection.execute(
        """
        update story_articles set story_id = batch.new::varchar, is_central = false
        from batch
        where story_articles.story_id = batch.old::varchar
        """
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


def _mark_central(connection: Connection, stories: Sequence[Story]) -> None:
    connection.execute(
        """
        update story_articles set is_central = not is_central
        where
            story_id in (select unnest(string_split($1, chr(10))))
            and is_central <> (article_id in (select unnest(string_split($2, chr(10)))))
        """,
        [
            columns.listed(story.story_id for story in stories),
            columns.listed(story.central for story in stories),
        ],
    )


def _write_keys(connection: Connection, shelf: Shelf) -> None:
    """Write the terms by which new articles find the stories, with the time that each story spans."""
    forget(connection, "story_keys", "story_id", [*shelf.stories, *shelf.renamed])
    keys = [
        (story.story_id, _number(term), weight)
        for story in shelf.stories.values()
        for term, weight in story.terms
    ]
    if not keys:
        return
    batch = columns.arrays(("story_id", "term", "weight"), keys)
    assert batch  # found by name in the statement
    connection.execute(
        """
        insert into story_keys by name
        with spans as (
            select story_id, min(dated_at) as first_at, max(dated_at) as last_at
            from story_articles
            where story_id in (select story_id::varchar from batch)
            group by story_id
        )
        select spans.story_id, term::uinteger as term, weight, first_at, last_at
        from batch
        join spans on spans.story_id = batch.story_id::varchar
        """
    )
