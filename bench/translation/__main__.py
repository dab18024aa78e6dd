"""Sentences a second beside Argos's own function: `python -m bench.translation [--articles N] [--package FILE]`.

The package is one of a real one's size that copies its input; it is built when none is given. One core each.
The checks for copies and for the language are left out, since copying is what this model does; one sentence in
33 is flagged by lot, so that the second, wider decoding has its share.
"""

import argparse
import json
import math
import os
import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bench.translation.clock import Clocked, Watched, timed
from bench.translation.worker import check
from monitor.languages import ENGLISH
from monitor.translating import Job
from monitor.translation.bulk import Bulk, batches
from monitor.translation.checked import translate_checked
from monitor.translation.crew import Processes
from monitor.translation.engine import AS_ARGOS, GREEDY, Hypothesis, parse_pair
from monitor.translation.keys import Keys
from monitor.translation.routes import find_route, open_route
from monitor.translation.sentences import split_sentences
from monitor.translation.store import Store
from monitor.translation.tasks import Setup, Task
from monitor.translation.ways import Ways
from monitor.waiting import Waiting
from monitor.warehouse import columns
from monitor.warehouse.connection import Connection, open_writer
from monitor.warehouse.memory import WarehouseMemory
from monitor.warehouse.migrations import migrate

MAKE = Path(__file__).parents[2] / "tests" / "packages" / "make"
MINI = MAKE.parent / "translate-es_en-1_0.argosmodel"
ES_EN = parse_pair("es:en")
NOW = datetime(2026, 1, 1, tzinfo=UTC)
KEYS = Keys(recipe="bench")
ROUNDS = 3
WORKER = (sys.executable, "-m", "bench.translation.worker")


def main(argv: Sequence[str]) -> int:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(prog="bench.translation", description=__doc__)
    parser.add_argument("--articles", type=int, default=8)
    parser.add_argument("--package", type=Path)
    arguments = parser.parse_args(argv)
    os.environ["OMP_NUM_THREADS"] = "1"
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        archive = arguments.package or build(place)
        articles = corpus(arguments.articles)
        store = Store(place / "models")
        store.install(archive, origin="bench", trial=lambda _package: ("default", ""))
        report(place, archive, articles, store)
    return 0


