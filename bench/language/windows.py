"""What the weights are learnt from: random windows of texts, hand-written sentences and hand-written words."""

import random
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from bench.language.labelled import Text
from monitor.detection.telling_words import close_groups
from monitor.languages import Language

_WORDS, _SENTENCES = (Path(__file__).with_name(name) for name in ("words.txt", "sentences.txt"))
_MORE = 0.25  # of the odds of a labelled text
_LISTED, _WRITTEN = 0.12, 0.12  # shares of windows: from the lists of words, from the sentences
_CAPITALS, _PLAIN = 0.08, 0.06  # shares of the others: in capitals, without accents
_OFTEN_PLAIN = {"az": 0.3}  # in messages and comments, where the keys are missing
_PLAIN_LETTERS = str.maketrans("ıłđøəƏ", "ildoeE")


class Material(NamedTuple):
    """Texts of each language with the odds that each is chosen, its words and its sentences."""

    texts: dict[str, list[str]]
    odds: dict[str, list[float]]
    words: dict[str, list[str]]
    sentences: dict[str, list[str]]


def gather(texts: Sequence[Text]) -> Material:
    """Return what there is to learn from."""
    kept: dict[str, list[Text]] = defaultdict(list)
    for text in texts:
        if text.kind in {"document", "more"} or (
            text.kind in {"sentence", "headline"} and text.source != "ntrex"
        ):
            kept[text.language].append(text)
    return Material(
        {language: [text.text for text in own] for language, own in kept.items()},
        {language: [_odds(text) for text in own] for language, own in kept.items()},
        *_written(),
    )


def window(material: Material, language: Language, chooser: random.Random) -> str:
    """Return some words in a row from one text or sentence of a language, or some words of its list."""
    chance = chooser.random()
    if language in material.words and chance < _LISTED:
        return " ".join(chooser.choices(material.words[language], k=chooser.randrange(2, 9)))
    if language in material.sentences and chance < _LISTED + _WRITTEN:
        words = chooser.choice(material.sentences[language]).split()
    else:
        words = chooser.choices(material.texts[language], material.odds[language])[0].split()
    size = int(np.exp(chooser.uniform(np.log(3), np.log(40))))
    start = chooser.randrange(max(1, len(words) - size + 1))
    piece, dice = " ".join(words[start : start + size]), chooser.random()
    if dice < _CAPITALS:
        return piece.upper()
    return _without_accents(piece) if dice < _CAPITALS + _OFTEN_PLAIN.get(language, _PLAIN) else piece


def _odds(text: Text) -> float:
    """Return how often a text is chosen: longer ones more often, further ones less."""
    return float(min(len(text.text), 3000) ** 0.7) * (_MORE if text.kind == "more" else 1.0)


def _without_accents(text: str) -> str:
    """Return a text as typed without the keys for accented letters."""
    plain = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return plain.translate(_PLAIN_LETTERS)


@cache
def _written() -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Return the hand-written words of each language, those that tell it from its neighbours too; its sentences."""
    words = {code: rest[0].split() for code, rest in _by_code(_WORDS).items()}
    for group in close_groups():
        for word, tellers in group.words.items():
            for code in tellers if word[0] != "-" else ():
                words.setdefault(code, []).append(word)
    return words, _by_code(_SENTENCES)


def _by_code(path: Path) -> dict[str, list[str]]:
    """Return what follows each code in a file of lines like `code: text`."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        code, _, text = line.partition(":")
        if code[0] != "#":
            found[code].append(text)
    return found
