"""Keep the terms that lead to stories, and find by them the stories that new articles may belong to."""

import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

import numpy as np

from monitor.corpus.shelf import AS_NEAR, FEWEST_IN_COMMON, MOST_ASKED, MOST_POSTINGS, MOST_STORIES
from monitor.corpus.stories import HALF_LIFE, WINDOW, Clipping, Story
from monitor.warehouse import columns
from monitor.warehouse.connection import Connection

# Most terms lead to few stories; only of those that lead to many the latest need be found.
_SHARED = """
with known as materialized (
    select story_number, term, weight, last_at
    from story_postings
    where term in (select term from batch) and last_at >= $1 and first_at <= $2
),
frequent as (
    select term from known group by term having count(*) > $3
),
found as (
    select story_number, term, weight
    from known
    where term not in (select term from frequent)
    union all
    select story_number, term, weight
    from known
    where term in (select term from frequent)
    qualify row_number() over (partition by term order by last_at desc, story_number) <= $3
)
select article, story_number, batch.weight * found.weight as part
from batch
join found using (term)
"""
# $2 is one more than are compared: placing may change how near the first ones are.
_NEAREST = """
with scored as (
    select article, story_number, sum(part) as score
    from batch
    group by article, story_number
),
faded as (
    select
        article, story_id, first_at, last_at,
        score * pow(2, -greatest(second - epoch(last_at), epoch(first_at) - second, 0) / $4) as score
    from scored
    join times using (article)
    join story_spans using (story_number)
)
select article, story_id, score, first_at, last_at
from faded
where score >= $1
qualify
    row_number() over (partition by article order by score desc, story_id) <= $2
    and score >= $3 * max(score) over (partition by article)
order by all
"""
_SLOTS = 20  # bits
_ROUNDING = 1e-4
Columns = dict[str, "np.ndarray[tuple[int], np.dtype[Any]]"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The stories that share heavy terms with new articles.

    `near` says of each article which those are, and how much they share, less the more time lies between. All
    articles of the stories are from `first_at` to `last_at`.
    """

    near: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    first_at: datetime | None = None
    last_at: datetime | None = None


def find_stories(connection: Connection, new: Sequence[Clipping]) -> Found:
    """Return the stories within the window that share heavy terms with the new articles."""
    wanted = [
        (number, _number(term), weight)
        for number, clipping in enumerate(new)
        for term, weight in islice(clipping.terms.items(), MOST_ASKED)
    ]
    if not wanted:
        return Found()
    batch = _likely(_shared(connection, wanted, new))
    times = {
        "article": np.arange(len(new)),
        "second": np.array([clipping.at.timestamp() for clipping in new]),
    }
    assert batch  # found by name in the statement
    assert times  # likewise
    bounds = (FEWEST_IN_COMMON, MOST_STORIES + 1, AS_NEAR, HALF_LIFE / timedelta(seconds=1))
    rows = connection.execute(_NEAREST, bounds).fetchall()
    near: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for number, story_id, score, _, _ in rows:
        near[new[number].article_id][story_id] = score
    return Found(
        near=near,
        first_at=min((row[3] for row in rows), default=None),
        last_at=max((row[4] for row in rows), default=None),
    )


def _shared(
    connection: Connection, wanted: Sequence[tuple[int, int, float]], new: Sequence[Clipping]
) -> Columns:
    """Return what each term adds to the likeness of an article and a story: article, story_number, part."""
    articles, terms, weights = zip(*wanted, strict=True)
    batch = {
        "article": np.array(articles, np.int32),
        "term": np.array(terms, np.uint32),
        "weight": np.array(weights, np.float32),
    }
    assert batch  # found by name in the statement
    window = (min(c.at for c in new) - WINDOW, max(c.at for c in new) + WINDOW)
    return connection.execute(_SHARED, [*window, MOST_POSTINGS]).fetchnumpy()


def _likely(shared: Columns) -> Columns:
    """Return the parts of the pairs that may share enough: hardly one in a hundred does.

    The parts are summed by a hash of the pair, first, which takes a fifth of the time: pairs with one hash only
    make the sum larger.
    """
    pairs = shared["story_number"] ^ shared["article"].astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    slots = (pairs >> np.uint64(64 - _SLOTS)).astype(np.intp)
    enough = np.bincount(slots, shared["part"], minlength=1 << _SLOTS) >= FEWEST_IN_COMMON * (1 - _ROUNDING)
    rows = np.flatnonzero(enough[slots])
    return {name: column[rows] for name, column in shared.items()}


def _number(term: str) -> int:
    return zlib.crc32(term.encode())


def write_keys(
    connection: Connection, stories: Sequence[Story], gone: Iterable[str], since: datetime
) -> None:
    """Write the terms by which new articles find stories, and the time that each spans; forget those gone.

    None of the stories has an article from before `since`.
    """
    names = [story.story_id for story in stories]
    _forget(connection, [*names, *gone], since)
    connection.execute(
        """
        insert into story_spans by name
        select
            story_id, md5_number_lower(story_id) as story_number,
            min(dated_at) as first_at, max(dated_at) as last_at
        from story_articles
        where dated_at >= $2 and story_id in (select unnest(string_split($1, chr(10))))
        group by story_id
        order by last_at, story_id
        """,
        [columns.listed(names), since],
    )
    keys = [(story.story_id, _number(term), weight) for story in stories for term, weight in story.terms]
    if not keys:
        return
    batch = columns.arrays(("story_id", "term", "weight"), keys)
    assert batch  # found by name in the statement
    connection.execute(
        """
        insert into story_postings by name
        select story_number, term::uinteger as term, weight::float as weight, first_at, last_at
        from batch
        join story_spans on story_spans.story_id = batch.story_id::varchar
        where last_at >= $1
        """,
        [since],
    )


def forget_empty(connection: Connection) -> None:
    """Forget the stories that no article belongs to any more."""
    rows = connection.execute(
        "select story_id, last_at from story_spans where story_id not in (select story_id from story_articles)"
    ).fetchall()
    if rows:
        _forget(connection, [story_id for story_id, _ in rows], min(last_at for _, last_at in rows))


def rename_stories(connection: Connection, names: Mapping[str, str]) -> None:
    """Give stories other names, wherever they stand."""
    if not names:
        return
    batch = columns.arrays(("old", "new"), [*names.items()])
    assert batch  # found by name in the statements
    connection.execute(
        """
        update story_articles set story_id = batch.new::varchar
        from batch
        where story_articles.story_id = batch.old::varchar
        """
    )
    connection.execute(
        """
        update story_postings set story_number = md5_number_lower(batch.new::varchar)
        from batch
        where story_postings.story_number = md5_number_lower(batch.old::varchar)
        """
    )
    connection.execute(
        """
        update story_spans set story_id = batch.new::varchar, story_number = md5_number_lower(batch.new::varchar)
        from batch
        where story_spans.story_id = batch.old::varchar
        """
    )


def _forget(connection: Connection, stories: Sequence[str], since: datetime) -> None:
    """Forget stories that last until `since` or longer, as they are entered."""
    connection.execute(
        """
        delete from story_postings
        where
            last_at >= $2
            and story_number in (
                select story_number
                from story_spans
                where last_at >= $2 and story_id in (select unnest(string_split($1, chr(10))))
            )
        """,
        [columns.listed(stories), since],
    )
    connection.execute(
        """
        delete from story_spans
        where last_at >= $2 and story_id in (select unnest(string_split($1, chr(10))))
        """,
        [columns.listed(stories), since],
    )
