"""How well articles are grouped into stories, and how fast: `python -m bench.stories FILE… [--articles 100000]`.

FILE has one JSON object a line: id, story, title or text, `argos_en` where there is a translation. Prints B-cubed
precision, recall, F1 (Bagga and Baldwin 1998) beside two baselines, each with the best of its thresholds for the
file. Bars: headlines .85, texts across languages .99; 200 new articles a second placed on one core in a window of
100,000, at a cost that grows slower than the logarithm of the window. The windows hold the same earlier reports of
what the new articles tell, and more or fewer articles about other events; each is a file, as an ingest finds it.

With --documents FILE (`text` in paragraphs, `lang`, `set`): each article of the set `document` is cut into its odd and
its even paragraphs, which are one story, language by language and without any translation.
"""

import argparse
import math
import random
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np

from bench.in_memory import Made, open_in_memory, put
from bench.made_up import START, event_of, moment_of, words_about
from bench.predict.articles import read_articles
from bench.rows import read_rows
from monitor.corpus.linkage import average_link
from monitor.corpus.similarity import similarity
from monitor.corpus.stories import Clipping, group
from monitor.corpus.terms import weigh
from monitor.corpus.words import words
from monitor.languages import UNDETERMINED, Language, from_argos
from monitor.warehouse.connection import Connection, complete
from monitor.warehouse.stories import rebuild_stories, update_stories

THRESHOLDS = (0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4)
BATCH, NEW_BATCHES = 1_000, 4
SIZES = (0.1, 1 / 3, 1.0)  # of windows, as parts of the largest
MANY = 50  # documents of a language that make a figure


def main(argv: list[str]) -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*")
    parser.add_argument("--articles", type=int, default=100_000, help="for the speed; 0 leaves it out")
    parser.add_argument("--documents", help="articles in many languages")
    given = parser.parse_args(argv)
    for path in given.files:
        quality(path)
    if given.documents:
        untranslated(given.documents)
    if given.articles:
        speed(given.articles)
    return 0


