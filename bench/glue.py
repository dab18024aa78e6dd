"""Measure how well glued sentences are parted: `python -m bench.glue FILE` (a labelled file), one table."""

import re
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bench.rows import read_rows
from monitor.cleaning.glue import find_glue

OBVIOUS = re.compile(r"(?<=[a-zà-öø-ÿα-ωά-ώа-яё])(?=[A-ZÀ-ÖØ-ÞΑ-ΩА-ЯЁ])|(?<=[^\W\d_][.!?])(?=[^\W\d_])")


@dataclass(slots=True)
class Tally:
    """Counts over the texts of one kind."""

    right: int = 0
    wrong: int = 0
    missed: int = 0
    texts: int = 0
    damaged: int = 0
    sentences: int = 0


def obvious(text: str) -> list[int]:
    """Return what the obvious rule finds: a capital right after a small letter, a letter right after a stop."""
    return [found.start() for found in OBVIOUS.finditer(text)]


def ours(text: str) -> list[int]:
    """Return what `monitor` finds."""
    return [edit.start for edit in find_glue(text)]


def add(tally: Tally, want: Iterable[int], have: Iterable[int], sentences: int) -> None:
    """Count one text; a repair is right within one character of a glued place, once."""
    left = sorted(want)
    sound = not left
    wrong = 0
    for place in sorted(have):
        near = next((other for other in left if abs(other - place) <= 1), None)
        if near is None:
            wrong += 1
        else:
            left.remove(near)
            tally.right += 1
    tally.wrong += wrong
    tally.missed += len(left)
    tally.sentences += sentences
    tally.texts += sound
    tally.damaged += sound and wrong > 0


def measure(
    rows: Iterable[Mapping[str, Any]], find: Callable[[str], list[int]]
) -> tuple[dict[str, Tally], float]:
    """Return the tallies by kind, and millions of characters a second."""
    tallies: dict[str, Tally] = defaultdict(Tally)
    size, spent = 0, 0.0
    for row in rows:
        started = time.process_time()
        have = find(row["text"])
        spent += time.process_time() - started
        size += len(row["text"])
        add(tallies[row["kind"]], [split[0] for split in row["splits"]], have, row["n_sent"] or 1)
    return tallies, size / 1e6 / max(spent, 1e-9)


def main(argv: list[str]) -> int:
    """Print precision, recall, false splits and damaged texts of each kind for the obvious rule and ours."""
    if len(argv) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    rows = list(read_rows(argv[0]))
    for name, find in (("obvious rule", obvious), ("monitor", ours)):
        tallies, speed = measure(rows, find)
        print(f"{name}: {speed:.1f} million characters a second")
        print(f"  {'kind':<16} {'precision':>9} {'recall':>7} {'false/1000':>10} {'damaged':>12}")
        for kind, t in sorted(tallies.items()):
            precision = t.right / (t.right + t.wrong) if t.right else float("nan")
            recall = t.right / (t.right + t.missed) if t.right + t.missed else float("nan")
            damaged = f"{t.damaged} of {t.texts}" if t.texts else ""
            false = 1000 * t.wrong / t.sentences
            print(f"  {kind:<16} {precision:9.4f} {recall:7.4f} {false:10.2f} {damaged:>12}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
