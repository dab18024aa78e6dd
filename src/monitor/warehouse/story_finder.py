"""Find the stories that new articles may belong to, by the heaviest terms of both."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

import numpy as np

from monitor.corpus.shelf import AS_NEAR, FEWEST_IN_COMMON, MOST_ASKED, MOST_POSTINGS, MOST_STORIES
from monitor.corpus.stories import HALF_LIFE, WINDOW, Clipping
from monitor.warehouse.connection import Connection
from monitor.warehouse.story_keys import term_number

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
_GOLDEN = 0x9E3779B97F4A7C15  # spreads small numbers (Knuth, The Art of Computer Programming 3, 6.4)
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
        (number, term_number(term), weight)
        for number, clipping in enumerate(new)
        for term, weight in islice(clipping.terms.items(), MOST_ASKED)
    ]
    if not wanted:
        return Found()
    window = (min(clipping.at for clipping in new) - WINDOW, max(clipping.at for clipping in new) + WINDOW)
    rows = _nearest(connection, _likely(_shared(connection, wanted, window)), new)
    near: defaultdict[str, dict[str, float]] = defaultdict(dict)
    for number, story_id, score, _, _ in rows:
        near[new[number].article_id][story_id] = score
    return Found(
        near=near,
        first_at=min((row[3] for row in rows), default=None),
        last_at=max((row[4] for row in rows), default=None),
    )


def _shared(
    connection: Connection, wanted: Sequence[tuple[int, int, float]], window: tuple[datetime, datetime]
) -> Columns:
    """Return what each term adds to the likeness of an article and a story: article, story_number, part."""
    articles, terms, weights = zip(*wanted, strict=True)
    batch = {
        "article": np.array(articles, np.int32),
        "term": np.array(terms, np.uint32),
        "weight": np.array(weights, np.float32),
    }
    assert batch  # found by name in the statement
    return connection.execute(_SHARED, [*window, MOST_POSTINGS]).fetchnumpy()


def _likely(shared: Columns) -> Columns:
    """Return the parts of the pairs that may share enough: hardly one in a hundred does.

    The parts are summed by a hash of the pair, first, which takes a fifth of the time: pairs with one hash only
    make the sum larger.
    """
    pairs = shared["article"].astype(np.uint64)
    pairs *= np.uint64(_GOLDEN)
    pairs ^= shared["story_number"]
    pairs >>= np.uint64(64 - _SLOTS)
    slots = pairs.view(np.int64)  # bincount takes no others
    enough = np.bincount(slots, shared["part"], minlength=1 << _SLOTS) >= FEWEST_IN_COMMON * (1 - _ROUNDING)
    rows = np.flatnonzero(enough[slots])
    return {name: column[rows] for name, column in shared.items()}


def _nearest(
    connection: Connection, batch: Columns, new: Sequence[Clipping]
) -> list[tuple[int, str, float, datetime, datetime]]:
    """Return for each article, by its place, the few stories that share most: score, and first and last time."""
    times = {
        "article": np.arange(len(new)),
        "second": np.array([clipping.at.timestamp() for clipping in new]),
    }
    assert batch  # found by name in the statement
    assert times  # likewise
    bounds = (FEWEST_IN_COMMON, MOST_STORIES + 1, AS_NEAR, HALF_LIFE / timedelta(seconds=1))
    return connection.execute(_NEAREST, bounds).fetchall()
