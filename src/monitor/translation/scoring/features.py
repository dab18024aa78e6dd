"""Put together all figures about a sentence and its translation from which the score is learned."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from monitor.translation.scoring import accents, fluency, lexicon, shape
from monitor.translation.scoring.accents import Sentence
from monitor.translation.scoring.fluency import Counts, fluency_features
from monitor.translation.scoring.lexicon import Asked, Lexicon, lexicon_features
from monitor.translation.scoring.ragged import Rows
from monitor.translation.scoring.shape import FUNCTION_WORDS, shape_features
from monitor.translation.scoring.tables import hash_of, hashes_of
from monitor.translation.scoring.words import english_stem, english_words, pieces, source_words, stems

NAMES = (
    *shape.NAMES,
    *(f"fluency {name}" for name in fluency.NAMES),
    *(f"word {name}" for name in lexicon.NAMES),
    *(f"piece {name}" for name in lexicon.NAMES),
    *accents.NAMES,
)
# those that say nothing of a language that the training texts lack
LEARNED = np.array(
    [name.startswith(("word ", "piece ", "source_words", "source_letters")) for name in NAMES], dtype=bool
)
PIECE = 4  # letters of an English word that meets the pieces of source words


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """The tables that the figures are taken from."""

    words: Lexicon
    pieces: Lexicon
    counts: Counts
    accents: NDArray[np.float32]


def features_of(sources: Sources, sentences: Sequence[Sentence]) -> NDArray[np.float32]:
    """Return the figures named in NAMES, a row for each (source, output, code); many at once are faster.

    `code` is the source's language without its variety.
    """
    if not sentences:
        return np.zeros((0, len(NAMES)), dtype=np.float32)
    there = [source_words(source) for source, _, _ in sentences]
    here = [english_words(output) for _, output, _ in sentences]
    codes = [code for _, _, code in sentences]
    known = [stems(words, code) for words, code in zip(there, codes, strict=True)]
    stemmed = [[english_stem(word) for word in words] for words in here]
    small = [[word.lower() for word in words] for words in here]
    parts = [pieces(words, code) for words, code in zip(there, codes, strict=True)]
    whole = [dict(zip(*pair, strict=True)) for pair in zip(stemmed, small, strict=True)]
    cut = [{word[:PIECE]: word for word in words} for words in small]
    slots = accents.slots_of(sentences, [*zip(known, stemmed, strict=True)])
    shapes = [shape_features(a, b, c, d) for (a, b, _), c, d in zip(sentences, there, here, strict=True)]
    return np.column_stack(
        [
            shapes,
            fluency_features(sources.counts, [output for _, output, _ in sentences]),
            lexicon_features(sources.words, _asked(codes, known, whole)),
            lexicon_features(sources.pieces, _asked(codes, parts, cut)),
            accents.accent_features(sources.accents, slots, len(sentences)),
        ]
    ).astype(np.float32)


def source_key(code: str, word: str) -> str:
    """Return what a source word is hashed as: the same letters mean other things in other languages."""
    return f"{code} {word}"


def _asked(codes: list[str], there: list[list[str]], here: list[dict[str, str]]) -> Asked:
    """Return distinct source words, and distinct beginnings of English ones with the words they begin."""
    distinct = [dict.fromkeys(words) for words in there]
    words = [word for row in here for word in row.values()]
    source = [
        hash_of(source_key(code, word)) for code, row in zip(codes, distinct, strict=True) for word in row
    ]
    return Asked(
        source=np.array(source, dtype=np.uint32),
        there=Rows([len(row) for row in distinct]),
        output=hashes_of([beginning for row in here for beginning in row]),
        here=Rows([len(row) for row in here]),
        content=np.array([word not in FUNCTION_WORDS and not word.isdigit() for word in words], dtype=bool),
    )
