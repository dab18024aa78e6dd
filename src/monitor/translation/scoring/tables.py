"""Look up words and pairs of words in sorted tables of hashes."""

import zlib
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint32]
Figures = NDArray[np.float32]

_ODD = np.uint64(2_654_435_761)  # Knuth's multiplicative hash
_OTHER_ODD = np.uint64(2_246_822_519)
_LOW = np.uint64(0xFFFFFFFF)
_HALF = np.uint64(15)


@lru_cache(maxsize=1 << 16)
def hash_of(word: str) -> int:
    """Return a word's hash, the same on every machine."""
    return zlib.crc32(word.encode("utf-8", "surrogatepass"))


def hashes_of(words: list[str]) -> Hashes:
    """Return the words' hashes in their order."""
    return np.array([hash_of(word) for word in words], dtype=np.uint32)


def paired(first: Hashes, second: Hashes) -> Hashes:
    """Return the hashes of pairs; the two broadcast."""
    mixed = (first.astype(np.uint64) * _ODD) ^ (second.astype(np.uint64) * _OTHER_ODD)
    mixed &= _LOW
    result: Hashes = (((mixed ^ (mixed >> _HALF)) * _ODD) & _LOW).astype(np.uint32)
    return result


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Figures by hash: `keys` sorted, `values` one row a key."""

    keys: Hashes
    values: Figures

    def find(self, wanted: Hashes) -> tuple[Figures, NDArray[np.bool_]]:
        """Return the rows of the wanted hashes, zero where there is none, and which there are."""
        if not len(self.keys):
            return np.zeros((*wanted.shape, *self.values.shape[1:]), np.float32), np.zeros(wanted.shape, bool)
        at = np.searchsorted(self.keys, wanted)
        at[at == len(self.keys)] = 0
        known = self.keys[at] == wanted
        rows = self.values[at]
        rows[~known] = 0
        return rows, known
