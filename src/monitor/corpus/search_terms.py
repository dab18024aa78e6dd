"""Cut a text into the terms that the search index holds.

Words where the script has them; where it has none, or glues particles to words (Han, kana, Thai, Hangul),
every pair of neighbouring characters, so that any name of two characters or more is found in longer runs.
"""

import re

from monitor.corpus.folding import fold

_RUNS = (
    "\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u309fァ-ヺー"  # Thai, Lao, Burmese, Khmer, kana
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af가-힣"  # Han, Hangul
)
_MARKS = "\u0300-\u036f\u064b-\u065f\u0900-\u0963\u0966-\u0dff"  # part of the word they stand in
_SPACED = rf"(?:[^\W_{_RUNS}]|[{_MARKS}])+"
_RUN = re.compile(f"[{_RUNS}]")
_SPACED_TERM = re.compile(_SPACED)
_TERM = re.compile(rf"(?P<run>[{_RUNS}]+)|{_SPACED}")


def index_terms(text: str) -> str:
    """Return a text's terms with a space between, in the order of the text.

    A run ends with its last character alone, so that one character can be searched for as a beginning.

    >>> index_terms("Apple与阿里巴巴")
    'apple 与阿 阿里 里巴 巴巴 巴'
    """
    folded = fold(text).text
    if not _RUN.search(folded):
        return " ".join(_SPACED_TERM.findall(folded))
    return " ".join(
        _pairs(match[0], tail=True) if match["run"] else match[0] for match in _TERM.finditer(folded)
    )


def query_terms(phrase: str) -> tuple[str, bool]:
    """Return a phrase's terms with a space between, and whether the last one is only a beginning.

    >>> query_terms("阿里巴巴"), query_terms("中")
    (('阿里 里巴 巴巴', False), ('中', True))
    """
    found = list(_TERM.finditer(fold(phrase).text))
    terms = " ".join(_pairs(match[0], tail=False) if match["run"] else match[0] for match in found)
    return terms, bool(found) and found[-1]["run"] is not None and len(found[-1][0]) == 1


def _pairs(run: str, *, tail: bool) -> str:
    if len(run) == 1:
        return run
    pairs = " ".join(run[i : i + 2] for i in range(len(run) - 1))
    return f"{pairs} {run[-1]}" if tail else pairs
