"""Labelled texts of known languages, as the training and the benchmark read them."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from bench.rows import read_rows
from monitor.detection.ngrams import MOST_AT_ONCE, read
from monitor.detection.noise import without_noise
from monitor.languages import Language, from_argos, parse_language

FOLDS = 4
_LEAST = 10  # texts of a language in a script before it belongs there
_SAME = {"pt-BR": "pt"}  # told apart by whole documents only


class Text(NamedTuple):
    """A text, its language, its kind (headline, sentence, …), source and document."""

    text: str
    language: Language
    kind: str
    source: str
    key: str


def read_texts(path: Path) -> list[Text]:
    """Read a JSON Lines file; texts in two languages are left out."""
    return [
        Text(row["text"], language_of_label(row["lang"]), row["set"], row["src"], row["key"])
        for row in read_rows(path)
        if "+" not in row["lang"]
    ]


def read_more(path: Path) -> list[Text]:
    """Read texts of known languages that serve learning alone."""
    return [Text(row["text"], language_of_label(row["lang"]), "more", "more", "") for row in read_rows(path)]


def fold_of(text: Text) -> int:
    """Return the part of the data that a document, in whatever language, belongs to."""
    return hashlib.md5(text.key.encode(), usedforsecurity=False).digest()[0] % FOLDS


def language_of_label(label: str) -> Language:
    """Return the language of a label, which is an Argos code or a tag; variants of Portuguese are one."""
    language = from_argos(label)
    language = parse_language(label) if language == "und" else language
    return Language(_SAME.get(language, language))


def of_script(texts: Sequence[Text], script: str) -> list[Text]:
    """Return the texts that one script carries, of the languages that are often written in it."""
    kept: list[Text] = []
    for start in range(0, len(texts), MOST_AT_ONCE):
        some = texts[start : start + MOST_AT_ONCE]
        leading = read([without_noise(text.text) for text in some]).leading()
        kept += [text for text, name in zip(some, leading, strict=True) if name == script]
    short = Counter(text.language for text in kept if text.kind in {"headline", "sentence"})
    return [text for text in kept if short[text.language] > _LEAST]
