"""Ask counts of English words, pairs and triples how usual a sentence is."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from monitor.translation.scoring.ragged import Rows
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
_FIFTH = 5
_FEW = 3


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


def fluency_features(counts: Counts, sentences: Sequence[str]) -> NDArray[np.float64]:
    """Return figures on how usual the words of English sentences are, alone and after each other; a row each."""
    found = [tokens(sentence) for sentence in sentences]
    hashes = hashes_of([*chain.from_iterable(found)])
    all_tokens = Rows([len(row) for row in found])
    pairs, triples = Rows(all_tokens.lengths - 1), Rows(all_tokens.lengths - 2)
    second = np.flatnonzero(all_tokens.places >= 1)
    third = second[pairs.places >= 1]
    single = counts.words.find(hashes)[0]
    double = np.zeros(len(hashes), dtype=np.float32)
    double[second] = counts.pairs.find(paired(hashes[second - 1], hashes[second]))[0]
    before = paired(hashes[third - 2], hashes[third - 1])
    triple = counts.triples.find(paired(before, hashes[third]))[0]
    usual = (single + np.float32(0.5)) / np.float32(counts.total + _VOCABULARY)
    after = np.ones(len(hashes), dtype=np.float32)
    after[second] = (double[second] + _PAIR_WEIGHT * usual[second]) / (single[second - 1] + _PAIR_WEIGHT)
    after[third] = (triple + _TRIPLE_WEIGHT * after[third]) / (double[third - 1] + _TRIPLE_WEIGHT)
    alone, joined = np.log(usual[second]), np.log(after[second])
    level, gain = pairs.means(joined), joined - alone
    return np.column_stack(
        [
            *(pairs.means(alone), level, pairs.least(joined, np.ones_like(pairs.lengths))),
            pairs.least(joined, np.maximum(1, pairs.lengths // _FIFTH)),
            np.sqrt(pairs.means(np.square(joined - level[pairs.of]))),
            *(pairs.means(double[second] > 0), triples.means(triple > 0)),
            _unknown(counts, [_WORD.findall(sentence) for sentence in sentences]),
            *(pairs.means(gain), pairs.least(gain, np.full_like(pairs.lengths, _FEW))),
        ]
    )


def _unknown(counts: Counts, words: Sequence[list[str]]) -> NDArray[np.float64]:
    """Return how many words were never or hardly ever seen, names apart from others."""
    rows, every = Rows([len(row) for row in words]), [*chain.from_iterable(words)]
    seen = counts.words.find(hashes_of([word.lower() for word in every]))[0]
    small = np.array([word.islower() for word in every], dtype=bool)
    names = np.array([word[0].isupper() for word in every], dtype=bool) & (rows.places > 0)
    many = np.maximum(1, rows.lengths)
    unknown, rare = rows.sums(small & (seen == 0)), rows.sums(small & (seen <= _RARE))
    strangers = rows.sums(names & (seen <= 1))
    return np.column_stack([unknown, unknown / many, rare / many, strangers, strangers / many])
