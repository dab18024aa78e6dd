"""Compare sentence splitting with two libraries: `python -m bench.sentences [CASES]`.

CASES is a folder of cases in the format of tests/cases/sentences (the default; written for these rules, so
kind to them), or a JSON lines file of single sentences with `lang` and `source`, which are joined in fives:
a foreign test, in which a few lines hold two sentences. Prints F1 of inner boundaries by language and the
time. Needs pysbd and sentencex.
"""

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pysbd
import sentencex

from bench.rows import read_rows
from monitor.translation.sentences import split_sentences

CASES = Path(__file__).parents[1] / "tests" / "cases" / "sentences"
UNSPACED = {"zh", "ja"}
JOINED = 5
Splitter = Callable[[str, str], Iterable[str]]


def ours(text: str, code: str) -> list[str]:
    """Split by our rules."""
    return [text[start:end] for start, end in split_sentences(text, code)]


def by_pysbd(text: str, code: str) -> list[str]:
    """Split by pysbd, by its English rules where it has none."""
    known = code if code in pysbd.languages.LANGUAGE_CODES else "en"
    found: list[str] = pysbd.Segmenter(language=known, clean=False).segment(text)
    return found


def by_sentencex(text: str, code: str) -> list[str]:
    """Split by sentencex."""
    found: list[str] = list(sentencex.segment(code, text))
    return found


SPLITTERS: dict[str, Splitter] = {"ours": ours, "sentencex": by_sentencex, "pysbd": by_pysbd}


def paragraphs(path: Path) -> Iterator[tuple[str, list[str]]]:
    """Yield the language and the sentences of each paragraph."""
    if path.is_dir():
        for file in sorted(path.glob("*.txt")):
            for block in file.read_text(encoding="utf-8").strip().split("\n\n"):
                yield file.stem, block.split("\n")
        return
    waiting: dict[str, list[str]] = {}
    for row in read_rows(path):
        sentences = waiting.setdefault(row["lang"], [])
        sentences.append(row["source"].strip())
        if len(sentences) == JOINED:
            yield row["lang"], waiting.pop(row["lang"])


def boundaries(sentences: Iterable[str]) -> set[int]:
    """Return how many characters that are no space stand before each inner boundary."""
    reached, found = 0, set()
    for sentence in sentences:
        reached += len("".join(sentence.split()))
        found.add(reached)
    found.discard(reached)
    return found


def main(argv: list[str]) -> int:
    """Print the table."""
    tally: dict[str, dict[str, list[int]]] = {name: {} for name in SPLITTERS}
    seconds = dict.fromkeys(SPLITTERS, 0.0)
    for language, sentences in paragraphs(Path(argv[0]) if argv else CASES):
        code = language.partition("-")[0]
        text = ("" if code in UNSPACED else " ").join(sentences)
        wanted = boundaries(sentences)
        for name, split in SPLITTERS.items():
            start = time.perf_counter()
            found = boundaries(split(text, code))
            seconds[name] += time.perf_counter() - start
            counts = tally[name].setdefault(language, [0, 0, 0])
            for at, count in enumerate((len(wanted & found), len(found), len(wanted))):
                counts[at] += count
    _print(tally, seconds)
    return 0


def _print(tally: dict[str, dict[str, list[int]]], seconds: dict[str, float]) -> None:
    print("language  ", *(f"{name:>10}" for name in SPLITTERS))
    languages = list(tally["ours"])
    for language in languages:
        print(f"{language:10}", *(f"{_f1(tally[name][language]):10.3f}" for name in SPLITTERS))
    means = [sum(map(_f1, tally[name].values())) / len(languages) for name in SPLITTERS]
    print(f"{'mean':10}", *(f"{mean:10.3f}" for mean in means))
    print(f"{'seconds':10}", *(f"{seconds[name]:10.2f}" for name in SPLITTERS))


def _f1(counts: list[int]) -> float:
    hit, found, wanted = counts
    return 2 * hit / (found + wanted) if found + wanted else 1.0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
