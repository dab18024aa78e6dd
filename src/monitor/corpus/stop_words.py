"""Know the words of each language that carry no subject: the, and, of.

Lists: stopwords-iso (MIT), 58 languages.
"""

from functools import cache

import stopwordsiso

from monitor.languages import Language


@cache
def stop_words(language: Language) -> frozenset[str]:
    """Return the function words of a language, in lower case; empty where no list is known."""
    code = {"nb": "no"}.get(language, language.split("-")[0])
    return frozenset(stopwordsiso.stopwords(code)) if stopwordsiso.has_lang(code) else frozenset()