def quality(path: str) -> None:
    """Print B-cubed figures of ours, with all articles at once and arriving in batches, and of the baselines."""
    gold = {row["id"]: row["story"] for row in read_rows(path)}
    articles = [*read_articles(path)]
    print(f"{Path(path).name}: {len(gold)} articles, {len(set(gold.values()))} stories")
    _print_scores("all at once", _grouped([articles]), gold)
    shuffled = random.Random(3).sample(articles, len(articles))
    first = max(len(articles) * 2 // 3, 1)
    later = [shuffled[at : at + 200] for at in range(first, len(shuffled), 200)]
    _print_scores("in batches, any order", _grouped([shuffled[:first], *later]), gold)
    vectors = tf_idf(articles)
    names = [article.article_id for article in articles]
    for name, baseline in (("one-pass TF-IDF", one_pass), ("agglomerative TF-IDF", agglomerative)):
        made = (dict(zip(names, baseline(vectors, at), strict=True)) for at in THRESHOLDS)
        _print_scores(name, max(made, key=lambda groups: b_cubed(groups, gold)[2]), gold)


def untranslated(path: str) -> None:
    """Print B-cubed figures of stories from articles in their own languages."""
    texts: defaultdict[Language, list[str]] = defaultdict(list)
    for row in read_rows(path):
        if row["set"] == "document":
            texts[from_argos(row["lang"])].append(row["text"])
    several = {
        language: found
        for language, found in sorted(texts.items())
        if len(found) >= MANY and language != UNDETERMINED
    }
    scores = np.array([_halves(language, found) for language, found in several.items()])
    if not len(scores):
        return
    lowest = int(np.argmin(scores[:, 2]))
    precision, recall, f1 = scores.mean(axis=0)
    print(
        f"{Path(path).name}: {len(scores)} languages untranslated, mean P {precision:.3f} R {recall:.3f} F1 {f1:.3f}; "
        f"lowest F1 {scores[lowest, 2]:.3f} ({[*several][lowest]})"
    )


def _halves(language: Language, texts: Sequence[str]) -> tuple[float, float, float]:
    gold, clippings = {}, []
    for number, text in enumerate(texts):
        paragraphs = text.split("\n\n")
        for half in (0, 1):
            key = f"{number}-{half}"
            gold[key] = str(number)
            shown = "\n".join(paragraphs[half::2])
            clippings.append(Clipping(article_id=key, terms=weigh(shown, language), at=START))
    found = {m.article_id: story.story_id for story in group(clippings) for m in story.members}
    return b_cubed(found, gold)


def _print_scores(name: str, groups: Mapping[str, object], gold: Mapping[str, str]) -> None:
    precision, recall, f1 = b_cubed(groups, gold)
    count = len(set(groups.values()))
    print(f"  {name:22} P {precision:.4f}  R {recall:.4f}  F1 {f1:.4f}  {count:5} stories")


def _grouped(batches: Sequence[Sequence[Made]]) -> dict[str, str]:
    connection = open_in_memory()
    for batch in batches:
        put(connection, batch)
        update_stories(connection)
    return dict(connection.execute("select article_id, story_id from story_articles").fetchall())


def b_cubed(groups: Mapping[str, object], gold: Mapping[str, str]) -> tuple[float, float, float]:
    """Return precision, recall and F1."""
    both = Counter((groups[name], story) for name, story in gold.items())
    ours, theirs = Counter(groups[name] for name in gold), Counter(gold.values())
    precision = sum(n * n / ours[group] for (group, _), n in both.items()) / len(gold)
    recall = sum(n * n / theirs[story] for (_, story), n in both.items()) / len(gold)
    return precision, recall, 2 * precision * recall / (precision + recall)


def tf_idf(articles: Sequence[Made]) -> list[dict[str, float]]:
    """Return plain TF-IDF vectors over the words of the given articles, of length 1."""
    texts = [Counter(words("\n".join(filter(None, (a.title, a.translation or a.text))))) for a in articles]
    frequency = Counter(word for text in texts for word in text)
    vectors = []
    for text in texts:
        vector = {word: n * math.log(len(texts) / frequency[word]) for word, n in text.items()}
        length = math.sqrt(sum(weight**2 for weight in vector.values())) or 1.0
        vectors.append({word: weight / length for word, weight in vector.items()})
    return vectors


def one_pass(vectors: Sequence[Mapping[str, float]], threshold: float) -> list[int]:
    """Put each article into the story with the nearest centroid, or begin a new one."""
    column = {
        word: place for place, word in enumerate(sorted({word for vector in vectors for word in vector}))
    }
    sums = np.zeros((64, len(column)), np.float32)
    lengths: list[float] = []
    found = []
    for vector in vectors:
        columns, weights = [column[word] for word in vector], np.array([*vector.values()], np.float32)
        cosines = sums[: len(lengths), columns] @ weights / np.array(lengths, np.float32)
        best = int(np.argmax(cosines)) if lengths else -1
        if best < 0 or cosines[best] < threshold:
            best = len(lengths)
            lengths.append(0.0)
            if best == len(sums):
                sums = np.concatenate([sums, np.zeros_like(sums)])
        sums[best, columns] += weights
        lengths[best] = float(np.linalg.norm(sums[best])) or 1.0
        found.append(best)
    return found


def agglomerative(vectors: Sequence[Mapping[str, float]], threshold: float) -> list[int]:
    """Join groups by average link while their mean cosine is above the threshold."""
    scores = np.asarray(similarity(vectors) - threshold, np.float32)
    return average_link(scores, range(len(vectors)))


def speed(articles: int) -> None:
    """Print how many new articles a second are placed into windows of several sizes, processor time of one core.

    The windows take turns, and the least of several times counts: what else the machine does only adds.
    """
    windows = {len(earlier): earlier for size in SIZES if (earlier := window(int(articles * size), articles))}
    costs: defaultdict[int, list[float]] = defaultdict(list)
    with tempfile.TemporaryDirectory() as place:
        paths = {size: str(Path(place) / f"{size}.duckdb") for size in windows}
        built = {size: _fill(paths[size], earlier, articles) for size, earlier in windows.items()}
        for start in range(articles, articles + NEW_BATCHES * BATCH, BATCH):
            for size, path in paths.items():
                costs[size].append(_place(path, range(start, start + BATCH), articles))
    least = {size: min(found) / BATCH for size, found in costs.items()}
    for size, cost in least.items():
        print(
            f"window {size:7,}: regrouped at {size / built[size]:5,.0f} a second, new ones placed at "
            f"{1 / cost:5,.0f} a second ({1000 * cost:.2f} ms each)   bar 200"
        )
    (small, cheap), *_, (large, dear) = least.items()
    logarithm = math.log(large) / math.log(small)
    print(
        f"from {small:,} to {large:,} the cost grew {dear / cheap:.2f} times; the logarithm {logarithm:.2f} times"
    )


def _fill(path: str, earlier: Sequence[int], articles: int) -> float:
    """Write a window into a file and group it; return the seconds of grouping."""
    connection = open_in_memory(path)
    for start in range(0, len(earlier), 5 * BATCH):
        put(connection, invented(earlier[start : start + 5 * BATCH], articles))
    connection.execute("set threads = 1")
    seconds = _seconds(rebuild_stories, connection)
    complete(connection)
    return seconds


def _place(path: str, new: range, articles: int) -> float:
    """Place new articles in a file that is opened for it; return the seconds."""
    connection = open_in_memory(path)
    connection.execute("set threads = 1")
    put(connection, invented(new, articles))
    seconds = _seconds(update_stories, connection)
    complete(connection)
    return seconds


def _seconds(step: Callable[[Connection], int], connection: Connection) -> float:
    begin = time.process_time()
    step(connection)
    return time.process_time() - begin


def window(size: int, articles: int) -> list[int]:
    """Return about `size` of so many articles: all about the events of those that follow, some about others."""
    ours = {event_of(number, articles) for number in range(articles, articles + NEW_BATCHES * BATCH)}
    events = {number: event_of(number, articles) for number in range(articles)}
    related = sum(event in ours for event in events.values())
    share = (size - related) / (articles - related)
    return [
        number
        for number, event in events.items()
        if event in ours or random.Random(f"kept {event}").random() < share
    ]


def invented(numbers: Iterable[int], articles: int) -> Iterator[Made]:
    """Yield some of `articles` of 30 days, 150 words each."""
    for number in numbers:
        words = words_about(event_of(number, articles), random.Random(f"article {number}"), 150)
        yield Made(article_id=f"a{number}", text=" ".join(words), published_at=moment_of(number, articles))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
