"""Keep the terms that lead to stories, and find by them the stories that new articles may belong to."""

import zlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice

import numpy as np

from monitor.corpus.shelf import AS_NEAR, FEWEST_IN_COMMON, MOST_ASKED, MOST_POSTINGS, MOST_STORIES
from monitor.corpus.stories import HALF_LIFE, WINDOW, Clipping, Story
from monitor.warehouse import columns
from monitor.warehouse.article_texts import forget
from monitor.warehouse.connection import Connection

# $5 is one more than are compared: placing may change how near the first ones are.
_NEAR = """
with found as (
    select story_number, term, weight
    from story_postings
    where term in (select term from batch) and last_at >= $1 and first_at <= $2
    qualify row_number() over (partition by term order by last_at desc, story_number) <= $3
),
scored as (
    select article, story_number, sum(batch.weight * found.weight) as score
    from batch
    join found using (term)
    group by article, story_number
    having sum(batch.weight * found.weight) >= $4
),
faded as (
    select
        article, story_id, first_at, last_at,
        score * pow(2, -greatest(second - epoch(last_at), epoch(first_at) - second, 0) / $7) as score
    from scored
    join times using (article)
    join story_spans using (story_number)
)
select article, story_id, score, first_at, last_at
from faded
where score >= $4
qualify
    row_number() over (partition by article order by score desc, story_id) <= $5
    and score >= $6 * max(score) over (partition by article)
order by all
"""


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
    batch = _wanted(wanted)
    times = {
        "article": np.arange(len(new)),
        "second": np.array([clipping.at.timestamp() for clipping in new]),
    }
    assert batch  # found by name in the statement
    assert times  # likewise
    window = (min(c.at for c in new) - WINDOW, max(c.at for c in new) + WINDOW)
    bounds = (MOST_POSTINGS, FEWEST_IN_COMMON, MOST_STORIES + 1, AS_NEAR, HALF_LIFE / timedelta(seconds=1))
    rows = connection.execute(_NEAR, [*window, *bounds]).fetchall()
    near: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for number, story_id, score, _, _ in rows:
        near[new[number].article_id][story_id] = score
    return Found(
        near=near,
        first_at=min((row[3] for row in rows), default=None),
        last_at=max((row[4] for row in rows), default=None),
    )


def _wanted(
    rows: Sequence[tuple[int, int, float]],
) -> dict[str, "np.ndarray[tuple[int], np.dtype[np.generic]]"]:
    articles, terms, weights = zip(*rows, strict=True)
    return {
        "article": np.array(articles, np.int64),
        "term": np.array(terms, np.uint32),
        "weight": np.array(weights, np.float64),
    }


def _number(term: str) -> int:
    return zlib.crc32(term.encode())


def write_keys(connection: Connection, stories: Sequence[Story], gone: Iterable[str]) -> None:
    """Write the terms by which new articles find stories, and the time that each spans; forget those gone."""
    names = [story.story_id for story in stories]
    _forget(connection, [*names, *gone])
    connection.execute(
        """
        insert into story_spans by name
        select
            story_id, md5_number_lower(story_id) as story_number,
            min(dated_at) as first_at, max(dated_at) as last_at
        from story_articles
        where story_id in (select unnest(string_split($1, chr(10))))
        group by story_id
        order by last_at, story_id
        """,
        [columns.listed(names)],
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
        """
    )


def forget_empty(connection: Connection) -> None:
    """Forget the stories that no article belongs to any more."""
    rows = connection.execute(
        "select story_id from story_spans where story_id not in (select story_id from story_articles)"
    ).fetchall()
    _forget(connection, [row[0] for row in rows])


def _forget(connection: Connection, stories: Sequence[str]) -> None:
    connection.execute(
        """
        delete from story_postings
        where story_number in (
            select story_number
            from story_spans
            where story_id in (select unnest(string_split($1, chr(10))))
        )
        """,
        [columns.listed(stories)],
    )
    forget(connection, "story_spans", "story_id", stories)
