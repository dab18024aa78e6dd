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

LONGEST = 300  # characters read of one paragraph: more changes no decision
LONGEST_OF_MANY = 120  # of each where many are read
BUCKET_BITS = 20
MOST_AT_ONCE = 64  # paragraphs
_ORDERS = 6
_SHORT_WORD = 3  # letters; n-grams hold shorter words whole
_STREAM = MOST_AT_ONCE * 4 * LONGEST  # lower case and normal form can lengthen a text threefold
_SPACE = np.uint64(32)
_BASE = 0x9E3779B97F4A7C15
_MIXER = np.uint64(0xD6E8FEB86659FD93)
_LATIN_INTRUDES = 0.35  # names and brands in Latin letters stand in text of every script, seldom the reverse
_IDEOGRAPH = 2.0  # each is nearly a word
_FROM_NOUGHT = np.arange(_ORDERS)[:, None]


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
    """Hashed n-grams, those of each paragraph together; where each paragraph's begin, and how many it has."""

    buckets: NDArray[np.intp]
    starts: NDArray[np.intp]
    counts: NDArray[np.intp]


def read(texts: Sequence[str], longest: int = LONGEST) -> Reading:
    """Read up to `MOST_AT_ONCE` paragraphs, in small letters and normal form C."""
    stream = "\n".join([text[:longest].replace("\n", " ") for text in texts]).lower()
    counted = census(unicodedata.normalize("NFC", stream))
    if len(texts) == 1:
        alone = np.zeros(len(counted.codes), dtype=np.intp)
        return Reading(counted.codes, counted.kinds, alone, counted.counts[None])
    owners = np.cumsum(counted.codes == ord("\n"))
    cells = np.bincount(owners * len(NAMES) + counted.kinds, minlength=len(texts) * len(NAMES))
    return Reading(counted.codes, counted.kinds, owners, cells.reshape(len(texts), len(NAMES)))


def grams_of(reading: Reading, script: str, wanted: NDArray[np.bool_]) -> Grams:
    """Return the n-grams in one script of the paragraphs that are `wanted` (one truth a paragraph)."""
    letter = _letters(script).take(reading.kinds)
    if len(wanted) > 1:
        letter &= wanted.take(reading.owners)
    kept = letter.copy()
    kept[1:] |= letter[:-1]  # one space after each word
    solid = kept.nonzero()[0]
    stream = np.full(len(solid) + 2, _SPACE)
    stream[1:-1] = np.where(letter.take(solid), reading.codes.take(solid), ord(" "))
    owners = reading.owners.take(np.concatenate([solid[:1], solid, solid[-1:]]))
    if stream[-2] == _SPACE:
        stream, owners = stream[:-1], owners[:-1]
    return _hashed(stream, owners, len(wanted))


def _hashed(stream: NDArray[np.uint64], owners: NDArray[np.intp], paragraphs: int) -> Grams:
    """Return the n-grams of a stream whose words stand between single spaces: a row an order, the last of words."""
    length = len(stream)
    powers, inverses = _powers()
    sums = np.zeros(length + _ORDERS + 1, dtype=np.uint64)
    (stream * powers[:length]).cumsum(out=sums[1 : length + 1])
    space = stream == _SPACE
    ends = np.full(np.count_nonzero(space) + 1, length)
    ends[:-1] = space.nonzero()[0]
    next_space = ends.take(space.cumsum())
    reach = next_space - np.arange(length)  # letters of the word that are left, from each place
    hashes = np.empty((_ORDERS + 1, length), dtype=np.uint64)
    for order in range(_ORDERS):
        hashes[order] = sums[order + 1 : order + 1 + length]
    hashes[-1] = sums.take(np.minimum(next_space + 1, length))
    hashes -= sums[:length]
    hashes *= inverses[:length]
    usable = np.empty((_ORDERS + 1, length), dtype=bool)
    np.less_equal(_FROM_NOUGHT, reach, out=usable[:-1])
    usable[0] = ~space
    usable[:-1, -1] = False
    usable[-1] = space & (reach > _SHORT_WORD + 1) & (next_space < length)
    buckets = _mixed(hashes[usable])
    if paragraphs == 1:
        return Grams(buckets, np.zeros(1, dtype=np.intp), np.array([len(buckets)]))
    words_own = np.where(space, np.append(owners[1:], owners[-1]), owners).astype(
        np.uint8
    )  # a space: the next word's
    whose = np.broadcast_to(words_own, usable.shape)[usable]
    counts = np.bincount(whose, minlength=paragraphs)
    return Grams(buckets[np.argsort(whose, kind="stable")], np.cumsum(counts) - counts, counts)


def _mixed(hashes: NDArray[np.uint64]) -> NDArray[np.intp]:
    """Return the bucket of each hash, well mixed."""
    mixed = hashes * _MIXER
    mixed ^= mixed >> np.uint64(29)
    mixed *= _MIXER
    return (mixed >> np.uint64(64 - BUCKET_BITS)).astype(np.intp)


@cache
def _powers() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """Return the powers of the base and of its inverse, modulo 2**64."""
    steps = np.full((2, _STREAM + 1), [[_BASE], [pow(_BASE, -1, 2**64)]], dtype=np.uint64)
    steps[:, 0] = 1
    powers, inverses = np.cumprod(steps, axis=1, dtype=np.uint64)
    return powers, inverses


@cache
def _letters(script: str) -> NDArray[np.bool_]:
    """Return which kinds of characters are letters of a script, or marks upon them."""
    return np.array([name == script or kind == MARK for kind, name in enumerate(NAMES)])


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
