"""How likely each language is for each paragraph, from the evidence put together.

Script first; within a shared script monitor's own n-grams, and where these leave doubt py3langid's byte n-grams
too. Both enter a multinomial logistic regression (fitted on texts that the n-grams were not trained on), which
makes its probabilities honest.
"""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from monitor.detection.by_script import language_of_script
from monitor.detection.byte_model import byte_languages, byte_scores
from monitor.detection.certainty import need_no_second
from monitor.detection.gram_model import (
    CloseModel,
    Scores,
    close_model,
    close_scores,
    gram_scores,
    load_model,
)
from monitor.detection.han import chinese_variety, kana_shows_japanese
from monitor.detection.ngrams import LONGEST, LONGEST_OF_MANY, Reading, grams_of, read
from monitor.detection.noise import is_misread, without_noise
from monitor.detection.scripts import NAMES
from monitor.detection.telling_words import telling_words
from monitor.languages import TABLE, TARGETS, Language

_LEAST_LETTERS = 3
_LATIN = NAMES.index("Latn")
_FEW = 2  # paragraphs; where there are more, they speak for each other
_READ_BY_BYTES = 160  # characters; the byte model walks them one by one
_LOOKED_AT = 60  # characters, to see whether a text is in capitals
_NOT_IN_BYTES = -3.0  # log odds of a language that the byte model has no class for
_SURE_SCRIPT = 0.999
_RARER = 0.7  # log odds against a language that the news is seldom in
FACTORS = 4  # kinds of evidence between close neighbours
UNKNOWN_PENALTY = 4.0  # log odds against a language that only the byte model knows


class Chances(NamedTuple):
    """Candidate languages of a text, their log probabilities, and the evidence they come from."""

    languages: tuple[Language, ...]
    logs: Scores
    method: str


def chances_of(texts: Sequence[str]) -> list[Chances | None]:
    """Return the chances of each of up to `MOST_AT_ONCE` texts; None for one without enough letters, or misread."""
    longest = LONGEST if len(texts) <= _FEW else LONGEST_OF_MANY
    texts = [without_noise(text[: 2 * longest]) for text in texts]
    reading = read(texts, longest)
    leading = reading.leading()
    found: list[Chances | None] = [None] * len(texts)
    enough = reading.counts[:, 2:].sum(axis=1) >= _LEAST_LETTERS
    for place, script in enumerate(leading):
        if script == "Latn" and is_misread(texts[place], int(reading.counts[place, _LATIN])):
            enough[place] = False
        elif script == "Hani":
            found[place] = _han(texts[place], reading.counts[place])
        elif script and enough[place] and script not in load_model():
            found[place] = _certain(language_of_script(script), _SURE_SCRIPT)
    for script in set(leading) & load_model().keys():
        wanted = enough & np.array([name == script for name in leading])
        if script and wanted.any():
            _fill(found, texts, reading, script, wanted)
    return found


def _certain(language: Language, chance: float) -> Chances:
    """Return the chances where the script leaves one language."""
    return Chances((language,), np.log(np.array([chance], dtype=np.float32)), "script")


def _han(text: str, counts: NDArray[np.intp]) -> Chances:
    """Return the chances of a text in ideographs."""
    if kana_shows_japanese(int(counts[NAMES.index("Kana")]), int(counts[NAMES.index("Hani")])):
        return _certain(Language("ja"), _SURE_SCRIPT)
    return _certain(*chinese_variety(text))


def _fill(
    found: list[Chances | None],
    texts: Sequence[str],
    reading: Reading,
    script: str,
    wanted: NDArray[np.bool_],
) -> None:
    """Put in place the chances of the wanted paragraphs, which all are in one shared script."""
    model = load_model()[script]
    grams = grams_of(reading, script, wanted)
    scores, roots = gram_scores(model, grams, len(texts))
    alone = scores * model.alone[0] + model.alone[1:]
    clear = need_no_second(model, scores / roots[:, None], alone, wanted).tolist()
    alone -= alone.max(axis=1, keepdims=True)
    alone -= np.log(np.exp(alone).sum(axis=1, keepdims=True))
    for place in wanted.nonzero()[0].tolist():
        if clear[place]:
            found[place] = Chances(model.languages, alone[place], "n-grams")
        else:
            start = int(grams.starts[place])
            buckets = grams.buckets[start : start + int(grams.counts[place])]
            found[place] = joint_chances(script, scores[place], texts[place], buckets)


