"""Measure the main job: `python -m bench.ingest [--files 10000] [--pages 2000]`, without translation and corpus steps.

Prints articles a second from end to end on one and two workers, the parent's peak memory at a tenth of the corpus and
at all of it, and where the time goes. The corpus is generated, 5 kB an article, the same at every call.
"""

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from bench.made_up import english, sentence
from monitor.cleaning.cleaner import clean
from monitor.cleaning.options import CleaningOptions
from monitor.detection import Detector, language_of
from monitor.models import Document
from monitor.prepare import Tools, prepare
from monitor.readers.html import read_html
from monitor.readers.plain import read_text

_NOISE = (
    "Advertisements",
    "Share on Facebook",
    "Read Also: ten things to do this weekend",
    "20 comments",
    "-",
)
_BYTES = 5000
_SAMPLE = 300


def main() -> None:
    """Generate the corpus, run, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--pages", type=int, default=2_000)
    arguments = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="bench-ingest-"))
    try:
        _measure(folder, arguments.files, arguments.pages)
    finally:
        shutil.rmtree(folder)


def _measure(folder: Path, files: int, pages: int) -> None:
    for name, share in (("tenth", 10), ("all", 1)):
        _generate(folder / name, files // share, pages // share)
    print("| run | articles | seconds | articles/s | parent's peak memory, MB |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for name, workers in (("tenth", 1), ("all", 1), ("all", 2)):
        seconds, peak_mb = _run(folder / name, folder / f"{name}{workers}.duckdb", workers)
        count = (files + pages) // (10 if name == "tenth" else 1)
        print(
            f"| {name}, {workers} workers | {count:,} | {seconds:.1f} | {count / seconds:,.0f} | {peak_mb:.0f} |"
        )
    again, _ = _run(folder / "all", folder / "all1.duckdb", 1)
    print(f"| again, nothing changed | {files + pages:,} | {again:.1f} | | |")
    print()
    _print_shares(folder / "all")


def _run(corpus: Path, warehouse: Path, workers: int) -> tuple[float, float]:
    """Return wall seconds and the parent's peak memory in MB of one ingest in a process of its own."""
    script = f"""
import resource
from monitor.config import make_plan
from monitor.settings import read_settings
from monitor.pipeline import ingest
from dataclasses import replace
settings = read_settings(None, warehouse={str(warehouse)!r})
settings = replace(settings, workers=replace(settings.workers, count={workers}))
tally = ingest([{str(corpus)!r}], make_plan(settings, phases=()))
assert tally.rejected == 0, tally
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
    started = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)  # noqa: S603
    return time.perf_counter() - started, int(done.stdout) / 1024


def _print_shares(corpus: Path) -> None:
    """Time each stage over a sample in this process, and loading as the parent's own processor time."""
    spent: dict[str, float] = defaultdict(float)
    tools = Tools(detector=Detector(), cleaning=CleaningOptions())
    for path in sorted(corpus.iterdir())[:: max(1, len(list(corpus.iterdir())) // _SAMPLE)]:
        at = time.process_time()
        data = path.read_bytes()
        document = read_html(data) if path.suffix == ".html" else read_text(data)
        at = _lap(spent, "reading, extraction", at)
        text = clean(document.text, language_of=language_of).text
        at = _lap(spent, "cleaning", at)
        tools.detector.profile(text.split("\n"))
        _lap(spent, "detection", at)
    spent["loading"] = _loading_seconds(corpus, sum(1 for _ in corpus.iterdir())) * _SAMPLE
    total = sum(spent.values())
    print("| stage | share of processor time |")
    print("| --- | ---: |")
    for name, seconds in spent.items():
        print(f"| {name} | {100 * seconds / total:.1f} % |")


def _loading_seconds(corpus: Path, count: int) -> float:
    """Return the processor seconds that loading takes for one article, from one batch prepared beforehand."""
    from datetime import UTC, datetime  # noqa: PLC0415

    from monitor.models import Input, Processed  # noqa: PLC0415
    from monitor.warehouse.files import Generations  # noqa: PLC0415
    from monitor.warehouse.load import load  # noqa: PLC0415

    tools = Tools(detector=Detector(), cleaning=CleaningOptions())
    paths = sorted(corpus.iterdir())[: min(500, count)]
    batch = [
        Processed(
            input=Input(uri=path.as_uri(), sha256=path.name, size=_BYTES),
            prepared=prepare(Document(text=path.read_text()), tools),
        )
        for path in paths
    ]
    with tempfile.TemporaryDirectory() as folder, Generations(Path(folder) / "w.duckdb").writing() as session:
        connection = session.connection
        at = time.process_time()
        load(connection, batch, run_id="bench", now=datetime.now(UTC), exists=lambda _: True)
        return (time.process_time() - at) / len(batch)


def _lap(spent: dict[str, float], name: str, since: float) -> float:
    now = time.process_time()
    spent[name] += now - since
    return now


def _generate(folder: Path, files: int, pages: int) -> None:
    folder.mkdir()
    dice = random.Random(7)
    for number in range(files):
        (folder / f"{number:06}.txt").write_text("\n".join(_lines(dice)))
    for number in range(pages):
        body = "".join(f"<p>{line}</p>\n" for line in _lines(dice))
        (folder / f"{number:06}.html").write_text(
            f"<html lang=en><head><title>Page {number}</title></head><body><nav><a href=/>Home</a></nav>"
            f"<article><h1>Page {number}</h1>{body}</article><footer>All rights reserved</footer></body></html>"
        )


def _lines(dice: random.Random) -> Iterator[str]:
    """Yield paragraphs of 5 kB together, with a line of noise behind every tenth."""
    size = 0
    while size < _BYTES:
        sentences = [sentence(english().some(dice, dice.randint(8, 24))) for _ in range(dice.randint(2, 5))]
        line = " ".join(sentences)
        size += len(line)
        yield line
        if dice.random() < 0.1:
            yield dice.choice(_NOISE)


if __name__ == "__main__":
    main()
