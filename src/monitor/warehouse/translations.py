"""Which articles wait for a translation, what is in them, and where their translation is written."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from monitor.languages import Language
from monitor.warehouse import columns
from monitor.warehouse.connection import Connection, atomic, cursor_of

_FETCH = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """An article and how far its translation is; `languages` are those of its title and paragraphs.

    `recipe_hash` is None where nothing was tried yet; `pending` counts sentences that wait for their turn;
    `state` is `complete`, `part` or `none`.
    """

    article_id: str
    languages: tuple[Language, ...]
    recipe_hash: str | None
    pending: int
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A title or paragraph with its language; offsets into the clean text, or the title."""

    article_id: str
    revision: int
    ordinal: int
    kind: str
    start: int
    end: int
    language: Language
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """An article's current revision, for putting its translation together."""

    article_id: str
    revision: int
    title: str | None
    text: str


def is_ready(connection: Connection) -> bool:
    """Tell whether the warehouse has the tables of translations; one that an older version wrote has not."""
    row = connection.execute(
        "select count(*) from duckdb_functions() where function_name = 'reading_language'"
    ).fetchone()
    return bool(row and row[0])


def standings(connection: Connection, target: Language) -> Iterator[Standing]:
    """Yield every article with how far its translation into a language is, the earliest seen first."""
    cursor = cursor_of(connection)
    cursor.execute(
        """
        select
            articles.article_id,
            list(distinct reading_language(articles, segments)) as languages,
            any_value(translated.recipe_hash),
            coalesce(any_value(translated.pending_count), 0),
            coalesce(any_value(translated.state), 'none')
        from articles
        join segments using (article_id, revision)
        left join article_translations as translated
            on translated.article_id = articles.article_id
            and translated.revision = articles.revision
            and translated.target_language = $1
        group by articles.article_id, articles.first_seen_at
        order by articles.first_seen_at, articles.article_id
        """,
        [target],
    )
    while rows := cursor.fetchmany(_FETCH):
        for article_id, languages, recipe_hash, pending, state in rows:
            yield Standing(
                article_id=article_id,
                languages=tuple(sorted(map(Language, languages))),
                recipe_hash=recipe_hash,
                pending=pending,
                state=state,
            )


def passages(connection: Connection, article_ids: Collection[str]) -> list[Passage]:
    """Return the titles and paragraphs of articles, in order."""
    rows = connection.execute(
        """
        select
            article_id,
            revision,
            segments.ordinal,
            segments.kind,
            segments.start_offset,
            segments.end_offset,
            reading_language(articles, segments),
            if(
                segments.kind = 'title',
                articles.title,
                substring(articles.text, segments.start_offset + 1, segments.end_offset - segments.start_offset)
            )
        from articles
        join segments using (article_id, revision)
        where article_id in (select unnest($1::varchar[]))
        order by article_id, segments.ordinal
        """,
        [[*article_ids]],
    ).fetchall()
    return [
        Passage(
            article_id=article_id,
            revision=revision,
            ordinal=ordinal,
            kind=kind,
            start=start,
            end=end,
            language=Language(language),
            text=text or "",
        )
        for article_id, revision, ordinal, kind, start, end, language, text in rows
    ]


def originals(connection: Connection, article_ids: Collection[str]) -> list[Original]:
    """Return title and text of articles."""
    rows = connection.execute(
        """
        select article_id, revision, title, text
        from articles
        where article_id in (select unnest($1::varchar[]))
        order by article_id
        """,
        [[*article_ids]],
    ).fetchall()
    return [Original(article_id=i, revision=r, title=title, text=text) for i, r, title, text in rows]


def pending_count(connection: Connection, target: Language) -> tuple[int, int]:
    """Return how many articles have sentences that wait for their turn, and how many sentences those are."""
    row = connection.execute(
        """
        select count(*), coalesce(sum(pending_count), 0)
        from article_translations
        join articles using (article_id, revision)
        where target_language = $1 and pending_count > 0
        """,
        [target],
    ).fetchone()
    return (int(row[0]), int(row[1])) if row else (0, 0)


def memory_size(connection: Connection) -> int:
    """Return how many sentences the memory holds."""
    row = connection.execute("select count(*) from translations").fetchone()
    return int(row[0]) if row else 0


def last_counts(connection: Connection) -> list[dict[str, dict[str, float]]]:
    """Return what the last runs that translated counted, by pair; the keys are those of `PairCount`."""
    rows = connection.execute(
        """
        select json_extract(counts, '$.translation.pairs')
        from runs
        where json_extract(counts, '$.translation.pairs') is not null
        order by started_at desc
        limit 20
        """
    ).fetchall()
    return [msgspec.json.decode(row[0], type=dict[str, dict[str, float]]) for row in rows]


def let_wait(connection: Connection, translation_ids: Sequence[str]) -> None:
    """Make the articles wait again that hold sentences whose translation in the memory was replaced."""
    connection.execute(
        """
        update article_translations as translated
        set recipe_hash = ''
        from translated_sentences as sentences
        where
            sentences.article_id = translated.article_id
            and sentences.target_language = translated.target_language
            and sentences.translation_id in (select unnest($1::varchar[]))
        """,
        [[*translation_ids]],
    )


def write(
    connection: Connection,
    target: Language,
    articles: Sequence[dict[str, Any]],
    sentences: Sequence[dict[str, Any]],
) -> None:
    """Write what became of articles in a target language, in one transaction, in place of what stood there."""
    ids = [row["article_id"] for row in articles]
    with atomic(connection):
        for table in ("article_translations", "translated_sentences"):
            connection.execute(
                f"""
                delete from {table}
                where target_language = $1 and article_id in (select unnest($2::varchar[]))
                """,  # noqa: S608  two names from the line above
                [target, ids],
            )
        columns.insert(connection, "article_translations", list(articles))
        columns.insert(connection, "translated_sentences", list(sentences))