def joint_chances(script: str, own: Scores, text: str, buckets: NDArray[np.intp]) -> Chances:
    """Return the chances by both models, among the languages that either knows."""
    model, (columns, known, rarer, others) = load_model()[script], _columns(script)
    of_bytes = byte_scores(_as_byte_model_reads(text))
    if of_bytes is None:
        return Chances(model.languages, normalized(own * model.alone[0] + model.alone[1:]), "n-grams")
    length = np.float32(np.sqrt(len(text[:_READ_BY_BYTES].encode("utf-8", "surrogatepass"))))
    pooled = of_bytes[columns] / length
    pooled -= pooled.max()
    own_count = len(model.languages)
    first = np.full(len(known), -UNKNOWN_PENALTY, dtype=np.float32)
    first[:own_count] = own - own.max()
    second = np.where(known, pooled, _NOT_IN_BYTES)
    logits = model.joint[0] * first + model.joint[1] * second
    logits[:own_count] += model.joint[2:]
    logits -= rarer
    chances = Chances(model.languages + others, normalized(logits), "n-grams, bytes")
    return _between_neighbours(chances, np.stack([first, second], axis=1), text, buckets)


def _between_neighbours(chances: Chances, evidence: Scores, text: str, buckets: NDArray[np.intp]) -> Chances:
    """Return the chances with those of a close group shared out anew, where the two likeliest belong to one.

    What tells only these neighbours apart is weighed beside the evidence (languages x two models) so far.
    """
    last, best = (chances.languages[k] for k in np.argsort(chances.logs)[-2:].tolist())
    model = close_model(best, last)
    if model is None:
        return chances
    places = [chances.languages.index(language) for language in model.languages]
    seen = np.column_stack([evidence[places], neighbour_evidence(model, text, buckets)])
    logs = chances.logs.copy()
    together = np.logaddexp.reduce(logs[places])
    logs[places] = together + normalized(seen @ model.factors[:FACTORS] + model.factors[FACTORS:])
    return chances._replace(logs=logs, method="n-grams, bytes, words")


def neighbour_evidence(model: CloseModel, text: str, buckets: NDArray[np.intp]) -> Scores:
    """Return the scores and the telling words of each language of a close group (languages x two)."""
    counts = telling_words(text[:LONGEST], *model.languages[:2])
    words = [counts[language] for language in model.languages]
    scores = close_scores(model, buckets)
    return np.column_stack([scores - scores.max(), np.array(words, dtype=np.float32)])


def _as_byte_model_reads(text: str) -> str:
    """Return a bounded piece of the text, in small letters if it is mostly in capitals."""
    piece = text[:_READ_BY_BYTES]
    return piece.lower() if 2 * sum(map(str.isupper, piece[:_LOOKED_AT])) > len(piece[:_LOOKED_AT]) else piece


@cache
def _columns(script: str) -> tuple[NDArray[np.intp], NDArray[np.bool_], Scores, tuple[Language, ...]]:
    """Return each candidate's class of the byte model, if it has one, how rare it is, and whom only bytes know."""
    own, classes = load_model()[script].languages, byte_languages()
    others = tuple(
        language
        for language in dict.fromkeys(classes)
        if language in TABLE and TABLE[language].script == script and language not in own
    )
    known = np.array([language in classes for language in own + others])
    columns = np.array([classes.index(language) if language in classes else 0 for language in own + others])
    columns[~known] = columns[known][0]
    rarer = np.array([0.0 if language in TARGETS else _RARER for language in own + others], dtype=np.float32)
    return columns, known, rarer, others


def normalized(logits: Scores) -> Scores:
    """Return log probabilities for log odds."""
    shifted = logits - logits.max()
    logs: Scores = shifted - np.log(np.exp(shifted).sum())
    return logs
