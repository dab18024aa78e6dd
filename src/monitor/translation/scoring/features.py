"""Put together all figures about a sentence and its translation from which the score is learned."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from monitor.translation.scoring import accents, fluency, lexicon, shape
from monitor.translation.scoring.fluency import Counts, fluency_features
from monitor.translation.scoring.lexicon import Lexicon, lexicon_features
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


def features_of(sources: Sources, source: str, output: str, code: str) -> list[float]:
    """Return the figures named in NAMES; `code` is the source's language without its variety."""
    there, here = source_words(source), english_words(output)
    known = stems(there, code)
    small = [word.lower() for word in here]
    slots = accents.slots_of(source, output, code, (known, [english_stem(word) for word in here]))
    return [
        *shape_features(source, output, there, here),
        *fluency_features(sources.counts, output),
        *_answers(sources.words, code, known, {english_stem(word): word for word in small}),
        *_answers(sources.pieces, code, pieces(there, code), {word[:PIECE]: word for word in small}),
        *accents.accent_features(sources.accents, slots),
    ]


def source_key(code: str, word: str) -> str:
    """Return what a source word is hashed as: the same letters mean other things in other languages."""
    return f"{code} {word}"


def _answers(tables: Lexicon, code: str, there: list[str], here: dict[str, str]) -> list[float]:
    """Ask a lexicon about distinct source words and distinct beginnings of English ones."""
    asked = np.array([hash_of(source_key(code, word)) for word in dict.fromkeys(there)], dtype=np.uint32)
    content = [word not in FUNCTION_WORDS and not word.isdigit() for word in here.values()]
    return lexicon_features(tables, asked, hashes_of(list(here)), np.array(content, dtype=bool))
