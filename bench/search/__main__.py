"""How fast articles are indexed and found: `python -m bench.search [--articles 100000]`.

Bars at 100,000 articles: 1,000 new ones in less than 2 s, the median question in less than 150 ms.
"""

import argparse
import random
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bench.made_up import InventedTexts
from monitor.corpus.search_question import read_question
from monitor.warehouse.search_file import with_index
from monitor.warehouse.search_index import SearchIndex

if TYPE_CHECKING:
    from collections.abc import Callable

_BATCH = 5000


def main() -> None:
    """Build an index of made-up articles and print a table; times are of one core."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--questions", type=int, default=200)
    given = parser.parse_args()
    maker = InventedTexts()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bench.search"
        begin = time.process_time()
        for start in range(0, given.articles, _BATCH):
            _add(path, maker, start, min(_BATCH, given.articles - start))
        print(f"built          {given.articles:>9,} articles   {time.process_time() - begin:8.1f} s")
        print(f"size           {path.stat().st_size / 1e6:>9,.0f} MB")
        print(
            f"added              1,000 articles   {_add(path, maker, given.articles, 1000):8.2f} s   bar 2 s"
        )
        times = with_index(path, lambda index: _ask(index, maker, given.questions))
        for kind, taken in times.items():
            middle, slowest = statistics.median(taken) * 1000, max(taken) * 1000
            print(f"{kind:<14} {len(taken):>9,} questions  {middle:8.1f} ms median, {slowest:.1f} ms slowest")
        everything = statistics.median(t for taken in times.values() for t in taken) * 1000
        print(f"all questions                       {everything:8.1f} ms median   bar 150 ms")


def _add(path: Path, maker: InventedTexts, start: int, count: int) -> float:
    made = [(article, "1") for article in maker.articles(count, start)]
    begin = time.process_time()
    with_index(path, lambda index: index.update(made, (), {}))
    return time.process_time() - begin


def _ask(index: SearchIndex, maker: InventedTexts, count: int) -> dict[str, list[float]]:
    chance = random.Random(2)

    def word() -> str:
        return maker.vocabulary.some(chance, 1)[0]

    kinds: dict[str, Callable[[], str]] = {
        "one word": word,
        "two words": lambda: f"{word()} {word()}",
        "either": lambda: f"{word()} OR {word()}",
        "phrase": lambda: " ".join(chance.choice(maker.vocabulary.words[:300]) for _ in range(2)).join('""'),
        "near": lambda: f"{word()} NEAR/10 {word()}",
        "Chinese": lambda: maker.han_text(2),
        "filtered": lambda: f"{word()} language:es date:2026-01-01..2026-02-01",
    }
    times: dict[str, list[float]] = {}
    for kind, make in kinds.items():
        for _ in range(max(1, count // len(kinds))):
            question = read_question(make())
            begin = time.process_time()
            index.search(question, limit=20)
            times.setdefault(kind, []).append(time.process_time() - begin)
    return times


if __name__ == "__main__":
    main()
