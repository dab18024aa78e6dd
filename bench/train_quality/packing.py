"""Make the trained score small: keys as steps, figures as one or two bytes."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from monitor.translation.scoring.lexicon import Lexicon
from monitor.translation.scoring.model import Score
from monitor.translation.scoring.tables import Table

Arrays = dict[str, NDArray[Any]]
_BYTE, _TWO_BYTES = 255, 65_535


def packed(score: Score) -> Arrays:
    """Return the arrays from which `unpacked` makes the score again, nearly."""
    accents = score.sources.accents
    units = np.maximum(np.abs(accents).max(axis=1, keepdims=True), 1e-6) / 127
    counts = score.sources.counts
    forest = {
        name: getattr(score.forest, name) for name in ("feature", "threshold", "left", "right", "value")
    }
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
        **{f"tree_{name}": values for name, values in forest.items()},
        "tree_depth": np.array(score.forest.depth),
        "calibration": np.array(score.calibration),
    }


def _lexicon(name: str, lexicon: Lexicon) -> Arrays:
    return {
        **_table(f"{name}_pairs", lexicon.pairs, _BYTE),
        **_table(f"{name}_rows", lexicon.rows, _BYTE),
        **_table(f"{name}_english", lexicon.english, _TWO_BYTES),
        f"{name}_best": lexicon.best.values.view(np.uint32),
    }


def _table(name: str, table: Table, levels: int) -> Arrays:
    """Return a table's keys as steps, byte by byte, and the roots of its values on a scale of `levels`."""
    steps = np.diff(table.keys, prepend=np.uint32(0)).astype(np.uint32)
    roots = np.sqrt(table.values)
    unit = max(float(roots.max(initial=0.0)), 1e-9) / levels
    kind = np.uint8 if levels == _BYTE else np.uint16
    return {
        f"{name}_keys": np.ascontiguousarray(steps.view(np.uint8).reshape(-1, 4).T).T,
        f"{name}_values": np.maximum(np.round(roots / unit), roots > 0).astype(kind),
        f"{name}_unit": np.array(unit),
    }
