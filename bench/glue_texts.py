"""Texts with glued sentence boundaries to train on: labelled ones, and clean ones glued on purpose."""

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zlib import crc32

from bench.rows import read_rows
from monitor.cleaning.glue_places import CLOSING, STOPS

FOLDS = 5
SHARE = 0.3  # of the boundaries are glued, after a figure, quotation mark or capital twice as many
STOP_LOST = 0.65  # of the glued boundaries that had a full stop
NAMED = 0.2  # of the names inside a sentence become one with a capital inside
END = re.compile(
    rf"(?<=\w)([{re.escape(STOPS)}]?)([{re.escape(CLOSING)}]?)([{re.escape(STOPS)}]?) (?=[^\W\d_])"
)
ABBREVIATED = re.compile(r"(?:\b[^\W\d_]{1,3}|\.\w+|\b\d{1,2})\.[\"”’»)]?$")
CAPITALISED = re.compile(r"(?<=[a-zà-ÿа-я,] )[A-ZА-Я][a-zà-ÿа-я]{3,}(?= [a-zà-ÿа-я])")
SHORT_WORDS = re.compile(r"\b[a-z]{3,7}\b")
NOWHERE = (0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A text, the offsets where something was lost, and where its other places are known to be sound."""

    fold: int
    kind: str
    language: str
    text: str
    splits: tuple[int, ...] = ()
    sound: tuple[int, int] = (0, 1 << 40)
    names: tuple[int, ...] = ()
    weight: float = 1.0


def fold_of(document: str) -> int:
    """Return the fold of a document; its parallel translations share it."""
    return crc32(document.encode()) % FOLDS


def _document_of(row: Mapping[str, Any]) -> str:
    name: str = row["id"]
    return name.split("/")[2] if row["kind"] == "glued" else name.partition("#")[0]


def labelled(folder: Path) -> list[Sample]:
    """Return the labelled texts as they are."""
    return [
        Sample(
            fold=fold_of(_document_of(row)),
            kind=row["kind"],
            language=row["lang"],
            text=row["text"],
            splits=tuple(split[0] for split in row["splits"]),
        )
        for row in read_rows(folder / "text" / "glue_dev.jsonl.gz")
    ]


def clean_texts(folder: Path) -> list[Sample]:
    """Return texts without glue: the labelled ones restored, the same documents in other languages, web articles."""
    rows = [row for row in read_rows(folder / "text" / "glue_dev.jsonl.gz") if row["kind"] == "glued"]
    documents, languages = {_document_of(row) for row in rows}, {row["lang"] for row in rows}
    return [
        *(
            Sample(fold=fold_of(_document_of(row)), kind="news", language=row["lang"], text=_restored(row))
            for row in rows
        ),
        *_parallel(folder, documents, languages),
        *_web(folder),
    ]


def _restored(row: Mapping[str, Any]) -> str:
    """Return a labelled text with what it lost put back."""
    parts: list[str] = []
    at = 0
    for offset, _, lost, _ in sorted(row["splits"]):
        parts += (row["text"][at:offset], lost)
        at = offset
    return "".join((*parts, row["text"][at:]))


def _parallel(folder: Path, documents: set[str], languages: set[str]) -> Iterator[Sample]:
    """Yield the labelled documents in further languages, and other news in rare ones."""
    for row in read_rows(folder / "langid" / "dev.jsonl.gz"):
        known = row["src"] != "ntrex" or row["key"] in documents
        if row["set"] == "document" and row["lang"] not in languages and known:
            text = row["text"].replace("\n\n", "\n")
            yield Sample(fold=fold_of(row["key"]), kind="parallel", language=row["lang"], text=text)


def _web(folder: Path) -> Iterator[Sample]:
    """Yield the content of web articles; nobody has looked at their places, so only what we glue counts."""
    for row in read_rows(folder / "text" / "lines_dev.jsonl.gz"):
        pairs = zip(row["lines"], row["labels"], strict=True)
        text = "\n".join(line for line, label in pairs if label == 1 and len(line) > 40)
        if text:
            fold = fold_of(row["id"])
            yield Sample(fold=fold, kind="web", language=row["lang"], text=text, sound=NOWHERE)


def training_texts(clean: Sequence[Sample], gold: Sequence[Sample]) -> list[Sample]:
    """Return the labelled texts and what can be made of them: glued again, cut out, embedded, with other names."""
    chance = random.Random(7)
    words = [word for sample in clean if sample.language == "en" for word in SHORT_WORDS.findall(sample.text)]
    near: dict[tuple[int, str], list[Sample]] = defaultdict(list)
    for sample in clean:
        near[sample.fold, sample.language].append(sample)
    found = [sample for sample in gold if sample.kind != "seed"]
    for sample in clean:
        found += _made_of_clean(sample, words, chance)
    for sample in gold:
        if sample.kind.startswith("neg"):
            around = near[sample.fold, sample.language] or near[sample.fold, "en"]
            found.append(_embedded(sample, around, chance))
        else:
            found += _snippets(sample, chance)
    return found


def _made_of_clean(sample: Sample, words: Sequence[str], chance: random.Random) -> Iterator[Sample]:
    if sample.kind != "web" or chance.random() < 0.5:
        glued = _glued(sample, chance)
        yield glued
        yield from _snippets(glued, chance)
    if sample.kind == "web" and sample.language not in ("zh", "ja"):
        yield _with_names(sample, words, chance)


def _glued(sample: Sample, chance: random.Random) -> Sample:
    """Return the sample with some of its sentence boundaries glued."""
    parts: list[str] = []
    splits: list[int] = []
    at = length = 0
    for found in END.finditer(sample.text):
        rare = bool(found[2]) or not sample.text[found.start() - 1].islower()
        if not _is_boundary(sample.text, found) or chance.random() > SHARE * (1 + rare):
            continue
        stop = found[1] + found[3]
        lost = stop == "." and sample.text[found.end()].isupper() and chance.random() < STOP_LOST
        parts += (sample.text[at : found.start()], found[2] if lost else found[0][:-1])
        length += found.start() - at + len(parts[-1])
        splits.append(length)
        at = found.end()
    text = "".join((*parts, sample.text[at:]))
    return replace(sample, text=text, splits=tuple(splits), weight=0.5)


def _is_boundary(text: str, found: re.Match[str]) -> bool:
    after = text[found.end()]
    uncased = after.lower() == after.upper()
    abbreviated = ABBREVIATED.search(text, max(0, found.start() - 12), found.end() - 1)
    return bool(found[1] or found[3]) and (after.isupper() or uncased) and not abbreviated


def _snippets(sample: Sample, chance: random.Random) -> Iterator[Sample]:
    """Yield single lines around some splits, so that a short text is no sign of a sound one."""
    for split in sample.splits:
        if chance.random() > 0.35:
            continue
        start = sample.text.rfind("\n", 0, split) + 1
        start = max(start, sample.text.rfind(". ", start, split - 5) + 2 if start else 0)
        ends = (sample.text.find("\n", split), sample.text.find(". ", split) + 1, len(sample.text))
        end = min(end for end in ends if end > split)
        inside = tuple(other - start for other in sample.splits if start < other < end)
        yield replace(sample, kind="snippet", text=sample.text[start:end], splits=inside, weight=0.5)


def _with_names(sample: Sample, words: Sequence[str], chance: random.Random) -> Sample:
    """Return the sample with some names replaced by made-up ones that have a capital inside."""
    parts: list[str] = []
    names: list[int] = []
    at = length = 0
    for found in CAPITALISED.finditer(sample.text):
        if chance.random() > NAMED:
            continue
        first, second = _made_up_name(words, chance)
        parts += (sample.text[at : found.start()], first, second)
        names.append(length + found.start() - at + len(first))
        length = names[-1] + len(second)
        at = found.end()
    text = "".join((*parts, sample.text[at:]))
    return replace(sample, kind="named", text=text, sound=NOWHERE, names=tuple(names), weight=0.15)


def _made_up_name(words: Sequence[str], chance: random.Random) -> tuple[str, str]:
    first, second = chance.choice(words).capitalize(), chance.choice(words).capitalize()
    shape = chance.random()
    if shape < 0.25:
        first = first.lower()[: chance.choice((1, 1, 2, 5))]
    elif shape < 0.4:
        second = second[: chance.choice((1, 2, 3))].upper()
    return first, second


def _embedded(sample: Sample, around: Sequence[Sample], chance: random.Random) -> Sample:
    """Return a sound sentence put between lines of other articles."""
    lines = [
        line for other in chance.choices(around, k=2) for line in other.text.split("\n") if len(line) > 60
    ]
    count = min(4, len(lines) // 2)
    joiner = chance.choice(("\n", " "))
    before = "\n".join(chance.sample(lines, count)) + joiner
    after = joiner + "\n".join(chance.sample(lines, count))
    sound = (len(before), len(before) + len(sample.text))
    return replace(sample, kind="embedded", text=before + sample.text + after, sound=sound, weight=0.5)
