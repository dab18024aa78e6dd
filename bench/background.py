"""Count in how many articles of each language each stem occurs: `python -m bench.background ENGLISH FILE…`.

Each file has one JSON object a line. ENGLISH: `lines` with `labels` (1 for content) and `lang`, of which the English
ones count. FILE: whole articles as `text` with `lang` and `set` (only `document` counts), of which the others count.
Prints the table that `monitor.corpus.terms` reads: for each language its code and the number of articles, then
`count stem stem …`, commonest first, then an empty line. Scripts without spaces are counted by pairs of characters.
"""

import math
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from bench.rows import read_rows
from monitor.corpus.terms import stems
from monitor.languages import ENGLISH, UNDETERMINED, Language, parse_language

RARE = 2  # stems in fewer articles are left out: almost as good as unknown, and most of the table
MANY, SHARE = 100, 12  # of fewer articles, only what is in a twelfth of them can be told from chance
FEWEST = 10  # articles of a language that say what is common in it


def main(argv: list[str]) -> int:
    """Print the table."""
    articles: defaultdict[Language, list[set[str]]] = defaultdict(list)
    for language, text in (*_english(argv[0]), *_others(argv[1:])):
        articles[language].append(set(stems(text)))
    for language, texts in sorted(articles.items()):
        if len(texts) >= FEWEST:
            print(language, len(texts))
            _print_counts(Counter(term for text in texts for term in text), len(texts))
            print()
    return 0


def _english(path: str) -> Iterator[tuple[Language, str]]:
    for row in read_rows(path):
        if row["lang"] == "en":
            pairs = zip(row["lines"], row["labels"], strict=True)
            yield ENGLISH, "\n".join(line for line, label in pairs if label == 1)


def _others(paths: Iterable[str]) -> Iterator[tuple[Language, str]]:
    for row in (row for path in paths for row in read_rows(path) if row["set"] == "document"):
        language = parse_language(
            {"zt": "zh-Hant", "pb": "pt-BR", "zh": "zh-Hans"}.get(row["lang"], row["lang"])
        )
        if language not in {ENGLISH, UNDETERMINED}:
            yield language, row["text"]


def _print_counts(counts: Counter[str], articles: int) -> None:
    by_count: defaultdict[int, list[str]] = defaultdict(list)
    for term, count in sorted(counts.items()):
        if count >= max(RARE, math.ceil(articles / SHARE) if articles < MANY else 0):
            by_count[count].append(term)
    for count, terms in sorted(by_count.items(), reverse=True):
        print(count, *terms)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
