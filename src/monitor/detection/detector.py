"""The detector: which language each paragraph is in, and what that makes of the article."""

from collections.abc import Sequence
from typing import Literal

import numpy as np

from monitor.detection import langdetect_table
from monitor.detection.by_script import language_of_script, leading_script
from monitor.detection.byte_model import byte_languages, byte_scores
from monitor.detection.han import chinese_variety, kana_shows_japanese
from monitor.detection.noise import without_noise
from monitor.detection.profile import profile_of
from monitor.detection.scripts import Census, census
from monitor.languages import TABLE, UNDETERMINED, Language, from_langdetect
from monitor.models import Detection, LanguageProfile

Method = Literal["monitor", "langdetect"]
_ENOUGH_LETTERS = 3
_READ_AT_MOST = 1000


class Detector:
    """Identify languages; built once, used from any number of threads.

    `method="langdetect"` gives exactly langdetect's answer (seed 0) for every text instead.
    """

    def __init__(self, method: Method = "monitor") -> None:
        self._method = method

    def detect(self, text: str, hint: str | None = None) -> Detection:  # noqa: ARG002
        """Return the language of a text, `und` when there is too little of it; never raises."""
        text = without_noise(text[: 4 * _READ_AT_MOST])
        letters = census(text)
        if letters.letters < _ENOUGH_LETTERS and not letters.of("Hani"):
            return Detection()
        if self._method == "langdetect":
            answer = from_langdetect(langdetect_table.sampled_answer(text))
            return Detection(language=answer or UNDETERMINED, confidence=1.0, method="langdetect")
        return _decide(text[:_READ_AT_MOST], letters)

    def profile(
        self, segments: Sequence[str], hint: str | None = None
    ) -> tuple[tuple[Detection, ...], LanguageProfile]:
        """Return what each segment of one article is in, and the languages of the article."""
        found = tuple(self.detect(segment, hint) for segment in segments)
        opinion = from_langdetect(langdetect_table.full_answer("\n".join(segments)[:_READ_AT_MOST]))
        return found, profile_of(segments, found, opinion)


def _decide(text: str, letters: Census) -> Detection:
    """Return what the script or, where several languages share it, the byte model says."""
    script = leading_script(letters)
    if script == "Hani":
        if kana_shows_japanese(letters.of("Kana"), letters.of("Hani")):
            return Detection(language=Language("ja"), confidence=0.99, method="script")
        language, confidence = chinese_variety(text)
        return Detection(language=language, confidence=confidence, method="script")
    alone = language_of_script(script or "")
    if alone != UNDETERMINED:
        return Detection(language=alone, confidence=0.99, method="script")
    scores = byte_scores(text.lower())
    if scores is None:
        return Detection()
    languages = byte_languages()
    fits = np.array([lang in TABLE and TABLE[lang].script == script for lang in languages])
    scores = np.where(fits, scores / np.sqrt(len(text.encode("utf-8", "surrogatepass"))), -np.inf)
    chances = np.exp(scores - scores.max())
    best = int(chances.argmax())
    return Detection(language=languages[best], confidence=float(1 / chances.sum()), method="byte n-grams")


def language_of(text: str) -> Language:
    """Return the language of a text, for those who need no more."""
    return Detector().detect(text).language
