"""Keep the stories up to date: place new articles, or group all of them anew."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice

import msgspec

from monitor.corpus.article_text import ArticleText
from monitor.corpus.stories import MOST_KEYS, WINDOW, Clipping, Story, group
from monitor.corpus.terms import weigh
from monitor.warehouse import columns
from monitor.warehouse.article_texts import fetch_texts, forget, stale_articles
from monitor.warehouse.connection import Connection, atomic

EXACT = 1_000  # articles in all up to which every run groups all of them anew
MOST_AT_ONCE = 4_000  # compared all with all
AT_ONCE = 125  # new articles placed together

_CANDIDATES = """
with wanted as (select article::varchar as article, term::varchar as term, weight from batch),
keys as (
    select story_id, term, weight
    from story_keys
    where term in (select term from wanted) and last_at >= $1 and first_at <= $2
    qualify row_number() over (partition by term order by last_at desc, story_id) <= 100
),
scored as (
    select wanted.article, keys.story_id, sum(wanted.weight * keys.weight) as score
    from wanted
    join keys using (term)
    group by wanted.article, keys.story_id
    having score >= 0.08
),
ranked as (
    select story_id
    from scored
    qualify
        row_number() over (partition by article order by score desc, story_id) <= 2
        and score >= 0.5 * max(score) over (partition by article)
)
select distinct story_id from ranked order by story_id
"""
_REPRESENTATIVES = """
select story_id, article_id
from story_articles
where story_id in (select unnest($1::varchar[]))
qualify
    row_number() over (partition by story_id order by is_central desc, similarity desc, article_id) <= 3
    or row_number() over (partition by story_id order by dated_at, article_id) = 1
