"""Count the words of an article, in English where there is a translation, for the most used words.

Function words, numbers and single letters are left out. Han and Thai text without a translation is counted in
no way: its words are not visible without a segmenter.
"""

import re
from collections import Counter

from monitor.corpus.article_text import ArticleText
from monitor.corpus.elisions import without_elisions
from monitor.corpus.stop_words import stop_words
from monitor.languages import ENGLISH, TABLE

_WORD = re.compile(r"[^\W\d_]+(?:['\-][^\W\d_]+)*")
_LONGEST = 40


def vocabulary(article: ArticleText) -> Counter[str]:
    """Return how often each word occurs in title and text, in lower case.

    >>> sorted(vocabulary(ArticleText(article_id="1", text="Banks fear banks.", language=ENGLISH)).items())
    [('banks', 2), ('fear', 1)]
    """
    text, language = article.english(), ENGLISH
    if text is None:
        entry = TABLE.get(article.language)
        if entry is not None and not entry.spaced:
            return Counter()
        text, language = "\n".join(filter(None, (article.title, article.text))), article.language
    ignored = stop_words(language)
    found = _WORD.findall(without_elisions(text.lower(), language))
    words = (word.removesuffix("'s") for word in found)
    return Counter(word for word in words if 1 < len(word) <= _LONGEST and word not in ignored)
