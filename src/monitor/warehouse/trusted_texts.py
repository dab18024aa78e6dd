"""Hand out articles' texts without the sentences whose translation is in doubt: what they say joins nothing."""

from collections.abc import Sequence
from dataclasses import replace

from monitor.corpus.article_text import ArticleText
from monitor.warehouse import columns
from monitor.warehouse.article_texts import WHOLE, fetch_texts
from monitor.warehouse.connection import Connection

ENOUGH = 0.5  # of a translation's characters: with less left, the article is read as it was written

_DOUBTFUL = """
select article_id, list(distinct memory.text order by memory.text)
from (
    select article_id, revision
    from article_translations
    where
        target_language = 'en' and doubtful_count > 0
        and article_id in (select unnest(string_split($1, chr(10))))
) as translated
join articles using (article_id, revision)
join translated_sentences as sentences using (article_id, revision)
join translations as memory using (translation_id)
where sentences.target_language = 'en' and len(memory.flags) > 0
group by article_id
"""


def fetch_trusted_texts(connection: Connection, ids: Sequence[str], most: int = WHOLE) -> list[ArticleText]:
    """Return the texts of articles, in the order of their ids, of each translation only what passed the checks.

    `most` characters of each are enough.
    """
    doubtful = dict(connection.execute(_DOUBTFUL, [columns.listed(ids)]).fetchall()) if ids else {}
    return [
        without(text, doubtful[text.article_id]) if text.article_id in doubtful else text
        for text in fetch_texts(connection, ids, most)
    ]


def without(article: ArticleText, sentences: Sequence[str]) -> ArticleText:
    """Return an article without some sentences of its translation; without the translation if little is left."""
    title, text = article.title_translation, article.text_translation
    for sentence in sorted(sentences, key=len, reverse=True):  # a short one may stand in a longer one
        title, text = (part and part.replace(sentence, " ") for part in (title, text))
    before = _letters(article.title_translation) + _letters(article.text_translation)
    if _letters(title) + _letters(text) < ENOUGH * before:
        return replace(article, title_translation=None, text_translation=None)
    return replace(article, title_translation=title, text_translation=text)


def _letters(text: str | None) -> int:
    return sum(map(str.isalnum, text)) if text else 0
