"""Count in how many English articles each stem occurs: `python -m bench.background FILE…`.

FILE has one JSON object a line: `lines` with `labels` (1 for content) or `text`, and `lang`. Prints the
table that `monitor.corpus.terms` reads: the number of articles, then `count stem stem …`, commonest first.
"""

import sys
from collections import Counter, defaultdict

from bench.rows import read_rows
from monitor.corpus.words import stem, words

RARE = 2  # stems in fewer articles are left out: almost as good as unknown, and most of the table


def main(argv: list[str]) -> int:
    """Print the table."""
    counts: Counter[str] = Counter()
    articles = 0
    for row in (row for path in argv for row in read_rows(path) if row["lang"] == "en"):
        articles += 1
        text = row.get("text") or "\n".join(
            line for line, label in zip(row["lines"], row["labels"], strict=True) if label == 1
        )
        counts.update({stem(word) for word in words(text)})
    by_count: defaultdict[int, list[str]] = defaultdict(list)
    for term, count in sorted(counts.items()):
        if count >= RARE:
            by_count[count].append(term)
    print(articles)
    for count, terms in sorted(by_count.items(), reverse=True):
        print(count, *terms)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