def build(place: Path) -> Path:
    """Build the package that copies its input."""
    splitter = place / "es.onnx"
    with zipfile.ZipFile(MINI) as mini:
        name = next(name for name in mini.namelist() if name.endswith(".onnx"))
        splitter.write_bytes(mini.read(name))
    archive = place / "translate-es_en-1_0.argosmodel"
    script = str(MAKE / "build_bench.py")
    command = [sys.executable, script, "--out", str(archive), "--splitter", str(splitter)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603  our own script
    return archive


def corpus(count: int) -> list[str]:
    """Return invented articles of some ten paragraphs."""
    sys.path.insert(0, str(MAKE))
    from build_bench import Text  # type: ignore[import-not-found]  # noqa: PLC0415  lies beside the packages

    text = Text(seed=7)
    return [text.article() for _ in range(count)]


def report(place: Path, archive: Path, articles: list[str], store: Store) -> None:
    """Measure all rows and print them."""
    sentences = [s for article in articles for s in sentences_of(article)]
    translator = open_route(find_route(ES_EN, store))
    translator.translate(sentences[:8])
    argos, base = by_argos(place, archive, articles)
    print(f"{len(articles)} articles, {len(sentences)} sentences; CPU seconds of one core")
    row("argostranslate.translate.translate, article by article", base, base, len(sentences))
    beam, seconds = timed(lambda: [best.text for best, *_ in translator.translate(sentences, AS_ARGOS)])
    row("ours, the same decoding", seconds, base, len(sentences))
    same = sum(a == b for a, b in zip(in_place(articles, sentences, beam), argos, strict=True))
    print(f"    identical articles: {same} of {len(articles)}")
    _, greedy = timed(lambda: translator.translate(sentences, GREEDY))
    row("ours, greedy alone", greedy, base, len(sentences))
    clocked = Clocked(translator)
    _, tables = timed(lambda: check(ES_EN, [(sentences[0], Hypothesis(text=sentences[0], score=0.0))]))
    checked, seconds = timed(lambda: translate_checked(clocked, sentences, check))
    row("ours, default quality: greedy, checked, flagged ones again", seconds, base, len(sentences))
    again = sum(result.method == "again" or bool(result.flags) for result in checked)
    checks = seconds - clocked.seconds
    print(f"    flagged: {again}; decoding {clocked.seconds:.2f} s, checks {checks:.2f} s; "
          f"reading their tables, once a process, {tables:.2f} s")  # fmt: skip
    beside = whole(place, store, articles)
    print(f"splitting, checks, storing, putting together: {(checks + beside) / clocked.seconds:.1%} of decoding "
          f"(checks alone {checks / clocked.seconds:.1%})")  # fmt: skip
    side_by_side(store, sentences)


def row(name: str, seconds: float, base: float, count: int) -> None:
    """Print one line of the table."""
    print(f"{name:60} {seconds:7.2f} s {count / seconds:8.1f} sentences/s {base / seconds:6.2f} x")


def sentences_of(article: str) -> list[str]:
    """Return the sentences of an article."""
    return [article[start:end] for start, end in split_sentences(article, "es")]


def in_place(articles: list[str], sentences: list[str], translations: list[str]) -> list[str]:
    """Return the articles with each sentence replaced by its translation."""
    known = dict(zip(sentences, translations, strict=True))
    return [
        "\n".join(" ".join(known[s] for s in sentences_of(paragraph)) for paragraph in article.split("\n"))
        for article in articles
    ]


def by_argos(place: Path, archive: Path, articles: list[str]) -> tuple[list[str], float]:
    """Return what Argos's own function makes of articles, and its CPU seconds."""
    given, made = place / "articles.json", place / "argos.json"
    given.write_text(json.dumps(articles), "utf-8")
    homes = {f"XDG_{name}_HOME": str(place / name) for name in ("DATA", "CONFIG", "CACHE")}
    threads = {"ARGOS_INTRA_THREADS": "1", "ARGOS_INTER_THREADS": "1", "OMP_NUM_THREADS": "1"}
    command = [sys.executable, "-m", "bench.translation.by_argos", str(archive), str(given), str(made)]
    subprocess.run(command, check=True, env={**os.environ, **homes, **threads})  # noqa: S603  our own module
    found = json.loads(made.read_bytes())
    return found["texts"], found["seconds"]


def side_by_side(store: Store, sentences: list[str]) -> None:
    """Compare one process with two, in wall time and, for machines that others use too, without it.

    Equal CPU time of a round says that two get in each other's way in nothing but the cores; what is left then
    is the time in which one of them has no task.
    """
    walls, costs, idle = {}, {}, 0.0
    for number in (1, 2):
        short, _, _ = rounds(store, sentences, number, 1)  # with the loading of the models
        long, walls[number], idle = rounds(store, sentences, number, 1 + ROUNDS)
        costs[number] = (long - short) / ROUNDS
    print(f"two processes {walls[2]:.2f} s, one {walls[1]:.2f} s of wall time: {walls[1] / walls[2]:.2f} x")
    print(f"    a round's CPU time {costs[2]:.2f} s and {costs[1]:.2f} s, two have no task for {idle:.1%} of the time: "
          f"{2 * costs[1] / costs[2] * (1 - idle):.2f} x on free cores")  # fmt: skip


def rounds(store: Store, sentences: list[str], workers: int, count: int) -> tuple[float, float, float]:
    """Return the CPU seconds of some rounds, the wall time of the best, and its part without a task."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    best: tuple[float, float] = (math.inf, 0.0)
    with Watched(Setup(models=str(store.folder)), workers=workers, command=WORKER) as crew:
        for _ in range(count):
            crew.spans.clear()
            wall = wall_of(crew, tasks_of(store, sentences, workers))
            best = min(best, (wall, crew.idle()))
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before, *best


def tasks_of(store: Store, sentences: list[str], workers: int) -> list[Task]:
    """Return the tasks that a run would hand out for sentences."""
    (model,) = store.look()
    keys = [KEYS.key(ES_EN, sentence, "") for sentence in sentences]
    return [
        Task(source="es", target="en", models=(model.name,), sentences=tuple(key.text for key in batch))
        for batch in batches(keys, workers)
    ]


def wall_of(workers: Processes, tasks: list[Task]) -> float:
    """Return the seconds that tasks take."""
    begun = time.perf_counter()
    list(workers.translate(tasks))
    return time.perf_counter() - begun


def crew(store: Store, workers: int) -> Processes:
    """Return processes that do not mind copies."""
    return Processes(Setup(models=str(store.folder)), workers=workers, command=WORKER)


def whole(place: Path, store: Store, articles: list[str]) -> float:
    """Return the seconds that splitting, storing and putting together take beside decoding; then run again."""
    connection = open_writer(place / "bench.duckdb")
    migrate(connection, "bench")
    fill(connection, articles)
    with crew(store, 1) as workers:
        jobs = [job(connection, store, workers) for _ in range(2)]
        seconds = [timed(one.run)[1] for one in jobs]
    (count,) = jobs[0].bulk.counts.values()
    print(f"splitting, storing, putting together: {seconds[0]:.2f} s for {count.translated} sentences")
    again = sum(count.translated for count in jobs[1].bulk.counts.values())
    print(f"second run: {again} sentences translated in {seconds[1]:.2f} s")
    connection.close()
    return seconds[0]


def job(connection: Connection, store: Store, workers: Processes) -> Job:
    """Return the translation of the benchmark's warehouse."""
    waiting = Waiting(connection=connection, target=ENGLISH, ways=Ways(store), keys=KEYS)
    memory = WarehouseMemory(connection, "bench", NOW)
    bulk = Bulk(memory=memory, crew=workers, ways=waiting.ways, keys=KEYS)
    return Job(waiting=waiting, bulk=bulk, run_id="bench", now=NOW)


def fill(connection: Connection, articles: list[str]) -> None:
    """Write articles into a warehouse as ingest does."""
    unknown = dict.fromkeys(
        ("content_sha256", "text_sha256", "input_uri", "run_id", "text_extraction_method", "language_method"),
        "",
    )
    sure = {"language": "es", "language_confidence": 1.0, "revision": 1}
    rows, segments = [], []
    for number, text in enumerate(articles):
        own = {"article_id": f"{number:06}"}
        rows.append(
            own | unknown | sure
            | {"text": text, "authors": [], "first_seen_at": NOW, "indexed_at": NOW, "language_share": 1.0,
               "other_languages": "{}", "word_count": len(text.split())}
        )  # fmt: skip
        at = 0
        for ordinal, line in enumerate(text.split("\n")):
            place = {
                "ordinal": ordinal,
                "kind": "paragraph",
                "start_offset": at,
                "end_offset": at + len(line),
            }
            segments.append(own | sure | place | {"language_method": ""})
            at += len(line) + 1
    columns.insert(connection, "articles", rows)
    columns.insert(connection, "segments", segments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
