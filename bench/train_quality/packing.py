"""Make the trained score small: keys as steps, figures as one or two bytes."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from monitor.forest import arrays_of
from monitor.translation.scoring.lexicon import Lexicon
from monitor.translation.scoring.model import Score
from monitor.translation.scoring.tables import Hashes, Table

Arrays = dict[str, NDArray[Any]]
_BYTE, _TWO_BYTES = 255, 65_535


def packed(score: Score) -> Arrays:
    """Return the arrays from which `unpacked` makes the score again, nearly."""
    accents = score.sources.accents
    units = np.maximum(np.abs(accents).max(axis=1, keepdims=True), 1e-6) / 127
    counts = score.sources.counts
    return {
        **_lexicon("words", score.sources.words),
        **_lexicon("pieces", score.sources.pieces),
        **_table("count_words", counts.words, _TWO_BYTES),
        **_table("count_pairs", counts.pairs, _BYTE),
        **_table("count_triples", counts.triples, _BYTE),
        "count_total": np.array(counts.total),
        "accents": np.round(accents / units).astype(np.int8),
        "accent_units": units.astype(np.float32),
        "codes": np.frombuffer(" ".join(score.usual.codes).encode(), dtype=np.uint8),
        **{f"usual_{name}": getattr(score.usual, name) for name in ("mean", "spread", "level", "span")},
        **{f"tree_{name}": values for name, values in arrays_of(score.learned.forest).items()},
        "linear": score.learned.linear,
        "calibration": np.array(score.calibration),
    }


def _lexicon(name: str, lexicon: Lexicon) -> Arrays:
    roots = np.sqrt(lexicon.usual)
    unit = float(roots.max()) / _TWO_BYTES
    return {
        **_steps(f"{name}_source", lexicon.source),
        f"{name}_lengths": np.diff(lexicon.start).astype(np.uint8),
        f"{name}_english": lexicon.english,
        f"{name}_chance": np.round(np.sqrt(lexicon.chance) * _BYTE).astype(np.uint8),
        **_steps(f"{name}_vocabulary", lexicon.vocabulary),
        f"{name}_usual": np.maximum(np.round(roots / unit), 1).astype(np.uint16),
        f"{name}_usual_unit": np.array(unit),
        f"{name}_content": lexicon.content,
    }


def _table(name: str, table: Table, levels: int) -> Arrays:
    """Return a table's keys, and the roots of its values on a scale of `levels`."""
    roots = np.sqrt(table.values)
    unit = max(float(roots.max(initial=0.0)), 1e-9) / levels
    kind = np.uint8 if levels == _BYTE else np.uint16
    return {
        **_steps(name, table.keys),
        f"{name}_values": np.maximum(np.round(roots / unit), roots > 0).astype(kind),
        f"{name}_unit": np.array(unit),
    }


def _steps(name: str, keys: Hashes) -> Arrays:
    """Return sorted hashes as steps, all first bytes before all second ones, which compresses better."""
    steps = np.diff(keys, prepend=np.uint32(0)).astype(np.uint32)
    return {f"{name}_keys": np.ascontiguousarray(steps.view(np.uint8).reshape(-1, 4).T)}
