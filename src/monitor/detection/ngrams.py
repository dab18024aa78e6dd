"""A batch of paragraphs read as letters and as hashed character n-grams, all in a few array operations.

N-grams have one to six characters and never reach over a space, and each longer word is one more; so paragraphs
can be read as one stream and taken apart again. Hashes are those of Karp and Rabin (1987), modulo 2**64.
"""

import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from monitor.detection.scripts import MARK, NAMES, Codes, census

LONGEST = 400  # characters read of one paragraph: more changes no decision
BUCKET_BITS = 20
MOST_AT_ONCE = 64  # paragraphs
_ORDERS = (1, 2, 3, 4, 5, 6)
_STREAM = MOST_AT_ONCE * 4 * LONGEST  # lower case and normal form can lengthen a text threefold
_SPACE = np.uint64(32)
_BASE = 0x9E3779B97F4A7C15
_MIXER = np.uint64(0xD6E8FEB86659FD93)
_LATIN_INTRUDES = 0.35  # names and brands in Latin letters stand in text of every script, seldom the reverse
_IDEOGRAPH = 2.0  # each is nearly a word


class Reading(NamedTuple):
    """Paragraphs as one stream: code points, their kinds, whose they are; letters (paragraphs x scripts)."""

    codes: Codes
    kinds: NDArray[np.uint8]
    owners: NDArray[np.intp]
    counts: NDArray[np.intp]

    def leading(self) -> list[str | None]:
        """Return the script that carries each paragraph, `Hani` for Chinese and Japanese; None without one."""
        weighted = self.counts @ _script_weights()
        best = weighted.argmax(axis=1)
        return [NAMES[k] if row[k] > 0 else None for row, k in zip(weighted, best.tolist(), strict=True)]


class Grams(NamedTuple):
    """Hashed n-grams of a stream, and whose each is, one pair of arrays an order; owners ascend in each."""

    buckets: list[NDArray[np.intp]]
    owners: list[NDArray[np.intp]]


def read(texts: Sequence[str]) -> Reading:
    """Read up to `MOST_AT_ONCE` paragraphs, in small letters and normal form C."""
    stream = "\n".join([text[:LONGEST].replace("\n", " ") for text in texts]).lower()
    counted = census(unicodedata.normalize("NFC", stream))
    owners = np.cumsum(counted.codes == ord("\n"))
    cells = np.bincount(owners * len(NAMES) + counted.kinds, minlength=len(texts) * len(NAMES))
    return Reading(counted.codes, counted.kinds, owners, cells.reshape(len(texts), len(NAMES)))


def grams_of(reading: Reading, script: str, wanted: NDArray[np.bool_]) -> Grams:
    """Return the n-grams in one script of the paragraphs that are `wanted` (one truth a paragraph)."""
    letter = ((reading.kinds == NAMES.index(script)) | (reading.kinds == MARK)) & wanted[reading.owners]
    solid = np.flatnonzero(letter | np.concatenate([[False], letter[:-1]]))  # one space after each word
    owners = np.concatenate([reading.owners[solid[:1]], reading.owners[solid], reading.owners[solid[-1:]]])
    stream = np.where(letter[solid], reading.codes[solid], _SPACE)
    stream = np.concatenate([[_SPACE], stream, [_SPACE]]).astype(np.uint64)
    if stream[-2] == _SPACE:
        stream, owners = stream[:-1], owners[:-1]
    return _hashed(stream, owners)


def _hashed(stream: NDArray[np.uint64], owners: NDArray[np.intp]) -> Grams:
    """Return the n-grams of a stream whose words stand between single spaces."""
    length = len(stream)
    powers, inverses = _powers()
    sums = np.zeros(length + 1, dtype=np.uint64)
    np.cumsum(stream * powers[:length], out=sums[1:])
    space = stream == _SPACE
    spaces = np.zeros(length + 1, dtype=np.intp)
    np.cumsum(space, out=spaces[1:])
    owners = np.where(
        space, np.append(owners[1:], owners[-1]), owners
    )  # a space belongs to the word after it
    grams = Grams([], [])
    for order in _ORDERS:
        if length < order:
            break
        start = np.flatnonzero(_whole(spaces, order, length))
        _add(grams, (sums[start + order] - sums[start]) * inverses[start], owners[start])
    bounds = np.flatnonzero(space)
    first, last = bounds[:-1], bounds[1:]
    long = last - first > _ORDERS[2] + 1
    first, last = first[long], last[long]
    _add(grams, (sums[last + 1] - sums[first]) * inverses[first], owners[first])
    return grams


def _whole(spaces: NDArray[np.intp], order: int, length: int) -> NDArray[np.bool_]:
    """Return where an n-gram may start: a single one is no space, a longer one has none inside."""
    if order == 1:
        return np.equal(spaces[1:], spaces[:-1])
    return np.equal(spaces[order - 1 : length], spaces[1 : length - order + 2])


def _add(grams: Grams, hashes: NDArray[np.uint64], owners: NDArray[np.intp]) -> None:
    """Mix hashes well, cut them to buckets, and keep them."""
    mixed = hashes * _MIXER
    mixed ^= mixed >> np.uint64(29)
    mixed *= _MIXER
    grams.buckets.append((mixed >> np.uint64(64 - BUCKET_BITS)).astype(np.intp))
    grams.owners.append(owners)


@cache
def _powers() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Return the powers of the base and of its inverse, modulo 2**64."""
    steps = np.full((2, _STREAM + 1), [[_BASE], [pow(_BASE, -1, 2**64)]], dtype=np.uint64)
    steps[:, 0] = 1
    powers, inverses = np.cumprod(steps, axis=1, dtype=np.uint64)
    return powers, inverses


@cache
def _script_weights() -> NDArray[np.float32]:
    """Return how much a letter of each script counts towards each (kinds x scripts)."""
    weights = np.eye(len(NAMES), dtype=np.float32)
    weights[: MARK + 1] = 0
    weights[NAMES.index("Latn")] *= _LATIN_INTRUDES
    weights[NAMES.index("Hani")] *= _IDEOGRAPH
    kana = weights[NAMES.index("Kana")]
    kana[:] = 0
    kana[NAMES.index("Hani")] = _IDEOGRAPH
    return weights
