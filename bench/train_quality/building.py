"""Build the tables that the features look things up in."""

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from bench.train_quality.alignment import Entries, align
from monitor.translation.scoring.accents import Filled
from monitor.translation.scoring.features import PIECE, source_key
from monitor.translation.scoring.fluency import Counts, tokens
from monitor.translation.scoring.lexicon import Lexicon
from monitor.translation.scoring.shape import FUNCTION_WORDS
from monitor.translation.scoring.tables import Table, hash_of, hashes_of, paired
from monitor.translation.scoring.words import english_stem, english_words, pieces, source_words, stems

Parallel = dict[str, list[tuple[str, str]]]
SEEN_TWICE = 2


def word_entries(code: str, pairs: Sequence[tuple[str, str]]) -> Entries:
    """Align beginnings of words."""
    return align(
        [(stems(source_words(a), code), [english_stem(word) for word in english_words(b)]) for a, b in pairs]
    )


def piece_entries(code: str, pairs: Sequence[tuple[str, str]]) -> Entries:
    """Align pieces of words."""
    return align(
        [
            (pieces(source_words(a), code), [word.lower()[:PIECE] for word in english_words(b)])
            for a, b in pairs
        ]
    )


def lexicon_of(entries: dict[str, Entries], english: Counter[str]) -> Lexicon:
    """Join the entries of all languages; `english` counts the beginnings of English words."""
    function = {english_stem(word) for word in FUNCTION_WORDS} | {word[:PIECE] for word in FUNCTION_WORDS}
    words = {word for found in entries.values() for word in found.english}
    ranked = sorted(words, key=hash_of)
    number = {word: at for at, word in enumerate(ranked)}
    source = np.concatenate(
        [hashes_of([source_key(code, word) for word in found.source]) for code, found in entries.items()]
    )
    target = np.array([number[word] for found in entries.values() for word in found.english], dtype=np.uint16)
    chance = np.concatenate([found.probability for found in entries.values()]).astype(np.float32)
    order = np.lexsort((target, source))
    keys, start = np.unique(source[order], return_index=True)
    return Lexicon(
        source=keys,
        start=np.append(start, len(order)).astype(np.int32),
        english=target[order],
        chance=chance[order],
        vocabulary=hashes_of(ranked),
        usual=np.array([max(english[word], 1) / english.total() for word in ranked], dtype=np.float32),
        content=np.array([word not in function and not word.isdigit() for word in ranked], dtype=bool),
    )


def table_of(figures: dict[int, float]) -> Table:
    """Return a table of single figures by hash."""
    keys = np.array(sorted(figures), dtype=np.uint32)
    return Table(keys=keys, values=np.array([figures[int(key)] for key in keys], dtype=np.float32))


def counts_of(lines: Iterable[str]) -> Counts:
    """Count the words, pairs and triples of English text; pairs and triples seen once are left out."""
    words: Counter[int] = Counter()
    pairs: Counter[int] = Counter()
    triples: Counter[int] = Counter()
    for line in lines:
        found = hashes_of(tokens(line))
        double = paired(found[:-1], found[1:])
        words.update(found.tolist())
        pairs.update(double.tolist())
        triples.update(paired(double[:-1], found[2:]).tolist())
    return Counts(
        words=table_of(dict(words)),
        pairs=table_of({key: count for key, count in pairs.items() if count >= SEEN_TWICE}),
        triples=table_of({key: count for key, count in triples.items() if count >= SEEN_TWICE}),
        total=float(words.total()),
    )


def beginnings(references: Iterable[str]) -> tuple[Counter[str], Counter[str]]:
    """Count beginnings of English words as the two lexicons know them."""
    words = [word for reference in references for word in english_words(reference)]
    return Counter(map(english_stem, words)), Counter(word.lower()[:PIECE] for word in words)


def ridge(filled: Filled, wanted: NDArray[np.float64], size: int) -> NDArray[np.float32]:
    """Return a weight for each slot that predicts `wanted` from the slots that a sentence fills."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415 - of the bench extra
    from sklearn.linear_model import Ridge  # noqa: PLC0415 - same

    slots, owner = filled
    counts = np.bincount(owner, minlength=len(wanted))
    matrix = csr_matrix((1 / np.sqrt(counts[owner]), (owner, slots)), (len(wanted), size))
    weights: NDArray[np.float32] = (
        Ridge(4.0, solver="sparse_cg", tol=1e-3).fit(matrix, wanted).coef_.astype(np.float32)
    )
    return weights
