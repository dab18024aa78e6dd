"""Decide whether one text is a copy of another, and say how much of it was copied."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from monitor.corpus.fingerprints import SHINGLE, Fingerprint, Hashes, runs

Method = Literal["exact", "near", "reworded"]

FEWEST_WORDS = 12  # telling words: a shorter text is no evidence of copying
FEWEST_SHARED = 8  # shingles

# Reports of one event, written independently in one language, were seen to share up to .29 of the shorter
# text's shingles, .43 of the longer one's words in order, and .52 where both quoted one statement at length;
# two translations of one text, half of them under .1 and over .43; a translation and the original, .17 and .56.
SHARED = 0.45  # of the shorter text's shingles stand in the other
SHARED_TOO = 0.2  # with most of its words in the same order
MOSTLY = 0.7  # of its shingles; with fewer, what is not shared must not stand
OWN = 0.3  # of the text in one piece: then what is shared is an outlet's furniture, or a statement quoted
IN_ORDER_SHORTER = 0.6
IN_ORDER = 0.54  # of the longer text's words stand in the other in the same order
IN_ORDER_TRANSLATED = 0.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """How two texts agree. `similarity` in [0, 1]: 1 for the same words.

    `share_of_first` and `share_of_second`: which part of each text stands in the other.
    """

    method: Method
    similarity: float
    share_of_first: float
    share_of_second: float


def compare(first: Fingerprint, second: Fingerprint, *, translated: bool = False) -> Copy | None:
    """Return how two texts agree if one is a copy of the other, else None.

    Near copies share runs of three words, in any order. A reworded or retranslated text keeps the order
    of what words it shares; two reports of one event do not (longest common subsequence). `translated`
    says that one of the texts is a machine's translation, which shares less with the other.
    """
    shorter = min(len(first.words), len(second.words))
    if shorter < FEWEST_WORDS:
        return None
    if first.sha256 == second.sha256:
        return Copy(method="exact", similarity=1.0, share_of_first=1.0, share_of_second=1.0)
    shared = int(np.count_nonzero(_stand_in(first.shingles, second.shingles)))
    ours = first.words[_stand_in(first.words, np.sort(second.words))]
    theirs = second.words[_stand_in(second.words, np.sort(first.words))]
    in_order = min(len(ours), len(theirs))  # at most; the true number takes longer
    if _method(first, second, (shared, in_order), translated=translated) is None:
        return None
    in_order = _common_order(ours, theirs)
    method = _method(first, second, (shared, in_order), translated=translated)
    if method is None:
        return None
    shares = [max(shared / len(text.shingles), in_order / len(text.words)) for text in (first, second)]
    return Copy(
        method=method,
        similarity=round(min(shares), 4),
        share_of_first=round(shares[0], 4),
        share_of_second=round(shares[1], 4),
    )


def _method(
    first: Fingerprint, second: Fingerprint, agreement: tuple[int, int], *, translated: bool
) -> Method | None:
    shared, in_order = agreement
    shingles = min(len(first.shingles), len(second.shingles))
    shorter, longer = sorted((len(first.words), len(second.words)))
    method: Method = "near" if shared >= max(FEWEST_SHARED, SHARED * shingles) else "reworded"
    if in_order >= (IN_ORDER_TRANSLATED if translated else IN_ORDER) * longer:
        return method
    share = SHARED if in_order < IN_ORDER_SHORTER * shorter else SHARED_TOO
    if shared < max(FEWEST_SHARED, share * shingles):
        return None
    if shared < MOSTLY * shingles and _longest_own(*sorted((first, second), key=_size)) >= OWN:
        return None
    return method


def _size(text: Fingerprint) -> int:
    return len(text.words)


def _longest_own(shorter: Fingerprint, longer: Fingerprint) -> float:
    """Return which part of the shorter text is its longest piece that shares no shingle with the other."""
    shared = np.flatnonzero(_stand_in(runs(shorter.words), longer.shingles))
    bounds = np.concatenate([[-1], shared, [len(shorter.words) - SHINGLE + 1]])
    return float(np.max(np.diff(bounds)) - 1) / len(shorter.words)


def _stand_in(some: Hashes, ordered: Hashes) -> npt.NDArray[np.bool_]:
    """Tell which of some numbers stand among others, which are in order."""
    if not len(ordered):
        return np.zeros(len(some), np.bool_)
    places = np.minimum(np.searchsorted(ordered, some), len(ordered) - 1)
    return np.asarray(ordered[places] == some, np.bool_)


def _common_order(first: Hashes, second: Hashes) -> int:
    """Return the length of the longest common subsequence, by bits of long integers (Hyyrö 2004)."""
    places: dict[int, int] = {}
    for at, word in enumerate(first.tolist()):
        places[word] = places.get(word, 0) | 1 << at
    mask = (1 << len(first)) - 1
    rows = mask
    for word in second.tolist():
        matches = rows & places.get(word, 0)
        rows = ((rows + matches) | (rows - matches)) & mask
    return len(first) - rows.bit_count()
