"""The full-text index: enter articles, forget them, and find those that answer a question.

SQLite's FTS5, because it takes new articles one by one and DuckDB's extension does not. The index holds
terms, no texts (`content=''`); an article that changed is entered anew and its old entry marked dead, since
SQLite forgets entries of such tables only from 3.43 on.
"""

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import NamedTuple

from monitor.corpus.article_text import ArticleText
from monitor.corpus.queries import Filter
from monitor.corpus.search_question import SearchQuestion
from monitor.corpus.search_terms import index_terms
from monitor.warehouse.batches import portions

_AT_ONCE = 1000  # articles a transaction
_MOST_DEAD = 0.25  # share of entries that may be dead before the index is made anew
_PARTS = "title, text, title_translation, text_translation"
_NEWEST = "select article_id, 0.0 as score from articles"
# A title counts four times; `cross` keeps the planner from starting with the articles.
_BEST = (
    "select article_id, -bm25(words, 4.0, 1.0, 4.0, 1.0) as score "
    "from words cross join articles on entry = words.rowid where words match ?"
)
_CONDITIONS = {
    "language": "(lower(language) = ? or lower(language) like ? || '-%')",
    "outlet": "coalesce(lower(outlet), '') = ?",
    "date": "coalesce(published_on, '') between ? and ?",
}


class SearchHit(NamedTuple):
    """An article that answers; the higher the score (BM25), the better."""

    article_id: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchIndex:
    """An open index."""

    connection: sqlite3.Connection

    def fact(self, name: str) -> str | None:
        """Return what was noted about the index under a name."""
        row = self.connection.execute("select value from facts where name = ?", [name]).fetchone()
        return row[0] if row else None

    def signatures(self) -> dict[str, str]:
        """Return what each indexed article looked like when it was entered."""
        return dict(self.connection.execute("select article_id, signature from articles where not is_dead"))

    def entered(self) -> Iterator[tuple[str, str]]:
        """Yield the indexed articles in the order of their ids, with what each looked like when it was entered."""
        yield from self.connection.execute(
            "select article_id, signature from articles where not is_dead order by article_id"
        )

    def update(
        self, changed: Iterable[tuple[ArticleText, str]], gone: Collection[str], facts: Mapping[str, str]
    ) -> int:
        """Enter new and changed articles with their signatures, and forget those that are gone.

        Each thousand is one transaction, so that searches need not wait; `facts` are noted with the last.
        Returns how many articles were entered.
        """
        count = 0
        for batch in portions(changed, _AT_ONCE, lambda entry: len(entry[0].text)):
            with atomic(self.connection):
                self._forget([article.article_id for article, _ in batch])
                entry = self.connection.execute("select coalesce(max(entry), 0) from articles").fetchone()[0]
                for number, (article, signature) in enumerate(batch, start=entry + 1):
                    self._enter(number, article, signature)
            count += len(batch)
        with atomic(self.connection):
            self._forget(gone)
            self.connection.executemany("insert or replace into facts values (?, ?)", facts.items())
        return count

    def _forget(self, gone: Collection[str]) -> None:
        self.connection.executemany(
            "update articles set is_dead = 1 where article_id = ? and not is_dead", [(one,) for one in gone]
        )

    def _enter(self, entry: int, article: ArticleText, signature: str) -> None:
        day = article.published_at.date().isoformat() if article.published_at else None
        self.connection.execute(
            "insert into articles values (?, ?, ?, ?, ?, ?, 0)",
            [entry, article.article_id, signature, article.language, article.outlet, day],
        )
        texts = (article.title, article.text, article.title_translation, article.text_translation)
        self.connection.execute(
            f"insert into words (rowid, {_PARTS}) values (?, ?, ?, ?, ?)",  # noqa: S608 - a constant
            [entry, *(index_terms(text) if text else "" for text in texts)],
        )

    def clear(self) -> None:
        """Forget every entry, dead or alive."""
        with atomic(self.connection):
            self.connection.execute("delete from articles")
            self.connection.execute("delete from facts where name <> 'layout'")
            self.connection.execute("insert into words (words) values ('delete-all')")

    def is_worn(self) -> bool:
        """Say whether so many entries are dead that making the index anew is better."""
        dead, all_ = self.connection.execute("select sum(is_dead), count(*) from articles").fetchone()
        return bool(all_) and dead > 1000 + _MOST_DEAD * all_

    def search(
        self, question: SearchQuestion, *, limit: int, among: Collection[str] | None = None
    ) -> list[SearchHit]:
        """Return the best answers; without words to match, the newest articles that meet the conditions."""
        where, values = _where(question.filters, among)
        if question.match is None:
            statement = f"{_NEWEST} where {where} order by published_on desc, article_id limit ?"
        else:
            statement = f"{_BEST} and {where} order by score desc, article_id limit ?"
            values = [question.match, *values]
        return [SearchHit(*row) for row in self.connection.execute(statement, [*values, limit])]


def _where(
    filters: Iterable[tuple[Filter, bool]], among: Collection[str] | None
) -> tuple[str, list[str | float]]:
    conditions, values = ["not is_dead"], []
    for filter_, wanted in filters:
        conditions.append(f"{'' if wanted else 'not '}{_CONDITIONS[filter_.facet]}")
        values.append(filter_.value)
        if filter_.facet != "outlet":
            values.append(filter_.until if filter_.facet == "date" else filter_.value)
    if among is not None:
        conditions.append(f"article_id in ({', '.join('?' * len(among))})")
        values.extend(among)
    return " and ".join(conditions), list(values)


@contextmanager
def atomic(connection: sqlite3.Connection) -> Iterator[None]:
    """Run a block as one transaction that waits for its turn first."""
    connection.execute("begin immediate")
    try:
        yield
    except BaseException:
        if connection.in_transaction:
            connection.execute("rollback")
        raise
    connection.execute("commit")
