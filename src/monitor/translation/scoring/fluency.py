"""Ask counts of English words, pairs and triples how usual a sentence is."""

import re
from dataclasses import dataclass

import numpy as np

from monitor.translation.scoring.tables import Table, hashes_of, paired

NAMES = (
    "words_usual", "triples_usual", "least_usual", "little_usual", "uneven", "pairs_seen", "triples_seen",
    "unknown", "unknown_share", "rare_share", "unknown_names", "unknown_names_share", "joined", "joined_low",
)  # fmt: skip
_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+|[.,;:?!]")
_WORD = re.compile(r"[^\W\d_]+")
_FIGURE = re.compile(r"\d")
_VOCABULARY = 30_000
_PAIR_WEIGHT, _TRIPLE_WEIGHT = 8.0, 4.0
_RARE = 3  # sightings


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How often English words, pairs and triples of them were seen, by hash, in `total` words."""

    words: Table
    pairs: Table
    triples: Table
    total: float


def tokens(sentence: str) -> list[str]:
    """Return words and marks in small letters between the signs for start and end; figures become 0."""
    marked = _FIGURE.sub("0", sentence.lower().replace("’", "'"))
    return ["<s>", *_TOKEN.findall(marked), "</s>"]


def fluency_features(counts: Counts, sentence: str) -> list[float]:
    """Return figures on how usual the words of an English sentence are, alone and after each other."""
    hashes = hashes_of(tokens(sentence))
    single = counts.words.find(hashes)[0]
    double = counts.pairs.find(paired(hashes[:-1], hashes[1:]))[0]
    triple = counts.triples.find(paired(paired(hashes[:-2], hashes[1:-1]), hashes[2:]))[0]
    usual = (single[1:] + 0.5) / (counts.total + _VOCABULARY)
    after = (double + _PAIR_WEIGHT * usual) / (single[:-1] + _PAIR_WEIGHT)
    after[1:] = (triple + _TRIPLE_WEIGHT * after[1:]) / (double[:-1] + _TRIPLE_WEIGHT)
    alone, joined = np.log(usual), np.log(after)
    many = len(joined)
    level = float(joined.sum()) / many
    ranked, gain = np.sort(joined), joined - alone
    return [
        *(float(alone.sum()) / many, level, float(ranked[0])),
        float(ranked[: max(1, many // 5)].sum()) / max(1, many // 5),
        float(np.sqrt(np.square(joined - level).sum() / many)),
        *(float((double > 0).sum()) / many, float((triple > 0).sum()) / max(1, len(triple))),
        *_unknown(counts, _WORD.findall(sentence)),
        *(float(gain.sum()) / many, float(np.sort(gain)[:3].sum()) / min(3, many)),
    ]


def _unknown(counts: Counts, words: list[str]) -> list[float]:
    """Return how many words were never or hardly ever seen, names apart from others."""
    seen = counts.words.find(hashes_of([word.lower() for word in words]))[0]
    small = np.array([word.islower() for word in words], dtype=bool)
    names = np.array([at > 0 and word[0].isupper() for at, word in enumerate(words)], dtype=bool)
    many = max(1, len(words))
    unknown, rare = int((small & (seen == 0)).sum()), int((small & (seen <= _RARE)).sum())
    strangers = int((names & (seen <= 1)).sum())
    return [unknown, unknown / many, rare / many, strangers, strangers / many]
