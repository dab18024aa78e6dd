"""The detector: which language each paragraph is in, and what that makes of the article."""

import math
from collections.abc import Sequence
from functools import cache

import numpy as np

from monitor.detection import langdetect_table
from monitor.detection.chances import Chances, chances_of
from monitor.detection.gram_model import Scores
from monitor.detection.ngrams import MOST_AT_ONCE
from monitor.detection.portuguese import is_brazilian
from monitor.detection.profile import main_of, profile_of
from monitor.detection.second_opinion import confirmed
from monitor.languages import UNDETERMINED, Language, from_langdetect, parse_language
from monitor.models import Detection, DetectionMethod, LanguageProfile

_LEAST_CHANCE = 0.2  # below it the best guess is no better than its rivals
_HINTED = 1.5  # log odds that a page's own word for its language is worth
_SURROUNDED = 3.0  # log odds that the main language of the article is worth to each of its paragraphs
_SETTLED = 0.9
_READ_FOR_OPINION = 300  # characters; langdetect's table is right as often as with 500
_BRAZIL = Language("pt-BR")


class Detector:
    """Identify languages; built once, used from any number of threads.

    `method="langdetect"` gives exactly langdetect's answer (seed 0) for every text instead; its confidence is
    langdetect's own, which is no measure of how often it is right.
    """

    def __init__(self, method: DetectionMethod = "monitor") -> None:
        self._method = method

    def detect(self, text: str, hint: str | None = None) -> Detection:
        """Return the language of a text, `und` when there is too little of it; never raises.

        A hint (a page's own claim, a feed's, the user's) tips the scales where the text leaves doubt.
        """
        if self._method == "langdetect":
            return _by_langdetect(text)
        return _decided(chances_of([text])[0], _priors(hint))

    def profile(
        self, segments: Sequence[str], hint: str | None = None
    ) -> tuple[tuple[Detection, ...], LanguageProfile]:
        """Return what each segment of one article is in, and the languages of the article."""
        opinion = from_langdetect(langdetect_table.full_answer("\n".join(segments)[:_READ_FOR_OPINION]))
        if self._method == "langdetect":
            found = tuple(map(_by_langdetect, segments))
            return found, profile_of(segments, found, _by_langdetect("\n".join(segments)), opinion)
        chances = [one for start in range(0, len(segments), MOST_AT_ONCE) for one in _some(segments, start)]
        priors = _priors(hint)
        found = tuple(_decided(one, priors) for one in chances)
        main = main_of(segments, found)
        if len(segments) > 1 and main.confidence >= _SETTLED:
            priors[main.language] = priors.get(main.language, 0.0) + _SURROUNDED
            found = tuple(_decided(one, priors) for one in chances)
            main = main_of(segments, found)
        main = confirmed(main, opinion)
        if main.language == "pt" and is_brazilian("\n".join(segments), hint):
            found = tuple(_as_brazilian(one) for one in found)
            main = _as_brazilian(main)
        return found, profile_of(segments, found, main, opinion)


def language_of(text: str) -> Language:
    """Return the language of a text, for those who need no more."""
    return _shared().detect(text).language


@cache
def _shared() -> Detector:
    """Return the detector that `language_of` asks."""
    return Detector()


def _some(segments: Sequence[str], start: int) -> list[Chances | None]:
    """Return the chances of as many segments as are read at once."""
    return chances_of(segments[start : start + MOST_AT_ONCE])


def _priors(hint: str | None) -> dict[Language, float]:
    """Return what is known before the text is read, in log odds."""
    hinted = parse_language(hint)
    hinted = Language("pt") if hinted == _BRAZIL else hinted
    return {} if hinted == UNDETERMINED else {hinted: _HINTED}


def _decided(chances: Chances | None, priors: dict[Language, float]) -> Detection:
    """Return the likeliest language, `und` where none is likely."""
    if chances is None:
        return Detection()
    logs = chances.logs
    if len(chances.languages) > 1 and priors:
        logs = _weighed(chances, priors)
    best = int(logs.argmax())
    confidence = float(np.exp(logs[best]))
    if confidence < _LEAST_CHANCE:
        return Detection(method=chances.method)
    return Detection(language=chances.languages[best], confidence=min(confidence, 1.0), method=chances.method)


def _weighed(chances: Chances, priors: dict[Language, float]) -> Scores:
    """Return the log probabilities with what was known before."""
    logs, total = chances.logs.copy(), 1.0
    for language, odds in priors.items():
        if language in chances.languages:
            place = chances.languages.index(language)
            total += math.exp(logs[place]) * math.expm1(odds)
            logs[place] += odds
    logs -= np.float32(math.log(total))
    return logs


def _by_langdetect(text: str) -> Detection:
    """Return langdetect's own answer."""
    answer, confidence = langdetect_table.sampled_answer(text)
    return Detection(
        language=from_langdetect(answer) or UNDETERMINED, confidence=confidence, method="langdetect"
    )


def _as_brazilian(found: Detection) -> Detection:
    """Return the same finding with Portuguese named as Brazil's."""
    if found.language != "pt":
        return found
    return Detection(language=_BRAZIL, confidence=found.confidence, method=found.method)
