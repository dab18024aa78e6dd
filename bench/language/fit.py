"""How far to trust the evidence: logistic regressions over the scores of texts that were held out."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bench.language.labelled import Text
from monitor.detection.byte_model import byte_languages, byte_scores
from monitor.detection.chances import _NOT_IN_BYTES, _READ_BY_BYTES, _as_byte_model_reads
from monitor.detection.noise import without_noise
from monitor.languages import TARGETS, Language

Floats = NDArray[np.float32]
_FITTED_ON = (
    "headline",
    "sentence",
    "paragraph",
    "v_caps_headline",
    "v_caps_sentence",
    "v_digits_urls",
    "v_nodiac",
)
_ODD_ONES = 0.02
_ROUNDS, _STEP, _BIAS_COST = 400, 0.05, 1e-3
_USUAL = (1.0, 1.5, 0.5, 2.0)  # what evidence is worth among most neighbours; few texts tell it for one group
_USUAL_COST = 0.01
_SELDOM = {
    "nn": 1.5,
    "bs": 0.7,
    "mk": 0.7,
}  # log odds against the less written of neighbours; one in ten for nn


def fit_alone(texts: Sequence[Text], languages: Sequence[Language], scores: Floats) -> Floats:
    """Return the factor of the own scores, then a bias a language."""
    return _fit(texts, languages, scores[:, :, None])


def fit_joint(texts: Sequence[Text], languages: Sequence[Language], scores: Floats) -> Floats:
    """Return the factors of the own and the byte model's scores, then a bias a language."""
    return _fit(
        texts, languages, np.stack([scores - scores.max(axis=1, keepdims=True), _bytes(texts, languages)], 2)
    )


def fit_close(texts: Sequence[Text], members: Sequence[Language], general: Floats, close: Floats) -> Floats:
    """Return the factors of four kinds of evidence between neighbours, then a bias a language.

    `general` holds the general model's scores (texts x members), `close` what `neighbour_evidence` says.
    """
    both = np.stack([general - general.max(axis=1, keepdims=True), _bytes(texts, members)], 2)
    fitted = _fit(texts, members, np.concatenate([both, close], axis=2), np.array(_USUAL, dtype=np.float32))
    fitted[len(_USUAL) :] -= [_SELDOM.get(member, 0.0) for member in members]
    return fitted


def typical_scores(texts: Sequence[Text], languages: Sequence[Language], a_gram: Floats) -> Floats:
    """Return the score a gram that all but one in fifty sentences of each language exceed."""
    labels = np.array([languages.index(text.language) for text in texts])
    sentence = np.array([text.kind in {"sentence", "paragraph"} for text in texts])
    return np.array(
        [np.quantile(a_gram[sentence & (labels == k), k], _ODD_ONES) for k in range(len(languages))],
        dtype=np.float32,
    )


def _bytes(texts: Sequence[Text], languages: Sequence[Language]) -> Floats:
    """Return the byte model's log scores a root of bytes, the best language at nought."""
    classes = byte_languages()
    columns = [classes.index(language) if language in classes else -1 for language in languages]
    rows = np.full((len(texts), len(languages)), _NOT_IN_BYTES, dtype=np.float32)
    known = np.array(columns) >= 0
    for place, text in enumerate(texts):
        clean = without_noise(text.text)
        found = byte_scores(_as_byte_model_reads(clean))
        if found is not None:
            rows[place, known] = found[np.array(columns)[known]]
            rows[place, known] /= np.sqrt(len(clean[:_READ_BY_BYTES].encode()))
            rows[place, known] -= rows[place, known].max()
    return rows


def _fit(
    texts: Sequence[Text], languages: Sequence[Language], evidence: Floats, usual: Floats | None = None
) -> Floats:
    """Minimise the log loss by Adam (Kingma and Ba 2015)."""
    used = np.array([text.kind in _FITTED_ON for text in texts])
    labels = np.array([languages.index(text.language) for text in texts])[used]
    values, truth = evidence[used], np.eye(len(languages), dtype=np.float32)[labels]
    worth = _worth(labels, languages, double=None if usual is None else TARGETS)[:, None]
    start = np.ones(evidence.shape[2]) if usual is None else usual
    held = np.r_[start, np.zeros(len(languages))].astype(np.float32)
    first, second = np.zeros_like(held), np.zeros_like(held)
    for turn in range(1, _ROUNDS + 1):
        factors, bias = held[: evidence.shape[2]], held[evidence.shape[2] :]
        logits = values @ factors + bias
        chances = np.exp(logits - logits.max(axis=1, keepdims=True))
        error = (chances / chances.sum(axis=1, keepdims=True) - truth) * worth
        slope = np.r_[np.einsum("nc,ncf->f", error, values), error.sum(axis=0)] / worth.sum()
        slope[evidence.shape[2] :] += _BIAS_COST * bias
        if usual is not None:
            slope[: evidence.shape[2]] += _USUAL_COST * (factors - usual)
        first, second = 0.9 * first + 0.1 * slope, 0.99 * second + 0.01 * slope * slope
        held = held - _STEP * (first / (1 - 0.9**turn)) / (np.sqrt(second / (1 - 0.99**turn)) + 1e-8)
    fitted: Floats = held.astype(np.float32)
    return fitted


def _worth(
    labels: NDArray[np.intp], languages: Sequence[Language], double: frozenset[Language] | None
) -> Floats:
    """Return what a text counts: up to double in a language with few texts, where that is one of `double`.

    Between neighbours the few texts of one that is no target would else decide about those that are.
    """
    counts = np.bincount(labels, minlength=len(languages))
    worth = np.minimum(100 / np.maximum(counts, 1), 2)
    if double is not None:
        worth[[language not in double for language in languages]] = worth.min()
    return worth.astype(np.float32)[labels]
