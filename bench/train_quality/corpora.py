"""Read what the score is trained on: translations with references, parallel documents, English news."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.rows import read_rows
from monitor.translation.sentences import split_sentences

FOLDS = 5
BLOCK = 25  # references that follow each other: some six articles


def folds_of(references: Iterable[str]) -> NDArray[np.int64]:
    """Return a fold for each sentence: all translations of one reference share it, and so do its neighbours.

    Neighbours are of one article, whose names and topic would give the tables more than they will have.
    """
    number: dict[str, int] = {}
    order = [number.setdefault(reference, len(number)) for reference in references]
    blocks = np.random.default_rng(0).permutation(1 + len(number) // BLOCK) % FOLDS
    return np.array([blocks[at // BLOCK] for at in order], dtype=np.int64)


def parallel(folder: Path) -> dict[str, list[tuple[str, str]]]:
    """Return paragraphs of news documents with their English originals, by language code.

    Only documents that a translator worked on line by line (`src` ntrex) are taken; the other source of that
    file holds sentences on which the score is judged.
    """
    texts: dict[tuple[str, str], list[str]] = {}
    for row in read_rows(folder / "langid" / "dev.jsonl.gz"):
        if row["set"] == "document" and row["src"] == "ntrex":
            texts[row["lang"], row["key"]] = row["text"].split("\n")
    found: dict[str, list[tuple[str, str]]] = {}
    for (code, key), lines in texts.items():
        original = texts.get(("en", key), [])
        if code != "en" and len(lines) == len(original):
            found.setdefault(code, []).extend(_sentences(code, lines, original))
    return found


def _sentences(code: str, lines: list[str], original: list[str]) -> Iterator[tuple[str, str]]:
    for there, here in zip(lines, original, strict=True):
        one, other = split_sentences(there, code), split_sentences(here, "en")
        if len(one) == len(other):
            yield from ((there[a:b], here[c:d]) for (a, b), (c, d) in zip(one, other, strict=True))
        elif there.strip() and here.strip():
            yield there, here


def english(folder: Path) -> list[str]:
    """Return distinct paragraphs and headlines of English news."""
    found: list[str] = []
    for row in read_rows(folder / "text" / "html_dev.jsonl.xz"):
        found += row["gold"].split("\n") if row["lang"] in {"en", None} else []
    for row in read_rows(folder / "text" / "lines_dev.jsonl.gz"):
        pairs = zip(row["lines"], row["labels"], strict=True) if row["lang"] == "en" else ()
        found += [line for line, label in pairs if label == 1]
    for row in read_rows(folder / "langid" / "dev.jsonl.gz"):
        if (row["set"], row["src"], row["lang"]) == ("document", "ntrex", "en"):
            found += row["text"].split("\n")
    found += [row["title"] for row in read_rows(folder / "stories" / "headlines.dev.jsonl.gz")]
    return list(dict.fromkeys(found))
