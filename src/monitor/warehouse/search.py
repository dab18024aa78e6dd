"""Answer a search: bring the index up to date, ask it, and show the answering sentences."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from monitor.corpus.article_text import ArticleText
from monitor.corpus.highlights import Highlight, highlight
from monitor.corpus.search_question import SearchQuestion
from monitor.warehouse import columns
from monitor.warehouse.article_texts import fetch_texts, text_portions
from monitor.warehouse.connection import Connection
from monitor.warehouse.search_file import CannotWrite, with_index
from monitor.warehouse.search_index import SearchHit, SearchIndex
from monitor.warehouse.sparing import sparing

_AT_ONCE = 1000  # articles in memory
_SIGNATURES = """
select article_id, signature
from article_signatures
where article_id in (select unnest(string_split($1, chr(10))))
"""

Signed = tuple[str, str]  # an article's id, and what the article looks like


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An article that answers, its score (BM25, higher is better), and the sentence that shows it."""

    article: ArticleText
    score: float
    highlight: Highlight


def index_path(warehouse: Path) -> Path:
    """Return where the index of a warehouse stands: beside it."""
    return warehouse.with_name(warehouse.name + ".search")


def update_search_index(connection: Connection, path: Path) -> int | None:
    """Enter what the index at `path` does not know as it is; return how many articles that were.

    Needs no other memory than the index's own, so a lost, damaged or older index is just a longer update. None
    where the index cannot be written: then each search makes good for itself what is missing.
    """
    try:
        return with_index(path, lambda index: _refresh(index, connection), in_memory=False)
    except CannotWrite:
        return None


def search(
    connection: Connection, path: Path, question: SearchQuestion, *, limit: int = 20, story: str | None = None
) -> list[Found]:
    """Return the best answers to a question, of one story where it is given; updates the index first."""
    among = None if story is None else _articles_of(connection, story)

    def work(index: SearchIndex) -> list[SearchHit]:
        _refresh(index, connection)
        return index.search(question, limit=limit, among=among)

    hits = with_index(path, work)
    texts = {text.article_id: text for text in fetch_texts(connection, [hit.article_id for hit in hits])}
    return [
        Found(
            article=texts[hit.article_id],
            score=round(hit.score, 4),
            highlight=highlight(texts[hit.article_id], question.terms),
        )
        for hit in hits
        if hit.article_id in texts
    ]


def _articles_of(connection: Connection, story: str) -> list[str]:
    rows = connection.execute(
        "select article_id from story_articles where starts_with(story_id, $1) order by all", [story]
    ).fetchall()
    return [row[0] for row in rows]


def _refresh(index: SearchIndex, connection: Connection) -> int:
    """Make the index agree with the warehouse; one comparison of fingerprints where it does already."""
    state = _state(connection)
    if index.fact("state") == state:
        return 0
    if index.is_worn():
        index.clear()
    changed, gone = sparing(connection, lambda: _differences(index.entered(), _current(connection)))
    return index.update(_entries(connection, changed), gone, {"state": state})


def _differences(known: Iterable[Signed], current: Iterable[Signed]) -> tuple[list[str], list[str]]:
    """Return the articles that are not known as they are now, and those that are gone; both given in order."""
    changed, gone = [], []
    rest = iter(known)
    old = next(rest, None)
    for article_id, signature in current:
        while old and old[0] < article_id:
            gone.append(old[0])
            old = next(rest, None)
        if old != (article_id, signature):
            changed.append(article_id)
        if old and old[0] == article_id:
            old = next(rest, None)
    if old:
        gone += [old[0], *(article_id for article_id, _ in rest)]
    return changed, gone


def _current(connection: Connection) -> Iterator[Signed]:
    found = connection.execute("select article_id, signature from article_signatures order by article_id")
    while rows := found.fetchmany(_AT_ONCE):
        yield from rows


def _state(connection: Connection) -> str:
    row = connection.execute(
        "select count(*) || ':' || coalesce(bit_xor(hash(article_id, signature)), 0) from article_signatures"
    ).fetchone()
    return str(row[0]) if row else ""


def _entries(connection: Connection, ids: Sequence[str]) -> Iterator[tuple[ArticleText, str]]:
    for some in sparing(connection, partial(text_portions, connection, ids, _AT_ONCE)):
        yield from sparing(connection, partial(_signed_texts, connection, some))


def _signed_texts(connection: Connection, ids: Sequence[str]) -> list[tuple[ArticleText, str]]:
    signatures = dict(connection.execute(_SIGNATURES, [columns.listed(ids)]).fetchall())
    return [(article, signatures[article.article_id]) for article in fetch_texts(connection, ids)]