order by all
"""


def update_stories(connection: Connection) -> int:
    """Place every article that is new or has changed; return how many that were.

    A small warehouse, or one that is mostly new, is grouped anew as a whole: then the stories depend on
    the articles alone. In a larger one new articles are compared with each other and with some articles of
    the stories that share their heaviest terms; stories may join but not split until `rebuild_stories`.
    """
    todo, gone = stale_articles(connection, "story_articles")
    if not todo and not gone:
        return 0
    total = _count(connection)
    if total <= max(EXACT, min(2 * len(todo), MOST_AT_ONCE)):
        rebuild_stories(connection)
        return len(todo)
    with atomic(connection):
        _leave(connection, [*gone, *todo])
    for start in range(0, len(todo), AT_ONCE):
        with atomic(connection):
            _place(connection, todo[start : start + AT_ONCE])
    return len(todo)


def rebuild_stories(connection: Connection) -> int:
    """Group all articles anew, in the order of publication whatever the order of arrival; return how many."""
    ids = [
        row[0]
        for row in connection.execute(
            "select article_id from article_signatures order by dated_at, article_id"
        ).fetchall()
    ]
    step = len(ids) if len(ids) <= MOST_AT_ONCE else MOST_AT_ONCE // 4
    with atomic(connection):
        connection.execute("delete from story_articles")
        connection.execute("delete from story_keys")
        for start in range(0, len(ids), max(step, 1)):
            _place(connection, ids[start : start + step])
    return len(ids)


def _count(connection: Connection) -> int:
    row = connection.execute("select count(*) from articles").fetchone()
    return int(row[0]) if row else 0


def _leave(connection: Connection, ids: Sequence[str]) -> None:
    """Take articles out of their stories; a story that is left empty is gone."""
    forget(connection, "story_articles", "article_id", ids)
    connection.execute("delete from story_keys where story_id not in (select story_id from story_articles)")
    _name_central(connection)


def _name_central(connection: Connection) -> None:
    """Give each story that lost its central article another one."""
    connection.execute(
        """
        with headless as (
            select story_id from story_articles group by story_id having not bool_or(is_central)
        ),
        next as (
            select article_id
            from story_articles
            where story_id in (select story_id from headless)
            qualify row_number() over (partition by story_id order by similarity desc, dated_at, article_id) = 1
        )
        update story_articles set is_central = true where article_id in (select article_id from next)
        """
    )


def _place(connection: Connection, ids: Sequence[str]) -> None:
    """Group new articles with each other and with what stands for the stories that they resemble."""
    known = _signatures(connection, ids)
    texts = {text.article_id: _text(text) for text in fetch_texts(connection, ids)}
    new = [Clipping(article_id=key, text=text, at=known[key][0]) for key, text in texts.items()]
    stories = group([*new, *_representatives(connection, _candidates(connection, new))])
    touched = [
        story for story in stories if story.replaces or any(m.article_id in texts for m in story.members)
    ]
    _join_stories(connection, touched)
    columns.insert(connection, "story_articles", list(_rows(touched, known)))
    _mark_central(connection, touched)
    _write_keys(connection, touched)


def _signatures(connection: Connection, ids: Sequence[str]) -> dict[str, tuple[datetime, str]]:
    rows = connection.execute(
        """
        select article_id, dated_at, signature
        from article_signatures
        where article_id in (select unnest($1::varchar[]))
        """,
        [list(ids)],
    ).fetchall()
    return {row[0]: (row[1], row[2]) for row in rows}


def _text(text: ArticleText) -> str:
    return text.english() or "\n".join(filter(None, (text.title, text.text)))


def _candidates(connection: Connection, new: Sequence[Clipping]) -> list[str]:
    """Return the stories that share heavy terms with the new articles, within the window."""
    wanted = [
        (clipping.article_id, term, weight)
        for clipping in new
        for term, weight in islice(weigh(clipping.text).items(), MOST_KEYS)
    ]
    if not wanted:
        return []
    times = [clipping.at for clipping in new]
    batch = columns.arrays(("article", "term", "weight"), wanted)
    assert batch  # found by name in the statement
    rows = connection.execute(_CANDIDATES, [min(times) - WINDOW, max(times) + WINDOW]).fetchall()
    return [row[0] for row in rows]


def _representatives(connection: Connection, stories: Sequence[str]) -> Iterator[Clipping]:
    """Yield a few articles of each story: the earliest, the central one and those nearest to the others."""
    story_of = {row[1]: row[0] for row in connection.execute(_REPRESENTATIVES, [list(stories)]).fetchall()}
    known = _signatures(connection, list(story_of))
    for text in fetch_texts(connection, list(story_of)):
        key = text.article_id
        yield Clipping(article_id=key, text=_text(text), at=known[key][0], story_id=story_of[key])


def _join_stories(connection: Connection, stories: Sequence[Story]) -> None:
    renamed = {old: story.story_id for story in stories for old in story.replaces}
    if not renamed:
        return
    connection.execute(
        """
        update story_articles set story_id = renamed.new, is_central = false
        from (select unnest($1::varchar[]) as old, unnest($2::varchar[]) as new) as renamed
        where story_articles.story_id = renamed.old
        """,
        [list(renamed), list(renamed.values())],
    )
    forget(connection, "story_keys", "story_id", list(renamed))


def _rows(stories: Sequence[Story], known: Mapping[str, tuple[datetime, str]]) -> Iterator[dict[str, object]]:
    for story in stories:
        for member in story.members:
            if member.article_id in known:
                at, signature = known[member.article_id]
                yield {
                    "story_id": story.story_id,
                    "article_id": member.article_id,
                    "similarity": member.similarity,
                    "reasons": msgspec.json.encode(dict(member.reasons)).decode(),
                    "is_central": False,
                    "dated_at": at,
                    "signature": signature,
                }


def _mark_central(connection: Connection, stories: Sequence[Story]) -> None:
    connection.execute(
        """
        update story_articles set is_central = not is_central
        where
            story_id in (select unnest($1::varchar[]))
            and is_central <> (article_id in (select unnest($2::varchar[])))
        """,
        [[story.story_id for story in stories], [story.central for story in stories]],
    )


def _write_keys(connection: Connection, stories: Sequence[Story]) -> None:
    """Write the terms by which new articles find the stories, with the time that each story spans."""
    forget(connection, "story_keys", "story_id", [story.story_id for story in stories])
    keys = [(story.story_id, *key) for story in stories for key in story.terms]
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
        select spans.story_id, term::varchar as term, weight, first_at, last_at
        from batch
        join spans on spans.story_id = batch.story_id::varchar
        """
    )
