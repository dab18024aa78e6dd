"""py3langid's model: naive Bayes over byte n-grams in 139 languages (Lui and Baldwin 2012).

Its scoring loop is called on a bounded piece of text, and never restricted to the target languages: that
would take nearly every third text in another language for one of them.
"""

import threading
import unicodedata
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from py3langid.langid import MODEL_FILE, LanguageIdentifier, visit_counts

from monitor.languages import Language, parse_language

_SERBIAN, _SERBIAN_IN_LATIN = Language("sr"), Language("sr-Latn")
_LOADING = threading.Lock()


class _Model(NamedTuple):
    """The identifier, its transition table's row offsets, the language of each of its classes."""

    identifier: LanguageIdentifier
    offsets: list[int]
    languages: tuple[Language, ...]


def byte_scores(text: str) -> NDArray[np.float32] | None:
    """Return log scores, one a class of `byte_languages()`; None when it knows nothing of the text."""
    model = _load()
    identifier = model.identifier
    data = unicodedata.normalize("NFC", text).encode("utf-8", "surrogatepass")
    visits = visit_counts(identifier.tk_nextmove, model.offsets, identifier.tk_output, data)
    if not visits:
        return None
    rows = np.fromiter(visits.keys(), dtype=np.intp, count=len(visits))
    counts = np.fromiter(visits.values(), dtype=np.float32, count=len(visits))
    scores: NDArray[np.float32] = (
        np.log1p(counts) @ identifier.nb_ptc[rows].astype(np.float32) + identifier.nb_pc
    )
    return scores


def byte_languages() -> tuple[Language, ...]:
    """Return the language of each class; `und` for what is no language."""
    return _load().languages


def _load() -> _Model:
    """Return the model, read once a process, whatever the number of threads."""
    with _LOADING:
        return _model()


@cache
def _model() -> _Model:
    """Read the installed model; about half a second."""
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    languages = [parse_language(label) for label in identifier.nb_classes]
    languages[len(languages) - 1 - languages[::-1].index(_SERBIAN)] = _SERBIAN_IN_LATIN  # labelled sr twice
    return _Model(identifier, [row << 8 for row in identifier.tk_row], tuple(languages))
