"""How fast names and questions are looked for: `python -m bench.mentions [--aliases 10000]`.

Bar: 10,000 aliases at 2,000 articles a second or more.
"""

import argparse
import random
import time

from bench.made_up import InventedTexts
from monitor.corpus.lookout import Lookout
from monitor.corpus.query_parser import parse_query
from monitor.corpus.watchlist import Alias, Entity, SavedQuery, Watchlist


def main() -> None:
    """Read made-up articles with a made-up watchlist and print a table; seconds of one core."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--aliases", type=int, default=10_000)
    parser.add_argument("--articles", type=int, default=4_000)
    given = parser.parse_args()
    names = _names(given.aliases)
    maker = InventedTexts(names=names)
    articles = list(maker.articles(given.articles))
    begin = time.process_time()
    lookout = Lookout(_watchlist(maker, names))
    print(f"made ready  {given.aliases:>7,} aliases   {time.process_time() - begin:8.2f} s")
    begin = time.process_time()
    reports = [lookout.read(article) for article in articles]
    seconds = time.process_time() - begin
    mentions = sum(len(report.mentions) for report in reports) / given.articles
    characters = sum(len(text) for article in articles for _, text in article.parts()) / given.articles
    print(f"read        {given.articles:>7,} articles  {seconds:8.2f} s   {given.articles / seconds:,.0f} /s")
    print(f"of {characters:,.0f} characters (translation included) with {mentions:.1f} mentions each")
    print(f"matches     {sum(len(report.matches) for report in reports):>7,} of 20 saved questions")


def _names(count: int) -> list[str]:
    """Make names that no other word of the corpus is: one word, two, or three Chinese characters."""
    chance = random.Random(3)
    stems = [
        "".join(chance.choices("bcdfgklmnprstvz", k=2)) + "ovix"[: chance.randint(2, 4)] for _ in range(count)
    ]
    names = [
        f"{stem.capitalize()}{number % 97}" if number % 5 else stem.capitalize()
        for number, stem in enumerate(stems)
    ]
    pairs = [f"{name} {names[-at - 1]}" if at % 4 == 1 else name for at, name in enumerate(names)]
    han = [chr(code) for code in range(0x5E00, 0x7E00)]
    return ["".join(chance.choices(han, k=3)) if at % 5 == 2 else name for at, name in enumerate(pairs)]


def _watchlist(maker: InventedTexts, names: list[str]) -> Watchlist:
    """Put three aliases in each entity, and ask 20 questions about middling words."""
    entities = tuple(
        Entity(
            entity_id=f"e{at}",
            name=f"Entity {at}",
            type="company",
            aliases=tuple(Alias(text=name) for name in names[at : at + 3]),
        )
        for at in range(0, len(names), 3)
    )
    words = maker.vocabulary.words[500:]
    texts = [f'"{words[n]}" AND ({words[n + 50]} OR {words[n + 90]}) NOT {words[n + 500]}' for n in range(20)]
    queries = tuple(
        SavedQuery(query_id=f"q{n}", name=f"Q{n}", question=text, query=parse_query(text))
        for n, text in enumerate(texts)
    )
    return Watchlist(entities=entities, queries=queries, signature="bench")


if __name__ == "__main__":
    main()
