"""The shipped score of a translation into English: load it, ask it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from monitor.forest import Forest, forest_from, votes
from monitor.translation.scoring.features import LEARNED, Sources, features_of
from monitor.translation.scoring.fluency import Counts
from monitor.translation.scoring.lexicon import Lexicon
from monitor.translation.scoring.tables import Hashes, Table

Arrays = dict[str, NDArray[np.generic]]
_LIMIT = 4.0  # standard deviations
_MIDDLE, _TENTH = 50.0, 10.0  # chrF


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """What is usual in each language, the last row for languages that the training texts lack.

    `mean` and `spread` of each feature, `level` and `span` (mean and standard deviation) of sentence chrF.
    """

    codes: tuple[str, ...]
    mean: NDArray[np.float32]
    spread: NDArray[np.float32]
    level: NDArray[np.float32]
    span: NDArray[np.float32]

    def row(self, code: str) -> int:
        """Return the row of a language."""
        return self.codes.index(code) if code in self.codes else len(self.codes)


class Learned(NamedTuple):
    """Trees, and weights of the features: one row a language, the last for those that the training texts lack."""

    forest: Forest
    linear: NDArray[np.float32]

    def ask(self, features: NDArray[np.float32], languages: NDArray[np.int64]) -> NDArray[np.float32]:
        """Return what both say together of each row of features, whose language is numbered beside it."""
        straight = (features * self.linear[languages]).sum(axis=1)
        return np.asarray(votes(self.forest, features) + straight, np.float32)


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """The learned score with everything that it looks things up in."""

    sources: Sources
    usual: Usual
    learned: Learned
    calibration: tuple[float, float]

    def ask(self, sentences: Sequence[tuple[str, str, str]]) -> list[float]:
        """Return for each (source, English output, language code) the chrF to expect, in [0, 1]."""
        if not sentences:
            return []
        raw = features_of(self.sources, sentences)
        rows = np.array([self.usual.row(code) for _, _, code in sentences])
        answers = self.learned.ask(standard(raw, rows, self.usual), rows)
        level, span = self.usual.level[rows], self.usual.span[rows]
        slope, offset = self.calibration
        expected = level + span * (slope * answers + offset)
        return [float(value) for value in np.clip(expected / 100, 0.0, 1.0)]


def standard(raw: NDArray[np.float32], rows: NDArray[np.int64], usual: Usual) -> NDArray[np.float32]:
    """Return features in standard deviations from what is usual in the language, with its level at the end."""
    scaled = np.clip((raw - usual.mean[rows]) / usual.spread[rows], -_LIMIT, _LIMIT)
    scaled[np.ix_(rows == len(usual.codes), LEARNED)] = 0
    return np.column_stack([scaled, (usual.level[rows] - _MIDDLE) / _TENTH]).astype(np.float32)


@cache
def shipped_score() -> Score:
    """Load the score that comes with monitor (about 50 ms, once)."""
    with as_file(files("monitor.translation").joinpath("data/score.npz")) as path, np.load(path) as stored:
        arrays: Arrays = dict(stored)
    return unpacked(arrays)


def unpacked(arrays: Arrays) -> Score:
    """Return the score that arrays of `packed` form hold."""
    counts = Counts(
        words=_table(arrays, "count_words"),
        pairs=_table(arrays, "count_pairs"),
        triples=_table(arrays, "count_triples"),
        total=float(arrays["count_total"].item()),
    )
    sources = Sources(
        words=_lexicon(arrays, "words"),
        pieces=_lexicon(arrays, "pieces"),
        counts=counts,
        accents=arrays["accents"].astype(np.float32) * arrays["accent_units"].astype(np.float32),
    )
    usual = Usual(
        codes=tuple(bytes(arrays["codes"].astype(np.uint8)).decode().split()),
        **{name: arrays[f"usual_{name}"].astype(np.float32) for name in ("mean", "spread", "level", "span")},
    )
    learned = Learned(
        forest=forest_from({name.removeprefix("tree_"): found for name, found in arrays.items()}),
        linear=arrays["linear"].astype(np.float32),
    )
    slope, offset = (float(value) for value in arrays["calibration"].astype(np.float64))
    return Score(sources=sources, usual=usual, learned=learned, calibration=(slope, offset))


def _lexicon(arrays: Arrays, name: str) -> Lexicon:
    chance = arrays[f"{name}_chance"].astype(np.float32) / np.float32(255)
    usual = arrays[f"{name}_usual"].astype(np.float32) * np.float32(arrays[f"{name}_usual_unit"].item())
    lengths = arrays[f"{name}_lengths"].astype(np.int32)
    return Lexicon(
        source=_keys(arrays, f"{name}_source"),
        start=np.concatenate([[0], np.cumsum(lengths)]).astype(np.int32),
        english=arrays[f"{name}_english"].astype(np.uint16),
        chance=chance**2,
        vocabulary=_keys(arrays, f"{name}_vocabulary"),
        usual=usual**2,
        content=arrays[f"{name}_content"].astype(bool),
    )


def _table(arrays: Arrays, name: str) -> Table:
    """Return a table of values that are stored as roots."""
    values = (arrays[f"{name}_values"].astype(np.float32) * np.float32(arrays[f"{name}_unit"].item())) ** 2
    return Table(keys=_keys(arrays, name), values=values)


def _keys(arrays: Arrays, name: str) -> Hashes:
    """Return sorted hashes, which are stored as steps, byte by byte."""
    steps = np.ascontiguousarray(arrays[f"{name}_keys"].astype(np.uint8).T).view(np.uint32)
    keys: Hashes = np.cumsum(steps.ravel(), dtype=np.uint32)
    return keys
