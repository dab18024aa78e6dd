"""Turn translations with references into features, with tables built from other sentences."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench.train_quality.building import (
    beginnings,
    counts_of,
    lexicon_of,
    piece_entries,
    ridge,
    word_entries,
)
from bench.translation_quality import sentence_chrf
from monitor.translation.scoring.accents import SLOTS, Sentence, slots_of
from monitor.translation.scoring.features import Sources, features_of
from monitor.translation.scoring.words import english_stem, english_words, source_words, stems

BLOCK = 500  # sentences whose features are found at once
WORST = 0.5  # accents tell apart the worse half only


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """Translated sentences with their references; `relative` is chrF in standard deviations of the language."""

    sources: list[str]
    outputs: list[str]
    references: list[str]
    codes: tuple[str, ...]
    languages: NDArray[np.int64]
    chrf: NDArray[np.float64]
    relative: NDArray[np.float64]
    rank: NDArray[np.float64]

    def features(self, tables: Sources, chosen: Sequence[int]) -> NDArray[np.float32]:
        """Return the features of the chosen sentences."""
        blocks = [chosen[at : at + BLOCK] for at in range(0, len(chosen), BLOCK)]
        return np.concatenate([features_of(tables, [*map(self.sentence, block)]) for block in blocks])

    def sentence(self, at: int) -> Sentence:
        """Return the source, output and language of a sentence."""
        return self.sources[at], self.outputs[at], self.code(at)

    def code(self, at: int) -> str:
        """Return the language of a sentence."""
        return self.codes[int(self.languages[at])]


def sample_of(rows: Sequence[dict[str, Any]]) -> Sample:
    """Return the sample that the rows of the file hold, with each output's chrF."""
    codes = tuple(sorted({row["lang"] for row in rows}))
    languages = np.array([codes.index(row["lang"]) for row in rows])
    chrf = np.array([sentence_chrf(row["argos"], row["reference"]) for row in rows])
    relative, rank = np.zeros_like(chrf), np.zeros_like(chrf)
    for number in range(len(codes)):
        mine = languages == number
        relative[mine] = (chrf[mine] - chrf[mine].mean()) / chrf[mine].std()
        rank[mine] = chrf[mine].argsort().argsort() / mine.sum()
    return Sample(
        sources=[row["source"] for row in rows],
        outputs=[row["argos"] for row in rows],
        references=[row["reference"] for row in rows],
        codes=codes,
        languages=languages,
        chrf=chrf,
        relative=relative,
        rank=rank,
    )


def measured(
    sample: Sample, chosen: NDArray[np.bool_], parallel: dict[str, list[tuple[str, str]]], english: list[str]
) -> Sources:
    """Build all tables from the chosen sentences and the texts beside them."""
    pairs = {code: list(parallel.get(code, [])) for code in sample.codes}
    for at in np.flatnonzero(chosen).tolist():
        pairs[sample.code(at)].append((sample.sources[at], sample.references[at]))
    references = list(dict.fromkeys(sample.references[at] for at in np.flatnonzero(chosen).tolist()))
    words, parts = beginnings(references)
    return Sources(
        words=lexicon_of({code: word_entries(code, found) for code, found in pairs.items()}, words),
        pieces=lexicon_of({code: piece_entries(code, found) for code, found in pairs.items()}, parts),
        counts=counts_of([*english, *references]),
        accents=_accents(sample, chosen),
    )


def _accents(sample: Sample, chosen: NDArray[np.bool_]) -> NDArray[np.float32]:
    sentences = [*map(sample.sentence, np.flatnonzero(chosen).tolist())]
    words = [
        (stems(source_words(source), code), [english_stem(word) for word in english_words(output)])
        for source, output, code in sentences
    ]
    wanted = np.minimum(sample.rank[chosen], WORST) / WORST
    return np.array([ridge(filled, wanted, SLOTS) for filled in slots_of(sentences, words)], dtype=np.float32)
