"""Keep the stories up to date: place new articles, or group all of them anew."""

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from monitor.corpus.shelf import MOST_ALIKE
from monitor.warehouse import columns, half_done
from monitor.warehouse.article_texts import forget, stale_articles
from monitor.warehouse.batches import Renewed, batches, renewing
from monitor.warehouse.connection import Connection, relieve
from monitor.warehouse.sparing import sparing
from monitor.warehouse.story_keys import close_gaps, forget_empty, rename_stories
from monitor.warehouse.story_shelf import fill_shelf, keep_vectors, read_clippings, write_shelf

if TYPE_CHECKING:
    from monitor.corpus.shelf import Shelf
    from monitor.corpus.stories import Clipping

EXACT = 1_000  # articles in all up to which every run groups all of them anew
MOST_AT_ONCE = 4_000  # compared all with all
AT_ONCE = 1_000  # new articles a transaction
TOGETHER = 125  # of them compared all with all
_RENEWED_AFTER = 5  # transactions


def update_stories(connection: Connection, renewed: Renewed | None = None) -> int:
    """Place every article that is new or has changed; return how many that were.

    A small warehouse, or one that is mostly new, is grouped anew as a whole: then the stories depend on
    the articles alone. In a larger one new articles are compared with each other and with some articles of
    the stories that share their heaviest terms; stories may join but not split until `rebuild_stories`.
    """
    todo, gone = sparing(connection, partial(stale_articles, connection, "story_articles"))
    if not todo and not gone:
        return 0
    total = _count(connection)
    if total <= max(EXACT, 2 * len(todo)) or half_done.is_half_done(connection):
        rebuild_stories(connection, renewed)
        return len(todo)
    sparing(connection, partial(_leave, connection, [*gone, *todo]))
    for connection, ids in _turns(connection, batches(todo, AT_ONCE), renewed):  # noqa: B020, PLR1704 - goes on with it
        sparing(connection, partial(_place, connection, ids))
    close_gaps(connection)
    return len(todo)


def _turns(
    connection: Connection, parts: Iterable[Sequence[str]], renewed: Renewed | None
) -> Iterator[tuple[Connection, Sequence[str]]]:
    """Yield each part with the connection to use from then on."""
    return renewing(connection, parts, renewed, after=_RENEWED_AFTER, closing=close_gaps)


def rebuild_stories(connection: Connection, renewed: Renewed | None = None) -> int:
    """Group all articles anew, in the order of publication whatever the order of arrival; return how many.

    Very many are more than one transaction: what is killed between two is begun again by the next update.
    """
    ids = sparing(connection, partial(_in_order, connection))
    step = len(ids) if len(ids) <= MOST_AT_ONCE else MOST_AT_ONCE // 4
    parts = [*batches(ids, max(step, 1))] or [ids]
    work = partial(_regroup, step=step, first=parts[0], last=parts[-1])
    for connection, part in _turns(connection, parts, renewed):  # noqa: B020, PLR1704 - goes on with it
        sparing(connection, partial(work, connection, part))
    close_gaps(connection)
    return len(ids)


def _in_order(connection: Connection) -> list[str]:
    rows = connection.execute("select article_id from article_signatures order by dated_at, article_id")
    return [row[0] for row in rows.fetchall()]


def _regroup(
    connection: Connection, part: Sequence[str], *, step: int, first: Sequence[str], last: Sequence[str]
) -> None:
    """Group one part of the articles; what a transaction has written stays in memory, so each is one of its own."""
    if part is first:
        _begin_anew(connection)
    _place(connection, part, step)
    if part is last:
        half_done.end(connection)


def _begin_anew(connection: Connection) -> None:
    for table in ("story_articles", "story_spans", "story_postings", "story_vectors"):
        connection.execute(f"delete from {table}")  # noqa: S608 - own names
    half_done.begin(connection)


def _count(connection: Connection) -> int:
    row = connection.execute("select count(*) from articles").fetchone()
    return int(row[0]) if row else 0


def _leave(connection: Connection, ids: Sequence[str]) -> None:
    """Take articles out of their stories; a story that is left empty is gone."""
    if not forget(connection, "story_articles", "article_id", ids):
        return
    forget(connection, "story_vectors", "article_id", ids)
    forget_empty(connection)
    _name_after_earliest(connection, ids)
    _name_central(connection)


def _name_after_earliest(connection: Connection, ids: Sequence[str]) -> None:
    """Give each story that was named after one of the articles its earliest article's name: theirs may be needed."""
    rows = connection.execute(
        """
        select story_id, first(article_id order by dated_at, article_id)
        from story_articles
        where story_id in (select unnest(string_split($1, chr(10))))
        group by story_id
        """,
        [columns.listed(ids)],
    ).fetchall()
    rename_stories(connection, dict(rows))


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


def _place(connection: Connection, ids: Sequence[str], together: int = TOGETHER) -> None:
    """Group new articles, so many at a time, with each other and with the stories that they resemble."""
    new: list[Clipping] = []
    for some in batches(ids, AT_ONCE):
        new += read_clippings(connection, some)
        if together > TOGETHER:  # else there is less to give back than doing it, and reading again, costs
            relieve(connection)
    shelf = fill_shelf(connection, new)
    if together > TOGETHER:
        relieve(connection)
    step = min(together, _most(new, shelf))
    for start in range(0, len(new), step):
        shelf.place(new[start : start + step])
    write_shelf(connection, shelf)
    keep_vectors(connection, new)


def _most(new: Sequence["Clipping"], shelf: "Shelf") -> int:
    """Return how many new articles are grouped at once, with the examples of all the stories that they resemble."""
    examples = sum(min(len(examples), MOST_ALIKE + 1) for examples in shelf.examples.values())
    return MOST_AT_ONCE if len(new) + examples <= MOST_AT_ONCE else TOGETHER
