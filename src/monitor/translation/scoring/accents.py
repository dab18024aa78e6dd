"""Weights for single words and letter groups, learned from where translations went wrong."""

import zlib
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from monitor.translation.scoring.ragged import Rows
from monitor.translation.scoring.tables import hash_of

SLOTS = 1 << 15
NAMES = ("source_words", "output_words", "source_letters", "output_letters")
_SOURCE_GROUP, _OUTPUT_GROUP = 3, 4  # letters
_ALL_ONES = 0xFFFFFFFF
_TWO_BYTES, _THREE_BYTES, _FOUR_BYTES = 0x80, 0x800, 0x10000  # where UTF-8 gets longer

Sentence = tuple[str, str, str]
Stems = tuple[list[str], list[str]]
Filled = tuple[NDArray[np.int64], NDArray[np.int64]]


def slots_of(sentences: Sequence[Sentence], stems: Sequence[Stems]) -> Iterator[Filled]:
    """Yield for each kind of clue the distinct slots that sentences fill, in order, and whose they are.

    Sentences are (source, output, code), `stems` those of their source and output words.
    """
    codes = [code for _, _, code in sentences]
    there = [[hash_of(code + word) for word in words] for code, (words, _) in zip(codes, stems, strict=True)]
    yield _words(there)
    yield _words([[hash_of(word) for word in words] for _, words in stems])
    yield _groups([source for source, _, _ in sentences], codes, _SOURCE_GROUP)
    yield _groups([output for _, output, _ in sentences], [""] * len(codes), _OUTPUT_GROUP)


def accent_features(weights: NDArray[np.float32], slots: Iterator[Filled], many: int) -> NDArray[np.float64]:
    """Return for each of `many` sentences and each kind of clue the sum of its weights, by the root of their number."""
    columns = []
    for row, (filled, owner) in zip(weights, slots, strict=True):
        counts = np.bincount(owner, minlength=many)
        columns.append(np.bincount(owner, row[filled], minlength=many) / np.sqrt(np.maximum(counts, 1)))
    return np.column_stack(columns)


def _words(hashes: Sequence[list[int]]) -> Filled:
    rows = Rows([len(row) for row in hashes])
    return _distinct(np.fromiter(chain.from_iterable(hashes), np.int64, len(rows.of)), rows.of)


def _groups(texts: Sequence[str], before: Sequence[str], width: int) -> Filled:
    """Return the slots of all groups of `width` letters, each hashed with what stands `before` its text's."""
    rows = Rows([len(text) for text in texts])
    joined = "".join(texts)
    letters = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
    data = np.frombuffer(joined.encode("utf-8", "surrogatepass"), np.uint8)
    sizes = 1 + (letters >= _TWO_BYTES) + (letters >= _THREE_BYTES) + (letters >= _FOUR_BYTES)
    starts = np.concatenate([[0], np.cumsum(sizes)])
    first = np.flatnonzero(rows.places + width <= rows.lengths[rows.of])
    begun = np.array([zlib.crc32(text.encode()) ^ _ALL_ONES for text in before], dtype=np.uint32)
    owner = rows.of[first]
    return _distinct(_crc32(data, starts[first], starts[first + width], begun[owner]), owner)


def _crc32(
    data: NDArray[np.uint8], starts: NDArray[np.int64], ends: NDArray[np.int64], state: NDArray[np.uint32]
) -> NDArray[np.int64]:
    """Return the CRC-32 of many stretches of bytes, each going on from its own state."""
    table, lengths = _crc_table(), ends - starts
    for at in range(int(lengths.max(initial=0))):
        on = np.flatnonzero(lengths > at)
        now = state[on]
        state[on] = table[(now ^ data[starts[on] + at]) & 0xFF] ^ (now >> np.uint32(8))
    return (state ^ np.uint32(_ALL_ONES)).astype(np.int64)


@cache
def _crc_table() -> NDArray[np.uint32]:
    """Return what each byte changes, taken from zlib's own sums of single bytes."""
    sums = [zlib.crc32(bytes([byte ^ 0xFF])) for byte in range(256)]
    return np.array(sums, dtype=np.uint32) ^ np.uint32(0xFF000000)


def _distinct(hashes: NDArray[np.int64], owner: NDArray[np.int64]) -> Filled:
    keys = np.unique(owner * SLOTS + hashes % SLOTS)
    return keys % SLOTS, keys // SLOTS
