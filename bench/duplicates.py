"""How well copies are found, and how fast: `python -m bench.duplicates FOLDER [--articles 100000]`.

FOLDER (or a file) holds articles: text files, or JSON lines with `text`, or `lines` with `labels` (1 for content).
Copies are made of them in ten ways, each in three strengths; a pair counts when both are in one duplicate group.
Bars: pair F1 .97; 1,000 new articles matched against 100,000 at 300 a second on one core. `--independent FILE`
names headlines or articles written independently, of which no two may be taken for copies. `--libraries` compares the
signatures with those of datasketch and rensa, where they are installed.
"""

import argparse
import random
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from bench.changes import CHANGES, STRENGTHS
from bench.in_memory import Made, open_in_memory, put
from bench.made_up import InventedTexts
from bench.predict.articles import read_articles
from bench.rows import read_rows
from bench.signatures import pairs_of, print_signatures
from monitor.warehouse.connection import Connection
from monitor.warehouse.copies import update_copies

SHORTEST = 800  # characters of an article that copies are made of
BATCH = 5_000
SPARE = 60  # lines of other articles that a change may use


def main(argv: list[str]) -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?")
    parser.add_argument("--independent", nargs="*", default=[])
    parser.add_argument("--copies", type=int, default=40, help="of each kind and strength")
    parser.add_argument("--articles", type=int, default=100_000, help="for the speed; 0 leaves it out")
    parser.add_argument("--libraries", action="store_true", help="compare with datasketch and rensa")
    parser.add_argument("--show", action="store_true", help="print the pairs that count as false")
    given = parser.parse_args(argv)
    if given.folder:
        quality(read_texts(Path(given.folder)), given)
    for path in given.independent:
        independent(path)
    if given.articles:
        speed(given.articles)
    return 0


def read_texts(path: Path) -> list[tuple[str, list[str]]]:
    """Return language and lines of every article that is long enough."""
    files = sorted(file for file in path.rglob("*") if file.is_file()) if path.is_dir() else [path]
    found = [article for file in files for article in _articles(file)]
    return [(language, lines) for language, lines in found if len("\n".join(lines)) >= SHORTEST]


def _articles(file: Path) -> Iterator[tuple[str, list[str]]]:
    if ".jsonl" not in file.name:
        yield "en", file.read_text(encoding="utf-8", errors="replace").split("\n")
        return
    for row in read_rows(file):
        if "labels" in row:
            pairs = zip(row["lines"], row["labels"], strict=True)
            yield row.get("lang") or "und", [line for line, label in pairs if label == 1]
        elif row.get("text"):
            yield row.get("lang") or "und", row["text"].split("\n")


def quality(texts: list[tuple[str, list[str]]], given: argparse.Namespace) -> None:
    """Make copies, group everything, and print recall for each kind and the pairs' precision, recall, F1."""
    dice = random.Random(7)
    dice.shuffle(texts)
    cut = len(texts) * 3 // 4
    connection = open_in_memory()
    put(connection, [_made(f"o{number}", *text) for number, text in enumerate(texts[:cut])])
    update_copies(connection)
    alike = _groups(connection)
    print(f"{cut} articles, {len(alike)} of them already in groups of copies: left out")
    originals = [number for number in range(cut) if f"o{number}" not in alike]
    connection.execute(
        "delete from articles where article_id in (select unnest($1::varchar[]))", [list(alike)]
    )
    truth = _copy(connection, texts, originals, given.copies, dice)
    update_copies(connection)
    _print_quality(connection, truth, originals, show=given.show)
    if given.libraries:
        stored = connection.execute("select article_id, text from articles order by article_id").fetchall()
        print_signatures(dict(stored), {name: original for name, (original, *_) in truth.items()})


def _copy(
    connection: Connection,
    texts: Sequence[tuple[str, list[str]]],
    originals: Sequence[int],
    copies: int,
    dice: random.Random,
) -> dict[str, tuple[str, str, int]]:
    """Put copies into the warehouse; return for each its original, kind and strength."""
    spare: defaultdict[str, list[str]] = defaultdict(list)
    for language, lines in texts[len(texts) * 3 // 4 :]:
        spare[language] += lines
    truth: dict[str, tuple[str, str, int]] = {}
    made: list[Made] = []
    for kind, change in CHANGES.items():
        for strength in STRENGTHS:
            for number in dice.sample(originals, min(copies, len(originals))):
                language, lines = texts[number]
                lines_of_others = spare[language if len(spare[language]) > SPARE else "en"]
                other = dice.sample(lines_of_others, min(SPARE, len(lines_of_others)))
                name = f"c{len(truth)}"
                truth[name] = (f"o{number}", kind, strength)
                made.append(_made(name, language, change(list(lines), strength, dice, other)))
    put(connection, made)
    return truth


def _made(article_id: str, language: str, lines: Iterable[str]) -> Made:
    return Made(article_id=article_id, text="\n".join(lines), language=language)


def _groups(connection: Connection) -> dict[str, str]:
    return dict(connection.execute("select article_id, original_id from duplicates").fetchall())


def _print_quality(
    connection: Connection, truth: Mapping[str, tuple[str, str, int]], originals: Sequence[int], *, show: bool
) -> None:
    group = _groups(connection)
    hits: Counter[tuple[str, int]] = Counter()
    total: Counter[tuple[str, int]] = Counter()
    for name, (original, kind, strength) in truth.items():
        total[kind, strength] += 1
        hits[kind, strength] += name in group and group[name] == group.get(original)
    print(f"{'change':18} mild  medium  strong   (copies found with their original)")
    for kind in CHANGES:
        print(f"{kind:18}" + "".join(f"{hits[kind, s] / total[kind, s]:7.3f}" for s in STRENGTHS))
    family = {name: original for name, (original, *_) in truth.items()} | {
        f"o{n}": f"o{n}" for n in originals
    }
    wanted, found = pairs_of(family), pairs_of(group)
    right = len(wanted & found)
    precision, recall = right / max(len(found), 1), right / max(len(wanted), 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    print(f"pairs {len(wanted)}: P {precision:.4f} R {recall:.4f} F1 {f1:.4f}   bar .97")
    if show:
        for first, second in sorted(found - wanted):
            print("false:", first, truth.get(first), second, truth.get(second))


def independent(path: str) -> None:
    """Print how many independently written articles are taken for copies."""
    connection = open_in_memory()
    put(connection, read_articles(path))
    update_copies(connection)
    groups = _groups(connection)
    print(f"{Path(path).name}: {len(groups) - len(set(groups.values()))} taken for copies   bar 0")


def speed(articles: int) -> None:
    """Print how fast new articles are matched against many, processor time of one core."""
    maker = InventedTexts()
    with tempfile.TemporaryDirectory() as folder:
        connection = open_in_memory(str(Path(folder) / "bench.duckdb"))
        connection.execute("set threads = 1")
        for start in range(0, articles, BATCH):
            put(connection, _invented(maker, start, min(BATCH, articles - start)))
        begin = time.process_time()
        update_copies(connection)
        taken = time.process_time() - begin
        print(f"indexed {articles:,} articles at {articles / taken:,.0f} a second")
        new = [*_invented(maker, articles, 1000)]
        words = [Made(article_id=f"copy{n}", text="Copied. " + made.text) for n, made in enumerate(new[:100])]
        put(connection, [*new[100:], *words])
        begin = time.process_time()
        update_copies(connection)
        taken = time.process_time() - begin
        print(f"matched 1,000 new ones at {1000 / taken:,.0f} a second   bar 300")


def _invented(maker: InventedTexts, start: int, count: int) -> Iterator[Made]:
    for number in range(start, start + count):
        yield Made(article_id=f"a{number}", title=maker.sentence(), text=maker.text())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
